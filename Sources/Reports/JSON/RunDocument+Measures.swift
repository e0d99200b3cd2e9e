import Billing
import CloudCosts

extension RunDocument {
  /// How well the commitments of an outcome fit, in all, by account, by family, and when they end.
  ///
  /// By tag where the usage file has a column `tag`.
  package struct Measures: Hashable, Sendable, Codable {
    package var overall: MeasuredPart
    package var accounts: [MeasuredPart]
    package var families: [MeasuredPart]
    package var tags: [MeasuredPart]?
    package var expiring: [ExpiringMonth]
    /// Calendar months that commitments still bind, weighted by their cost: on the window's first
    /// hour and on its last.
    package var lockInMonthsAtStart: Double
    package var lockInMonthsAtEnd: Double
    package var commitments: [MeasuredCommitment]

    private enum CodingKeys: String, CodingKey {
      case overall, accounts, families, tags, expiring
      case lockInMonthsAtStart = "lock_in_months_at_start"
      case lockInMonthsAtEnd = "lock_in_months_at_end"
      case commitments
    }
  }

  package struct MeasuredPart: Hashable, Sendable, Codable {
    package var name: String
    /// Usage on demand, at public prices; and at the negotiated ones.
    @JSONNumber package var list: Money
    @JSONNumber package var contracted: Money
    @JSONNumber package var cost: Money
    @JSONNumber package var committed: Money
    package var coverage: Double
    /// Nil where it owns no commitment; so the vacancy.
    package var utilization: Double?
    package var vacancy: Double?
    package var effectiveSavingsRate: Double
    @JSONNumber package var unrealizedSavings: Money
    /// Of its own commitments, on the window's first hour and on its last; nil where it owns none.
    package var lockInMonthsAtStart: Double?
    package var lockInMonthsAtEnd: Double?
    /// Of its commitments that start in the window, as one; nil where they have not paid for
    /// themselves.
    package var breakEvenMonths: Double?
    /// Nil where nothing ends.
    package var expiring: [ExpiringMonth]?

    private enum CodingKeys: String, CodingKey {
      case name, list, contracted, cost, committed, coverage, utilization, vacancy
      case effectiveSavingsRate = "effective_savings_rate"
      case unrealizedSavings = "unrealized_savings"
      case lockInMonthsAtStart = "lock_in_months_at_start"
      case lockInMonthsAtEnd = "lock_in_months_at_end"
      case breakEvenMonths = "break_even_months"
      case expiring
    }
  }

  /// What ends in a month, in currency units per hour.
  package struct ExpiringMonth: Hashable, Sendable, Codable {
    package var month: String
    package var commitments: Int
    @JSONNumber package var hourlyCommitment: Money

    private enum CodingKeys: String, CodingKey {
      case month, commitments
      case hourlyCommitment = "hourly_commitment"
    }
  }

  /// One commitment, owned or bought.
  package struct MeasuredCommitment: Hashable, Sendable, Codable {
    package var id: String
    package var account: String
    package var product: Product
    package var end: String
    @JSONNumber package var cost: Money
    @JSONNumber package var savings: Money
    package var utilization: Double
    @JSONNumber package var unrealizedSavings: Money
    package var breakEvenMonths: Double?

    private enum CodingKeys: String, CodingKey {
      case id, account, product, end, cost, savings, utilization
      case unrealizedSavings = "unrealized_savings"
      case breakEvenMonths = "break_even_months"
    }
  }
}

extension RunDocument.Measures {
  init(_ bill: Bill) {
    let last = bill.window.start + max(0, bill.window.hours - 1)
    func part(_ measures: Billing.Measures) -> RunDocument.MeasuredPart {
      RunDocument.MeasuredPart(measures, in: bill.window, last: last)
    }
    self.init(
      overall: part(bill.overallMeasures), accounts: bill.measuresByAccount.map(part),
      families: bill.measuresByFamily.map(part), tags: bill.measuresByTag?.map(part),
      expiring: bill.commitments.expiries.map(RunDocument.ExpiringMonth.init),
      lockInMonthsAtStart: RunDocument.rounded(
        bill.commitments.lockInMonths(at: bill.window.start)),
      lockInMonthsAtEnd: RunDocument.rounded(bill.commitments.lockInMonths(at: last)),
      commitments: bill.commitments.map { use in
        RunDocument.MeasuredCommitment(
          id: use.commitment.id, account: use.commitment.account,
          product: use.commitment.terms.product, end: use.commitment.end.iso8601,
          cost: use.amortized, savings: use.savings,
          utilization: RunDocument.rounded(use.utilization),
          unrealizedSavings: use.unrealizedSavings,
          breakEvenMonths: BreakEven.months(of: use, in: bill.window).map(hundredths))
      })
  }
}

private func hundredths(_ months: Double) -> Double { (months * 100).rounded() / 100 }

extension RunDocument.ExpiringMonth {
  init(_ expiry: Expiry) {
    self.init(
      month: expiry.month.description, commitments: expiry.commitments,
      hourlyCommitment: Money(rounding: expiry.hourly))
  }
}

extension RunDocument.MeasuredPart {
  fileprivate init(_ measures: Billing.Measures, in window: HourWindow, last: Hour) {
    let owned = measures.commitments
    self.init(
      name: measures.name, list: measures.list, contracted: measures.contracted,
      cost: measures.cost,
      committed: measures.committed, coverage: RunDocument.rounded(measures.coverage),
      utilization: measures.utilization.map(RunDocument.rounded),
      vacancy: measures.vacancy.map(RunDocument.rounded),
      effectiveSavingsRate: RunDocument.rounded(measures.effectiveSavingsRate),
      unrealizedSavings: measures.unrealizedSavings,
      lockInMonthsAtStart: owned.isEmpty
        ? nil : RunDocument.rounded(owned.lockInMonths(at: window.start)),
      lockInMonthsAtEnd: owned.isEmpty ? nil : RunDocument.rounded(owned.lockInMonths(at: last)),
      breakEvenMonths: BreakEven.months(of: owned, in: window).map(hundredths),
      expiring: owned.isEmpty ? nil : owned.expiries.map(RunDocument.ExpiringMonth.init))
  }
}

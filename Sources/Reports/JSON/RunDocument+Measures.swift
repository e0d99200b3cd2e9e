import Billing
import CloudCosts

extension RunDocument {
  /// How well the commitments of an outcome fit, in all, by account, by family, and when they end.
  ///
  /// By tag where the usage file has a column `tag`.
  public struct Measures: Hashable, Sendable, Codable {
    public var overall: MeasuredPart
    public var accounts: [MeasuredPart]
    public var families: [MeasuredPart]
    public var tags: [MeasuredPart]?
    public var expiring: [ExpiringMonth]
    /// Calendar months that commitments still bind, weighted by their cost: on the window's first
    /// hour and on its last.
    public var lockInMonthsAtStart: Double
    public var lockInMonthsAtEnd: Double
    public var commitments: [MeasuredCommitment]

    private enum CodingKeys: String, CodingKey {
      case overall, accounts, families, tags, expiring
      case lockInMonthsAtStart = "lock_in_months_at_start"
      case lockInMonthsAtEnd = "lock_in_months_at_end"
      case commitments
    }
  }

  public struct MeasuredPart: Hashable, Sendable, Codable {
    public var name: String
    /// Usage on demand, at public prices; and at the negotiated ones.
    @JSONNumber public var list: Money
    @JSONNumber public var contracted: Money
    @JSONNumber public var cost: Money
    @JSONNumber public var committed: Money
    public var coverage: Double
    /// Nil where it owns no commitment; so the vacancy.
    public var utilization: Double?
    public var vacancy: Double?
    public var effectiveSavingsRate: Double
    @JSONNumber public var unrealizedSavings: Money
    /// Of its own commitments, on the window's first hour and on its last; nil where it owns none.
    public var lockInMonthsAtStart: Double?
    public var lockInMonthsAtEnd: Double?
    /// Of its commitments that start in the window, as one; nil where they have not paid for
    /// themselves.
    public var breakEvenMonths: Double?
    /// Nil where nothing ends.
    public var expiring: [ExpiringMonth]?

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
  public struct ExpiringMonth: Hashable, Sendable, Codable {
    public var month: String
    public var commitments: Int
    @JSONNumber public var hourlyCommitment: Money

    private enum CodingKeys: String, CodingKey {
      case month, commitments
      case hourlyCommitment = "hourly_commitment"
    }
  }

  /// One commitment, owned or bought.
  public struct MeasuredCommitment: Hashable, Sendable, Codable {
    public var id: String
    public var account: String
    public var product: Product
    public var end: String
    @JSONNumber public var cost: Money
    @JSONNumber public var savings: Money
    public var utilization: Double
    @JSONNumber public var unrealizedSavings: Money
    public var breakEvenMonths: Double?

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

import Billing
import CloudCosts

extension RunDocument {
  /// How well the commitments of an outcome fit, in all, by account, by family, and when they end.
  ///
  /// Usage files have no tags, so nothing is told by tag.
  public struct Measures: Hashable, Sendable, Codable {
    public var overall: MeasuredPart
    public var accounts: [MeasuredPart]
    public var families: [MeasuredPart]
    public var expiring: [ExpiringMonth]
    /// Calendar months that commitments still bind, weighted by their cost: on the window's first hour
    /// and on its last.
    public var lockInMonthsAtStart: Double
    public var lockInMonthsAtEnd: Double
    public var commitments: [MeasuredCommitment]

    private enum CodingKeys: String, CodingKey {
      case overall, accounts, families, expiring
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

    private enum CodingKeys: String, CodingKey {
      case name, list, contracted, cost, committed, coverage, utilization, vacancy
      case effectiveSavingsRate = "effective_savings_rate"
      case unrealizedSavings = "unrealized_savings"
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
    self.init(
      overall: RunDocument.MeasuredPart(bill.overallMeasures),
      accounts: bill.measuresByAccount.map(RunDocument.MeasuredPart.init),
      families: bill.measuresByFamily.map(RunDocument.MeasuredPart.init),
      expiring: bill.expiries.map { expiry in
        RunDocument.ExpiringMonth(
          month: expiry.month.description, commitments: expiry.commitments,
          hourlyCommitment: Money(rounding: expiry.hourly))
      },
      lockInMonthsAtStart: RunDocument.rounded(bill.lockInMonths(at: bill.window.start)),
      lockInMonthsAtEnd: RunDocument.rounded(
        bill.lockInMonths(at: bill.window.start + max(0, bill.window.hours - 1))),
      commitments: bill.commitments.map { use in
        RunDocument.MeasuredCommitment(
          id: use.commitment.id, account: use.commitment.account,
          product: use.commitment.terms.product, end: use.commitment.end.iso8601,
          cost: use.amortized, savings: use.savings,
          utilization: RunDocument.rounded(use.utilization),
          unrealizedSavings: use.unrealizedSavings,
          breakEvenMonths: BreakEven.months(of: use, in: bill.window).map {
            ($0 * 100).rounded() / 100
          })
      })
  }
}

extension RunDocument.MeasuredPart {
  init(_ measures: Billing.Measures) {
    self.init(
      name: measures.name, list: measures.list, contracted: measures.contracted,
      cost: measures.cost,
      committed: measures.committed, coverage: RunDocument.rounded(measures.coverage),
      utilization: measures.utilization.map(RunDocument.rounded),
      vacancy: measures.vacancy.map(RunDocument.rounded),
      effectiveSavingsRate: RunDocument.rounded(measures.effectiveSavingsRate),
      unrealizedSavings: measures.unrealizedSavings)
  }
}

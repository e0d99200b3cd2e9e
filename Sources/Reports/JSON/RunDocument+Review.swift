import Billing
import CloudCosts
import Scenarios

extension RunDocument {
  /// What finance asks of a plan before it signs; as `PlanReview` defines it.
  public struct Review: Hashable, Sendable, Codable {
    public var downsides: [UsageFall]
    /// What the window costs more if the same is bought a month later; nil where nothing is bought.
    public var monthOfDelay: JSONNumber?
    /// Nil where nothing is bought.
    public var obligation: Obligation?

    private enum CodingKeys: String, CodingKey {
      case downsides
      case monthOfDelay = "month_of_delay"
      case obligation
    }
  }

  /// The same plan where usage falls in every hour.
  public struct UsageFall: Hashable, Sendable, Codable {
    /// 0.3: by 30 %.
    public var drop: Double
    @JSONNumber public var cost: Money
    /// Against what is owned today, at the same usage; negative: a loss.
    @JSONNumber public var savings: Money
    public var savingsRate: Double

    private enum CodingKeys: String, CodingKey {
      case drop, cost, savings
      case savingsRate = "savings_rate"
    }
  }

  /// When all that the purchases bind their owner to is repaid.
  public struct Obligation: Hashable, Sendable, Codable {
    @JSONNumber public var committed: Money
    /// What covered usage would have cost on demand, inside the window.
    @JSONNumber public var repaid: Money
    public var repaidShare: Double
    /// Nil: not inside the window.
    public var months: Double?
    /// The same if things go on as on average in the window; nil: never.
    public var monthsAtThisPace: Double?

    private enum CodingKeys: String, CodingKey {
      case committed, repaid
      case repaidShare = "repaid_share"
      case months
      case monthsAtThisPace = "months_at_this_pace"
    }
  }

  /// What an account has paid and not used up, in a month.
  public struct Prepaid: Hashable, Sendable, Codable {
    public var account: String
    public var month: String
    @JSONNumber public var opening: Money
    @JSONNumber public var paid: Money
    /// Between a commitment and the one that it was modified into.
    @JSONNumber public var transferred: Money
    @JSONNumber public var expense: Money
    @JSONNumber public var closing: Money
  }
}

extension RunDocument.Review {
  init(_ review: PlanReview) {
    downsides = review.downsides.map {
      RunDocument.UsageFall(
        drop: $0.drop, cost: $0.cost, savings: $0.savings,
        savingsRate: RunDocument.rounded($0.savingsRate))
    }
    monthOfDelay = review.monthOfDelay.map { JSONNumber(wrappedValue: $0) }
    obligation = review.obligation.map { all in
      RunDocument.Obligation(
        committed: all.committed, repaid: all.repaid,
        repaidShare: RunDocument.rounded(all.repaidShare), months: all.months.map(hundredths),
        monthsAtThisPace: all.monthsAtThisPace.map(hundredths))
    }
  }
}

extension RunDocument.Prepaid {
  init(_ month: PrepaidMonth) {
    self.init(
      account: month.account, month: month.month.description, opening: month.opening,
      paid: month.paid, transferred: month.transferred, expense: month.expense,
      closing: month.closing)
  }
}

extension RunDocument.UsageFall {
  /// `usage falls by 30 %`.
  var name: String { Frontier.Downside(drop: drop, cost: cost, savings: savings).name }
}

extension RunDocument.Plan {
  /// What headlines name; nil in documents of older versions.
  var headlineDownside: RunDocument.UsageFall? {
    review?.downsides.first { $0.drop == PlanReview.headlineDrop }
  }
}

private func hundredths(_ months: Double) -> Double { (months * 100).rounded() / 100 }

import Billing
import CloudCosts
import Scenarios

extension RunDocument {
  /// What finance asks of a plan before it signs; as `PlanReview` defines it.
  package struct Review: Hashable, Sendable, Codable {
    package var downsides: [UsageFall]
    /// What the window costs more if the same is bought a month later; nil where nothing is bought.
    package var monthOfDelay: JSONNumber?
    /// Nil where nothing is bought.
    package var obligation: Obligation?

    private enum CodingKeys: String, CodingKey {
      case downsides
      case monthOfDelay = "month_of_delay"
      case obligation
    }
  }

  /// The same plan where usage falls in every hour.
  package struct UsageFall: Hashable, Sendable, Codable {
    /// 0.3: by 30 %.
    package var drop: Double
    @JSONNumber package var cost: Money
    /// Against what is owned today, at the same usage; negative: a loss.
    @JSONNumber package var savings: Money
    package var savingsRate: Double

    private enum CodingKeys: String, CodingKey {
      case drop, cost, savings
      case savingsRate = "savings_rate"
    }
  }

  /// When all that the purchases bind their owner to is repaid.
  package struct Obligation: Hashable, Sendable, Codable {
    @JSONNumber package var committed: Money
    /// What covered usage would have cost on demand, inside the window.
    @JSONNumber package var repaid: Money
    package var repaidShare: Double
    /// Nil: not inside the window.
    package var months: Double?
    /// The same if things go on as on average in the window; nil: never.
    package var monthsAtThisPace: Double?

    private enum CodingKeys: String, CodingKey {
      case committed, repaid
      case repaidShare = "repaid_share"
      case months
      case monthsAtThisPace = "months_at_this_pace"
    }
  }

  /// What an account has paid and not used up, in a month.
  package struct Prepaid: Hashable, Sendable, Codable {
    package var account: String
    package var month: String
    @JSONNumber package var opening: Money
    @JSONNumber package var paid: Money
    /// Between a commitment and the one that it was modified into.
    @JSONNumber package var transferred: Money
    @JSONNumber package var expense: Money
    @JSONNumber package var closing: Money
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

import CloudCosts
import Scenarios

extension RunDocument {
  /// What a plan saves over all paths, against buying nothing new.
  package struct Paths: Hashable, Sendable, Codable {
    package var count: Int
    package var measure: RiskSettings.Measure
    package var level: Double
    package var weight: Double
    /// What is minimised, of the judge's bills in the outcome's window; of a plan that was made for
    /// longer `horizon.cost` is.
    @JSONNumber package var riskAdjustedCost: Money
    @JSONNumber package var expectedSavings: Money
    /// The saving that 5 % of the paths' probability does not reach; so the others.
    @JSONNumber package var percentile5: Money
    @JSONNumber package var median: Money
    @JSONNumber package var percentile95: Money
    /// The probability that the plan costs more than buying nothing.
    package var probabilityOfLoss: Double
    package var worstMonth: WorstMonth
    /// What is left of the saving where something goes wrong; nil in documents of older versions.
    package var downsides: [Downside]?
    package var probabilities: [Double]
    /// Of each path.
    package var savings: [JSONNumber]

    /// The saving, as a share of the bill with nothing new bought, where something goes wrong.
    package struct Downside: Hashable, Sendable, Codable {
      package var name: String
      package var savingsRate: Double

      private enum CodingKeys: String, CodingKey {
        case name
        case savingsRate = "savings_rate"
      }
    }

    /// The least that is saved in one calendar month of any path.
    package struct WorstMonth: Hashable, Sendable, Codable {
      package var month: String
      package var path: Int
      @JSONNumber package var savings: Money
    }

    private enum CodingKeys: String, CodingKey {
      case count, measure, level, weight
      case riskAdjustedCost = "risk_adjusted_cost"
      case expectedSavings = "expected_savings"
      case percentile5 = "percentile_5"
      case median
      case percentile95 = "percentile_95"
      case probabilityOfLoss = "probability_of_loss"
      case worstMonth = "worst_month"
      case downsides, probabilities, savings
    }
  }

  /// What other rules of buying come to.
  package struct Rival: Hashable, Sendable, Codable {
    package var name: PlanRival.Kind.RawValue
    @JSONNumber package var objective: Money
    /// By how much it is more than the plan's objective.
    @JSONNumber package var difference: Money
  }

  /// How a plan splits into ones that can be returned.
  package struct Returnable: Hashable, Sendable, Codable {
    /// Money per hour, one for each plan.
    package var hourlyCommitments: [JSONNumber]
    /// ISO 8601: then it is too late.
    package var until: String

    private enum CodingKeys: String, CodingKey {
      case hourlyCommitments = "hourly_commitments"
      case until
    }
  }
}

extension RunDocument.Paths {
  init(_ distribution: SavingsDistribution) {
    count = distribution.savings.count
    measure = distribution.risk.measure
    level = distribution.risk.level
    weight = distribution.risk.weight
    _riskAdjustedCost = JSONNumber(wrappedValue: distribution.riskAdjustedCost)
    _expectedSavings = JSONNumber(wrappedValue: distribution.expected)
    _percentile5 = JSONNumber(wrappedValue: distribution.quantile(0.05))
    _median = JSONNumber(wrappedValue: distribution.quantile(0.5))
    _percentile95 = JSONNumber(wrappedValue: distribution.quantile(0.95))
    probabilityOfLoss = RunDocument.rounded(distribution.probabilityOfLoss)
    worstMonth = WorstMonth(
      month: distribution.worstMonth.month.description, path: distribution.worstMonth.path,
      savings: distribution.worstMonth.savings)
    downsides = distribution.downsides.map {
      Downside(name: $0.name, savingsRate: RunDocument.rounded($0.savingsRate))
    }
    probabilities = distribution.probabilities.map(RunDocument.rounded)
    savings = distribution.savings.map { JSONNumber(wrappedValue: $0) }
  }
}

extension RunDocument.Rival {
  init(_ rival: PlanRival) {
    self.init(
      name: rival.kind.rawValue, objective: Money(rounding: rival.objective),
      difference: Money(rounding: rival.difference))
  }

  /// What it is, for people.
  var sentence: String {
    switch PlanRival.Kind(rawValue: name) {
    case .buyOnce: "all bought on the first day, and again when a term ends"
    case .hindsight: "knowing each path before buying"
    case .narrowOnly: "without plans that follow other usage (Compute, convertible)"
    case .resizeFirst: "machines resized first, then commitments bought for what is left"
    case .commitFirst: "commitments bought first, then machines resized under them"
    case .flexibleOnly: "with nothing but plans that follow other usage"
    case nil: name
    }
  }
}

extension RunDocument.Returnable {
  /// Nil where it cannot be returned, however it is split.
  init?(_ commitment: Commitment) {
    guard let plans = ReturnablePlans(of: commitment) else { return nil }
    hourlyCommitments = plans.commitments.map { JSONNumber(wrappedValue: Money(rounding: $0)) }
    until = plans.until.iso8601
  }
}

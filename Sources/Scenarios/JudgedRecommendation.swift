import Billing
import CloudCosts

/// What the provider recommends to buy, billed by the same judge as our plans.
public struct JudgedRecommendation: Sendable {
  public var commitments: [Commitment]
  /// The same usage under what is owned and what is recommended.
  public var bill: Bill
  /// Against everything on demand; negative where it costs more.
  public var savings: Money

  /// The name of its row beside the outcomes.
  public static let title = "provider's advice"

  /// Nil where nobody gave a recommendation.
  static func judge(
    _ commitments: [Commitment]?, _ inputs: ScenarioInputs
  ) throws -> JudgedRecommendation? {
    guard let commitments else { return nil }
    let judge = Judge(prices: inputs.prices)
    func bill(_ owned: [Commitment]) throws -> Bill {
      try judge.bill(inputs.demand, under: owned, costOfCapital: inputs.policy.costOfCapital)
    }
    let recommended = try bill(inputs.owned + commitments)
    return JudgedRecommendation(
      commitments: commitments, bill: recommended, savings: try bill([]).cost - recommended.cost)
  }
}

import Billing
import CloudCosts
import Ingest

/// What the provider recommends to buy, billed by the same judge as our plans.
///
/// Each file is an alternative and billed by itself: Cost Explorer computes plans and reservations
/// each as if the other were not bought, so that both together buy the same usage twice.
package struct JudgedRecommendation: Sendable {
  /// `provider's advice`; with the file's name where there are several.
  package var title: String
  package var commitments: [Commitment]
  /// The same usage under what is owned and what is recommended.
  package var bill: Bill
  /// Against everything on demand; negative where it costs more.
  package var savings: Money

  /// The name of its row next to the outcomes.
  package static let title = "provider's advice"

  /// Over the same futures, and under the same sharing, as all other outcomes.
  static func judge(
    _ alternatives: [RecommendedPurchases], _ inputs: ScenarioInputs
  ) throws -> [JudgedRecommendation] {
    guard !alternatives.isEmpty else { return [] }
    let biller = PathBiller(
      inputs, judge: inputs.judge)
    let onDemand = try biller.bills(under: []).bill.cost
    return try alternatives.map { alternative in
      let commitments = try OwnerChoice.owned(
        alternative.commitments.map(inputs.prices.priced), inputs, biller.paths.mean)
      let bill = try biller.bills(under: inputs.owned + commitments).bill
      return JudgedRecommendation(
        title: alternatives.count == 1 ? title : "\(title): \(alternative.file)",
        commitments: commitments, bill: bill, savings: onDemand - bill.cost)
    }
  }
}

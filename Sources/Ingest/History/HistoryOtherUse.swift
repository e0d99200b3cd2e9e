import CloudCosts

/// What a commitment spent on usage that is in no group: Fargate, Lambda, databases.
///
/// A plan that other services use up is not free for machines.
package struct HistoryOtherUse: Hashable, Sendable {
  package var commitment: String
  package var start: Hour
  /// In currency units, an hour each.
  package var costs: [Double]
}

import CloudCosts

/// What a commitment spent on usage that is in no group: Fargate, Lambda, databases.
///
/// A plan that other services use up is not free for machines.
public struct HistoryOtherUse: Hashable, Sendable {
  public var commitment: String
  public var start: Hour
  /// In currency units, an hour each.
  public var costs: [Double]
}

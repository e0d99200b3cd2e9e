/// What one solve leaves for the next on the same demand and prices: points of the cost-to-go that
/// are worth cuts, and where the best plan lies.
///
/// The cost-to-go does not depend on the policy, so its cuts hold under any policy.
public struct WarmStart: Sendable {
  public init() {}
}

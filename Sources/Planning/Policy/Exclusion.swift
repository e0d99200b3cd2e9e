import CloudCosts

/// `exclude`: cov_kgh = 0 for every excluded g and every pool k that is on sale; θ, D and N of coverage
/// are without g.
///
/// Usage of some families, accounts or regions that nothing is bought for. It is no member of any pool
/// that purchases fill; what is owned covers it as before, in a pool of its own. The provider knows
/// nothing of this: it may apply a wide plan to excluded usage as well, which only lowers the bill.
extension ModelBuilder {
  /// The usage (indices) that nothing is bought for.
  func excludedUsage() -> Set<Int> {
    let exclusion = problem.policy.exclude
    guard exclusion != UsageExclusion() else { return [] }
    return Set(
      skus.indices.filter {
        exclusion.contains(UsageGroup(account: accounts[$0] ?? "", sku: skus[$0]))
      })
  }
}

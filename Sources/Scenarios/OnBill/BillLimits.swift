import Billing
import CloudCosts

/// The limits on coverage and on utilisation, read off the judge's bill: the one definition for
/// `run`, `verify` and every report.
///
/// - `min_coverage`, `max_coverage`, and by family or account: covered usage over eligible usage,
///   both at on-demand prices, without excluded usage. A cap limits what is bought: where what is
///   owned covers more of the usage that is left after the plan's actions, nothing may be added to
///   that, and no action is forbidden.
/// - `min_utilization`: of every purchase, the used part of what it costs in the window over all of
///   it.
///
/// With several futures all of these are expected sums.
struct BillLimits {
  private let policy: Policy
  private let owned: OwnedBills?

  /// - Parameter owned: needed where there are caps.
  init(_ policy: Policy, owned: OwnedBills?) {
    self.policy = policy
    self.owned = owned
  }

  /// Whether the policy has a limit that a bill may miss.
  static func areSet(in policy: Policy) -> Bool {
    policy.minCoverage != nil || policy.minUtilization != nil || hasCaps(policy)
      || policy.minCoverageBy != UsageShares()
  }

  static func hasCaps(_ policy: Policy) -> Bool {
    policy.maxCoverage != nil || policy.maxCoverageBy != UsageShares()
  }

  /// - Parameters:
  ///   - purchases: how many of the bill's commitments, the last ones, the plan buys.
  ///   - actions: what the plan does with machines.
  func readings(
    _ bill: Bill, purchases: Int, actions: [ChosenAction]
  ) throws -> [LimitReading] {
    try coverages(bill, purchases, actions) + utilizations(bill, purchases)
  }

  /// What is owned covers of the usage that caps count, by the names of their rows.
  ///
  /// - Parameter bill: of what is owned alone, with no action.
  static func coverage(underCapsOf policy: Policy, _ bill: Bill) -> [String: Double] {
    let limits = BillLimits(policy, owned: nil)
    var result: [String: Double] = [:]
    limits.forEachShare { row, _, isFloor, isMeant in
      if !isFloor, let billed = limits.coverage(bill, isMeant) { result[row] = billed }
    }
    return result
  }

  // MARK: Coverage

  private func coverages(
    _ bill: Bill, _ purchases: Int, _ actions: [ChosenAction]
  ) throws -> [LimitReading] {
    var readings: [LimitReading] = []
    try forEachShare { row, limit, isFloor, isMeant in
      guard let billed = coverage(bill, isMeant) else { return }
      var limit = limit
      if !isFloor, billed > limit {
        // With nothing bought, the bill is of what is owned alone.
        let owned = purchases == 0 ? bill : try owned?.bill(after: actions)
        limit = max(limit, owned.flatMap { coverage($0, isMeant) } ?? 0)
      }
      readings.append(LimitReading(row: row, limit: limit, billed: billed, isFloor: isFloor))
    }
    return readings
  }

  /// Hands on each limit on coverage, by the name of its row, with the usage that it is about.
  private func forEachShare(
    _ body: (
      _ row: String, _ limit: Double, _ isFloor: Bool, _ isMeant: (UsageGroup) -> Bool
    ) throws -> Void
  ) rethrows {
    if let floor = policy.minCoverage { try body("min_coverage", floor, true) { _ in true } }
    if let cap = policy.maxCoverage { try body("max_coverage", cap, false) { _ in true } }
    for (key, shares, isFloor) in [
      ("min_coverage_by", policy.minCoverageBy, true),
      ("max_coverage_by", policy.maxCoverageBy, false),
    ] {
      for (family, share) in shares.families.sorted(by: { $0.key < $1.key }) {
        try body("\(key) family \(family)", share, isFloor) { $0.sku.family == family }
      }
      for (account, share) in shares.accounts.sorted(by: { $0.key < $1.key }) {
        try body("\(key) account \(account)", share, isFloor) { $0.account == account }
      }
    }
  }

  /// Nil where there is no such usage that is eligible.
  private func coverage(_ bill: Bill, _ isMeant: (UsageGroup) -> Bool) -> Double? {
    var eligible = Money.zero
    var covered = Money.zero
    for row in bill.rows where row.kind.isUsage {
      guard let group = row.group, bill.eligibleSKUs.contains(group.sku), isMeant(group),
        !policy.exclude.contains(group)
      else { continue }
      eligible += row.contracted
      if row.kind == .coveredUsage { covered += row.contracted }
    }
    return eligible == .zero ? nil : covered.value / eligible.value
  }

  // MARK: Utilisation

  private func utilizations(_ bill: Bill, _ purchases: Int) -> [LimitReading] {
    guard let floor = policy.minUtilization else { return [] }
    return bill.commitments.suffix(purchases).filter { $0.amortized > .zero }.map {
      LimitReading(
        row: "min_utilization \($0.commitment.id)", limit: floor, billed: $0.utilization,
        isFloor: true)
    }
  }
}

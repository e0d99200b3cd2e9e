import Billing
import CloudCosts

/// The limits on coverage and on utilisation, read off the judge's bill: the one definition for
/// `run`, `verify` and every report.
///
/// - `min_coverage`, `max_coverage`, and by family or account: covered usage over eligible usage,
///   both at on-demand prices, without excluded usage. Where what is owned covers more than a cap
///   allows, the cap is what it covers if nothing is bought and nothing done.
/// - `min_utilization`: of every purchase, the used part of what it costs in the window over all of
///   it.
///
/// With several futures all of these are expected sums.
struct BillLimits {
  private let policy: Policy
  private let owned: Bill?

  /// - Parameter owned: the bill with what is owned alone, and no action; needed where there are
  ///   caps.
  init(_ policy: Policy, owned: Bill?) {
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

  /// - Parameter purchases: how many of the bill's commitments, the last ones, the plan buys.
  func readings(_ bill: Bill, purchases: Int) -> [LimitReading] {
    coverages(bill) + utilizations(bill, purchases)
  }

  /// What is owned covers of the usage that caps count, by the names of their rows.
  ///
  /// - Parameter bill: of what is owned alone, with no action.
  static func coverage(underCapsOf policy: Policy, _ bill: Bill) -> [String: Double] {
    let readings = BillLimits(policy, owned: nil).coverages(bill).filter { !$0.isFloor }
    return Dictionary(readings.map { ($0.row, $0.billed) }, uniquingKeysWith: max)
  }

  // MARK: Coverage

  private func coverages(_ bill: Bill) -> [LimitReading] {
    var readings: [LimitReading] = []
    func read(_ row: String, _ limit: Double?, isFloor: Bool, _ isMeant: (UsageGroup) -> Bool) {
      guard let limit, let billed = coverage(bill, isMeant) else { return }
      let anyhow = isFloor ? 0 : owned.flatMap { coverage($0, isMeant) } ?? 0
      readings.append(
        LimitReading(row: row, limit: max(limit, anyhow), billed: billed, isFloor: isFloor))
    }
    read("min_coverage", policy.minCoverage, isFloor: true) { _ in true }
    read("max_coverage", policy.maxCoverage, isFloor: false) { _ in true }
    for (key, shares, isFloor) in [
      ("min_coverage_by", policy.minCoverageBy, true),
      ("max_coverage_by", policy.maxCoverageBy, false),
    ] {
      for (family, share) in shares.families.sorted(by: { $0.key < $1.key }) {
        read("\(key) family \(family)", share, isFloor: isFloor) { $0.sku.family == family }
      }
      for (account, share) in shares.accounts.sorted(by: { $0.key < $1.key }) {
        read("\(key) account \(account)", share, isFloor: isFloor) { $0.account == account }
      }
    }
    return readings
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

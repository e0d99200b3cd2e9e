import CloudCosts

/// The rules once more, as slowly and plainly as they read in the user guides: an hour at a time,
/// every (commitment, usage) pair sorted. It shares nothing with the judge.
struct ReferenceJudge {
  var prices: PriceBook
  var sharing = Sharing()

  struct Result {
    /// Instance-hours on demand, per group.
    var onDemand: [UsageGroup: Double] = [:]
    /// Capacity used (units or money) over the window, per commitment.
    var used: [Commitment.ID: Double] = [:]
    var coveredOnDemand: [Commitment.ID: Double] = [:]
  }

  /// Turn, saving, units, group; then what tells commitments apart where the rules do not.
  private typealias Key = (
    (Int, Int, Double, UsageGroup), (Int, String), (Hour, Hour, String)
  )

  private struct Pair {
    var commitment: Int
    var group: UsageGroup
    var units: Double
    var key: Key
  }

  func result(_ demand: Demand, _ commitments: [Commitment]) -> Result {
    var result = Result()
    let all = commitments.indices.flatMap { c in
      demand.groups.flatMap { pairs(commitments[c], c, $0) }
    }
    .sorted { before($0.key, $1.key) }
    for h in 0..<demand.window.hours {
      let hour = demand.window.start + h
      var rest: [UsageGroup: Double] = [:]
      for (g, group) in demand.groups.enumerated() { rest[group] = demand[g, h] }
      var left = commitments.map { $0.start <= hour && hour < $0.end ? capacity($0) : 0 }
      for pair in all {
        let usage = rest[pair.group] ?? 0
        let taken = min(usage * pair.units, left[pair.commitment])
        guard taken > 0 else { continue }
        let hours = taken / pair.units
        left[pair.commitment] -= taken
        rest[pair.group] = usage - hours
        let id = commitments[pair.commitment].id
        result.used[id, default: 0] += taken
        result.coveredOnDemand[id, default: 0] +=
          hours * (prices.onDemandPrice(of: pair.group.sku) ?? 0)
      }
      for (group, hours) in rest { result.onDemand[group, default: 0] += hours }
    }
    return result
  }

  private func capacity(_ commitment: Commitment) -> Double {
    switch commitment.subject {
    case .reservation(let sku, let zone, let count, _, _):
      return count * (zone == nil ? SizeFlexibility.footprint(of: sku)?.units ?? 1 : 1)
    case .savingsPlan(_, let hourlyCommitment): return hourlyCommitment
    }
  }

  private func pairs(_ commitment: Commitment, _ index: Int, _ group: UsageGroup) -> [Pair] {
    guard let (turn, saving, units) = applies(commitment, to: group.sku) else { return [] }
    return passes(commitment, group.account).map { pass in
      Pair(
        commitment: index, group: group, units: units,
        key: (
          (turn * 3 + pass, -saving, units, group),
          (commitment.terms.term.years, commitment.terms.payment.rawValue),
          (commitment.start, commitment.end, commitment.id)
        ))
    }
  }

  /// The passes (own account, own group, others) in which a commitment meets an account's usage.
  private func passes(_ commitment: Commitment, _ account: String) -> [Int] {
    let owner = commitment.account
    guard commitment.terms.product.provider == .aws else {
      switch commitment.reach {
      case .account: return owner == account ? [0] : []
      case .group(let name): return sharing.groups[name, default: []].contains(account) ? [1] : []
      case .shared: return [2]
      }
    }
    var passes: [Int] = []
    if !owner.isEmpty, owner == account { passes.append(0) }
    if sharing.off.contains(owner) || sharing.off.contains(account) { return passes }
    // Who owns nothing known is in no group: it is the organisation's.
    let isNear =
      !owner.isEmpty
      && sharing.groups.values.contains { $0.contains(owner) && $0.contains(account) }
    if sharing.mode != .organization, isNear { passes.append(1) }
    if sharing.mode != .restrictedGroup || owner.isEmpty { passes.append(2) }
    return passes
  }

  private func applies(
    _ commitment: Commitment, to sku: SKU
  ) -> (turn: Int, saving: Int, units: Double)? {
    switch commitment.subject {
    case .reservation(let reserved, let zone, _, _, _):
      let isSame = reserved == sku.zoneless
      if let zone { return isSame && ["", zone].contains(sku.zone) ? (0, 0, 1) : nil }
      guard let own = SizeFlexibility.footprint(of: reserved),
        let other = SizeFlexibility.footprint(of: sku)
      else { return isSame ? (1, 0, 1) : nil }
      let isCovered =
        own.group == other.group && reserved.region == sku.region
        && reserved.provider == sku.provider
      return isCovered ? (1, 0, other.units) : nil
    case .savingsPlan(let scope, _):
      guard scope.contains(sku), let onDemand = prices.onDemandPrice(of: sku),
        let rate = prices.rate(of: commitment.terms, for: sku), rate <= onDemand
      else { return nil }
      let saving = Int(((onDemand - rate) / onDemand * 1e9).rounded())
      let turn =
        switch commitment.terms.product {
        case .ec2InstanceSavingsPlan: 2
        case .azureSavingsPlan: commitment.terms.term.years == 3 ? 4 : 5
        default: 3
        }
      return (turn, saving, rate)
    }
  }

  private func before(_ a: Key, _ b: Key) -> Bool {
    if a.0 != b.0 { return a.0 < b.0 }
    return a.1 == b.1 ? a.2 < b.2 : a.1 < b.1
  }
}

import CloudCosts

/// The rules once more, as slowly and plainly as they read in the user guides: an hour at a time,
/// every (commitment, usage) pair sorted. It shares nothing with the judge.
struct ReferenceJudge {
  var prices: PriceBook
  var sharing = Sharing()

  struct Result {
    /// Instance-hours on demand, per group; of Google's machines each part counts by its share of
    /// the price.
    var onDemand: [UsageGroup: Double] = [:]
    /// Money's worth of the commitment used over the window.
    var used: [Commitment.ID: Double] = [:]
    var coveredOnDemand: [Commitment.ID: Double] = [:]
  }

  /// Usage that is met by itself: a machine, or the vCPUs (0) or GiB (1) of one of Google's.
  private struct Item: Hashable, Comparable {
    var group: UsageGroup
    var part = -1

    static func < (a: Item, b: Item) -> Bool {
      a.group == b.group ? a.part < b.part : a.group < b.group
    }
  }

  /// Turn, saving, size, item; then what tells commitments apart where the rules do not.
  private typealias Key = (
    (Int, Int, Double, Item), (Int, String), (Hour, Hour, String)
  )

  private struct Pair {
    var commitment: Int
    /// Which of the commitment's capacities.
    var part: Int
    var item: Item
    var units: Double
    var key: Key
  }

  /// Of the e2 machines of the tests: vCPUs, GiB.
  private func resources(_ sku: SKU) -> (Double, Double)? {
    let words = sku.instanceType.split(separator: "-")
    guard sku.provider == .gcp, words.count == 3, let processors = Double(words[2]) else {
      return nil
    }
    return (processors, processors * (words[1] == "highmem" ? 8 : 4))
  }

  /// What of a machine's price an item is, at 7.46 GiB for the price of a vCPU.
  private func share(_ sku: SKU, _ part: Int) -> Double {
    guard part >= 0, let (processors, memory) = resources(sku) else { return 1 }
    return (part == 0 ? processors * 7.46 : memory) / (processors * 7.46 + memory)
  }

  func result(_ demand: Demand, _ commitments: [Commitment]) -> Result {
    var result = Result()
    let itemsOfGroup = demand.groups.map { group in
      resources(group.sku) == nil
        ? [Item(group: group)] : [Item(group: group, part: 0), Item(group: group, part: 1)]
    }
    let items = itemsOfGroup.flatMap { $0 }
    let all = commitments.indices.flatMap { c in
      items.flatMap { pairs(commitments[c], c, $0) }
    }
    .sorted { before($0.key, $1.key) }
    for h in 0..<demand.window.hours {
      let hour = demand.window.start + h
      var rest: [Item: Double] = [:]
      for (g, items) in itemsOfGroup.enumerated() {
        for item in items { rest[item] = demand[g, h] }
      }
      var left = commitments.map { commitment in
        commitment.start <= hour && hour < commitment.end
          ? [0, 1].map { capacity(commitment, $0) } : [0, 0]
      }
      for pair in all {
        let usage = rest[pair.item] ?? 0
        let taken = min(usage * pair.units, left[pair.commitment][pair.part])
        guard taken > 0 else { continue }
        let hours = taken / pair.units
        left[pair.commitment][pair.part] -= taken
        rest[pair.item] = usage - hours
        let commitment = commitments[pair.commitment]
        let price = prices.onDemandPrice(of: pair.item.group.sku) ?? 0
        result.used[commitment.id, default: 0] += taken * unitPrice(commitment, pair.part)
        result.coveredOnDemand[commitment.id, default: 0] +=
          hours * price * share(pair.item.group.sku, pair.item.part)
      }
      for (item, hours) in rest {
        result.onDemand[item.group, default: 0] += hours * share(item.group.sku, item.part)
      }
    }
    return result
  }

  private func capacity(_ commitment: Commitment, _ part: Int) -> Double {
    switch commitment.subject {
    case .reservation(let sku, let zone, let count, _, _):
      if commitment.coversOtherSizes, let (processors, memory) = resources(sku) {
        return count * (part == 0 ? processors : memory)
      }
      return part == 0
        ? count
          * (zone == nil && commitment.coversOtherSizes
            ? SizeFlexibility.footprint(of: sku)?.units ?? 1 : 1) : 0
    case .savingsPlan(_, let hourlyCommitment): return part == 0 ? hourlyCommitment : 0
    }
  }

  private func unitPrice(_ commitment: Commitment, _ part: Int) -> Double {
    let capacity = capacity(commitment, part)
    guard case .reservation(let sku, _, _, _, _) = commitment.subject, resources(sku) != nil else {
      return commitment.effectiveHourly / capacity
    }
    return commitment.effectiveHourly * share(sku, part) / capacity
  }

  private func pairs(_ commitment: Commitment, _ index: Int, _ item: Item) -> [Pair] {
    guard let (turn, saving, units, size) = applies(commitment, to: item) else { return [] }
    let isPart =
      if case .reservation = commitment.subject { item.part >= 0 } else { false }
    return passes(commitment, item.group.account).map { pass in
      Pair(
        commitment: index, part: isPart ? item.part : 0, item: item, units: units,
        key: (
          (turn * 3 + pass, -saving, size, item),
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
      case .groupFirst: return []
      }
    }
    var passes: [Int] = []
    if !owner.isEmpty, owner == account { passes.append(0) }
    if sharing.off.contains(owner) || sharing.off.contains(account) { return passes }
    if let name = commitment.reach.groupName {
      if sharing.groups[name, default: []].contains(account) { passes.append(1) }
      if case .groupFirst = commitment.reach { passes.append(2) }
      return passes
    }
    if commitment.reach == .account { return passes }
    // Who owns nothing known is in no group: it is the organisation's.
    let isNear =
      !owner.isEmpty
      && sharing.groups.values.contains { $0.contains(owner) && $0.contains(account) }
    if sharing.mode != .organization, isNear { passes.append(1) }
    if sharing.mode != .restrictedGroup || owner.isEmpty { passes.append(2) }
    return passes
  }

  private func applies(
    _ commitment: Commitment, to item: Item
  ) -> (turn: Int, saving: Int, units: Double, size: Double)? {
    let sku = item.group.sku
    switch commitment.subject {
    case .reservation(let reserved, let zone, _, _, _):
      let isSame = reserved == sku.zoneless
      if let zone { return isSame && ["", zone].contains(sku.zone) ? (0, 0, 1, 1) : nil }
      if !commitment.coversOtherSizes { return isSame ? (1, 0, 1, 1) : nil }
      if item.part >= 0, let (processors, memory) = resources(sku) {
        guard resources(reserved) != nil, reserved.region == sku.region else { return nil }
        let units = item.part == 0 ? processors : memory
        return (1, 0, units, units)
      }
      guard let own = SizeFlexibility.footprint(of: reserved),
        let other = SizeFlexibility.footprint(of: sku)
      else { return isSame ? (1, 0, 1, 1) : nil }
      let isCovered =
        own.group == other.group && reserved.region == sku.region
        && reserved.provider == sku.provider
      return isCovered ? (1, 0, other.units, other.units) : nil
    case .savingsPlan(let scope, _):
      guard scope.contains(sku), let onDemand = prices.onDemandPrice(of: sku),
        var rate = prices.rate(of: commitment.terms, for: sku)
      else { return nil }
      if sku.provider == .azure, onDemand > 0 { rate = min(rate, onDemand) }
      guard rate <= onDemand else { return nil }
      let saving = Int(((onDemand - rate) / onDemand * 1e9).rounded())
      let turn =
        switch commitment.terms.product {
        case .ec2InstanceSavingsPlan: 2
        case .azureSavingsPlan: commitment.terms.term.years == 3 ? 4 : 5
        default: 3
        }
      return (turn, saving, rate * share(sku, item.part), rate)
    }
  }

  private func before(_ a: Key, _ b: Key) -> Bool {
    if a.0 != b.0 { return a.0 < b.0 }
    return a.1 == b.1 ? a.2 < b.2 : a.1 < b.1
  }
}

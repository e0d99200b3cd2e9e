/// What a cap on coverage makes of a savings plan: Σ_{j in k, active as one} unit_j x_j ≤ X.
///
/// The provider applies a plan to what it saves most on first, whatever the policy wants. So a plan
/// covers of the capped usage at least what it would if it were alone: other commitments can only
/// cover more of that usage, or leave the plan more for it. X is the capacity that by itself covers
/// as much as the cap allows.
///
/// The row of the cap itself is about the best allocation, which may leave capacity unused or give
/// it to other usage. This one is as true of every bill that keeps the cap, and closes what the
/// other leaves open. A cap counts as kept within a tenth of a point, so X allows that.
///
/// Only where the order is known: one account (an owner's usage goes first), AWS, no machine whose
/// usage may change, and not in large programs, where looking for X takes long.
func capsByOrder(
  _ cap: Double, of part: UsagePart, named name: String, _ model: Model
) -> [PolicyRow] {
  guard model.knowsOrder else { return [] }
  let pools = model.pools.indices.filter { model.pools[$0].level != .reservation }
  return pools.flatMap { k -> [PolicyRow] in
    let bought = model.instruments.filter { $0.pool == k }
    let ranges = Set(bought.map(\.active)).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    return ranges.compactMap { active in
      guard let first = bought.first(where: { $0.active == active }),
        let most = LonePlan(model, k, active, of: part).most(covering: cap + 0.001)
      else { return nil }
      return PolicyRow(
        name: name + PolicyRow.under + first.label,
        instruments: model.weighted(by: \.safeUnit) { $0.pool == k && $0.active == active },
        upper: most)
    }
  }
}

extension Model {
  /// Whether the order in which a plan meets usage is that of its savings alone.
  fileprivate var knowsOrder: Bool {
    !isLarge && hasOneAccount && machines.isEmpty && hoursPerStep == 1
      && skus.allSatisfy { $0.provider == .aws }
  }
}

/// A plan that is applied to all usage of its pool, with nothing next to it.
private struct LonePlan {
  /// Hour by hour, in the provider's order: the capacity that usage takes, and what of it counts,
  /// in currency units on demand.
  private var hours: [(probability: Double, steps: [(need: Double, worth: Double)])] = []
  private var largest = 0.0
  private let eligible: Double

  init(_ model: Model, _ k: Int, _ active: Range<Int>, of part: UsagePart) {
    let counted = model.skus.indices.map { g in
      !model.ineligibleSKUs.contains(g)
        && (model.usageClasses.isEmpty || model.usageClasses[model.usageClass(g)].isIn(part))
    }
    eligible = model.skus.indices.reduce(0) { $0 + (counted[$1] ? model.listCost(of: $1) : 0) }
    let members = LonePlan.ordered(model.pools[k].members, model.price, counted)
    for h in 0..<model.hours where active.contains(model.windowHour(h)) {
      let steps = members.map { member in
        let demand = max(0, model.demand[h * model.skus.count + member.sku])
        return (
          need: demand * member.use,
          worth: counted[member.sku] ? demand * model.price[member.sku] : 0
        )
      }
      largest = max(largest, steps.reduce(0) { $0 + $1.need })
      hours.append((model.probability(h), steps))
    }
  }

  /// The largest saving first; of usage on which about the same is saved the capped last, since the
  /// order of such is not sure.
  private static func ordered(
    _ members: [Pool.Member], _ price: [Double], _ counted: [Bool]
  ) -> [Pool.Member] {
    func worth(_ member: Pool.Member) -> Double { price[member.sku] / member.use }
    let sorted = members.sorted { (worth($1), $0.sku) < (worth($0), $1.sku) }
    var alike: [[Pool.Member]] = []
    for member in sorted {
      if let last = alike.last?.last, worth(last) <= worth(member) * (1 + 1e-5) {
        alike[alike.count - 1].append(member)
      } else {
        alike.append([member])
      }
    }
    return alike.flatMap { $0.filter { !counted[$0.sku] } + $0.filter { counted[$0.sku] } }
  }

  /// Of the eligible usage that counts, 0 to 1.
  private func coverage(_ capacity: Double) -> Double {
    let covered = hours.reduce(0) { sum, hour in
      var left = capacity
      var worth = 0.0
      for step in hour.steps where step.need > 0 && left > 0 {
        worth += step.worth * min(1, left / step.need)
        left -= step.need
      }
      return sum + hour.probability * worth
    }
    return covered / eligible
  }

  /// The capacity at which the cap is reached, or a hair more; nil where none reaches it.
  func most(covering cap: Double) -> Double? {
    guard eligible > 0, coverage(largest) > cap else { return nil }
    var (low, high) = (0.0, largest)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if coverage(middle) > cap { high = middle } else { low = middle }
    }
    return high
  }
}

import CloudCosts

/// What a cap on coverage means for purchases, by the provider's order: rows over purchases alone
/// that every plan keeps which keeps the cap on the bill.
///
/// The cap's own row is about the best allocation, which may leave a commitment unused, or spend it
/// on other usage than the provider does. On the bill a commitment is unused only where all that it
/// covers is covered, and a plan goes on to usage that it saves less on only where it has covered
/// all that it saves more on. So let S be all that a pool covers, or what its plans save the most
/// on; C_k what is bought and owned of a pool k of which S is that, and ρ_k the most that usage of
/// S takes of it for a currency unit on demand. In each hour h, S is covered whole, or all C_k are
/// spent in it:
///
///     covered of S ≥ min(Σ_k C_k / ρ_k, D_Sh),   D_Sh the usage of S on demand
///
/// What of that is not usage that the cap counts is at most D_{S∖F}h. So with z = Σ_k C_k / ρ_k
///
///     Σ_h max(0, min(z + owned_h, D_Sh) − D_{S∖F}h) ≤ most that the cap allows
///
/// The left side grows with z: the largest z that keeps this limits purchases by a linear row.
///
/// Whose usage comes first depends on who owns a plan. Where there are several accounts S is all
/// that a pool covers, of which no order matters.
struct CapInOrder {
  private let model: Model
  /// Whether each SKU is usage that the cap counts, and has a say in it.
  private let isCounted: [Bool]
  /// What may be covered of it, in currency units on demand.
  private let room: Double

  /// Of a pool's sets with usage that counts no more than so many are looked at.
  private static let mostSets = 6
  /// Savings that differ by less may come in any order.
  private static let tie = 1e-5

  /// - Parameter cap: the share that may be covered, no less than what is owned covers.
  /// - Returns: nil where the order is not known well enough: machines that change usage, Google's
  ///   parts and months.
  init?(_ cap: Double, of part: UsagePart, _ model: Model) {
    guard model.machines.isEmpty, model.worths.isEmpty, model.hoursPerStep == 1 else { return nil }
    self.model = model
    let counted = model.classes(of: part)
    isCounted = model.skus.indices.map { g in
      counted[model.usageClasses.isEmpty ? 0 : model.usageClass(g)] > 0
        && !model.ineligibleSKUs.contains(g)
    }
    let all = zip(model.listCosts, isCounted).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
    // Bills are rounded.
    room = (cap + 1e-6) * all
  }

  /// A set of usage, and the pools that it is all or the first of.
  private struct UsageSet {
    var skus: Set<Int>
    var pools: [(index: Int, takes: Double)] = []
  }

  func rows(named name: String) -> [PolicyRow] {
    var number = 0
    return sets.flatMap { set -> [PolicyRow] in
      let usage = Usage(of: set.skus, isCounted, model)
      let owned = owned(by: set.pools)
      // What is bought for usage that counts, and nothing else, is used by it in the cap's row, too.
      let isAll = set.pools.allSatisfy { model.pools[$0.index].members.count == set.skus.count }
      let hasOthers = [usage.uncounted, owned].contains { $0.contains { $0 > 0 } }
      guard hasOthers || !isAll else { return [] }
      let elsewhere = leastCovered(outside: set.skus)
      let rates = Dictionary(uniqueKeysWithValues: set.pools.map { ($0.index, 1 / $0.takes) })
      let ranges = Set(
        model.instruments.filter { rates[$0.pool] != nil }.map(\.active)
      ).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
      return ranges.compactMap { active in
        let bought = model.weighted(by: { $0.safeUnit * (rates[$0.pool] ?? 0) }) {
          rates[$0.pool] != nil && $0.active == active
        }
        let most = bought.reduce(0) {
          $0 + $1.coefficient * model.instruments[$1.index].upper
        }
        let limit = largest(below: most, room - elsewhere) {
          usage.covered($0, active, owned, model)
        }
        guard let limit else { return nil }
        number += 1
        return PolicyRow(
          name: "\(name) in order \(number)", instruments: bought, upper: limit, impliedBy: name)
      }
    }
  }

  /// The largest z that covers no more than there is room for; nil where any does.
  private func largest(
    below most: Double, _ room: Double, _ covered: (Double) -> Double
  ) -> Double? {
    guard most > 0, covered(most) > room else { return nil }
    let room = max(room, covered(0) * (1 + 1e-9))
    var (low, high) = (0.0, most)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if covered(middle) <= room { low = middle } else { high = middle }
    }
    return high
  }

  // MARK: Sets

  private var sets: [UsageSet] {
    var result: [UsageSet] = []
    var places: [Set<Int>: Int] = [:]
    let bought = Set(model.instruments.map(\.pool))
    for k in model.pools.indices where bought.contains(k) || !model.pools[k].owned.isEmpty {
      for (skus, takes) in first(of: k) {
        if let place = places[skus] {
          result[place].pools.append((k, takes))
        } else {
          places[skus] = result.count
          result.append(UsageSet(skus: skus, pools: [(k, takes)]))
        }
      }
    }
    return result.filter { set in set.pools.contains { bought.contains($0.index) } }
  }

  /// All usage of a pool, and what its plans save the most on, each with the most of it that a
  /// currency unit on demand takes.
  private func first(of k: Int) -> [(skus: Set<Int>, takes: Double)] {
    let members = model.pools[k].members.filter { model.price[$0.sku] > 0 && $0.use > 0 }
      .map { (sku: $0.sku, takes: $0.use / model.price[$0.sku]) }
      .sorted { ($0.takes, $0.sku) < ($1.takes, $1.sku) }
    guard members.contains(where: { isCounted[$0.sku] }),
      members.count == model.pools[k].members.count,
      members.allSatisfy({ model.skus[$0.sku].provider != .gcp })
    else { return [] }
    let isOrdered = model.hasOneAccount && model.pools[k].level != .reservation
    // Behind these the next usage saves less for certain, and some of the block counts.
    var ends: [Int] = []
    var counts = false
    for (place, member) in members.enumerated() {
      counts = counts || isCounted[member.sku]
      let isLast = place + 1 == members.count
      guard isLast || isOrdered && members[place + 1].takes > member.takes + Self.tie else {
        continue
      }
      if counts || isLast { ends.append(place) }
      counts = false
    }
    let step = max(1, (ends.count + Self.mostSets - 1) / Self.mostSets)
    let chosen = ends.indices.filter { $0 % step == 0 || $0 == ends.count - 1 }.map { ends[$0] }
    return chosen.map { end in
      (skus: Set(members[...end].map(\.sku)), takes: members[end].takes)
    }
  }

  // MARK: Owned

  /// What is owned of pools, in currency units on demand an hour of a path.
  private func owned(by pools: [(index: Int, takes: Double)]) -> [Double] {
    var hours = [Double](repeating: 0, count: model.pathHours)
    for (k, takes) in pools {
      for owned in model.pools[k].owned {
        for hour in owned.hours.clamped(to: hours.indices) {
          hours[hour] += owned.capacity / takes
        }
      }
    }
    return hours
  }

  /// What is owned covers at least so much of other usage that counts.
  private func leastCovered(outside skus: Set<Int>) -> Double {
    var known = skus
    var sum = 0.0
    for k in model.pools.indices where !model.pools[k].owned.isEmpty {
      guard let all = first(of: k).last, known.isDisjoint(with: all.skus) else { continue }
      known.formUnion(all.skus)
      sum += Usage(of: all.skus, isCounted, model)
        .covered(0, 0..<0, owned(by: [(k, all.takes)]), model)
    }
    return sum
  }

  /// The usage of a set, in currency units on demand, and what of it does not count.
  private struct Usage {
    var all: [Double]
    var uncounted: [Double]

    init(of skus: Set<Int>, _ isCounted: [Bool], _ model: Model) {
      all = [Double](repeating: 0, count: model.hours)
      uncounted = all
      for g in skus.sorted() {
        let price = model.price[g]
        for path in model.risk.probabilities.indices {
          var h = path * model.pathHours
          for quantity in model.demand.column(g, path: path) {
            all[h] += price * quantity
            if !isCounted[g] { uncounted[h] += price * quantity }
            h += 1
          }
        }
      }
    }

    /// What is covered at least of what counts, as expected.
    func covered(_ z: Double, _ active: Range<Int>, _ owned: [Double], _ model: Model) -> Double {
      var sum = 0.0
      for (path, probability) in model.risk.probabilities.enumerated() {
        let start = path * model.pathHours
        for hour in owned.indices {
          let capacity = owned[hour] + (active.contains(hour) ? z : 0)
          let rest = min(capacity, all[start + hour]) - uncounted[start + hour]
          if rest > 0 { sum += probability * rest }
        }
      }
      return sum
    }
  }
}

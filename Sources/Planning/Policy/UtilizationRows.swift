import CloudCosts

/// `min_utilization` of a large program, as rows over purchases alone. On the bill each purchase
/// that is active in hours H is used for at least the share u; so whatever adds up what purchases
/// use adds up to at least u of what they bring.
///
/// **What purchases use together.** Let k be a pool whose SKUs are all in pool P, c_k what is
/// bought of it, and m_k the least capacity of P for one of k that a SKU of k takes. Then
///
///     u |H| M ≤ Σ_h min(M, D_h),     M = Σ_k m_k c_k,   D_h the usage of P in hour h
///
/// and so M ≤ X_P, the largest M that keeps this: `most`.
///
/// **What narrower purchases leave.** The provider applies narrower commitments first. Those of a
/// family F ⊂ P, T_F ≤ X_F of them, use min(T_F, d_Fh) ≥ T_F min(1, d_Fh / X_F), and no purchase of
/// P is used by the same usage. So purchases of P, M of them, use at most
///
///     Σ_h min(M, D_h − Σ_F m_F T_F min(1, d_Fh / X_F))
///
/// a concave function. (What owned commitments of F use is lost to purchases of P as well.) Each set
/// S of hours makes a row of it: M in hours outside S, the other term in those of S. Rows are made
/// where the function meets u |H| M, with T_F = τ X_F for some τ.
struct UtilizationRows {
  private let model: Model
  private let share: Double
  private let contained: Contained
  private let ranges: [Range<Int>]

  /// Where rows are made. On a year of 23 families eight of them prove as much as all sets of hours
  /// do, to a hundred-thousandth.
  private static let shares = [0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
  /// With more pools than this below a wide one its hours would take too long.
  private static let mostBelow = 2000

  init(_ model: Model, _ share: Double) {
    self.model = model
    self.share = share
    contained = Contained(model)
    ranges = Set(model.instruments.map(\.active)).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
  }

  var all: [PolicyRow] {
    ranges.flatMap { active in
      let filled = Set(model.instruments.filter { $0.active == active }.map(\.pool))
      let takers = takers(filled, active)
      return filled.sorted().flatMap { rows(of: $0, filled, takers, active) }
    }
  }

  private func rows(
    of wide: Int, _ filled: Set<Int>, _ takers: [Taker], _ active: Range<Int>
  ) -> [PolicyRow] {
    let below = contained.pools(in: wide).filter { filled.contains($0.pool) }
    guard let first = model.instruments.first(where: { $0.pool == wide && $0.active == active })
    else { return [] }
    let usage = usage(of: wide, active, after: Set(below.map(\.pool)))
    let name = "min_utilization \(first.label)"
    let all = Dictionary(uniqueKeysWithValues: below.map { ($0.pool, $0.rate) })
    var rows = [row(name, all, active, atMost: usage.most(share))]
    guard model.pools[wide].level == .everything else { return rows }
    let same = below.filter { model.pools[$0.pool].level == .everything }
    let narrow = takers.compactMap { $0.taking(from: wide, contained) }
    guard !narrow.isEmpty else { return rows }
    for (position, part) in Self.shares.enumerated() {
      let name = "\(name) after narrower ones, \(position + 1)"
      if let row = remainder(name, same, narrow, usage, active, part) { rows.append(row) }
    }
    return rows
  }

  private func row(
    _ name: String, _ rates: [Int: Double], _ active: Range<Int>, atMost upper: Double
  ) -> PolicyRow {
    PolicyRow(
      name: name,
      instruments: model.weighted(by: { $0.safeUnit * (rates[$0.pool] ?? 0) }) {
        rates[$0.pool] != nil && $0.active == active
      }, upper: upper)
  }

  // MARK: Usage

  /// The usage of a pool, hour by hour, in its capacity.
  private struct Usage {
    var hours: [Double]
    var probabilities: [Double]
    var count: Double

    /// Σ_h min(M, D_h).
    func used(_ capacity: Double) -> Double {
      zip(hours, probabilities).reduce(0) { $0 + $1.1 * min(capacity, $1.0) }
    }

    /// min(1, d_h / X): what is used of each capacity in an hour at least where X is bought at most.
    func shares(of most: Double) -> [Double] {
      hours.map { most > 0 ? min(1, $0 / most) : 0 }
    }

    /// The largest M with u |H| M ≤ Σ_h min(M, D_h): bisected, since what is used is concave in M.
    func most(_ share: Double) -> Double {
      var (low, high) = (0.0, used(.infinity) / (share * count))
      guard used(high) < share * count * high * (1 - 1e-12) else { return high }
      for _ in 0..<50 {
        let middle = (low + high) / 2
        if used(middle) >= share * count * middle { low = middle } else { high = middle }
      }
      return high
    }
  }

  /// The hours of the model in which purchases of a range are active.
  private func hours(_ active: Range<Int>) -> [Int] {
    (0..<model.hours).filter { active.contains(model.windowHour($0)) }
  }

  /// - Parameter bought: the pools of purchases that the usage may come to: what owned commitments of
  ///   `k` take before all of these is gone. Nil: all usage.
  private func usage(of k: Int, _ active: Range<Int>, after bought: Set<Int>? = nil) -> Usage {
    let hours = hours(active)
    let isAfterOwned = bought.map { isOwnedFirst(in: k, $0, active) } ?? false
    let more = usageThatMayCome(to: k)
    let count = model.skus.count
    return Usage(
      hours: hours.map { h in
        let usage = model.pools[k].members.reduce(more?[h] ?? 0) {
          $0 + $1.use * model.demand[h * count + $1.sku]
        }
        return max(0, usage - (isAfterOwned ? model.ownedCapacity(of: k, at: h) : 0))
      },
      probabilities: hours.map { model.probability($0) }, count: Double(active.count))
  }

  private func isOwnedFirst(in k: Int, _ bought: Set<Int>, _ active: Range<Int>) -> Bool {
    guard model.countsOwnedUse, !model.pools[k].owned.isEmpty else { return false }
    return model.instruments.allSatisfy { instrument in
      guard instrument.active == active, bought.contains(instrument.pool) else { return true }
      return model.pools[k].owned.allSatisfy {
        $0.appliesBefore(instrument.offer.terms, from: model.start(of: instrument))
      }
    }
  }

  /// For each hour the most that actions can add to the usage of a pool; nil: there are none.
  private func usageThatMayCome(to k: Int) -> [Double]? {
    guard !model.machines.isEmpty else { return nil }
    var result = [Double](repeating: 0, count: model.hours)
    let uses = Dictionary(uniqueKeysWithValues: model.pools[k].members.map { ($0.sku, $0.use) })
    for machine in model.machines {
      let most = machine.targets.compactMap { $0.flatMap { uses[$0] } }.max() ?? 0
      for h in model.inAllPaths(machine.candidate.runningHours) where most > 0 {
        result[h] += most * machine.share(h)
      }
    }
    return result
  }

  // MARK: What narrower purchases leave

  /// A narrower pool, and the least of its family's capacity that one of it uses, hour by hour.
  private struct Taker {
    var pool: Int
    /// The widest pool that it is in, for which `most` is X.
    var home: Int
    var most: Double
    var uses: [Double]

    /// The same in the capacity of a wide pool; nil where that does not cover all of the family.
    func taking(from wide: Int, _ contained: Contained) -> Taker? {
      contained.rate(home, in: wide).map { rate in
        var taker = self
        taker.uses = uses.map { $0 * rate }
        return taker
      }
    }
  }

  /// The narrower pools of which the use of an hour is known: each lies in its family's pool, and no
  /// third pool has a part of their usage. Actions change what usage there is, and commitments that
  /// do not serve all usage of their pool may use less: then none.
  private func takers(_ filled: Set<Int>, _ active: Range<Int>) -> [Taker] {
    let narrow = filled.sorted().filter { model.pools[$0].level < .everything }
    guard model.machines.isEmpty, model.countsOwnedUse, narrow.count <= Self.mostBelow,
      filled.contains(where: { model.pools[$0].level == .everything })
    else { return [] }
    var families: [Int: (usage: Usage, most: Double)] = [:]
    return contained.nested(narrow).map { part in
      let home = part.home
      if families[home] == nil {
        let usage = usage(of: home, active)
        families[home] = (usage, usage.most(share))
      }
      let family = families[home] ?? (usage(of: home, active), 0)
      var uses = family.usage.shares(of: family.most)
      if !part.isWhole {
        let own = usage(of: part.pool, active)
        for (h, share) in own.shares(of: own.most(share)).enumerated() { uses[h] *= share }
      }
      return Taker(
        pool: part.pool, home: home, most: part.pool == home ? family.most : 0,
        uses: uses.map { $0 * part.rate })
    }
  }

  /// The row of the hours in which `part` of the most that narrower pools can hold leaves less
  /// than can be bought of the wide one.
  private func remainder(
    _ name: String, _ same: [Contained.Part], _ takers: [Taker], _ usage: Usage,
    _ active: Range<Int>,
    _ part: Double
  ) -> PolicyRow? {
    var left = usage
    for taker in takers where taker.most > 0 {
      for h in left.hours.indices { left.hours[h] -= part * taker.most * taker.uses[h] }
    }
    left.hours = left.hours.map { max(0, $0) }
    let capacity = left.most(share)
    let scarce = left.hours.indices.filter { left.hours[$0] < capacity }
    guard !scarce.isEmpty else { return nil }
    func sum(_ value: (Int) -> Double) -> Double {
      scarce.reduce(0) { $0 + usage.probabilities[$1] * value($1) }
    }
    // u |H| M less what is used outside S.
    let own = share * usage.count - (usage.count - sum { _ in 1 })
    guard own > 0 else { return nil }
    var rates: [Int: Double] = [:]
    for pool in same { rates[pool.pool] = own * pool.rate }
    for taker in takers { rates[taker.pool] = sum { taker.uses[$0] } }
    // By hour, as the other rows are.
    for pool in rates.keys { rates[pool, default: 0] /= usage.count }
    return row(name, rates, active, atMost: sum { usage.hours[$0] } / usage.count)
  }
}

/// Which pools lie in which: those whose SKUs another one covers too.
private struct Contained {
  struct Part {
    var pool: Int
    /// The least capacity of the wider pool for one of this that a SKU takes.
    var rate: Double
  }

  private let model: Model
  private let uses: [[Int: Double]]

  init(_ model: Model) {
    self.model = model
    uses = model.pools.map { pool in
      Dictionary(pool.members.map { ($0.sku, $0.use) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The pools in one that come no later in the provider's order, itself included.
  func pools(in wide: Int) -> [Part] {
    model.pools.indices.compactMap { k in
      guard model.pools[k].level <= model.pools[wide].level else { return nil }
      return rate(k, in: wide).map { Part(pool: k, rate: $0) }
    }
  }

  func rate(_ k: Int, in wide: Int) -> Double? {
    guard uses[k].count <= uses[wide].count, !uses[k].isEmpty else { return nil }
    var least = Double.infinity
    for (sku, use) in uses[k] {
      guard let wider = uses[wide][sku], use > 0 else { return nil }
      least = min(least, wider / use)
    }
    return least
  }

  /// A pool in the widest of the narrow ones that it lies in.
  struct Nested {
    var pool: Int
    var home: Int
    /// Whether both have the same SKUs.
    var isWhole: Bool
    /// The least capacity of `home` for one of `pool` that a SKU takes.
    var rate: Double
  }

  /// Of narrow pools those whose usage no other one has a part of, but for pools of the same SKUs
  /// and of their home's.
  func nested(_ narrow: [Int]) -> [Nested] {
    var sharing: [Int: [Int]] = [:]
    for k in narrow { for sku in uses[k].keys { sharing[sku, default: []].append(k) } }
    func neighbours(_ k: Int) -> Set<Int> { Set(uses[k].keys.flatMap { sharing[$0] ?? [] }) }
    func isSame(_ a: Int, _ b: Int) -> Bool {
      uses[a].count == uses[b].count && rate(a, in: b) != nil
    }
    return narrow.compactMap { k in
      let near = neighbours(k)
      let containing = near.filter { rate(k, in: $0) != nil }
      guard
        let home = containing.min(by: { (-uses[$0].count, $0) < (-uses[$1].count, $1) }),
        let rate = rate(k, in: home),
        near.allSatisfy({ isSame($0, home) || isSame($0, k) || isSame(k, home) }),
        neighbours(home).allSatisfy({ self.rate($0, in: home) != nil })
      else { return nil }
      return Nested(pool: k, home: home, isWhole: isSame(k, home), rate: rate)
    }
  }
}

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
      return filled.sorted().flatMap { rows(of: $0, filled, active) }
    }
  }

  private func rows(of wide: Int, _ filled: Set<Int>, _ active: Range<Int>) -> [PolicyRow] {
    let below = contained.pools(in: wide).filter { filled.contains($0.pool) }
    guard let first = model.instruments.first(where: { $0.pool == wide && $0.active == active })
    else { return [] }
    let usage = usage(of: wide, active, after: Set(below.map(\.pool)))
    let name = "min_utilization \(first.label)"
    let all = Dictionary(uniqueKeysWithValues: below.map { ($0.pool, $0.rate) })
    var rows = [row(name, all, active, atMost: usage.most(share))]
    guard model.machines.isEmpty, model.pools[wide].level == .everything else { return rows }
    let same = below.filter { model.pools[$0.pool].level == .everything }
    let narrow = below.filter { model.pools[$0.pool].level < .everything }
    guard !narrow.isEmpty, narrow.count <= Self.mostBelow else { return rows }
    let takers = narrow.map { taker($0, active) }
    for (position, part) in Self.shares.enumerated() {
      if let row = remainder(same, takers, usage, active, part) {
        rows.append(PolicyRow(name: "\(name) after narrower ones, \(position + 1)", row))
      }
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

  /// A narrower pool, and what one capacity of it takes from the wide one, hour by hour.
  private struct Taker {
    var pool: Int
    /// X: the most that can be bought of it, or of the widest pool that it is in.
    var most: Double
    /// Whether nothing narrow is wider.
    var isWhole: Bool
    var takes: [Double]
  }

  private func taker(_ narrow: Contained.Part, _ active: Range<Int>) -> Taker {
    let home = contained.home(of: narrow.pool)
    let whole = usage(of: home, active)
    let most = whole.most(share)
    var takes = whole.hours.map { most > 0 ? min(1, $0 / most) * narrow.rate : 0 }
    if home != narrow.pool {
      let own = usage(of: narrow.pool, active)
      let limit = own.most(share)
      for h in takes.indices { takes[h] *= limit > 0 ? min(1, own.hours[h] / limit) : 0 }
    }
    return Taker(pool: narrow.pool, most: most, isWhole: home == narrow.pool, takes: takes)
  }

  /// The row of the hours in which `part` of the most that narrower pools can hold leaves less
  /// than can be bought of the wide one.
  private func remainder(
    _ same: [Contained.Part], _ takers: [Taker], _ usage: Usage, _ active: Range<Int>,
    _ part: Double
  ) -> PolicyRow? {
    var left = usage
    for taker in takers where taker.isWhole {
      for h in left.hours.indices { left.hours[h] -= part * taker.most * taker.takes[h] }
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
    for taker in takers { rates[taker.pool] = sum { taker.takes[$0] } }
    // By hour, as the other rows are.
    for pool in rates.keys { rates[pool, default: 0] /= usage.count }
    return row("", rates, active, atMost: sum { usage.hours[$0] } / usage.count)
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

  private func rate(_ k: Int, in wide: Int) -> Double? {
    guard uses[k].count <= uses[wide].count, !uses[k].isEmpty else { return nil }
    var least = Double.infinity
    for (sku, use) in uses[k] {
      guard let wider = uses[wide][sku], use > 0 else { return nil }
      least = min(least, wider / use)
    }
    return least
  }

  /// The widest pool that is not for everything and that a pool lies in.
  func home(of k: Int) -> Int {
    var home = k
    for other in model.pools.indices
    where model.pools[other].level < .everything && uses[other].count > uses[home].count
      && model.pools[other].level >= model.pools[k].level && rate(k, in: other) != nil
    {
      home = other
    }
    return home
  }
}

extension PolicyRow {
  /// The same row by another name.
  fileprivate init(name: String, _ row: PolicyRow) {
    self = row
    self.name = name
  }
}

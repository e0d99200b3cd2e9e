import CloudCosts

/// The usage of a pool, hour by hour, in its capacity.
struct PoolUsage {
  var hours: [Double]
  var probabilities: [Double]
  /// The hours of the range, as `Purchase`s count them.
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

/// What is bought of a family uses its usage before wider purchases can: with O_h owned, T of it and
/// what is owned use min(O_h + T, d_h), T = Σ_k rate_k c_k over the pools k in the family's own.
struct FamilyUse {
  /// The family's pool, the widest below those for everything.
  let home: Int
  let usage: PoolUsage
  /// O_h: what is owned of pools with all of the family's usage.
  let owned: [Double]
  /// X: more than this is not used enough.
  let most: Double
  let parts: [Part]

  struct Part {
    let pool: Int
    /// The least capacity of `home` for one of `pool` that a SKU takes.
    let rate: Double
    /// What is used of each capacity in an hour at least, where the pool has a part of the family's
    /// usage only; nil where it has all of it.
    let own: [Double]?
  }

  /// Whether cases can tell apart how much of the family is bought; not where all but none of it is
  /// used enough.
  var canBeHeld: Bool {
    most > 1e-6 * (usage.hours.max() ?? 0) && parts.allSatisfy { $0.own == nil }
  }

  /// T, where so much is bought of each pool.
  func bought(_ capacity: [Int: Double]) -> Double {
    parts.reduce(0) { $0 + $1.rate * (capacity[$1.pool] ?? 0) }
  }

  /// The same as a share of `most`.
  func part(of capacity: [Int: Double]) -> Double { most > 0 ? bought(capacity) / most : 0 }

  /// min(O_h + T, d_h).
  func used(_ amount: Double, _ h: Int) -> Double { min(owned[h] + amount, usage.hours[h]) }

  /// min(O_h + T, d_h) ≥ base_h + slope_h T wherever T is between two amounts: the secant, since it
  /// is concave in T.
  struct Taken {
    var base: [Double]
    var slope: [Double]
    /// What is used where the larger amount is bought.
    var most: [Double]
  }

  /// - Parameter shares: of `most`.
  func taken(between shares: ClosedRange<Double>) -> Taken {
    let (low, high) = (shares.lowerBound * most, shares.upperBound * most)
    let least = owned.indices.map { used(low, $0) }
    let most = owned.indices.map { used(high, $0) }
    guard high - low > 1e-9 * self.most else {
      return Taken(base: least, slope: least.map { _ in 0 }, most: most)
    }
    let slope = zip(least, most).map { ($1 - $0) / (high - low) }
    return Taken(base: zip(least, slope).map { max(0, $0 - $1 * low) }, slope: slope, most: most)
  }

  var taken: Taken { taken(between: 0...1) }
}

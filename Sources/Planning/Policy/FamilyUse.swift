/// What is bought of a family uses its usage before wider purchases can.
///
/// Let q be a part of the family that reservations cover (one system, one size), C_q what is bought
/// of it and O_q what is owned. The provider applies them first, so they use at least
/// min(O_q + C_q, d_qh). With W what is bought of all of the family, and O of it owned, all of
/// these use at least
///
///     min(Z_h, d_h),     Z_h = O_h + W + Σ_q ρ_q min(O_qh + C_q, d_qh)
///
/// in capacity of the family's own pool, ρ_q the least of it for one of q.
struct FamilyUse {
  /// The family's pool, the widest below those for everything.
  let home: Int
  /// W.
  let whole: Share
  /// C_q.
  let parts: [Share]

  /// Pools with the same usage.
  struct Share {
    /// One of them, whose capacity all figures are in.
    let pool: Int
    /// ρ.
    let rate: Double
    let usage: PoolUsage
    let owned: [Double]
    /// X: more than this is not used enough.
    let most: Double
    /// Those that purchases fill, with the least capacity of `pool` for one of theirs.
    let filled: [(pool: Int, rate: Double)]

    /// What is bought, where so much is bought of each pool.
    func bought(_ capacity: [Int: Double]) -> Double {
      filled.reduce(0) { $0 + $1.rate * (capacity[$1.pool] ?? 0) }
    }

    /// Whether cases can tell apart how much is bought; not where all but none of it is used
    /// enough.
    var canBeHeld: Bool { !filled.isEmpty && most > 1e-6 * (usage.hours.max() ?? 0) }

    fileprivate func used(_ amount: Double, _ h: Int) -> Double {
      min(owned[h] + amount, usage.hours[h])
    }
  }

  var shares: [Share] { [whole] + parts }

  /// Between what shares of the most that is used enough W and each C_q lie.
  typealias Box = (_ pool: Int) -> ClosedRange<Double>

  /// What is used is at least base_h + slope_h W + Σ_q slope_qh C_q: secants, since it is concave
  /// in each.
  struct Taken {
    var base: [Double]
    /// Of W, then of each C_q.
    var slopes: [[Double]]
    /// What is used where the larger amounts are bought.
    var most: [Double]
    /// The secant of min(Z, d): A_h and B_h.
    fileprivate var outer: [(base: Double, slope: Double)]
    fileprivate var inner: [Secant]
  }

  /// Of min(O + C, d), hour by hour.
  fileprivate struct Secant {
    var least: [Double]
    var base: [Double]
    var slope: [Double]
    var most: [Double]

    init(_ share: Share, _ range: ClosedRange<Double>) {
      let (low, high) = (range.lowerBound * share.most, range.upperBound * share.most)
      least = share.owned.indices.map { share.used(low, $0) }
      most = share.owned.indices.map { share.used(high, $0) }
      guard high - low > 1e-9 * share.most else {
        (base, slope) = (least, least.map { _ in 0 })
        return
      }
      slope = zip(least, most).map { ($1 - $0) / (high - low) }
      base = zip(least, slope).map { max(0, $0 - $1 * low) }
    }
  }

  func taken(_ box: Box = { _ in 0...1 }) -> Taken {
    let inner = parts.map { Secant($0, box($0.pool)) }
    let range = box(home)
    let (low, high) = (range.lowerBound * whole.most, range.upperBound * whole.most)
    var taken = Taken(
      base: [], slopes: shares.map { _ in [] }, most: [], outer: [], inner: inner)
    for h in whole.owned.indices {
      let usage = whole.usage.hours[h]
      var (least, most, base, allOwned) = (whole.owned[h] + low, whole.owned[h] + high, 0.0, 0.0)
      for (part, secant) in zip(parts, inner) {
        least += part.rate * secant.least[h]
        most += part.rate * secant.most[h]
        base += part.rate * secant.base[h]
        allOwned += part.rate * part.owned[h]
      }
      // All that is bought of the family is at most X.
      most = max(least, min(most, whole.owned[h] + allOwned + whole.most))
      let (start, end) = (min(least, usage), min(most, usage))
      let slope = most - least > 1e-12 * max(1, most) ? (end - start) / (most - least) : 0
      let outer = (base: start - slope * least, slope: slope)
      taken.outer.append(outer)
      taken.base.append(max(0, outer.base + slope * (whole.owned[h] + base)))
      taken.slopes[0].append(slope)
      for q in parts.indices {
        taken.slopes[q + 1].append(slope * parts[q].rate * inner[q].slope[h])
      }
      taken.most.append(end)
    }
    return taken
  }

  /// What is used at least where so much is bought of W and of each C_q.
  func used(_ amounts: [Double], _ h: Int) -> Double {
    min(reached(amounts, h), whole.usage.hours[h])
  }

  /// Z_h.
  private func reached(_ amounts: [Double], _ h: Int) -> Double {
    parts.indices.reduce(whole.owned[h] + amounts[0]) {
      $0 + parts[$1].rate * parts[$1].used(amounts[$1 + 1], h)
    }
  }

  /// By how much the secants of W and of each C_q miss what is used.
  func misses(_ taken: Taken, _ amounts: [Double], _ h: Int) -> [Double] {
    var misses = shares.map { _ in 0.0 }
    let outer = taken.outer[h]
    for q in parts.indices {
      let secant = taken.inner[q]
      let known = secant.base[h] + secant.slope[h] * amounts[q + 1]
      misses[q + 1] =
        outer.slope * parts[q].rate * max(0, parts[q].used(amounts[q + 1], h) - known)
    }
    let reached = reached(amounts, h)
    let missed = min(reached, whole.usage.hours[h]) - outer.base - outer.slope * reached
    misses[widest(taken, h)] += max(0, missed)
    return misses
  }

  /// Whose range of amounts makes Z least certain.
  func widest(_ taken: Taken, _ h: Int) -> Int {
    guard !parts.isEmpty else { return 0 }
    var widths = parts.indices.map {
      parts[$0].rate * (taken.inner[$0].most[h] - taken.inner[$0].least[h])
    }
    widths.insert(whole.canBeHeld ? whole.most : 0, at: 0)
    return widths.indices.max { widths[$0] < widths[$1] } ?? 0
  }
}

import Foundation

/// Ours: the level that the marginal unit's expected use over its term pays for.
///
///     q* = max { q : (1/T) Σ_τ S(τ) P[d_{t+τ} > q] ≥ 1 / A }          d_{t+τ} = d_t + min(0, slope) τ
///
/// with d_t the hours of the last two weeks, slope the robust trend of 26 weeks, A the premium and
/// S(τ) = exp(−hazard τ) the chance that the workload is still there. What is held counts against
/// q* as if it will be renewed. Growth is not bought ahead: a later date can do that at no loss, so
/// waiting is worth more.
///
/// Where a commitment is locked to a part of the usage, that part can be retired. Three things are
/// learned from what is known at the time, all in shares of the region's usage, so that a weak
/// season is no migration: a share that has begun to fall (below 97 % of its median of 26 weeks) is
/// not bought any more; a type that has lost half of its share in another region is likely to be
/// replaced here too (hazard 1.5 a year), others less (0.2). A pool of everything has no such
/// hazard: what replaces a part stays in it.
struct HazardLadderPolicy: BuyingPolicy {
  /// The share of the level to which it buys.
  var cover = 1.0

  private static let hazard = (ordinary: 0.2, replacedElsewhere: 1.5)
  private static let leastShare = 0.97

  func purchase(_ situation: BuyingSituation) -> Double {
    let pool = situation.pools[situation.pool]
    guard situation.premium > 1, !Self.isLosingShare(pool, situation) else { return 0 }
    let weeks = pool.trace.weeklyMeans(before: situation.now, count: 26)
    let slope = min(0, Statistics.slope(weeks))
    let hazard =
      !pool.isLocked
      ? 0
      : Self.isReplacedElsewhere(pool, situation)
        ? Self.hazard.replacedElsewhere : Self.hazard.ordinary
    let level = Self.level(
      pool.trace.last(336, before: situation.now), slope: slope, hazard: hazard,
      termWeeks: Double(situation.term) / 168, premium: situation.premium)
    return cover * level - situation.held
  }

  /// q*, over 14 equally spaced times of the term.
  static func level(
    _ recent: ArraySlice<Double>, slope: Double, hazard: Double, termWeeks: Double, premium: Double
  ) -> Double {
    guard premium > 1 else { return 0 }
    let steps = 14
    var values: [(value: Double, weight: Double)] = []
    values.reserveCapacity(recent.count * steps)
    for step in 0..<steps {
      let week = termWeeks * Double(step) / Double(steps - 1)
      let alive = exp(-hazard * week * 168 / 8760)
      for hour in recent { values.append((max(0, hour + slope * week), alive)) }
    }
    values.sort { $0.value > $1.value }
    let needed = Double(values.count) / premium
    var used = 0.0
    for (value, weight) in values {
      used += weight
      if used >= needed { return value }
    }
    return 0
  }

  private static func isLosingShare(_ pool: BacktestPool, _ situation: BuyingSituation) -> Bool {
    guard pool.isLocked else { return false }
    let shares = pool.shares(before: situation.now, weeks: 26, among: situation.pools)
    guard shares.count > 4 else { return false }
    return Statistics.mean(shares.suffix(4))
      < leastShare * Statistics.median(shares.dropLast(4))
  }

  private static func isReplacedElsewhere(
    _ pool: BacktestPool, _ situation: BuyingSituation
  ) -> Bool {
    situation.pools.contains { other in
      guard other.kind == pool.kind, other.region != pool.region else { return false }
      let shares = other.shares(before: situation.now, weeks: .max, among: situation.pools)
      guard let most = shares.max(), most > 0.05 else { return false }
      return Statistics.mean(shares.suffix(4)) < most / 2
    }
  }
}

/// A way of buying: what to add to what is held, by what is known.
protocol BuyingPolicy: Sendable {
  /// Units to buy now; 0 or less: nothing.
  func purchase(_ situation: BuyingSituation) -> Double
}

/// What is known at a decision: usage before `now`, and what is held.
struct BuyingSituation {
  let pools: [BacktestPool]
  /// The pool that is decided on.
  let pool: Int
  /// Hours before this one are known; this one is the first to come.
  let now: Int
  /// Units held in the hour `now`.
  let held: Double
  /// Hours of a term.
  let term: Int

  var trace: UsageTrace { pools[pool].trace }

  /// What usage on demand costs over the committed price, lately.
  var premium: Double { pools[pool].premium(over: max(0, now - 720)..<now) }

  /// The best flat level for these hours (newsvendor): used in more than 1 / premium of them.
  func flatLevel(_ hours: Int) -> Double {
    premium > 1 ? Statistics.quantile(trace.last(hours, before: now), 1 - 1 / premium) : 0
  }
}

/// Buys nothing.
struct OnDemandPolicy: BuyingPolicy {
  func purchase(_ situation: BuyingSituation) -> Double { 0 }
}

/// The providers' recommendation: the best flat level of the last days, less what is held.
struct FlatPolicy: BuyingPolicy {
  var hours: Int
  /// The share of what is missing that is bought at once.
  var share = 1.0
  /// Only when nothing is held any more.
  var onceATerm = false

  func purchase(_ situation: BuyingSituation) -> Double {
    if onceATerm && situation.held > 0 { return 0 }
    return share * (situation.flatLevel(hours) - situation.held)
  }
}

/// What was used in every one of the last 30 days' hours, less what is held.
struct FloorPolicy: BuyingPolicy {
  func purchase(_ situation: BuyingSituation) -> Double {
    let least = situation.trace.last(720, before: situation.now).min() ?? 0
    return (situation.premium > 1 ? least : 0) - situation.held
  }
}

/// The flat level of 28 days, carried a year on by the trend of 26 weeks where that falls.
struct TrendLadderPolicy: BuyingPolicy {
  func purchase(_ situation: BuyingSituation) -> Double {
    let slope = Statistics.slope(situation.trace.weeklyMeans(before: situation.now, count: 26))
    return max(0, situation.flatLevel(672) + min(0, slope) * 52) - situation.held
  }
}

import CloudCosts
import Testing

@testable import Scenarios

@Suite struct PolicyTests {
  /// A pool of one type in a region; on demand costs 2.1 times as much as committed.
  private static func pool(_ region: String, _ kind: String, _ usage: [Double]) -> BacktestPool {
    BacktestPool(
      name: "\(region) \(kind)", region: region, kind: kind, members: [0],
      subject: .plan(SavingsPlanScope(provider: .aws)), trace: UsageTrace(usage),
      value: UsageTrace(usage.map { 2.1 * $0 }), unitPrice: 1)
  }

  private static func purchase(
    _ name: PolicyName, _ pools: [BacktestPool], now: Int, held: Double = 0, pool: Int = 0
  ) -> Double {
    name.policy?.purchase(
      BuyingSituation(pools: pools, pool: pool, now: now, held: held, term: 8760)) ?? .nan
  }

  private static let week = 168

  /// Weekly waves around a level that may change.
  private static func waves(_ weeks: Int, _ level: (Double) -> Double) -> [Double] {
    (0..<weeks * week).map { hour in
      level(Double(hour) / Double(week)) * (hour % week < 120 ? 1 : 0.7)
    }
  }

  @Test func noPolicyKnowsTheFuture() {
    let now = 40 * Self.week
    let past = Self.waves(40) { 100 - $0 }
    let one = Self.pool("here", "", past + Self.waves(20) { _ in 500 })
    let other = Self.pool("here", "", past + Self.waves(20) { _ in 0 })
    for name in PolicyName.allCases where name.policy != nil {
      #expect(
        Self.purchase(name, [one], now: now) == Self.purchase(name, [other], now: now), "\(name)")
    }
    let rule = BreakEvenRule(onDemand: 2.1, fee: 500, term: 500)
    let (a, b) = (rule.reservations(one.trace.hours), rule.reservations(other.trace.hours))
    #expect(a[..<now] == b[..<now])
    #expect(a != b)
  }

  @Test func steadyUsageIsBoughtToTheNewsvendorLevel() {
    let steady = Self.pool("here", "", Self.waves(60) { _ in 100 })
    for name in [PolicyName.flat7, .flat30, .flat60, .trendLadder, .run] {
      #expect(abs(Self.purchase(name, [steady], now: 50 * Self.week) - 100) < 1e-9, "\(name)")
    }
    #expect(abs(Self.purchase(.walk, [steady], now: 50 * Self.week) - 80) < 1e-9)
    #expect(abs(Self.purchase(.crawl, [steady], now: 50 * Self.week, held: 50) - 10) < 1e-9)
    #expect(abs(Self.purchase(.floor, [steady], now: 50 * Self.week) - 70) < 1e-9)
  }

  @Test func whatShrinksIsBoughtForWhatItsTermPays() {
    let now = 52 * Self.week
    let shrinking = Self.pool("here", "", Self.waves(60) { 200 - 2 * $0 })
    let ours = Self.purchase(.run, [shrinking], now: now)
    // About the level of 0.476 of a term on: 96 − 2 · 25; the weekend's dip takes a little off.
    #expect(ours > 35 && ours < 60, "\(ours)")
    #expect(Self.purchase(.flat30, [shrinking], now: now) > 90)
  }

  @Test func whatIsBeingReplacedIsNotBought() {
    let now = 50 * Self.week
    let old = Self.pool("here", "a", Self.waves(60) { $0 < 46 ? 100 : 90 })
    let new = Self.pool("here", "b", Self.waves(60) { $0 < 46 ? 0 : 40 })
    #expect(Self.purchase(.run, [old, new], now: now) <= 0)
    // A weak month of everything in the region is no replacement.
    let weak = Self.pool("here", "b", Self.waves(60) { $0 < 46 ? 100 : 90 })
    #expect(Self.purchase(.run, [old, weak], now: now) > 60)
  }

  @Test func whatWasReplacedElsewhereIsBoughtLess() {
    let now = 50 * Self.week
    let rising = Self.waves(60) { 50 + $0 }
    let here = Self.pool("here", "a", rising)
    let gone = Self.pool("there", "a", Self.waves(60) { $0 < 25 ? 100 : 0 })
    let successor = Self.pool("there", "b", Self.waves(60) { $0 < 25 ? 0 : 100 })
    let alone = Self.purchase(.run, [here], now: now)
    let warned = Self.purchase(.run, [here, gone, successor], now: now)
    #expect(warned < alone)
  }
}

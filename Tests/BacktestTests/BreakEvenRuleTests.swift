import TestSupport
import Testing

@testable import Scenarios

/// Wang, Li, Liang (arXiv 1305.5608): the rule's cost is at most (2 − α) times the optimum's.
@Suite struct BreakEvenRuleTests {
  private static func cost(_ reserved: [Int], _ demand: [Double], _ rule: BreakEvenRule) -> Double {
    var total = rule.fee * Double(reserved.reduce(0, +))
    for (t, needed) in demand.enumerated() {
      let active = reserved[max(0, t - rule.term + 1)...t].reduce(0, +)
      let onDemand = max(0, needed - Double(active))
      total += rule.onDemand * (onDemand + rule.alpha * (needed - onDemand))
    }
    return total
  }

  /// The optimum: hours under a reservation cost α p whoever serves them, so what is left to decide
  /// has premium (1 − α) p over fee / term. Padded with a term of zeros, so that every fee is paid
  /// whole.
  private static func optimum(_ demand: [Double], _ rule: BreakEvenRule) -> Double {
    let padded = demand + [Double](repeating: 0, count: rule.term)
    let best = Hindsight(
      padded, premium: (1 - rule.alpha) * rule.onDemand * Double(rule.term) / rule.fee,
      dates: Array(demand.indices), term: rule.term, end: padded.count
    ).purchases(resolution: 1)
    return cost(best.map { Int($0.rounded()) }, demand, rule)
  }

  @Test func costsAtMostTwoMinusAlphaTimesTheOptimum() {
    var random = SeededGenerator(seed: 1305_5608)
    var worst = 0.0
    for _ in 0..<300 {
      let rule = BreakEvenRule(
        onDemand: 1, fee: Double.random(in: 0.5...8, using: &random),
        alpha: Double.random(in: 0...0.9, using: &random),
        term: Int.random(in: 2...12, using: &random))
      var level = Double.random(in: 0...4, using: &random)
      let demand = (0..<Int.random(in: 5...40, using: &random)).map { _ in
        if Double.random(in: 0...1, using: &random) < 0.2 {
          level = Double.random(in: 0...4, using: &random)
        }
        return level.rounded()
      }
      let online = Self.cost(rule.reservations(demand), demand, rule)
      let optimum = Self.optimum(demand, rule)
      #expect(online <= (2 - rule.alpha) * optimum + 1e-6, "\(rule) \(demand)")
      #expect(optimum <= online + 1e-6, "\(rule) \(demand)")
      if optimum > 0 { worst = max(worst, online / optimum / (2 - rule.alpha)) }
    }
    // The bound is nearly met somewhere: a test that could not fail would say nothing.
    #expect(worst > 0.85, "\(worst)")
  }

  @Test func usageThatEndsAtBreakEvenMeetsTheBound() {
    let rule = BreakEvenRule(onDemand: 0.01, fee: 1, term: 1000)
    let demand = [Double](repeating: 1, count: 101) + [Double](repeating: 0, count: 50)
    let online = Self.cost(rule.reservations(demand), demand, rule)
    let ratio = online / Self.optimum(demand, rule)
    #expect(ratio > 1.98 && ratio <= 2 + 1e-9)
  }

  @Test func thePastBeforeTheFirstDecisionCountsOnce() {
    let rule = BreakEvenRule(onDemand: 1, fee: 3, term: 10)
    let demand = [Double](repeating: 2, count: 30)
    let reserved = rule.reservations(demand, from: 10)
    #expect(reserved[..<10].allSatisfy { $0 == 0 })
    #expect(reserved[10] == 2)
    #expect(reserved[11..<20].allSatisfy { $0 == 0 })
  }
}

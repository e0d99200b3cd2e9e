import CloudCosts
import Testing

@testable import Planning

/// Dominance in buckets against its definition: every pair compared.
@Suite struct DominanceTests {
  @Test(arguments: RandomInstance.Limits.allCases)
  func agreesWithEveryPairCompared(_ limits: RandomInstance.Limits) throws {
    var removed = 0
    for seed in 0..<40 as Range<UInt64> {
      let problem = RandomInstance(seed: seed, .both, limits, skus: 2...6).problem
      var builder = ModelBuilder(problem)
      let whole = try builder.build(reducing: false)
      for exactGrids in [false, true] {
        var model = whole
        model.removeDominated(exactGrids: exactGrids)
        let expected = Self.survivors(of: whole, exactGrids: exactGrids)
        #expect(model.instruments.map(\.label) == expected, "seed \(seed)")
        removed += whole.instruments.count - expected.count
        #expect(
          model.dominated.reduce(0) { $0 + $1.offers }
            == whole.instruments.count - expected.count, "seed \(seed)")
      }
    }
    #expect(removed >= 40)
  }

  private static func survivors(of model: Model, exactGrids: Bool) -> [String] {
    var pointless = Set<Int>()
    for i in model.instruments.indices {
      let isPointless = model.instruments.indices.contains { j in
        j != i && !pointless.contains(j) && dominates(j, i, model, exactGrids)
      }
      if isPointless { pointless.insert(i) }
    }
    return model.instruments.indices.filter { !pointless.contains($0) }
      .map { model.instruments[$0].label }
  }

  private static func dominates(_ j: Int, _ i: Int, _ model: Model, _ exactGrids: Bool) -> Bool {
    let (a, b) = (model.instruments[i], model.instruments[j])
    guard a.active == b.active, let rate = exchange(a.pool, b.pool, model) else { return false }
    let t = rate * a.unit / b.unit
    let steps = t * a.grid / b.grid
    if b.grid == 1 || exactGrids {
      guard abs(steps - steps.rounded()) <= 1e-9 * max(1, steps), steps >= 0.5 else { return false }
    }
    guard isNoWorse(j, i, t, model) else { return false }
    let back = exchange(b.pool, a.pool, model).map { $0 * rate <= 1 + 1e-7 } ?? false
    let isEqual = back && isNoWorse(i, j, 1 / t, model)
    return !isEqual || (b.rigidity, j) < (a.rigidity, i)
  }

  /// Whether t of one costs no more than one of the other, and weighs no more in any row.
  private static func isNoWorse(_ new: Int, _ old: Int, _ t: Double, _ model: Model) -> Bool {
    func atMost(_ left: Double, _ right: Double) -> Bool {
      left <= right + 1e-7 * max(abs(left), abs(right))
    }
    func weight(_ row: PolicyRow, _ j: Int) -> Double {
      row.instruments.first { $0.index == j }?.coefficient ?? 0
    }
    return atMost(t * model.instruments[new].cost, model.instruments[old].cost)
      && model.rows.allSatisfy { row in
        let (n, o) = (t * weight(row, new), weight(row, old))
        return (row.upper == .infinity || atMost(n, o))
          && (row.lower == -.infinity || atMost(-n, -o))
      }
  }

  private static func exchange(_ from: Int, _ to: Int, _ model: Model) -> Double? {
    if from == to { return 1 }
    var largest = 0.0
    for member in model.pools[from].members {
      guard let other = model.pools[to].members.first(where: { $0.sku == member.sku }) else {
        return nil
      }
      largest = max(largest, other.use / member.use)
    }
    return largest > 0 ? largest : nil
  }
}

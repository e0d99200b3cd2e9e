import CloudCosts
import Planning

/// The cost of m5.large reservations next to one Compute plan, by trying every hour by hand: the
/// reservations cover what they can, the plan the largest savings of the rest first.
///
/// That is the optimum as long as the SKU with the reservations is the one that saves more.
struct Brute {
  let problem: PlanningProblem

  init(_ problem: PlanningProblem) { self.problem = problem }

  func cost(reserved: Double, plan: Double) throws -> Double {
    let prices = problem.prices
    let rates = prices.savingsPlanRates.values.first ?? [:]
    let rent = prices.reservations.first?.effectiveHourly ?? 0
    var total = 0.0
    for h in 0..<problem.demand.window.hours {
      total += reserved * rent + plan
      var money = plan
      var rest: [(sku: SKU, left: Double)] = problem.demand.groups.enumerated().map { g, group in
        let use = problem.demand[g, h]
        return (group.sku, group.sku == Small.large ? max(0, use - reserved) : use)
      }
      func saving(_ sku: SKU) -> Double {
        (prices.onDemand[sku] ?? 0) / (rates[sku] ?? .infinity)
      }
      rest.sort { saving($0.sku) > saving($1.sku) }
      for (sku, left) in rest {
        let rate = rates[sku] ?? .infinity
        let covered = min(left, money / rate)
        if covered > 0 { money -= covered * rate }
        total += (left - covered) * (prices.onDemand[sku] ?? 0)
      }
    }
    return total
  }
}

/// Small whole numbers, the same from the same seed on every machine.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  /// 0 ..< sides.
  mutating func next(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(sides))
  }
}

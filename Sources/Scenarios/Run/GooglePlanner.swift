import Billing
import CloudCosts
import Planning

/// Plans where Google's rules are more than the ILP can state; the judge bills by them all.
///
/// The sustained use discount depends on all hours of a month. So the ILP is solved twice: with the
/// least that usage on demand can cost; and without the discount, since what a good plan leaves on
/// demand are peaks, which get little of it. The judge bills both, and the cheaper plan stands.
///
/// Commitments to vCPUs and memory serve all shapes of a series, each part by itself. The ILP buys
/// machines for usage of their own shape. Where there are several shapes it is solved once more for
/// the bound alone: as if vCPUs and memory could stand for each other at their prices
/// (`ReservationScope .countingGenerously`), and without caps on coverage. What the provider can
/// cover so can, and more: with the least price of usage on demand, no plan's bill is below that
/// bound.
struct GooglePlanner {
  private let judge: Judge
  private let owned: [Commitment]

  init(judge: Judge, owned: [Commitment]) {
    self.judge = judge
    self.owned = owned
  }

  /// Whether some of the usage gets the discount, or may be covered by commitments to other shapes.
  static func applies(to inputs: ScenarioInputs) -> Bool {
    isDiscounted(inputs.demand)
      || mixesShapes(inputs.demand, inputs.prices, inputs.owned, inputs.offers)
  }

  private static func isDiscounted(_ demand: Demand) -> Bool {
    demand.groups.contains { SustainedUse.schedule(for: $0.sku) != nil }
  }

  private static func mixesShapes(
    _ demand: Demand, _ prices: PriceBook, _ owned: [Commitment], _ offers: OfferFilter
  ) -> Bool {
    let onSale = prices.reservations.lazy.filter { offers.allows($0.terms) }.map(\.sku)
    let reserved = owned.compactMap { commitment -> SKU? in
      if case .reservation(let sku, _, _, _, _) = commitment.subject { sku } else { nil }
    }
    var shapes: [ReservationScope: Set<ReservationScope>] = [:]
    for sku in demand.groups.map(\.sku) + reserved + onSale where sku.provider == .gcp {
      shapes[ReservationScope.countingGenerously(sku).scope, default: []]
        .insert(ReservationScope(of: sku))
    }
    return shapes.values.contains { $0.count > 1 }
  }

  /// The problem whose bound holds for the bill; the problem itself where that is so.
  static func bounding(_ problem: PlanningProblem) -> PlanningProblem {
    guard mixesShapes(problem.demand, problem.prices, problem.owned, problem.offers) else {
      return problem
    }
    var generous = problem
    generous.countsGenerously = true
    generous.policy.maxCoverage = nil
    generous.policy.maxCoverageBy = UsageShares()
    return generous
  }

  /// - Throws: as `Planner.plan`.
  func plan(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Plan {
    var effort = effort
    effort.timeLimit /= 3
    let safe = try Planner(problem, effort: effort).plan()
    var best = safe
    if GooglePlanner.isDiscounted(problem.demand) {
      var undiscounted = problem
      undiscounted.onDemandPricing = .list
      let bold = try Planner(undiscounted, effort: effort).plan()
      if try cost(bold, problem) < cost(safe, problem) { best = bold }
    }
    let bounding = GooglePlanner.bounding(problem)
    let proven =
      bounding.countsGenerously ? try Planner(bounding, effort: effort).plan() : safe
    best.certificate.bound = proven.certificate.bound
    best.certificate.proof = proven.certificate.proof
    best.certificate.seconds += proven.certificate.seconds
    if proven.certificate.stop != .gapReached {
      best.certificate.stop = proven.certificate.stop
    }
    return best
  }

  private func cost(_ plan: Plan, _ problem: PlanningProblem) throws -> Money {
    try judge.bill(
      problem.demand.applying(plan.actions), under: owned + plan.purchases.map(\.commitment),
      costOfCapital: problem.policy.costOfCapital
    ).cost
  }
}

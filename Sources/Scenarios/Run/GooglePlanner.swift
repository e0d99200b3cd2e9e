import Billing
import CloudCosts
import Planning

/// Plans where Google's rules are more than the ILP can state; the judge bills by them all.
///
/// The sustained use discount depends on all hours of a month. So the ILP is solved with each hour
/// at the price of its rank in the month (`OnDemandPricing.ordered`); with the least that usage on
/// demand can cost; and without the discount, since what a good plan leaves on demand are peaks,
/// which get little of it. The judge bills all, and the cheapest plan is taken.
///
/// Commitments to vCPUs and memory serve all shapes of a series, each part by itself. The ILP buys
/// machines for usage of their own shape. Where there are several shapes it is solved once more for
/// the bound alone: as if vCPUs and memory could stand for each other at their prices
/// (`ReservationScope .countingGenerously`), and without caps on coverage. What the provider can
/// cover so can, and more: with prices by rank or the least ones, no plan's bill is below that
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

  /// The problem whose bound holds for the bill, with each of `pricings`.
  private static func bounding(_ problem: PlanningProblem) -> PlanningProblem {
    guard mixesShapes(problem.demand, problem.prices, problem.owned, problem.offers) else {
      return problem
    }
    var bounding = problem
    bounding.countsGenerously = true
    bounding.policy.maxCoverage = nil
    bounding.policy.maxCoverageBy = UsageShares()
    return bounding
  }

  /// Prices with which a bound holds for the bill: it is not known beforehand which of them proves
  /// most.
  private static func pricings(_ problem: PlanningProblem) -> [OnDemandPricing] {
    isDiscounted(problem.demand) && SustainedOrder.applies(to: problem)
      ? [.lowest, .ordered] : [.lowest]
  }

  private static func priced(
    _ problem: PlanningProblem, _ pricing: OnDemandPricing
  ) -> PlanningProblem {
    var priced = problem
    priced.onDemandPricing = pricing
    return priced
  }

  /// The most that is proven of the bill.
  static func proven(
    _ problem: PlanningProblem, _ effort: PlanningEffort
  ) throws -> Certificate {
    let bounding = bounding(problem)
    let pricings = pricings(bounding)
    var effort = effort
    effort.timeLimit /= Double(pricings.count)
    return try strongest(
      Planner(priced(bounding, .lowest), effort: effort).plan().certificate,
      pricings.dropFirst().map {
        try Planner(priced(bounding, $0), effort: effort).plan().certificate
      })
  }

  /// The one that proves most, with the seconds of all.
  private static func strongest(_ first: Certificate, _ others: [Certificate]) -> Certificate {
    others.reduce(first) { best, found in
      var better = found.bound > best.bound ? found : best
      better.seconds = best.seconds + found.seconds
      return better
    }
  }

  /// What multipliers prove of the bill, whichever of the pricings they are of.
  static func proven(_ problem: PlanningProblem, by proof: BoundProof?) throws -> Double? {
    let bounding = bounding(problem)
    return try pricings(bounding).compactMap {
      try PlanCheck(priced(bounding, $0), purchases: [], actions: [], proof: proof).bound
    }.max()
  }

  /// - Throws: as `Planner.plan`.
  func plan(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Plan {
    let pricings = GooglePlanner.pricings(problem)
    let others =
      pricings.dropFirst() + (GooglePlanner.isDiscounted(problem.demand) ? [.list] : [])
    var effort = effort
    effort.timeLimit /= Double(others.count + 2)
    var best = try Planner(GooglePlanner.priced(problem, .lowest), effort: effort).plan()
    var proven = best.certificate
    var least = try cost(best, problem)
    for pricing in others {
      let plan = try Planner(GooglePlanner.priced(problem, pricing), effort: effort).plan()
      let cost = try cost(plan, problem)
      if cost < least { (best, least) = (plan, cost) }
      if pricings.contains(pricing) {
        proven = GooglePlanner.strongest(proven, [plan.certificate])
      }
    }
    if GooglePlanner.bounding(problem).countsGenerously {
      proven = try GooglePlanner.proven(problem, effort)
    }
    best.certificate.bound = proven.bound
    best.certificate.proof = proven.proof
    best.certificate.seconds += proven.seconds
    if proven.stop != .gapReached { best.certificate.stop = proven.stop }
    return best
  }

  private func cost(_ plan: Plan, _ problem: PlanningProblem) throws -> Money {
    try judge.bill(
      problem.demand.applying(plan.actions), under: owned + plan.purchases.map(\.commitment),
      costOfCapital: problem.policy.costOfCapital
    ).cost
  }
}

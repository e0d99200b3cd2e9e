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

  /// Problems whose bounds hold for the bill, each of them; none where the problem's own does.
  private static func bounding(_ problem: PlanningProblem) -> [PlanningProblem] {
    let mixes = mixesShapes(problem.demand, problem.prices, problem.owned, problem.offers)
    guard mixes || isDiscounted(problem.demand) else { return [] }
    var bounding = problem
    if mixes {
      bounding.countsGenerously = true
      bounding.policy.maxCoverage = nil
      bounding.policy.maxCoverageBy = UsageShares()
    }
    return pricings(bounding).map { pricing in
      var priced = bounding
      priced.onDemandPricing = pricing
      return priced
    }
  }

  /// Nobody knows beforehand which of them proves most.
  private static func pricings(_ problem: PlanningProblem) -> [OnDemandPricing] {
    isDiscounted(problem.demand) && SustainedOrder.applies(to: problem)
      ? [.lowest, .ordered] : [.lowest]
  }

  /// The most that is proven of the bill.
  static func proven(
    _ problem: PlanningProblem, _ effort: PlanningEffort
  ) throws -> Certificate {
    let problems = bounding(problem)
    guard !problems.isEmpty else { return try Planner(problem, effort: effort).plan().certificate }
    return try proven(problems, effort)
  }

  private static func proven(
    _ problems: [PlanningProblem], _ effort: PlanningEffort
  ) throws -> Certificate {
    var effort = effort
    effort.timeLimit /= Double(problems.count)
    var best = try Planner(problems[0], effort: effort).plan().certificate
    for problem in problems.dropFirst() {
      let found = try Planner(problem, effort: effort).plan().certificate
      let seconds = best.seconds + found.seconds
      if found.bound > best.bound { best = found }
      best.seconds = seconds
    }
    return best
  }

  /// What multipliers prove of the bill, whichever of the problems they are of.
  static func proven(_ problem: PlanningProblem, by proof: BoundProof?) throws -> Double? {
    let problems = bounding(problem)
    return try (problems.isEmpty ? [problem] : problems).compactMap {
      try PlanCheck($0, purchases: [], actions: [], proof: proof).bound
    }.max()
  }

  /// - Throws: as `Planner.plan`.
  func plan(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Plan {
    let pricings =
      GooglePlanner.pricings(problem)
      + (GooglePlanner.isDiscounted(problem.demand) ? [.list] : [])
    let bounding = GooglePlanner.bounding(problem)
    var effort = effort
    effort.timeLimit /= Double(pricings.count + 1)
    var best = try Planner(problem, effort: effort).plan()
    var proven = best.certificate
    var least = try cost(best, problem)
    for pricing in pricings.dropFirst() {
      var priced = problem
      priced.onDemandPricing = pricing
      let plan = try Planner(priced, effort: effort).plan()
      let cost = try cost(plan, problem)
      if cost < least { (best, least) = (plan, cost) }
    }
    if !bounding.isEmpty { proven = try GooglePlanner.proven(bounding, effort) }
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

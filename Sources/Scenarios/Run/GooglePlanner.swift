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
/// Commitments to vCPUs and memory serve all shapes of a series, each part by itself, and a price
/// file states them as machines. Where there are several shapes the ILP is solved for machines that
/// serve their own shape, and once more with vCPUs and memory bought apart
/// (`MachineCounting.parts`), without caps on coverage: what the provider can cover so can, and
/// no more, so that with prices by rank or the least ones no plan's bill is below that bound.
/// Machines that come to those amounts (`GoogleShapes`) are another plan.
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
    bounding.machineCounting = problem.canCountParts ? .parts : .generously
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

  /// A plan, at which price it was found, and what it costs by the judge.
  private struct Billed {
    var plan: Plan
    var pricing: OnDemandPricing
    var cost: Money
  }

  /// - Throws: as `Planner.plan`.
  func plan(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Plan {
    let bounding = GooglePlanner.bounding(problem)
    let isBoundApart = bounding.machineCounting != .shapes
    let pricings = GooglePlanner.pricings(problem)
    let others =
      pricings.dropFirst() + (GooglePlanner.isDiscounted(problem.demand) ? [.list] : [])
    var effort = effort
    effort.timeLimit /= Double((others.count + 1) * (isBoundApart ? 2 : 1))
    var best = try billed(problem, .lowest, effort)
    var proven = best.plan.certificate
    for pricing in others {
      let found = try billed(problem, pricing, effort)
      if pricings.contains(pricing) {
        proven = GooglePlanner.strongest(proven, [found.plan.certificate])
      }
      if found.cost < best.cost { best = found }
    }
    if bounding.machineCounting == .parts, problem.policy.maxCoverage == nil,
      problem.policy.maxCoverageBy == UsageShares()
    {
      proven = try improve(&best, bounding, problem, [.lowest] + others, pricings, effort)
    } else if isBoundApart {
      proven = try GooglePlanner.proven(problem, effort)
    }
    best.plan.certificate.bound = proven.bound
    best.plan.certificate.proof = proven.proof
    best.plan.certificate.seconds += proven.seconds
    if proven.stop != .gapReached { best.plan.certificate.stop = proven.stop }
    return best.plan
  }

  /// Buys vCPUs and memory apart, at each of some prices; machines that come to that, where they
  /// cost less, are the better plan.
  ///
  /// - Parameter pricings: those with which a bound holds for the bill.
  /// - Returns: the most that is proven of it.
  private func improve(
    _ best: inout Billed, _ byParts: PlanningProblem, _ problem: PlanningProblem,
    _ all: [OnDemandPricing], _ pricings: [OnDemandPricing], _ effort: PlanningEffort
  ) throws -> Certificate {
    let revision = try PlanRevision(problem, gap: effort.gap)
    let shapes = GoogleShapes(offers: revision.offers)
    var unexplained = effort
    unexplained.explains = false
    var certificates: [Certificate] = []
    for pricing in all {
      let found = try Planner(GooglePlanner.priced(byParts, pricing), effort: unexplained).plan()
      if pricings.contains(pricing) { certificates.append(found.certificate) }
      guard let purchases = shapes.whole(found.purchases) else { continue }
      let cost = try cost(purchases, [], problem)
      guard cost < best.cost,
        let plan = revision.plan(purchases, [], best.plan.certificate, billed: cost.value)
      else { continue }
      best = Billed(plan: plan, pricing: pricing, cost: cost)
    }
    if effort.explains {
      let priced = GooglePlanner.priced(byParts, best.pricing)
      best.plan = try PartsExplanation(priced).explained(best.plan)
    }
    return GooglePlanner.strongest(certificates[0], Array(certificates.dropFirst()))
  }

  private func billed(
    _ problem: PlanningProblem, _ pricing: OnDemandPricing, _ effort: PlanningEffort
  ) throws -> Billed {
    let plan = try Planner(GooglePlanner.priced(problem, pricing), effort: effort).plan()
    let cost = try cost(plan.purchases.map(\.commitment), plan.actions, problem)
    return Billed(plan: plan, pricing: pricing, cost: cost)
  }

  private func cost(
    _ purchases: [Commitment], _ actions: [ChosenAction], _ problem: PlanningProblem
  ) throws -> Money {
    try judge.bill(
      problem.demand.applying(actions), under: owned + purchases,
      costOfCapital: problem.policy.costOfCapital
    ).cost
  }
}

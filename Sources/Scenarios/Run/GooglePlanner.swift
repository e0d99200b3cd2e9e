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
/// (`MachineCounting.parts`): what the provider can cover so can, and no more, so that with prices
/// by rank or the least ones no plan's bill is below that bound.
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

  /// Whether prices by rank are other than the least ones, and state the problem.
  private static func isRanked(_ problem: PlanningProblem) -> Bool {
    isDiscounted(problem.demand) && SustainedOrder.applies(to: problem)
  }

  /// Problems each of whose bounds holds for the bill: it is not known beforehand which of them
  /// proves most.
  ///
  /// By parts without what counts purchases, or asks for a least amount or use of each: those are
  /// limits on whole machines.
  static func bounding(_ problem: PlanningProblem) -> [PlanningProblem] {
    guard mixesShapes(problem.demand, problem.prices, problem.owned, problem.offers) else {
      return pricedInTurn(problem)
    }
    let generously = problem.counting(.generously)
    guard problem.movesParts else { return pricedInTurn(generously) }
    var parts = problem.counting(.parts)
    parts.policy.minUtilization = nil
    parts.policy.minPurchase = nil
    parts.policy.maxPurchases = nil
    return pricedInTurn(parts) + (parts.policy == problem.policy ? [] : pricedInTurn(generously))
  }

  /// With the least prices, and with prices by rank.
  private static func pricedInTurn(_ problem: PlanningProblem) -> [PlanningProblem] {
    [problem.priced(.lowest)] + (isRanked(problem) ? [problem.priced(.ordered)] : [])
  }

  /// The most that is proven of the bill.
  ///
  /// - Throws: `PlanningError.infeasible` where no plan keeps the policy.
  static func proven(
    _ problem: PlanningProblem, _ effort: PlanningEffort
  ) throws -> Certificate {
    let end = Deadline(seconds: effort.timeLimit)
    var effort = effort
    effort.explains = false
    let bounding = bounding(problem)
    var certificates: [Certificate] = []
    for index in bounding.indices {
      let effort = effort.share(until: end, isLast: index == bounding.count - 1)
      do {
        certificates.append(try Planner(bounding[index], effort: effort).plan().certificate)
      } catch PlanningError.infeasible(let clashing) {
        // What no plan of a wider problem keeps no plan keeps: that is no search that failed.
        throw PlanningError.infeasible(clashing: clashing)
      } catch is PlanningError {}
    }
    guard let proven = try strongest(certificates, problem) else {
      throw PlanningError.solver("No bound was found in time.")
    }
    return proven
  }

  /// What no plan of a problem costs less than; where the search of one that keeps all limits comes
  /// to nothing, by the same problem without limits on coverage and use, which costs no more.
  /// Infinite where no plan keeps the policy.
  static func leastCost(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Double {
    var effort = effort
    effort.relaxesClashes = false
    func proven(_ problem: PlanningProblem) throws -> Double? {
      do {
        return try GooglePlanner.proven(problem, effort).bound
      } catch PlanningError.infeasible {
        return .infinity
      } catch is PlanningError {
        return nil
      }
    }
    if let bound = try proven(problem) { return bound }
    var wider = problem
    (wider.policy.minCoverage, wider.policy.maxCoverage) = (nil, nil)
    (wider.policy.minCoverageBy, wider.policy.maxCoverageBy) = (UsageShares(), UsageShares())
    wider.policy.minUtilization = nil
    return try proven(wider) ?? 0
  }

  /// The one that proves most, with the seconds of all; nil where there is none.
  private static func strongest(
    _ certificates: [Certificate], _ problem: PlanningProblem
  ) throws -> Certificate? {
    guard var best = certificates.max(by: { $0.bound < $1.bound }) else { return nil }
    // Multipliers found with one problem's prices may prove more with another's.
    if let proven = try proven(problem, by: best.proof) {
      best.bound = max(best.bound, proven)
      best.proof?.bound = proven
    }
    best.seconds = certificates.reduce(0) { $0 + $1.seconds }
    return best
  }

  /// What multipliers prove of the bill, whichever of the problems they are of.
  static func proven(_ problem: PlanningProblem, by proof: BoundProof?) throws -> Double? {
    try bounding(problem).compactMap {
      try PlanCheck($0, purchases: [], actions: [], proof: proof).bound
    }.max()
  }

  /// A plan, at which price it was found, and what it costs by the judge, work on machines included.
  private struct Billed {
    var plan: Plan
    var pricing: OnDemandPricing
    var cost: Money
  }

  /// - Throws: as `Planner.plan`.
  func plan(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Plan {
    let end = Deadline(seconds: effort.timeLimit)
    let bounding = GooglePlanner.bounding(problem)
    // What only finds plans.
    let list: [OnDemandPricing] = GooglePlanner.isDiscounted(problem.demand) ? [.list] : []
    var found: [Billed] = []
    var refusals: [PlanningError] = []
    for pricing in [.lowest] + (GooglePlanner.isRanked(problem) ? [.ordered] : []) + list {
      do {
        found.append(try billed(problem, pricing, effort.share(until: end)))
      } catch let error as PlanningError {
        refusals.append(error)
      }
    }
    guard var best = found.min(by: { $0.cost < $1.cost }) else {
      // That no plan keeps the policy says more than that a search failed.
      throw refusals.first { if case .infeasible = $0 { true } else { false } }
        ?? refusals.first ?? PlanningError.solver("It was stopped before it had found any plan.")
    }
    var certificates = found.filter { $0.pricing != .list }.map(\.plan.certificate)
    if bounding.contains(where: { $0.machineCounting != .shapes }) {
      certificates = []
      var unexplained = effort
      unexplained.explains = false
      for more in bounding where more.machineCounting == .generously {
        let found = try? Planner(more, effort: unexplained.share(until: end)).plan()
        if let found { certificates.append(found.certificate) }
      }
      let byParts = bounding.filter { $0.machineCounting == .parts }
      let lists = byParts.first.map { first in list.map(first.priced) } ?? []
      certificates += try improve(&best, byParts + lists, problem, unexplained, end)
      if effort.explains, let byParts = byParts.first {
        best.plan = try PartsExplanation(byParts.priced(best.pricing)).explained(best.plan)
      }
    }
    if let proven = try GooglePlanner.strongest(certificates, problem) {
      best.plan.certificate.bound = proven.bound
      best.plan.certificate.proof = proven.proof
      best.plan.certificate.seconds += proven.seconds
      if proven.stop != .gapReached { best.plan.certificate.stop = proven.stop }
    } else {
      (best.plan.certificate.bound, best.plan.certificate.proof) = (0, nil)
      best.plan.certificate.stop = .timeLimit
    }
    return best.plan
  }

  /// Buys vCPUs and memory apart, at each of some prices; machines that come to that, where they
  /// cost less, are the better plan.
  ///
  /// - Returns: what is proven of the bill.
  private func improve(
    _ best: inout Billed, _ byParts: [PlanningProblem], _ problem: PlanningProblem,
    _ effort: PlanningEffort, _ end: Deadline
  ) throws -> [Certificate] {
    guard !byParts.isEmpty else { return [] }
    let revision = try PlanRevision(problem, gap: effort.gap)
    let shapes = GoogleShapes(offers: revision.offers)
    var certificates: [Certificate] = []
    for priced in byParts {
      guard let found = try? Planner(priced, effort: effort.share(until: end)).plan() else {
        continue
      }
      if priced.onDemandPricing != .list { certificates.append(found.certificate) }
      guard let purchases = shapes.whole(found.purchases) else { continue }
      let cost = try cost(purchases, found.actions, problem)
      // Where all limits are stated by parts, the bill of what was found keeps them.
      let keepsPolicy = priced.policy == problem.policy
      guard cost < best.cost,
        let plan = revision.plan(
          purchases, found.actions, best.plan.certificate,
          billed: keepsPolicy ? cost.value : nil)
      else { continue }
      best = Billed(plan: plan, pricing: priced.onDemandPricing, cost: cost)
    }
    return certificates
  }

  private func billed(
    _ problem: PlanningProblem, _ pricing: OnDemandPricing, _ effort: PlanningEffort
  ) throws -> Billed {
    let plan = try Planner(problem.priced(pricing), effort: effort).plan()
    let cost = try cost(plan.purchases.map(\.commitment), plan.actions, problem)
    return Billed(plan: plan, pricing: pricing, cost: cost)
  }

  private func cost(
    _ purchases: [Commitment], _ actions: [ChosenAction], _ problem: PlanningProblem
  ) throws -> Money {
    try judge.bill(
      problem.demand.applying(actions), under: owned + purchases,
      costOfCapital: problem.policy.costOfCapital
    ).cost + Money(rounding: actions.costOfWork)
  }
}

extension PlanningEffort {
  /// The same with half of what is left, most searches need little of it, and the last with all.
  fileprivate func share(until end: Deadline, isLast: Bool = false) -> PlanningEffort {
    until(isLast ? end : end.within(end.secondsLeft / 2))
  }
}

extension PlanningProblem {
  fileprivate func priced(_ pricing: OnDemandPricing) -> PlanningProblem {
    var priced = self
    priced.onDemandPricing = pricing
    return priced
  }

  fileprivate func counting(_ counting: MachineCounting) -> PlanningProblem {
    var counted = self
    counted.machineCounting = counting
    return counted
  }
}

import Billing
import CloudCosts
import Planning

/// Plans where Google's rules are more than the ILP can state; the judge bills by them all.
///
/// The sustained use discount depends on all hours of a month. So the ILP is solved with the least
/// that usage on demand can cost; without the discount, since what a good plan leaves on demand are
/// peaks, which get little of it; and, where there is time for that, with each hour at the price of
/// its rank in the month (`OnDemandPricing.ordered`, `.orderedTogether`). The judge bills all, and
/// the cheapest plan is taken.
///
/// Commitments to vCPUs and memory serve all shapes of a series, each part by itself, and a price
/// file states them as machines. Where there are several shapes the ILP is solved for machines that
/// serve their own shape, and once more with vCPUs and memory bought apart
/// (`MachineCounting.parts`): what the provider can cover so can, and no more, so that with prices
/// by rank or the least ones no plan's bill is below that bound.
/// Machines that come to those amounts (`GoogleShapes`) are another plan.
struct GooglePlanner {
  /// What the judge says of a plan.
  private let trial: GoogleSearch.Trial

  init(_ trial: @escaping GoogleSearch.Trial) {
    self.trial = trial
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

  /// Prices by rank, where they state the problem; in the order in which they are tried.
  private static func ranked(_ problem: PlanningProblem) -> [OnDemandPricing] {
    isDiscounted(problem.demand) && SustainedOrder.applies(to: problem)
      ? [.orderedTogether, .ordered] : []
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
    ([.lowest] + ranked(problem)).map(problem.priced)
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
    guard let proven = try strongest(certificates, bounding) else {
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
    _ certificates: [Certificate], _ bounding: [PlanningProblem]
  ) throws -> Certificate? {
    guard var best = certificates.max(by: { $0.bound < $1.bound }) else { return nil }
    // Multipliers found with one problem's prices may prove more with another's.
    if let proven = try proven(by: best.proof, of: bounding) {
      best.bound = max(best.bound, proven)
      best.proof?.bound = proven
    }
    best.seconds = certificates.reduce(0) { $0 + $1.seconds }
    return best
  }

  /// What multipliers prove of the bill, whichever of the problems they are of.
  static func proven(_ problem: PlanningProblem, by proof: BoundProof?) throws -> Double? {
    try proven(by: proof, of: bounding(problem))
  }

  private static func proven(
    by proof: BoundProof?, of bounding: [PlanningProblem]
  ) throws -> Double? {
    try bounding.compactMap {
      try PlanCheck($0, purchases: [], actions: [], proof: proof).bound
    }.max()
  }

  /// - Throws: as `Planner.plan`.
  func plan(_ problem: PlanningProblem, _ effort: PlanningEffort) throws -> Plan {
    let bounding = GooglePlanner.bounding(problem)
    let list: [OnDemandPricing] = GooglePlanner.isDiscounted(problem.demand) ? [.list] : []
    var search = GoogleSearch(problem, bounding, effort, trial)
    try search.run([.lowest] + list)
    search.improve(by: GooglePlanner.ranked(problem))
    var plan = try search.explained()
    if let proven = try GooglePlanner.strongest(search.certificates, bounding) {
      plan.certificate.bound = proven.bound
      plan.certificate.proof = proven.proof
      plan.certificate.seconds += proven.seconds
      if proven.stop != .gapReached { plan.certificate.stop = proven.stop }
    } else {
      (plan.certificate.bound, plan.certificate.proof) = (0, nil)
      plan.certificate.stop = .timeLimit
    }
    return plan
  }
}

extension PlanningEffort {
  /// The same with half of what is left, most searches need little of it, and the last with all.
  func share(until end: Deadline, isLast: Bool = false) -> PlanningEffort {
    until(isLast ? end : end.within(end.secondsLeft / 2))
  }
}

extension PlanningProblem {
  func priced(_ pricing: OnDemandPricing) -> PlanningProblem {
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

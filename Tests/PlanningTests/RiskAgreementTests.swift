import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Plans over several paths: the extensive form, the decomposition and trying everything agree for
/// each measure of risk, and the multipliers prove a bound that no plan undercuts.
@Suite struct RiskAgreementTests {
  static let measures = [
    RiskSettings(measure: .expected), RiskSettings(measure: .cvar, level: 0.6, weight: 0.5),
    RiskSettings(measure: .cvar, level: 0.9, weight: 1),
    RiskSettings(measure: .worst, weight: 0.7), RiskSettings(measure: .regret, level: 1, weight: 1),
    RiskSettings(measure: .regret, level: 0.5, weight: 0.4),
    RiskSettings(measure: .loss, level: 0.6, weight: 0.6),
    RiskSettings(measure: .loss, level: 0.9, weight: 1),
  ]

  /// A random problem with two to four paths; what each path could cost at best by its extensive
  /// form.
  static func problem(
    seed: UInt64, _ sale: RandomInstance.Sale, _ limits: RandomInstance.Limits,
    _ risk: RiskSettings, mayResize: Bool
  ) throws -> PlanningProblem {
    let base = RandomInstance(seed: seed, sale, limits, mayResize: mayResize).problem
    var random = SeededGenerator(seed: seed &+ 77)
    let count = Int.random(in: 2...4, using: &random)
    var paths = [base.demand]
    for _ in 1..<count {
      // Machines stay in every path: the demand only rises from what the first has.
      var path = base.demand
      for i in path.quantities.indices {
        path.quantities[i] += Double(Int.random(in: 0...2, using: &random))
      }
      paths.append(path)
    }
    let weights = paths.map { _ in Double(Int.random(in: 1...4, using: &random)) }
    let sum = weights.reduce(0, +)
    var problem = PlanningProblem(
      paths: DemandPaths(paths: paths, probabilities: weights.map { $0 / sum }), risk: risk,
      prices: base.prices, owned: base.owned, policy: base.policy, candidates: base.candidates)
    if risk.measure == .loss { problem.best = try Planner.untouched(problem) }
    if risk.measure == .regret {
      problem.best = try paths.map { path in
        var alone = base
        alone.demand = path
        alone.policy.minCoverage = nil
        alone.policy.maxCoverage = nil
        return try AgreementTests.extensive(try AgreementTests.model(alone)).cost ?? 0
      }
    }
    return problem
  }

  @Test(arguments: measures.indices)
  func decompositionAgreesWithTheExtensiveForm(_ m: Int) throws {
    var compared = 0
    for limits in [RandomInstance.Limits.none, .upfront, .minCoverage, .several] {
      for sale in RandomInstance.Sale.allCases {
        for seed in 5004..<5010 as Range<UInt64> {
          let name = "\(limits) \(sale), seed \(seed)"
          let problem = try Self.problem(
            seed: seed, sale, limits, Self.measures[m], mayResize: true)
          let model = try AgreementTests.model(problem)
          let decomposition = try Decomposition(
            model, effort: PlanningEffort(gap: 1e-6, timeLimit: 20), clock: Stopwatch())
          do { try decomposition.run() } catch PlanningError.infeasible {}
          let found = decomposition.best?.objective ?? .infinity
          guard let least = try AgreementTests.extensive(model).cost else {
            #expect(found == .infinity, "\(name)")
            continue
          }
          let dust = 1e-6 * max(abs(least), 1e-3)
          #expect(decomposition.bound <= least + dust, "\(name)")
          #expect(found >= least - dust, "\(name)")
          if let proof = decomposition.proof {
            let proven = BoundVerifier(model).bound(proof) ?? -.infinity
            #expect(proven >= proof.bound - dust, "\(name)")
            #expect(proven <= least + dust, "\(name)")
          }
          guard try AgreementTests.keepsPolicy(model) else { continue }
          let reached = least + dust + AgreementTests.gridAllowance(model)
          if limits != .several || found <= reached { compared += 1 }
          if limits != .several { #expect(found <= reached, "\(name)") }
        }
      }
    }
    #expect(compared >= 40)
  }

  @Test(arguments: measures.indices)
  func tryingEverythingFindsTheSame(_ m: Int) throws {
    var compared = 0
    for seed in 6000..<6060 as Range<UInt64> {
      let problem = try Self.problem(
        seed: seed, .reservations, .none, Self.measures[m], mayResize: false)
      var brute = PathBruteForce(problem)
      guard brute.size <= 2000, brute.isPlain else { continue }
      let best = brute.run()
      let solved = try Planner(problem, effort: PlanningEffort(gap: 1e-9, timeLimit: 20)).plan()
      #expect(
        abs(solved.certificate.objective - best) <= 1e-6 * max(abs(best), 1e-3), "seed \(seed)")
      compared += 1
    }
    #expect(compared >= 15)
  }

  /// Weights of paths that are wrong, or more than their probability allows, prove less and never
  /// too much.
  @Test func wrongPathWeightsProveLess() throws {
    var checked = 0
    for seed in 5000..<5010 as Range<UInt64> {
      let problem = try Self.problem(seed: seed, .both, .none, Self.measures[1], mayResize: false)
      let model = try AgreementTests.model(problem)
      let decomposition = try Decomposition(
        model, effort: PlanningEffort(gap: 1e-6, timeLimit: 20), clock: Stopwatch())
      try decomposition.run()
      guard var proof = decomposition.proof, let best = decomposition.best else { continue }
      #expect(proof.pathWeights.count == problem.paths?.paths.count)
      for wrong in [[5.0, 0, 0, 0], [0, 0, 0, 0], [.nan], []] {
        proof.pathWeights = Array(wrong.prefix(proof.pathWeights.count))
        let proven = try #require(BoundVerifier(model).bound(proof))
        #expect(proven <= best.objective * (1 + 1e-9))
      }
      checked += 1
    }
    #expect(checked >= 8)
  }

  /// Paths that are all the same are one path, under every measure.
  @Test(arguments: measures.indices)
  func equalPathsAreOne(_ m: Int) throws {
    for seed in 7000..<7010 as Range<UInt64> {
      let one = RandomInstance(seed: seed, .both, .none, mayResize: false).problem
      let plan = try Planner(one, effort: PlanningEffort(gap: 1e-9, timeLimit: 20)).plan()
      var several = PlanningProblem(
        paths: DemandPaths([one.demand, one.demand, one.demand]), risk: Self.measures[m],
        prices: one.prices, owned: one.owned, policy: one.policy)
      several.best = Array(repeating: 1, count: 3)
      let same = try Planner(several, effort: PlanningEffort(gap: 1e-9, timeLimit: 20)).plan()
      let dust = 1e-6 * max(1e-3, plan.certificate.objective)
      #expect(abs(same.certificate.objective - plan.certificate.objective) <= dust, "seed \(seed)")
    }
  }
}

/// The best whole decision over several paths, found by trying them all; reservations only.
///
/// It reads the problem itself, and takes CVaR by its definition as a minimum over η.
struct PathBruteForce {
  private let problem: PlanningProblem
  private let offers: [ReservationOffer]
  private let paths: DemandPaths
  private var uppers: [Int] = []
  private(set) var size = 1

  init(_ problem: PlanningProblem) {
    self.problem = problem
    paths = problem.paths ?? DemandPaths(problem.demand)
    offers = problem.prices.reservations
    for offer in offers {
      let scope = ReservationScope(of: offer.sku)
      var peak = 0.0
      for path in paths.paths {
        for h in 0..<path.window.hours {
          peak = max(
            peak,
            path.groups.indices.reduce(0) {
              $0 + (scope.units(of: path.groups[$1].sku) ?? 0) * path[$1, h]
            })
        }
      }
      uppers.append(Int((peak / (scope.units(of: offer.sku) ?? 1)).rounded(.up)))
    }
    size = uppers.reduce(1) { $0 * ($1 + 1) }
  }

  /// Whether nothing is owned: then no order among commitments matters.
  var isPlain: Bool { problem.owned.isEmpty }

  mutating func run() -> Double {
    var best = Double.infinity
    for code in 0..<size {
      var rest = code
      let counts = uppers.map { upper in
        defer { rest /= upper + 1 }
        return rest % (upper + 1)
      }
      best = min(best, value(counts))
    }
    return best
  }

  private func value(_ counts: [Int]) -> Double {
    let hours = Double(paths.window.hours)
    var fixed = 0.0
    var units: [ReservationScope: Double] = [:]
    for (offer, count) in zip(offers, counts) {
      let scope = ReservationScope(of: offer.sku)
      fixed += Double(count) * offer.effectiveHourly * hours
      fixed += CostOfCapital.interest(
        upfront: offer.upfront * Double(count), termHours: offer.terms.term.hours, fromAge: 0,
        toAge: paths.window.hours, yearlyRate: problem.policy.costOfCapital)
      units[scope, default: 0] += Double(count) * (scope.units(of: offer.sku) ?? 0)
    }
    return measure(paths.paths.map { fixed + left($0, units) })
  }

  private func left(_ path: Demand, _ units: [ReservationScope: Double]) -> Double {
    var cost = 0.0
    for h in 0..<path.window.hours {
      var room = units
      let price = path.groups.map { problem.prices.onDemand[$0.sku] ?? 0 }
      func perUnit(_ g: Int) -> Double {
        let sku = path.groups[g].sku
        return price[g] / (ReservationScope(of: sku).units(of: sku) ?? 1)
      }
      for g in path.groups.indices.sorted(by: { perUnit($0) > perUnit($1) }) {
        let sku = path.groups[g].sku
        let scope = ReservationScope(of: sku)
        let need = (scope.units(of: sku) ?? 1) * path[g, h]
        let taken = min(need, room[scope] ?? 0)
        room[scope] = (room[scope] ?? 0) - taken
        cost += (need - taken) * perUnit(g)
      }
    }
    return cost
  }

  private func measure(_ costs: [Double]) -> Double {
    let risk = problem.risk ?? RiskSettings(measure: .expected)
    let p = paths.probabilities
    let mean = zip(p, costs).reduce(0) { $0 + $1.0 * $1.1 }
    func cvar(_ x: [Double], _ level: Double) -> Double {
      guard level < 1 else { return x.max() ?? 0 }
      return x.map { eta in
        eta + zip(p, x).reduce(0) { $0 + $1.0 * max(0, $1.1 - eta) } / (1 - level)
      }.min() ?? 0
    }
    switch risk.measure {
    case .expected: return mean
    case .cvar: return (1 - risk.weight) * mean + risk.weight * cvar(costs, risk.level)
    case .worst: return (1 - risk.weight) * mean + risk.weight * cvar(costs, 1)
    case .regret, .loss:
      let best = problem.best ?? []
      let expected = zip(p, best).reduce(0) { $0 + $1.0 * $1.1 }
      let regret = cvar(zip(costs, best).map { $0 - $1 }, risk.level)
      return (1 - risk.weight) * mean + risk.weight * (expected + regret)
    }
  }
}

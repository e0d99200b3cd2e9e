import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Limits on whether things are bought at all (`max_purchases`, `min_purchase`) where clusters are
/// searched one by one: no purchases that keep them cost less than what is proven, and the verifier
/// finds the same bound without a solver.
@Suite struct SwitchSearchTests {
  private static let seeds: [UInt64] = [71, 72, 74]

  /// Two families and plans for everything, over too many hours for the extensive form.
  private static func problem(seed: UInt64) -> PlanningProblem {
    UtilizationRowsTests.problem(
      hours: 900, seed: seed, owns: seed % 2 == 0, systems: ["Linux", "Windows"])
  }

  private static func policies(_ problem: PlanningProblem) -> [Policy] {
    let hourly = problem.demand.quantities.reduce(0, +) / Double(problem.demand.window.hours) * 0.1
    var few = Policy()
    few.maxPurchases = 2
    var more = Policy()
    more.maxPurchases = 4
    more.maxThreeYearShare = 0.5
    var large = Policy()
    large.minPurchase = 0.1 * hourly
    var both = Policy()
    both.maxPurchases = 3
    both.minPurchase = 0.05 * hourly
    return [few, more, large, both]
  }

  private struct Solved {
    var problem: PlanningProblem
    var model: Model
    var plan: Plan
  }

  private static func solved(_ seed: UInt64, _ policy: Int) throws -> Solved {
    var problem = problem(seed: seed)
    problem.policy = policies(problem)[policy]
    let model = try AgreementTests.model(problem)
    try #require(model.isLarge && !model.switches.isEmpty)
    let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-4, timeLimit: 3)).plan()
    return Solved(problem: problem, model: model, plan: plan)
  }

  @Test(arguments: seeds, [0, 1, 2, 3]) func isProven(_ seed: UInt64, _ policy: Int) throws {
    let solved = try Self.solved(seed, policy)
    let certificate = solved.plan.certificate
    let proof = try #require(certificate.proof)
    let check = try PlanCheck(
      solved.problem, purchases: solved.plan.purchases.map(\.commitment), actions: [],
      proof: proof)
    #expect(check.missed.isEmpty)
    let proven = try #require(check.bound)
    #expect(abs(proven - proof.bound) <= 1e-7 * abs(proof.bound))
    // Branch and bound on whole units may prove more than multipliers do. Four clusters are few:
    // what prices cannot tell apart stays open.
    #expect(proven <= certificate.bound * (1 + 1e-7))
    #expect(certificate.gap < 0.05, "seed \(seed), policy \(policy)")
  }

  /// Each choice of instruments, solved without switches, is a way to keep the limit: none of them
  /// is below the bound, and the best of them is what was found.
  @Test(arguments: seeds) func noChoiceCostsLess(_ seed: UInt64) throws {
    let solved = try Self.solved(seed, 0)
    var free = solved.model
    free.switches = []
    free.rows = []
    var best = Double.infinity
    for a in free.instruments.indices {
      for b in free.instruments.indices where b >= a {
        var model = free
        for j in model.instruments.indices where j != a && j != b {
          model.instruments[j].upper = 0
        }
        let decomposition = try Decomposition(
          model, effort: PlanningEffort(gap: 1e-4, timeLimit: 1), clock: Stopwatch())
        try decomposition.run()
        best = min(best, decomposition.best?.objective ?? .infinity)
      }
    }
    let certificate = solved.plan.certificate
    #expect(best >= certificate.bound * (1 - 1e-9), "seed \(seed)")
    #expect(certificate.objective <= best * (1 + 2e-4), "seed \(seed)")
  }

  @Test(arguments: seeds) func noLeastAmountsCostLess(_ seed: UInt64) throws {
    for policy in [1, 2, 3] {
      let solved = try Self.solved(seed, policy)
      let model = solved.model
      let costToGo = CostToGo(model)
      var random = SeededGenerator(seed: seed)
      var best = Double.infinity
      for _ in 0..<100 {
        var decision = Decision.nothing(model)
        for (j, instrument) in model.instruments.enumerated()
        where Double.random(in: 0...1, using: &random) < 0.25 {
          let part = Double.random(in: 0...0.8, using: &random)
          let least = model.switches.first { $0.instrument == j }?.minimum ?? 0
          decision.purchases[j] = instrument.amount(
            steps: (max(least, part * instrument.upper) / instrument.grid).rounded(.up))
        }
        let allocation = costToGo.allocate(
          purchased: costToGo.capacity(of: decision.purchases), actions: [])
        guard model.violation(decision, allocation) <= Decomposition.tolerance else { continue }
        best = min(best, model.cost(decision, allocation))
      }
      #expect(best >= solved.plan.certificate.bound * (1 - 1e-9), "seed \(seed), \(policy)")
    }
  }

  /// At least one of the programs has cases of the widest pools, and one has cases of a cluster.
  @Test func casesAreUsed() throws {
    let proofs = try [(71, 0), (72, 1), (73, 2), (74, 3)].compactMap {
      try Self.solved($0.0, $0.1).plan.certificate.proof?.switching
    }
    #expect(proofs.contains { $0.nodes.count > 1 })
    #expect(
      proofs.contains {
        $0.nodes.contains { node in
          guard case .leaf(let leaf) = node else { return false }
          return leaf.clusters.contains { $0.count > 1 }
        }
      })
  }

  @Test func whatIsNoProofProvesNothing() throws {
    let solved = try Self.solved(71, 0)
    let proof = try #require(solved.plan.certificate.proof)
    let switching = try #require(proof.switching)
    let verifier = BoundVerifier(solved.model)
    let claimed = try #require(verifier.bound(proof))
    func bound(_ change: (inout [BoundProof.Switching.Node]) -> Void) -> Double {
      var other = proof
      var nodes = switching.nodes
      change(&nodes)
      other.switching = BoundProof.Switching(nodes: nodes)
      return verifier.bound(other) ?? -.infinity
    }
    #expect(bound { $0 = [] } == -.infinity)
    #expect(bound { $0.removeLast() } == -.infinity)
    #expect(bound { $0.append($0[$0.count - 1]) } == -.infinity)
    #expect(bound { $0.insert(.split(instrument: 10_000), at: 0) } == -.infinity)
    let all = switching.nodes.indices.filter {
      if case .leaf = switching.nodes[$0] { true } else { false }
    }
    func changed(
      _ place: Int, _ change: (inout BoundProof.Switching.Case) -> Void
    ) -> Double {
      bound { nodes in
        guard case .leaf(var leaf) = nodes[place] else { return }
        change(&leaf)
        nodes[place] = .leaf(leaf)
      }
    }
    for place in all {
      #expect(changed(place) { $0.looked = [] } == -.infinity)
      #expect(changed(place) { $0.clusters.removeLast() } == -.infinity)
      #expect(changed(place) { $0.clusters[0] = [] } == -.infinity)
      #expect(changed(place) { $0.clusters[0].append(.leaf([])) } == -.infinity)
      #expect(changed(place) { $0.clusters[0] = [.split(instrument: 0)] } == -.infinity)
      #expect(
        changed(place) { $0.rows = [.init(name: "max_purchases", value: -1)] } == -.infinity)
      #expect(
        changed(place) { $0.prices.append(.init(point: 0, stretch: 0, value: -1)) } == -.infinity)
      #expect(
        changed(place) {
          $0.clusters[0] = [.leaf([.init(look: 0, value: -1)])]
        } == -.infinity)
      #expect(
        changed(place) {
          $0.clusters[0] = [.leaf([.init(look: 10_000, value: 1)])]
        } == -.infinity)
      // Wrong numbers prove less than what any plan costs.
      var random = SeededGenerator(seed: 5)
      for _ in 0..<10 {
        let proven = changed(place) { leaf in
          for i in leaf.prices.indices {
            leaf.prices[i].value *= Double.random(in: 0...2, using: &random)
          }
          for i in leaf.looked.indices {
            leaf.looked[i] = leaf.looked[i].map { $0 * Double.random(in: 0...2, using: &random) }
          }
        }
        #expect(proven <= solved.plan.certificate.objective * (1 + 1e-9))
      }
    }
    #expect(claimed <= solved.plan.certificate.objective)
  }
}

/// Sums of what clusters cost.
@Suite struct PurchaseCountsTests {
  @Test func leastIsThatOfTryingAll() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<200 {
      let costs = (0..<4).map { _ in
        (0...Int.random(in: 0...3, using: &random)).map { _ in
          Double.random(in: 0...1, using: &random)
        }
      }
      let limit = Int.random(in: 0...8, using: &random)
      var best = Double.infinity
      func walk(_ f: Int, _ left: Int, _ sum: Double) {
        guard f < costs.count else {
          best = min(best, sum)
          return
        }
        for (n, cost) in costs[f].enumerated() where n <= left { walk(f + 1, left - n, sum + cost) }
      }
      walk(0, limit, 0)
      let counts = PurchaseCounts(costs, limit: limit)
      #expect(abs(counts.least - best) < 1e-12)
      let chosen = counts.chosen
      #expect(chosen.reduce(0, +) <= limit)
      let sum = zip(costs, chosen).reduce(0) { $0 + $1.0[$1.1] }
      #expect(abs(sum - best) < 1e-12)
    }
  }

  @Test func lessThanNothingIsNotAllowed() {
    #expect(PurchaseCounts([[1, 0]], limit: -1).least == .infinity)
    #expect(PurchaseCounts([[1, 0.5]], limit: nil).least == 0.5)
  }
}

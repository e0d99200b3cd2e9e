import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Proofs by cases of `min_utilization`: no purchases that are used enough cost less than what is
/// proven, the verifier finds the same bound without a solver, and what is no proof proves nothing.
@Suite struct UseBranchingTests {
  private static let share = 0.9

  /// Two families and plans for everything, over too many hours for the extensive form.
  private static func problem(seed: UInt64) -> PlanningProblem {
    var problem = UtilizationRowsTests.problem(
      hours: 900, seed: seed, owns: seed % 2 == 0,
      systems: seed < 53 ? ["Linux"] : ["Linux", "Windows"])
    problem.policy.minUtilization = share
    return problem
  }

  private static func solved(
    _ seed: UInt64
  ) throws -> (problem: PlanningProblem, model: Model, plan: Plan) {
    let problem = problem(seed: seed)
    let model = try AgreementTests.model(problem)
    try #require(model.useFloor != nil)
    let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-5, timeLimit: 5)).plan()
    return (problem, model, plan)
  }

  @Test(arguments: [51, 52, 53, 54] as [UInt64]) func nothingThatIsUsedEnoughCostsLess(
    _ seed: UInt64
  ) throws {
    let (problem, model, plan) = try Self.solved(seed)
    let certificate = plan.certificate
    let proof = try #require(certificate.proof)
    let check = try PlanCheck(
      problem, purchases: plan.purchases.map(\.commitment), actions: [], proof: proof)
    let proven = try #require(check.bound)
    // Where there are no cases branch and bound on whole units may prove more than multipliers do.
    #expect(proven <= certificate.bound * (1 + 1e-9))
    if proof.branching != nil { #expect(proven >= certificate.bound * (1 - 1e-9)) }
    #expect(certificate.gap < 0.005)

    let costToGo = CostToGo(model)
    let keeper = UseKeeper(costToGo, floor: Self.share)
    var random = SeededGenerator(seed: seed)
    var best = Double.infinity
    for _ in 0..<150 {
      var decision = Decision.nothing(model)
      for (j, instrument) in model.instruments.enumerated()
      where Double.random(in: 0...1, using: &random) < 0.3 {
        let part = Double.random(in: 0.2...1, using: &random)
        decision.purchases[j] = instrument.amount(
          steps: (part * instrument.upper / instrument.grid).rounded(.down))
      }
      guard let kept = keeper.filled(decision) else { continue }
      best = min(best, kept.cost)
    }
    if let polished = keeper.bettered(.nothing(model), until: { false }) {
      best = min(best, polished.cost)
    }
    #expect(best >= certificate.bound * (1 - 1e-9))
    // They come near, so the bound is put to the test.
    #expect(best < certificate.bound * 1.2)
  }

  /// At least one of the programs needs cases, or these tests would try nothing.
  @Test func someNeedCases() throws {
    let proofs = try ([51, 52, 53, 54] as [UInt64]).map {
      try Self.solved($0).plan.certificate.proof
    }
    #expect(proofs.contains { $0?.branching.map { $0.nodes.count > 2 } ?? false })
  }

  @Test func whatIsNoProofProvesNothing() throws {
    for seed in [51, 52, 53, 54] as [UInt64] {
      let (_, model, plan) = try Self.solved(seed)
      guard let proof = plan.certificate.proof, let branching = proof.branching,
        case .split(let root) = branching.nodes[0]
      else { continue }
      let verifier = BoundVerifier(model)
      let claimed = try #require(verifier.bound(proof))
      func bound(_ change: (inout BoundProof.Branching) -> Void) -> Double {
        var other = proof
        var changed = branching
        change(&changed)
        other.branching = changed
        return verifier.bound(other) ?? -.infinity
      }
      // A part left out: its place is taken by the other one.
      #expect(bound { $0.nodes[0] = .split(with(root) { $0.below = $0.above }) } == -.infinity)
      // A loop, and a part that is not there.
      #expect(bound { $0.nodes[0] = .split(with(root) { $0.below = 0 }) } == -.infinity)
      #expect(bound { $0.nodes[0] = .split(with(root) { $0.above = 10_000_000 }) } == -.infinity)
      #expect(bound { $0.nodes = [] } == -.infinity)
      // Rows of a case used in another one.
      let used = Set(
        branching.nodes.flatMap { node -> [Int] in
          guard case .leaf(let leaf) = node else { return [] }
          return leaf.remainders.map(\.row)
        })
      for row in used.sorted().prefix(3) {
        #expect(
          bound { $0.remainders[row].node = branching.nodes.count } == -.infinity)
      }
      // Multipliers of the wrong sign, and such as are no numbers.
      for (place, node) in branching.nodes.enumerated() {
        guard case .leaf(let leaf) = node, let cut = leaf.cuts.first else { continue }
        var wrong = leaf
        wrong.cuts[0].value = -cut.value
        #expect(bound { $0.nodes[place] = .leaf(wrong) } == -.infinity)
        wrong.cuts[0].value = .nan
        #expect(bound { $0.nodes[place] = .leaf(wrong) } == -.infinity)
        // Less than what it takes proves less, or at least no more.
        wrong.cuts[0].value = cut.value * 0.9
        #expect(bound { $0.nodes[place] = .leaf(wrong) } <= claimed + 1e-6 * abs(claimed))
      }
      return
    }
    Issue.record("no program needed cases")
  }

  private func with(
    _ split: BoundProof.Branching.Split, _ change: (inout BoundProof.Branching.Split) -> Void
  ) -> BoundProof.Branching.Split {
    var split = split
    change(&split)
    return split
  }
}

import CloudCosts
import MIP
import Testing

@testable import Planning

/// The decomposition under each constraint family, on random instances: it finds what the extensive
/// form and trying everything find, and its multipliers prove a bound that no plan undercuts.
@Suite struct FamilyDecompositionTests {
  @Test(arguments: PolicyFamily.allCases.map(Optional.some) + [nil])
  func agreesWithTheExtensiveForm(_ family: PolicyFamily?) throws {
    var tried = 0
    for sale in RandomInstance.Sale.allCases {
      for seed in 3000..<3040 as Range<UInt64> {
        let problem = PolicyAgreementTests.problem(seed: seed, sale, family)
        let name = "\(sale), seed \(seed)"
        let solved = try Self.solve(problem, name)
        try Self.compareWithForm(solved, name, finds: family != .maxRisk)
        if sale == .reservations, try Self.compareWithAll(problem, solved, name) { tried += 1 }
      }
    }
    #expect(tried >= 10)
  }

  /// A model and what the decomposition made of it.
  struct Solved {
    var model: Model
    var decomposition: Decomposition
    /// Infinite where there is no plan.
    var cost: Double
  }

  private static func solve(_ problem: PlanningProblem, _ name: String) throws -> Solved {
    let model = try AgreementTests.model(problem)
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-6, timeLimit: 20), clock: Stopwatch())
    do {
      try decomposition.run()
    } catch PlanningError.infeasible(let clashing) {
      #expect(!clashing.isEmpty, "\(name)")
    }
    return Solved(
      model: model, decomposition: decomposition,
      cost: decomposition.best?.objective ?? .infinity)
  }

  /// - Parameter finds: whether the plan is as good as the form's. Whole changes of machines under
  ///   a budget of risk are not always found; the gap says how much may be left.
  private static func compareWithForm(
    _ solved: Solved, _ name: String, finds: Bool
  ) throws {
    let model = solved.model
    guard let least = try AgreementTests.extensive(model).cost else {
      #expect(solved.cost == .infinity, "\(name)")
      return
    }
    let dust = 1e-6 * max(least, 1e-3)
    #expect(solved.decomposition.bound <= least + dust, "\(name)")
    #expect(solved.cost >= least - dust, "\(name)")
    if let proof = solved.decomposition.proof {
      let proven = BoundVerifier(model).bound(proof) ?? -.infinity
      #expect(proven >= proof.bound - dust, "\(name)")
      #expect(proven <= least + dust, "\(name)")
    } else {
      #expect(solved.cost == .infinity, "\(name)")
    }
    if try finds && AgreementTests.keepsPolicy(model) {
      #expect(solved.cost <= least + dust + AgreementTests.gridAllowance(model), "\(name)")
    }
  }

  /// False where there is too much to try.
  private static func compareWithAll(
    _ problem: PlanningProblem, _ solved: Solved, _ name: String
  ) throws -> Bool {
    var brute = BruteForce(problem)
    guard brute.size <= 300, PolicyAgreementTests.isPlain(problem) else { return false }
    brute.run()
    let best = brute.best ?? .infinity
    #expect(solved.cost == best || abs(solved.cost - best) <= 1e-6 * max(best, 1e-3), "\(name)")
    return true
  }
}

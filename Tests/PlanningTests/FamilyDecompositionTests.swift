import CloudCosts
import Foundation
import MIP
import Testing

@testable import Planning

/// The decomposition under each constraint family, on random instances: it finds what the extensive
/// form finds, and its multipliers prove a bound that no plan undercuts.
@Suite struct FamilyDecompositionTests {
  @Test(arguments: PolicyFamily.allCases.map(Optional.some) + [nil])
  func agreesWithTheExtensiveForm(_ family: PolicyFamily?) throws {
    let many = Int(ProcessInfo.processInfo.environment["SEEDS"] ?? "") ?? 10
    if let only = ProcessInfo.processInfo.environment["ONLY"], only != family?.rawValue ?? "nil" { return }
    for sale in RandomInstance.Sale.allCases {
      for seed in 3000..<UInt64(3000 + many) {
        try compare(PolicyAgreementTests.problem(seed: seed, sale, family), "\(sale), seed \(seed)")
      }
    }
  }

  private func compare(_ problem: PlanningProblem, _ name: String) throws {
    let model = try AgreementTests.model(problem)
    let extensive = try AgreementTests.extensive(model)
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-6, timeLimit: 2), clock: Stopwatch())
    do {
      try decomposition.run()
    } catch PlanningError.infeasible(let clashing) {
      #expect(!clashing.isEmpty, "CLASH \(name)")
      #expect(extensive.cost == nil, "INFEASIBLE \(name): \(clashing) \(String(describing: extensive.cost))")
      return
    }
    if decomposition.stop == .timeLimit { print("TIMEOUT \(name)") }
    guard let best = decomposition.best else {
      #expect(extensive.cost == nil, "NOPLAN \(name)")
      return
    }
    guard case .cost(let least, _) = extensive else {
      Issue.record("SURPLUS \(name)")
      return
    }
    let dust = 1e-6 * max(least, 1e-3)
    #expect(decomposition.bound <= least + dust, "BOUND \(name)")
    #expect(best.objective >= least - dust, "BELOW \(name)")
    let keeps = try AgreementTests.keepsPolicy(model)
    if keeps {
      #expect(best.objective <= least + dust + AgreementTests.gridAllowance(model), "WORSE \(name) best \(best.objective) bound \(decomposition.bound) least \(least) rounds \(decomposition.rounds) \(String(describing: decomposition.stop)) \(best.decision.purchases) \(best.decision.actions) form \(String(describing: try? AgreementTests.dec(model)))")
    }
    guard let proof = decomposition.proof else {
      Issue.record("PROOFLESS \(name)")
      return
    }
    let proven = BoundVerifier(model).bound(proof) ?? -.infinity
    #expect(proven >= proof.bound - dust, "WEAK \(name)")
    #expect(proven <= least + dust, "STRONG \(name)")
  }
}

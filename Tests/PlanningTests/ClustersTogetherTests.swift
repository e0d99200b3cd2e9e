import CloudCosts
import MIP
import Testing

@testable import Planning

/// Clusters in one program with the policy's rows, where the master's multipliers are wrong.
@Suite struct ClustersTogetherTests {
  /// A box that holds capacities back shows in the rows' multipliers. Whatever these are, clusters
  /// prove no more than the whole program's relaxation is, and what `verify` counts; where they are
  /// too large, they prove as much with others.
  @Test(arguments: [0.5, 0.8, 1.3])
  func rowsHaveTheirBestMultipliers(_ factor: Double) throws {
    var problem = ManyClustersTests.problem(hours: 10)
    problem.policy = Policy(maxThreeYearShare: 0.5, maxCoverage: 0.7)
    let model = try AgreementTests.model(problem)
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-5, timeLimit: 60), clock: Stopwatch())
    let separable = try #require(decomposition.separable)
    let point = try decomposition.relax(to: 1e-5, from: decomposition.firstPoint(WarmStart()))
    let least = try Solver(ExtensiveForm(model, name: "many").program).solveRelaxation().objective
    let master = decomposition.master
    let last = try #require(master.last)
    var relaxation = master.proof(last, master.cuts, bound: 0)
    #expect(relaxation.rows.count == 2)
    for i in relaxation.rows.indices { relaxation.rows[i].value *= factor }
    let wide = try #require(master.meanWidePrices(last))
    let found = try #require(
      try separable.solve(
        relaxation, wide: wide, from: point.purchased, best: least, tolerance: 1e-6 * least,
        spreads: decomposition.spreads, allowed: nil
      ) { false })
    if factor > 1 { #expect(found.bound >= least * (1 - 1e-4)) }
    #expect(found.bound <= least * (1 + 1e-9))
    let verified = BoundVerifier(model).bound(found.proof)
    let proven = try #require(verified)
    #expect(abs(proven - found.bound) <= 1e-9 * least)
  }
}

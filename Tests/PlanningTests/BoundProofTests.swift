import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// A plan's multipliers prove its bound again, without the solver; and no other plan's do.
@Suite struct BoundProofTests {
  struct Solved {
    var model: Model
    var bound: Double
    var proof: BoundProof
    var objective: Double
  }

  static func solve(
    _ seed: UInt64, _ sale: RandomInstance.Sale, _ limits: RandomInstance.Limits
  ) throws -> Solved? {
    let model = try AgreementTests.model(RandomInstance(seed: seed, sale, limits).problem)
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-6, timeLimit: 20), clock: Stopwatch())
    do { try decomposition.run() } catch PlanningError.infeasible { return nil }
    guard let best = decomposition.best, let proof = decomposition.proof else { return nil }
    return Solved(
      model: model, bound: decomposition.bound, proof: proof, objective: best.objective)
  }

  @Test(arguments: RandomInstance.Limits.allCases)
  func multipliersProveTheRelaxation(_ limits: RandomInstance.Limits) throws {
    var checked = 0
    for sale in [RandomInstance.Sale.reservations, .plans, .both] {
      for seed in 2000..<2020 as Range<UInt64> {
        guard let solved = try Self.solve(seed, sale, limits) else { continue }
        let proven = try #require(BoundVerifier(solved.model).bound(solved.proof))
        let dust = 1e-7 * max(1e-3, abs(solved.objective))
        #expect(proven >= solved.proof.bound - dust, "\(sale), seed \(seed)")
        #expect(proven <= solved.objective + dust, "\(sale), seed \(seed)")
        #expect(solved.proof.bound <= solved.bound + dust)
        checked += 1
      }
    }
    #expect(checked >= 20)
  }

  @Test func wrongMultipliersProveLess() throws {
    for seed in 2000..<2010 as Range<UInt64> {
      guard let solved = try Self.solve(seed, .both, .several) else { continue }
      var random = SeededGenerator(seed: seed)
      for _ in 0..<20 {
        var proof = solved.proof
        for p in proof.points.indices {
          proof.points[p].multipliers = proof.points[p].multipliers.map {
            $0 * Double.random(in: 0...2, using: &random)
          }
          proof.points[p].purchased = proof.points[p].purchased.map {
            $0 * Double.random(in: 0...2, using: &random)
          }
        }
        let proven = try #require(BoundVerifier(solved.model).bound(proof))
        #expect(proven <= solved.objective * (1 + 1e-9))
      }
    }
  }

  @Test func proofsOfOtherModelsAreRefused() throws {
    let one = try #require(try Self.solve(2000, .both, .none))
    var proof = one.proof
    proof.points[0].purchased.append(1)
    #expect(BoundVerifier(one.model).bound(proof) == nil)
    proof = one.proof
    proof.points[0].multipliers[0] = -1
    #expect(BoundVerifier(one.model).bound(proof) == nil)
    proof = one.proof
    proof.rows.append(BoundProof.RowMultiplier(name: "no_such_row", value: -1))
    #expect(BoundVerifier(one.model).bound(proof) == nil)
  }
}

import Testing

@testable import Planning

/// A bound may be taken from a relaxation only where its trust region holds nothing back.
@Suite struct MasterBoxTests {
  /// Several instruments may fill one capacity: together they bring more than the largest of them,
  /// and a box at that holds their sum back. (Its multipliers proved 33.79 where 41.96 was said.)
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func aBoxAtTheLargestPurchaseIsABox(_ seed: UInt64) throws {
    let model = try AgreementTests.model(
      UtilizationRowsTests.problem(hours: 24, seed: seed, owns: false))
    let costToGo = CostToGo(model)
    let master = try Master(model, costToGo, keeping: model.rows)
    var shared = 0
    for c in costToGo.capacities.indices {
      let filling = model.instruments.indices.filter { costToGo.filled[$0].contains(c) }
      let amounts = filling.map { model.instruments[$0].upper * model.instruments[$0].unit }
      let sum = amounts.reduce(0, +)
      #expect(master.largestUse[c] >= sum * (1 - 1e-12))
      if let most = amounts.max(), most < sum { shared += 1 }
    }
    #expect(shared > 0)
  }
}

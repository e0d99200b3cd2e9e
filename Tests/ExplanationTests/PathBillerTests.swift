import Billing
import CloudCosts
import Planning
import Testing

@testable import Scenarios

/// Bills of many futures are made side by side, and kept for who asks again.
@Suite struct PathBillerTests {
  private static let prices = PriceBook(rows: [
    Small.onDemand(Small.large, 1), Small.reservation(Small.large, 0.6),
  ])

  private static func biller(_ paths: DemandPaths) -> PathBiller {
    let inputs = ScenarioInputs(
      name: "", demand: paths.mean, paths: paths, prices: prices, owned: [], candidates: [],
      offers: OfferFilter(), policy: Policy(), effort: PlanningEffort(), compare: [])
    return PathBiller(inputs, judge: inputs.judge)
  }

  @Test func eachIsTheBillOfItsFuture() throws {
    let paths = DemandPaths(
      (1...7).map { path in
        Small.demand([Small.large: (0..<30).map { Double(($0 * path) % 11) / 3 }])
      })
    let bought = Small.bought(
      [(Small.large, 2)], .standardRI, Self.prices, from: paths.window.start)
    let biller = Self.biller(paths)
    for (scale, commitments) in [(1.0, []), (1, bought), (0.7, bought), (1, bought), (1, [])] {
      let found = try biller.bills(scale: scale, under: commitments)
      let alone = try paths.paths.map {
        try Judge(prices: Self.prices).bill($0.scaled(by: scale), under: commitments)
      }
      #expect(found.costs == alone.map(\.cost))
      #expect(found.months == alone.map { $0.monthly.map(\.effective) })
      var expected = ExpectedBill()
      for bill in alone { expected.add(bill, probability: 1 / 7.0) }
      #expect(found.bill.rows == expected.value?.rows)
      #expect(found.bill.hourlyOnDemand == expected.value?.hourlyOnDemand)
    }
  }

  @Test func whatHasNoPriceIsSaidOfEveryFuture() {
    let paths = DemandPaths([1.0, 2, 3].map { Small.demand([Small.other: [$0]]) })
    #expect(throws: FindingsError.self) { try Self.biller(paths).bills(under: []) }
  }
}

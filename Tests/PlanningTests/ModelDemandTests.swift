import CloudCosts
import Testing

@testable import Planning

@Suite struct ModelDemandTests {
  /// Two paths of three hours, two SKUs.
  private static let demand = ModelDemand(
    skuCount: 2, pathHours: 3,
    columns: [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]].map { $0[...] })

  @Test func hoursOfAllPathsLieEndToEnd() {
    let demand = Self.demand
    #expect(demand.pathCount == 2)
    #expect((0..<6).map { demand[$0, 0] } == [1, 2, 3, 7, 8, 9])
    #expect((0..<6).map { demand[$0, 1] } == [4, 5, 6, 10, 11, 12])
    #expect(Array(demand.column(1, path: 1)) == [10, 11, 12])
    #expect(demand.expected([0.75, 0.25]) == [4.5 + 6, 11.25 + 8.25])
  }

  @Test func partsOfIt() {
    let one = Self.demand.keeping(paths: [1])
    #expect((0..<3).map { one[$0, 1] } == [10, 11, 12])
    let few = Self.demand.keeping(hours: [0, 2])
    #expect((0..<4).map { few[$0, 0] } == [1, 3, 7, 9])
    // Of a part's part, which does not begin where its storage does.
    #expect((0..<2).map { few.keeping(paths: [1])[$0, 1] } == [10, 12])
    let slice = ModelDemand(skuCount: 1, pathHours: 2, columns: [[9, 1, 2, 9][1..<3]])
    #expect((0..<2).map { slice[$0, 0] } == [1, 2])
    #expect((0..<1).map { slice.keeping(hours: [1])[$0, 0] } == [2])
  }

  @Test func changesAreItsOwn() {
    var changed = Self.demand
    changed[4, 0] -= 9
    #expect(changed[4, 0] == -1)
    changed.raiseToZero()
    #expect((0..<6).map { changed[$0, 0] } == [1, 2, 3, 7, 0, 9])
    #expect(Self.demand[4, 0] == 8)
  }

  /// Groups of one SKU are added up, others lie where they are; blocks hold the same.
  @Test func blocksHoldWhatTheProblemHas() throws {
    let window = HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 61)
    let types = ["m5.large", "c5.large"].map {
      SKU(provider: .aws, region: "us-east-1", instanceType: $0)
    }
    let groups = [
      UsageGroup(account: "a", sku: types[0]), UsageGroup(account: "b", sku: types[0]),
      UsageGroup(account: "a", sku: types[1]),
    ].sorted()
    let paths = (1...2).map { path in
      Demand(
        window: window, groups: groups,
        quantities: groups.indices.flatMap { g in
          (0..<61).map { Double(path * 1000 + g * 100 + $0) }
        })
    }
    let rows = types.map { PriceRow(sku: $0, product: .onDemand, hourly: 1) }
    var builder = ModelBuilder(
      PlanningProblem(paths: DemandPaths(paths), prices: PriceBook(rows: rows)))
    let costToGo = CostToGo(try builder.build())
    let model = costToGo.model
    for s in costToGo.stretches.indices {
      for hour in costToGo.stretches[s] {
        let (block, lane) = costToGo.layout.place(of: hour, in: s)
        for (g, sku) in model.skus.enumerated() {
          let expected = groups.indices.filter { groups[$0].sku == sku }.reduce(0) {
            $0 + paths[hour / 61][$1, hour % 61]
          }
          #expect(costToGo.demand.start[block * model.skus.count + g][lane] == expected)
          #expect(model.demand[hour, g] == expected)
        }
      }
    }
  }
}

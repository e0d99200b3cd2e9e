import Foundation
import Testing

/// The scenario with several accounts, through the whole program: who should buy.
@Suite struct OrganisationTests {
  @Test func buyersOfTheReadme() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("organisation")
    let ended = try place.run("run", "organisation", "--json")
    #expect(ended.status == 0)
    let runs = try JSONValue(parsing: ended.output)["runs"].list()
    #expect(try runs.map { try $0["name"].text() } == ["base", "everyone-shares", "groups-only"])
    let costs = try runs.map { try Outcomes(of: $0).cost("committed") }
    for (cost, expected) in zip(costs, [256_012.0, 251_178, 256_012]) {
      #expect(abs(cost / expected - 1) < 1e-3)
    }
    for (run, cost) in zip(runs, costs) {
      let purchases = try Outcomes(of: run)["committed"]["plan"]["purchases"].list()
      #expect(!purchases.isEmpty)
      for purchase in purchases {
        let owners = try purchase["owners"].list()
        let bills = try owners.map { try $0["cost"].number() }
        let named = try purchase["account"].text()
        let own = try owners.first { try $0["account"].text() == named }
        #expect(owners.count == 4)
        #expect(try own?["cost"].number() == cost)
        #expect(bills.allSatisfy { $0 >= cost })
      }
      // Where everyone shares, it does not matter.
      let all = try purchases.flatMap { try $0["owners"].list() }.map { try $0["cost"].number() }
      let isShared = try run["name"].text() == "everyone-shares"
      #expect(all.allSatisfy { $0 == cost } == isShared)
    }
  }
}

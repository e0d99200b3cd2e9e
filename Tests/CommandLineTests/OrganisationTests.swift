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
    for (cost, expected) in zip(costs, [251_508.0, 251_178, 251_508]) {
      #expect(abs(cost / expected - 1) < 1e-3)
    }
    for (run, cost) in zip(runs, costs) {
      let purchases = try Outcomes(of: run)["committed"]["plan"]["purchases"].list()
      #expect(!purchases.isEmpty)
      // The plan names a buyer for each; those who would be served alike cost the same.
      for purchase in purchases {
        let named = try purchase["account"].text()
        let owners = purchase.keys.contains("owners") ? try purchase["owners"].list() : []
        let bills = try owners.map { try $0["cost"].number() }
        #expect(!named.isEmpty && bills.allSatisfy { $0 >= cost - 1e-6 })
      }
      let isShared = try run["name"].text() == "everyone-shares"
      let buyers = Set(try purchases.map { try $0["account"].text() })
      // Only `lab` can serve the usage of `lab`, where it has sharing off.
      #expect(buyers.contains("lab") != isShared)
      if isShared {
        let all = try purchases.flatMap { try $0["owners"].list() }.map { try $0["cost"].number() }
        #expect(all.count == 4 * purchases.count && all.allSatisfy { $0 == cost })
      }
    }
  }
}

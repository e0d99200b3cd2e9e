import CloudCosts
import Foundation
import Testing

@testable import Scenarios

/// What one would sign where a file states no limit.
@Suite struct UsualLimitsTests {
  /// So many weeks of usage that is always the same.
  private static func scenario(weeks: Int, _ more: String = "") throws -> Scenario {
    let start = Date(timeIntervalSince1970: 1_704_067_200)
    let rows = (0..<weeks * 168).map { hour in
      let stamp = start.addingTimeInterval(Double(hour) * 3600).ISO8601Format()
      return "\(stamp),aws,us-east-1,m5.large,2"
    }
    let usage = "timestamp,provider,region,instance_type,quantity\n" + rows.joined(separator: "\n")
    let folder = try ScenarioFolder(ScenarioFolder.least + more, ["usage.csv": usage])
    return try #require(folder.load().value).scenarios[0].scenario
  }

  /// From eight weeks on there are futures to plan for; before, nothing for three years.
  @Test func lessThanEightWeeksBindNothingForThreeYears() throws {
    let short = try Self.scenario(weeks: 7)
    #expect(short.preset == nil)
    #expect(short.policy == Policy())
    #expect(short.offers == OfferFilter(terms: [.oneYear]))
    let long = try Self.scenario(weeks: 8)
    #expect(long.preset == .walk)
    #expect(long.policy == Preset.walk.policy)
    #expect(long.offers == Preset.walk.offers)
  }

  /// Who says what may be bought has not said how much of it is safe.
  @Test func offersNarrowWhatTheUsualLimitsAllow() throws {
    let scenario = try Self.scenario(weeks: 8, "offers: {payments: [no-upfront]}")
    #expect(scenario.policy == Preset.walk.policy)
    #expect(scenario.offers.payments == [.noUpfront])
    #expect(scenario.offers.products == Preset.walk.offers.products)
    #expect(!scenario.offers.locksForThreeYears)
  }

  /// Below eight weeks what is named is asked for.
  @Test func offersThatAreNamedWin() throws {
    let scenario = try Self.scenario(
      weeks: 7, "offers: {products: [ri-standard], terms: [3], payments: [all-upfront]}")
    #expect(scenario.preset == nil)
    #expect(scenario.policy == Policy())
    #expect(scenario.offers.products == Set(Product.standardRI.namesakes))
    #expect(scenario.offers.terms == [.threeYears])
    #expect(scenario.offers.payments == [.allUpfront])
  }

  @Test(arguments: ["forecast: {method: hindsight}", "policy: {max_coverage: 0.8}"])
  func whoAsksForSomethingElseGetsThat(more: String) throws {
    let scenario = try Self.scenario(weeks: 7, more)
    #expect(scenario.preset == nil)
    #expect(scenario.offers == OfferFilter())
  }

  /// Limits on work with machines are stated under `rightsizing`, and are no limits on purchases.
  @Test func usualLimitsLeaveThoseOnMachines() throws {
    let scenario = try Self.scenario(weeks: 8, "rightsizing: {max_actions: 1}")
    #expect(scenario.preset == .walk)
    #expect(scenario.policy.actions.most == 1)
  }
}

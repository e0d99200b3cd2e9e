import CloudCosts
import Foundation
import Testing

@testable import Forecast

/// What becomes of families: one takes over from another, is superseded, has a successor.
@Suite struct SubstitutionTests {
  private static func total(_ path: Demand, _ hours: Range<Int>) -> Double {
    path.groups.indices.reduce(0) { sum, g in
      sum + path.hours(of: g).dropFirst(hours.lowerBound).prefix(hours.count).reduce(0, +)
    } / Double(hours.count)
  }

  /// c6g takes over from c5 in a logistic curve, a half at week 100; 300 machines in all.
  private static func takeover(weeks: Int) -> Demand {
    Sample.history(weeks: weeks, ["c5.large", "c6g.large"]) { type, hour in
      let new = 1 / (1 + exp(-0.12 * (Double(hour) / 168 - 100)))
      return 300 * (type == 0 ? 1 - new : new) * Sample.rhythm(hour)
    }
  }

  @Test(arguments: [ForecastSettings.Method.trend, .bootstrap])
  func aTakeoverGoesOnToTheEndAndTheTotalStays(_ method: ForecastSettings.Method) throws {
    let settings = ForecastSettings(method: method, paths: method == .trend ? nil : 40)
    let paths = try Sample.forecast(Self.takeover(weeks: 95), settings).paths.paths
    let kept = paths.count { path in
      (150...600).contains(Self.total(path, 52 * 167..<8760) / Sample.meanRhythm)
    }
    // All of it may be given up, once in a while.
    #expect(kept >= (method == .trend ? 1 : 38), "\(kept)")
    let shares = paths.map { path in
      path.hours(of: 1).suffix(168).reduce(0, +) / (168 * Self.total(path, 8760 - 168..<8760))
    }.sorted()
    #expect(shares[shares.count / 2] > 0.95)
  }

  @Test func shareSlopesAreFisherAndPrys() {
    let model = Model(Self.takeover(weeks: 110), place: "")
    // Seen over 26 weeks: two thirds of it are believed.
    #expect(model.substitution.largest == [1])
    #expect(abs(model.substitution.slopes[0] + 0.12 * 26 / 39) < 0.005)
    #expect(model.substitution.slopes[1] == 0)
    #expect(abs(model.substitution.trends[0].slope) < 0.001)
  }

  @Test func aTypeOfAFewDaysDoesNotBlowUp() throws {
    // The new type runs for the last four days; the week before it had one machine for an hour.
    let history = Sample.history(weeks: 60, ["c5.large", "c6g.large"]) { type, hour in
      let left = 60 * 168 - hour
      guard type == 1 else { return 500 * Sample.rhythm(hour) }
      return left < 96 ? 40 : left == 300 ? 1 : 0
    }
    let paths = try Sample.forecast(
      history, ForecastSettings(method: .bootstrap, paths: 40), hours: 8760
    ).paths.paths
    let first = paths.map { Self.total($0, 0..<672) }.sorted()
    #expect((450...600).contains(first[20]), "\(first[20])")
    #expect(first[39] < 1000)
  }

  @Test func sizesCountAsWhatTheyReplace() throws {
    // Machines of twice the size, half as many.
    let history = Sample.history(weeks: 95, ["c5.large", "c6g.xlarge"]) { type, hour in
      let new = 1 / (1 + exp(-0.12 * (Double(hour) / 168 - 90)))
      return 300 * (type == 0 ? 1 - new : new / 2)
    }
    let path = try Sample.forecast(history, ForecastSettings(method: .trend)).paths.paths[0]
    #expect(abs(path[0, 8759] + 2 * path[1, 8759] - 300) < 10)
    #expect(abs(path[1, 8759] - 150) < 10)
  }

  private static let regions = ["eu-west-1", "us-east-1", "us-west-2"]

  /// c5 in three regions; in the first of them c6g took over `lead` weeks before the end.
  private static func fleet(lead: Int?) -> Demand {
    let weeks = 70
    let groups =
      regions.map { Sample.group("c5.large", region: $0) }
      + [Sample.group("c6g.large", region: regions[0])]
    let order = groups.indices.sorted { groups[$0] < groups[$1] }
    return Demand(
      window: HourWindow(start: Sample.start, hours: weeks * 168),
      groups: order.map { groups[$0] },
      quantities: order.flatMap { index in
        (0..<weeks * 168).map { hour in
          let new = lead.map { min(1, max(0, Double(hour / 168 - weeks + $0) / 4)) } ?? 0
          return 100 * (index == 0 ? 1 - new : index == 3 ? new : 1)
        }
      })
  }

  @Test func whatBeganInOneRegionReachesTheOthers() {
    let quiet = Succession(Model(Self.fleet(lead: nil), place: ""))
    #expect(quiet.families.count == 1)
    #expect(quiet.families[0].regions.allSatisfy { !$0.isFollowing })
    // One in 29 years, and none seen in 70 weeks.
    #expect(abs(quiet.weekly - 1 / (1508 + 70)) < 1e-5)
    // Three weeks ago: a share that never moved has fallen.
    for lead in [3, 20] {
      let moved = Succession(Model(Self.fleet(lead: lead), place: ""))
      let c5 = moved.families.first { $0.name == "c5" }
      #expect(c5?.regions.allSatisfy(\.isFollowing) == true, "\(lead)")
      #expect(moved.families.filter { $0.name != "c5" }.allSatisfy { !$0.regions[0].isFollowing })
    }
    let after = Succession(Model(Self.fleet(lead: 20), place: ""))
    // A third of the fleet: one third of a family.
    #expect(abs(after.weekly * (1508 + 65) - 4.0 / 3) < 0.1)
  }

  @Test func successorsTakeWhatFamiliesLose() throws {
    var settings = ForecastSettings(method: .bootstrap, paths: 60)
    // Nothing was superseded yet: what comes has no name.
    let history = Self.fleet(lead: nil)
    let plain = try Sample.forecast(history, settings, hours: 26_280)
    settings.namesSuccessors = true
    let named = try Sample.forecast(history, settings, hours: 26_280)
    #expect(plain.paths.groups == history.groups)
    #expect(plain.successors.isEmpty)
    #expect(Set(named.successors.keys) == Set(history.groups.map(\.successor)))
    #expect(Set(named.paths.groups) == Set(history.groups).union(named.successors.keys))
    #expect(named.paths.groups == named.paths.groups.sorted())
    var moved = 0
    for path in named.paths.paths {
      for (next, old) in named.successors {
        let rows = [old, next].compactMap { path.groups.firstIndex(of: $0) }
        guard rows.count == 2 else { continue }
        // What is left of the old and what the new has are one usage.
        #expect(path[rows[1], 0] <= 0.3 * (path[rows[0], 0] + path[rows[1], 0]) + 1e-9)
        if path[rows[1], 26_000] > path[rows[0], 26_000] { moved += 1 }
      }
    }
    // One in 30 years, reaching each region within 35 weeks in the mean: one of sixteen in three
    // years.
    #expect((2...25).contains(moved), "\(moved)")
  }

  @Test func whatTookOverElsewhereTakesOverHere() throws {
    var settings = ForecastSettings(method: .bootstrap, paths: 40)
    settings.namesSuccessors = true
    let forecast = try Sample.forecast(Self.fleet(lead: 20), settings, hours: 26_280)
    // c6g has been seen to follow c5; what follows c6g has not.
    let heir = Sample.group("c6g.large", region: Self.regions[1])
    #expect(forecast.successors[heir] == Sample.group("c5.large", region: Self.regions[1]))
    #expect(forecast.paths.groups.contains(Sample.group("c6g+.large", region: Self.regions[0])))
    #expect(!forecast.paths.groups.contains { $0.sku.family == "c5+" })
    let row = try #require(forecast.paths.groups.firstIndex(of: heir))
    // At 1.5 a year most of it has moved after two years.
    let moved = forecast.paths.paths.count { $0[row, 17_520] > 30 }
    #expect(moved > 25, "\(moved)")
  }

  @Test func successorsHaveNamesOfTheirOwn() {
    #expect(Sample.group("c5d.2xlarge").successor.sku.instanceType == "c5d+.2xlarge")
    #expect(Sample.group("c5d.2xlarge").successor.sku.family == "c5d+")
    let azure = UsageGroup(
      account: "a",
      sku: SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D4s_v5"))
    #expect(azure.successor.account == "a")
    #expect(ReservationScope(of: azure.successor.sku) != ReservationScope(of: azure.sku))
    let google = SKU(provider: .gcp, region: "europe-west1", instanceType: "n2-standard-4")
    #expect(
      ReservationScope(of: UsageGroup(account: "", sku: google).successor.sku)
        != ReservationScope(of: google))
  }
}

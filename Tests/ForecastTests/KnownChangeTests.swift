import CloudCosts
import Testing

@testable import Forecast

@Suite struct KnownChangeTests {
  private static let start = Hour(year: 2023, month: 12, day: 4)
  private static let groups = [
    Sample.group("c5.large", account: "a"), Sample.group("m5.large", account: "a"),
    Sample.group("m5.large", account: "b"),
  ]

  /// 10, 20 and 30 instances, always.
  private func forecast(_ changes: [KnownChange]) throws -> Forecast {
    let window = HourWindow(start: Self.start, hours: 4 * 168)
    let history = Demand(
      window: window, groups: Self.groups,
      quantities: [10.0, 20, 30].flatMap { Array(repeating: $0, count: window.hours) })
    // The horizon is January and February 2024.
    return try Forecaster(ForecastSettings(horizonMonths: 2, changes: changes))
      .paths(
        history: history,
        horizon: HourWindow(
          from: Hour(year: 2024, month: 1, day: 1), to: Hour(year: 2024, month: 3, day: 1)))
  }

  /// Some hours are those of the whole, whatever happens to it: growth, and known changes.
  @Test(arguments: [false, true])
  func pathsMayBeThinnedAsTheyAreMade(changes: Bool) throws {
    var settings = ForecastSettings(method: .futures, paths: 3, seed: 7)
    settings.growth = 0.1
    if changes {
      settings.changes = [
        KnownChange(
          .retirement, of: UsageSelection(family: "m5"), on: Hour(year: 2024, month: 6, day: 1))
      ]
    }
    let history = Demand(
      window: HourWindow(start: Self.start, hours: 10 * 168), groups: Self.groups,
      quantities: Self.groups.indices.flatMap { g in
        (0..<10 * 168).map { Double(g + 1) * Sample.rhythm($0) }
      })
    let horizon = HourWindow(start: history.window.end, hours: 4000)
    let forecaster = Forecaster(settings)
    func first(_ place: Int, _ path: Demand) -> Demand {
      path.restricted(to: HourWindow(start: horizon.start + 2900 + place, hours: 100))
    }
    let whole = try forecaster.paths(history: history, horizon: horizon)
    let thin = try forecaster.paths(history: history, horizon: horizon) { place, path in
      var part = first(place, path)
      part = Demand(
        window: HourWindow(start: horizon.start, hours: 100), groups: part.groups,
        quantities: part.quantities)
      return part
    }
    for place in 0..<3 {
      #expect(
        thin.paths.paths[place].quantities == first(place, whole.paths.paths[place]).quantities)
    }
    #expect(thin.findings == whole.findings)
  }

  @Test func retirementAtOnceAndOverAMonth() throws {
    let date = Hour(year: 2024, month: 1, day: 11)
    let atOnce = try forecast([
      KnownChange(.retirement, of: UsageSelection(family: "m5"), on: date)
    ]).paths.paths[0]
    #expect(atOnce[0, 240] == 10)
    #expect(atOnce[1, 239] == 20)
    #expect(atOnce[1, 240] == 0)
    #expect(atOnce[2, 240] == 0)
    let slow = try forecast([
      KnownChange(.retirement, of: UsageSelection(account: "b"), on: date, months: 1)
    ]).paths.paths[0]
    #expect(slow[1, 1000] == 20)
    // 744 steps from the 11th of January to the 11th of February.
    #expect(abs(slow[2, 240 + 371] - 15) < 1e-9)
    #expect(slow[2, 240 + 743] == 0)
  }

  @Test func migrationKeepsTheSizeAndCountsItsRatio() throws {
    let date = Hour(year: 2024, month: 2, day: 1)
    let change = KnownChange(
      .migration(to: "m6g", ratio: 0.5, share: 0.75),
      of: UsageSelection(account: "b", family: "m5"), on: date)
    let paths = try forecast([change]).paths
    let new = try #require(paths.groups.firstIndex(of: Sample.group("m6g.large", account: "b")))
    let old = try #require(paths.groups.firstIndex(of: Self.groups[2]))
    let path = paths.paths[0]
    #expect(path[new, 743] == 0)
    #expect(path[new, 744] == 30 * 0.75 * 0.5)
    #expect(path[old, 744] == 30 * 0.25)
    #expect(paths.groups == paths.groups.sorted())
    #expect(paths.groups.count == 4)
  }

  @Test func migrationOfOneTypeNamesAType() throws {
    let change = KnownChange(
      .migration(to: "c5.large", ratio: 2, share: 1),
      of: UsageSelection(instanceType: "m5.large"), on: Hour(year: 2024, month: 1, day: 1))
    let paths = try forecast([change]).paths
    // Account b has no c5.large yet.
    #expect(paths.groups.count == 4)
    #expect(paths.paths[0][0, 0] == 10 + 2 * 20)
  }

  @Test func growthOfAnAccount() throws {
    let change = KnownChange(
      .growth(yearly: 1), of: UsageSelection(account: "b"), on: Hour(year: 2024, month: 1, day: 2))
    let path = try forecast([change]).paths.paths[0]
    #expect(path[1, 1000] == 20)
    #expect(path[2, 23] == 30)
    #expect(abs(path[2, 24 + 876] - 30 * 1.0717734625362931) < 1e-9)
  }

  @Test func whatHappenedBeforeIsInTheHistory() throws {
    let path = try forecast([
      KnownChange(
        .growth(yearly: 1), of: UsageSelection(family: "c5"),
        on: Hour(year: 2022, month: 1, day: 1)),
      // Ends with January: half of what is left has gone by the 16th.
      KnownChange(
        .retirement, of: UsageSelection(account: "b"), on: Hour(year: 2023, month: 12, day: 1),
        months: 2),
    ]).paths.paths[0]
    #expect(path[0, 0] == 10)
    #expect(abs(path[2, 371] - 15) < 1e-9)
    #expect(path[2, 743] == 0)
  }

  @Test func changesApplyInOrder() throws {
    let now = Hour(year: 2024, month: 1, day: 1)
    let m5 = UsageSelection(family: "m5")
    let path = try forecast([
      KnownChange(.migration(to: "c5", ratio: 1, share: 1), of: m5, on: now),
      KnownChange(.retirement, of: UsageSelection(family: "c5"), on: now + 5),
    ]).paths.paths[0]
    #expect(path[0, 0] == 30)
    #expect((0..<path.groups.count).allSatisfy { path[$0, 5] == 0 })
  }

  @Test func changesWithoutEffectAreTold() throws {
    let forecast = try forecast([
      KnownChange(
        .retirement, of: UsageSelection(family: "r5"), on: Hour(year: 2024, month: 1, day: 1),
        place: "s.yaml:7"),
      KnownChange(
        .retirement, of: UsageSelection(family: "m5"), on: Hour(year: 2024, month: 3, day: 1)),
    ])
    #expect(
      forecast.findings.map(\.rule) == ["forecast.no-such-usage", "forecast.beyond-horizon"])
    #expect(forecast.findings.first?.place == "s.yaml:7")
    #expect(forecast.paths.paths[0][1, 1439] == 20)
  }

  @Test func aFamilyWithoutSizesCannotKeepOne() throws {
    let group = UsageGroup(
      sku: SKU(provider: .gcp, region: "europe-west1", instanceType: "n1-standard-4"))
    let window = HourWindow(start: Self.start, hours: 168)
    let history = Demand(
      window: window, groups: [group], quantities: Array(repeating: 1, count: 168))
    let change = KnownChange(
      .migration(to: "n2", ratio: 1, share: 1), of: UsageSelection(family: "n1"), on: window.end)
    let error = #expect(throws: FindingsError.self) {
      try Forecaster(ForecastSettings(horizonMonths: 1, changes: [change]))
        .paths(history: history, horizon: HourWindow(start: window.end, hours: 24))
    }
    #expect(error?.findings.map(\.rule) == ["forecast.no-target"])
  }
}

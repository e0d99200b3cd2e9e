import CloudCosts
import Forecast
import Foundation
import Testing

@testable import Scenarios

@Suite struct ForecastKeyTests {
  private func scenario(_ yaml: String) throws -> Scenario {
    let reading = try ScenarioFolder(ScenarioFolder.least + yaml).load()
    return try #require(reading.value?.scenarios.first).scenario
  }

  @Test func defaults() throws {
    let settings = try scenario("").forecast
    var expected = ForecastSettings()
    expected.isUnstated = true
    #expect(settings == expected)
    #expect(settings.method == .repeat)
    #expect(!settings.looksAhead)
    #expect(settings.horizon(behind: Hour(sinceEpoch: 0)) == nil)
  }

  /// Where no method is named, the history decides: many futures from eight weeks on.
  @Test func theHistoryDecides() throws {
    var settings = ForecastSettings()
    let start = Hour(year: 2024, month: 1, day: 1)
    #expect(settings.decided(by: HourWindow(start: start, hours: 8760)).method == .repeat)
    settings.isUnstated = true
    let short = settings.decided(by: HourWindow(start: start, hours: 8 * 168 - 1))
    #expect(short.method == .repeat && !short.looksAhead)
    let long = settings.decided(by: HourWindow(start: start, hours: 8 * 168))
    #expect(long.method == .futures && long.looksAhead)
    #expect(long.horizon(behind: start) == HourWindow(start: start, hours: 8760))
  }

  @Test func hindsightIsAskedByName() throws {
    let settings = try scenario("forecast: {method: hindsight}").forecast
    #expect(settings.method == .hindsight && !settings.looksAhead && !settings.isUnstated)
    let reading = try ScenarioFolder(
      ScenarioFolder.least + "forecast: {method: hindsight, horizon: 12}"
    ).load()
    #expect(reading.findings.map(\.rule) == ["scenario.contradiction"])
  }

  @Test func everyKey() throws {
    let scenario = try scenario(
      """
      forecast:
        method: repeat
        growth: 0.1
        horizon: 24
        paths: 5
        seed: 7
        block_weeks: 2
        changes:
          - {change: growth, account: "1", date: 2024-02-01T00:00:00Z, rate: 0.3}
          - {change: retirement, region: us-east-1, date: 2024-03-01T00:00:00Z, months: 2}
          - {change: migration, family: m5, date: 2024-04-01T00:00:00Z, to: m6g, ratio: 0.9, share: 0.5}
          - {change: migration, instance_type: m5.large, date: 2024-05-01T00:00:00Z, to: c5.large}
      """)
    func day(_ month: Int) -> Hour { Hour(year: 2024, month: month, day: 1) }
    #expect(
      scenario.forecast
        == ForecastSettings(
          method: .repeat, growth: 0.1, horizonMonths: 24, paths: 5, seed: 7, blockWeeks: 2,
          changes: [
            KnownChange(
              .growth(yearly: 0.3), of: UsageSelection(account: "1"), on: day(2),
              place: "scenario.yaml:12"),
            KnownChange(
              .retirement, of: UsageSelection(region: "us-east-1"), on: day(3), months: 2,
              place: "scenario.yaml:13"),
            KnownChange(
              .migration(to: "m6g", ratio: 0.9, share: 0.5), of: UsageSelection(family: "m5"),
              on: day(4), place: "scenario.yaml:14"),
            KnownChange(
              .migration(to: "c5.large", ratio: 1, share: 1),
              of: UsageSelection(instanceType: "m5.large"), on: day(5), place: "scenario.yaml:15"),
          ]))
    #expect(scenario.forecastPlace == "scenario.yaml:4")
    #expect(
      scenario.forecast.horizon(behind: day(2)) == HourWindow(start: day(2), hours: 17_520))
  }

  /// Whole years are years of 365 days, as terms are: none holds a day on which all 1-year plans
  /// have ended.
  @Test func yearsAreTerms() {
    // February 2024 has 29 days.
    let end = Hour(year: 2024, month: 1, day: 1)
    for (months, hours) in [(12, 8760), (24, 17_520), (36, 26_280), (2, 60 * 24), (13, 397 * 24)] {
      let horizon = ForecastSettings(method: .trend, horizonMonths: months).horizon(behind: end)
      #expect(horizon == HourWindow(start: end, hours: hours), "\(months)")
    }
  }

  @Test func rivalsAreChosen() throws {
    #expect(try scenario("").solver.rivals == Set(PlanRival.Kind.allCases))
    #expect(try scenario("solver: {rivals: none}").solver.rivals.isEmpty)
    #expect(
      try scenario("solver: {rivals: [buy-once, hindsight]}").solver.rivals
        == [.buyOnce, .hindsight])
  }

  @Test func whatIsWrongWithChanges() throws {
    let folder = try ScenarioFolder(
      ScenarioFolder.least + """
        forecast:
          changes:
            - {change: retirment, date: 2024-03-01T00:00:00Z}
            - {family: m5, date: 2024-03-01T00:00:00Z}
            - {change: retirement, rate: 0.2, date: 2024-03}
            - {change: migration, date: 2024-03-01T00:00:00Z, ratio: 0, share: 2}
            - {change: growth, dat: 2024-03-01T00:00:00Z}
            - growth
        """)
    #expect(
      folder.report() == """
        error scenario.unknown-value scenario.yaml:6: forecast.changes.change does not know 'retirment'
          did you mean 'retirement'? It must be one of growth, migration, retirement, price
        error scenario.missing-key scenario.yaml:7: the key 'forecast.changes.change' is missing
          add change: retirement
        error scenario.bad-timestamp scenario.yaml:8: forecast.changes.date '2024-03' is not an ISO \
        8601 date and time
          write it as 2023-02-01, or 2023-02-01T00:00:00Z
        error scenario.unknown-key scenario.yaml:8: 'forecast.changes.rate' does not go with the \
        change retirement
          remove it: retirement has months
        error scenario.out-of-range scenario.yaml:9: forecast.changes.ratio is '0'; it must be above \
        0 and up to 1000 (new hours for one old hour)
          write a number that is above 0 and up to 1000 (new hours for one old hour)
        error scenario.out-of-range scenario.yaml:9: forecast.changes.share is '2'; it must be from 0 \
        to 1
          write a number that is from 0 to 1
        error scenario.missing-key scenario.yaml:9: the key 'forecast.changes.to' is missing
          add to: m7g
        error scenario.unknown-key scenario.yaml:10: 'forecast.changes.dat' is no key of a scenario
          did you mean 'date'? It must be one of change, account, region, family, instance_type, \
        date, months, rate, to, ratio, share, provider, operating_system, factor, percent, applies_to
        error scenario.missing-key scenario.yaml:10: the key 'forecast.changes.date' is missing
          add date: 2024-06-01T00:00:00Z
        error scenario.missing-key scenario.yaml:10: the key 'forecast.changes.rate' is missing
          add rate: 0.3
        error scenario.wrong-type scenario.yaml:11: forecast.changes must be a list of maps, here it \
        is 'growth'
          write each as {key: value}
        """)
  }

  @Test func pricesThatChange() throws {
    let scenario = try scenario(
      """
      forecast:
        changes:
          - {change: price, family: m5, date: 2024-02-01T00:00:00Z, factor: 0.9}
          - {change: price, provider: gcp, operating_system: Linux, date: 2024-03-01T00:00:00Z, percent: 20, applies_to: all}
      """)
    #expect(
      scenario.forecast.changes == [
        KnownChange(
          .price(factor: 0.9, extent: .onDemand), of: UsageSelection(family: "m5"),
          on: Hour(year: 2024, month: 2, day: 1), place: "scenario.yaml:6"),
        KnownChange(
          .price(factor: 1.2, extent: .all),
          of: UsageSelection(provider: .gcp, operatingSystem: "Linux"),
          on: Hour(year: 2024, month: 3, day: 1), place: "scenario.yaml:7"),
      ])
  }

  @Test func whatIsWrongWithPrices() throws {
    let folder = try ScenarioFolder(
      ScenarioFolder.least + """
        forecast:
          changes:
            - {change: price, date: 2024-01-01T01:00:00Z, factor: 0}
            - {change: price, date: 2024-01-01T01:00:00Z, factor: 0.5, percent: -50}
            - {change: price, date: 2024-01-01T01:00:00Z, percent: -100, applies_to: on_demand}
            - {change: price, account: "1", months: 3, to: m6g, date: 2024-01-01T01:00:00Z}
        """)
    #expect(
      folder.report() == """
        error scenario.out-of-range scenario.yaml:6: forecast.changes.factor is '0'; it must be above \
        0 and up to 100 (0.9: a tenth less)
          write a number that is above 0 and up to 100 (0.9: a tenth less)
        error scenario.contradiction scenario.yaml:7: 'forecast.changes.factor' and \
        'forecast.changes.percent' say the same
          keep one of them
        error scenario.out-of-range scenario.yaml:8: forecast.changes.percent is '-100'; it must be \
        above -100 and up to 9900 (-10: a tenth less)
          write a number that is above -100 and up to 9900 (-10: a tenth less)
        error scenario.unknown-value scenario.yaml:8: forecast.changes.applies_to does not know \
        'on_demand'
          did you mean 'on-demand'? It must be one of on-demand, all
        error scenario.missing-key scenario.yaml:9: the key 'forecast.changes.factor' is missing
          add factor: 0.9, or percent: -10
        error scenario.unknown-key scenario.yaml:9: 'forecast.changes.account' does not go with the \
        change price
          remove it: price has applies_to, factor, percent
        error scenario.unknown-key scenario.yaml:9: 'forecast.changes.months' does not go with the \
        change price
          remove it: price has applies_to, factor, percent
        error scenario.unknown-key scenario.yaml:9: 'forecast.changes.to' does not go with the change \
        price
          remove it: price has applies_to, factor, percent
        """)
  }

  @Test func historyReachesBackBeyondTheWindow() throws {
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    for hour in 0..<600 {
      let stamp = (Hour(year: 2024, month: 1, day: 1) + hour).iso8601
      usage += "\(stamp),aws,us-east-1,m5.large,\(hour)\n"
    }
    let folder = try ScenarioFolder(
      ScenarioFolder.least + """
        window: {from: 2024-01-15T00:00:00Z, to: 2024-01-22T00:00:00Z}
        forecast: {horizon: 1}
        """, ["usage.csv": usage])
    let data = try #require(folder.load().value?.scenarios.first)
    #expect(data.demand.window.hours == 168)
    #expect(data.history?.window.hours == 21 * 24)
    var findings: [Finding] = []
    let prices = data.prices.book(currency: "USD")
    let paths = try #require(try ScenarioForecast(data, prices: prices).paths(&findings))
    #expect(paths.window.start == Hour(year: 2024, month: 1, day: 22))
    #expect(paths.window.end == Hour(year: 2024, month: 2, day: 22))
    #expect(paths.paths[0][0, 0] == 0)
    #expect(findings.isEmpty)
  }

  @Test func usageThatNoPriceIsKnownForIsRefused() throws {
    var usage = "timestamp,provider,region,instance_type,quantity\n"
    for hour in 0..<168 {
      let stamp = (Hour(year: 2024, month: 1, day: 1) + hour).iso8601
      usage += "\(stamp),aws,us-east-1,m5.large,1\n"
    }
    let folder = try ScenarioFolder(
      ScenarioFolder.least + """
        forecast:
          horizon: 1
          changes: [{change: migration, to: m9z, date: 2024-01-22T00:00:00Z}]
        """, ["usage.csv": usage])
    let data = try #require(folder.load().value?.scenarios.first)
    var findings: [Finding] = []
    let prices = data.prices.book(currency: "USD")
    let error = #expect(throws: FindingsError.self) {
      try ScenarioForecast(data, prices: prices).paths(&findings)
    }
    #expect(error?.findings.map(\.rule) == ["forecast.no-price"])
    #expect(error?.findings.first?.place == "scenario.yaml:4")
  }
}

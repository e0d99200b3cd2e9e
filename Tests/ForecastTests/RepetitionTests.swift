import CloudCosts
import Testing

@testable import Forecast

@Suite struct RepetitionTests {
  private static let start = Hour(year: 2023, month: 1, day: 1)

  private func history(hours: Int) -> Demand {
    Demand(
      window: HourWindow(start: Self.start, hours: hours), groups: [Sample.group("m5.large")],
      quantities: (0..<hours).map { Double($0) })
  }

  private func quantities(_ hours: Int, _ horizon: Int, gap: Int = 0) throws -> [Double] {
    let history = history(hours: hours)
    return try Forecaster(ForecastSettings(horizonMonths: 1))
      .paths(
        history: history, horizon: HourWindow(start: history.window.end + gap, hours: horizon)
      ).paths.paths[0].quantities
  }

  @Test func theLastWholeWeeksComeOverAndOver() throws {
    // 400 hours: the last two weeks, 336 hours, begin at hour 64.
    let future = try quantities(400, 700)
    #expect(Array(future[0..<336]) == (64..<400).map(Double.init))
    #expect(Array(future[336..<672]) == (64..<400).map(Double.init))
    #expect(future.last == Double(64 + 27))
  }

  @Test func aLateHorizonKeepsTheHourOfTheWeek() throws {
    let future = try quantities(168, 10, gap: 171)
    #expect(future == (3..<13).map(Double.init))
  }

  @Test func aYearOfHistoryKeepsTheTimeOfTheYear() throws {
    let future = try quantities(10_000, 8_760)
    #expect(future[0] == 10_000 - 8_736)
    #expect(future[8_736] == future[0])
  }

  @Test func growthBeginsWithTheHorizon() throws {
    let history = history(hours: 168)
    let future = try Forecaster(ForecastSettings(growth: 0.5, horizonMonths: 12))
      .paths(history: history, horizon: HourWindow(start: history.window.end, hours: 8_761))
    let path = future.paths.paths[0]
    #expect(abs(path[0, 1] - 1.0000462875) < 1e-9)
    #expect(abs(path[0, 8_760] - 1.5 * Double(8_760 % 168)) < 1e-9)
    #expect(future.paths.probabilities == [1])
  }

  @Test func lessThanAWeekIsRefused() throws {
    let error = #expect(throws: FindingsError.self) { try quantities(167, 10) }
    #expect(error?.findings.map(\.rule) == ["forecast.short-history"])
  }

  @Test func aHorizonInsideTheHistoryIsRefused() throws {
    let error = #expect(throws: FindingsError.self) { try quantities(168, 10, gap: -1) }
    #expect(error?.findings.map(\.rule) == ["forecast.horizon"])
  }
}

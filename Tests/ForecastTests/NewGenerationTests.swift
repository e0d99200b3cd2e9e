import CloudCosts
import Testing

@testable import Forecast

/// Families next to which a newer generation came into use.
@Suite struct NewGenerationTests {
  /// c5 all the time, and two of another type, in one hour of 50, from a week on.
  private static func heirs(
    _ type: String, from week: Int, region: String = "us-east-1", until end: Int = 70
  ) -> [String: String] {
    let groups = [Sample.group("c5.large"), Sample.group(type, region: region)]
    let history = Demand(
      window: HourWindow(start: Sample.start, hours: 70 * 168), groups: groups.sorted(),
      quantities: groups.sorted().flatMap { group in
        (0..<70 * 168).map { hour in
          group == groups[0] ? 100 : (week..<end).contains(hour / 168) ? 2 : 0
        }
      })
    return NewGeneration(Model(history, place: "")).heirs
  }

  /// 2 % of the usage, in whatever region, is enough: its share has not fallen.
  @Test func aNewerOneOfTheSameKindIsFollowed() {
    #expect(Self.heirs("c6g.large", from: 60) == ["c5": "c6g"])
    #expect(Self.heirs("c7i.large", from: 60, region: "eu-west-1") == ["c5": "c7i"])
  }

  @Test func nothingElseIs() {
    // Older, as new as, for other work, unknown.
    for type in ["c4.large", "c5a.large", "m6g.large", "x9.large"] {
      #expect(Self.heirs(type, from: 60).isEmpty, "\(type)")
    }
    // In use for more than a year, or since before the history.
    #expect(Self.heirs("c6g.large", from: 10).isEmpty)
    #expect(Self.heirs("c6g.large", from: 0).isEmpty)
    // Tried and given up.
    #expect(Self.heirs("c6g.large", from: 50, until: 60).isEmpty)
  }

  /// What is taken to be followed loses usage in most futures of three years.
  @Test func usageMovesToIt() throws {
    func moved(_ type: String) throws -> Int {
      let history = Sample.history(weeks: 70, ["c5.large", type]) { index, hour in
        index == 0 ? 100 : hour / 168 >= 60 ? 2 : 0
      }
      let paths = try Sample.forecast(
        history, ForecastSettings(method: .futures, paths: 24), hours: 26_280
      ).paths.paths
      return paths.count { $0[0, 26_000] < $0[1, 26_000] }
    }
    #expect(try moved("c6g.large") > 12)
    #expect(try moved("c5a.large") < 8)
  }
}

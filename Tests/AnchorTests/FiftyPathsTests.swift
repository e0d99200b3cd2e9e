import CloudCosts
import Foundation
import Ingest
import Planning
import TestSupport
import Testing

/// 50 paths × 8,760 hours × 47 series with CVaR: a measurement, made by `Tests/Performance/paths`
/// alone.
///
/// Usage and prices are those of `scenarios/shaved-ice`. Each path is put together from the weeks
/// of the last year, all series together, and each series drifts by a random walk of its own: 10 %
/// of its level a month.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["PLIMSOLL_PATHS"] != nil))
struct FiftyPathsTests {
  private static func file(_ name: String) -> InputFile {
    InputFile(
      path: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "scenarios/shaved-ice/\(name)").path)
  }

  static func paths(_ history: Demand, count: Int) -> DemandPaths {
    var random = SeededGenerator(seed: 2025)
    let window = HourWindow(start: history.window.end, hours: 8760)
    let first = history.window.hours - 8760
    return DemandPaths(
      (0..<count).map { _ in
        let weeks = (0..<53).map { _ in Int.random(in: 0..<51, using: &random) }
        var quantities: [Double] = []
        quantities.reserveCapacity(history.groups.count * 8760)
        for g in history.groups.indices {
          var level = 1.0
          for h in 0..<8760 {
            if h % 730 == 0 { level *= exp(Double.random(in: -0.17...0.17, using: &random)) }
            quantities.append(level * history[g, first + weeks[h / 168] * 168 + h % 168])
          }
        }
        return Demand(window: window, groups: history.groups, quantities: quantities)
      })
  }

  @Test func cvar() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = Int(environment["PLIMSOLL_PATHS"] ?? "") ?? 50
    let history = try #require(UsageReader.read(Self.file("usage.csv.gz")).value?.demand)
    let prices = try #require(PriceReader.read(Self.file("prices.csv.gz")).value)
      .book(currency: "USD")
    let measure = RiskSettings.Measure(rawValue: environment["PLIMSOLL_MEASURE"] ?? "") ?? .cvar
    let problem = PlanningProblem(
      paths: Self.paths(history, count: count),
      risk: RiskSettings(measure: measure, level: 0.9, weight: 0.5), prices: prices,
      policy: Policy(maxUpfront: 600_000, maxThreeYearShare: 0.5))
    let before = Usage()
    let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-3, timeLimit: 600)).plan()
    let after = Usage()
    let certificate = plan.certificate
    print(
      "\(count) paths, \(measure): \(after.seconds - before.seconds) s of processor time, "
        + "\(certificate.seconds) s, peak \(after.peakMegabytes) MB (\(before.peakMegabytes) MB "
        + "before planning), gap \(certificate.gap), \(certificate.rounds) rounds, "
        + "\(certificate.cuts) cuts, \(plan.purchases.count) purchases, objective "
        + "\(certificate.objective), bound \(certificate.bound)")
    #expect(certificate.gap <= 1e-3)
  }

  /// Processor time and memory of this process so far.
  private struct Usage {
    var seconds: Double
    var peakMegabytes: Int

    init() {
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      func value(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
      seconds = value(usage.ru_utime) + value(usage.ru_stime)
      peakMegabytes = Int(usage.ru_maxrss) / 1024
    }
  }
}

import CloudCosts
import Foundation
import Reports
import Testing

@testable import Scenarios

/// A whole walk, from a scenario's files to its documents.
@Suite struct BacktestTests {
  /// Three weeks and a day more than the least: usage that doubles after the first decision.
  final class Folder {
    let path = NSTemporaryDirectory() + "plimsoll-backtest-\(UUID().uuidString)"

    init(_ keys: String, quantity: (Int) -> Double = { $0 < 700 ? 10 : 20 }) throws {
      let start = Hour(year: 2024, month: 1, day: 1)
      let usage = (0..<1400).map { hour in
        "\((start + hour).iso8601),aws,us-east-1,m5.large,\(quantity(hour))"
      }
      let files = [
        "scenario.yaml": "name: test\nusage: usage.csv\nprices: prices.csv\nbacktest: \(keys)\n",
        "usage.csv": "timestamp,provider,region,instance_type,quantity\n"
          + usage.joined(separator: "\n"),
        "prices.csv": """
        provider,region,instance_type,product,term_years,payment,upfront,hourly
        aws,us-east-1,m5.large,on-demand,,,0,0.1
        aws,us-east-1,m5.large,sp-compute,1,no-upfront,0,0.06
        aws,us-east-1,m5.large,ri-standard,1,no-upfront,0,0.05
        """,
      ]
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in files {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func backtest() throws -> (scenario: String, backtests: [Backtest], findings: [Finding]) {
      try withExtendedLifetime(self) { try ScenarioRunner(path: path).backtest() }
    }

    func failures() -> [String] {
      do {
        _ = try backtest()
        return []
      } catch {
        return ((error as? FindingsError)?.findings ?? []).map(\.rule)
      }
    }
  }

  static let keys = "{from: 2024-01-29T00:00:00Z, every: 168}"

  /// The optimizer next to the policies: hindsight is then over all that is on sale.
  @Test func theOptimizerWalks() throws {
    let result = try Folder(
      "{from: 2024-01-29T00:00:00Z, every: 168,"
        + " planner: {paths: 4, horizon: 12, sample: 5, hindsight_sample: 1}}"
    ).backtest()
    let backtest = try #require(result.backtests.first)
    let named = Dictionary(uniqueKeysWithValues: backtest.policies.map { ($0.name, $0) })
    let hindsight = try #require(named[.hindsight])
    let planner = try #require(named[.planner])
    #expect(planner.netSavings > .zero)
    for policy in backtest.policies {
      #expect(policy.netSavings <= hindsight.netSavings + Money(rounding: 0.01), "\(policy.name)")
    }
    // RIs at 0.05 instead of plans at 0.06, from the first date on.
    #expect(hindsight.netSavings > (named[.hindsightOfProduct]?.netSavings ?? .zero))
    // A jump is believed after two weeks, and it comes on the second day.
    #expect(planner.shareOfHindsight ?? 0 > 0.5)
    #expect(planner.lockedBeyond > .zero)
    #expect(named[.onDemand]?.lockedBeyond == .zero)
    let document = BacktestDocument(scenario: "test", [backtest], findings: [])
    let text = BacktestTable(document).text
    #expect(text.contains("planner") && text.contains("locked on"))
    #expect(try document.json().contains("\"locked_beyond_window\""))
    // Without the key it does not.
    let plain = try Folder(Self.keys).backtest().backtests[0].policies.map(\.name)
    #expect(!plain.contains(.planner) && !plain.contains(.hindsightOfProduct))
  }

  @Test func presetsAreRowsOfTheTable() throws {
    let walked = "planner: {paths: 3, horizon: 12, sample: 25, presets: [run, crawl]}"
    let keys = "from: 2024-01-29T00:00:00Z, every: 336, policies: [planner]"
    let backtest = try #require(try Folder("{\(keys), \(walked)}").backtest().backtests.first)
    #expect(backtest.policies.map(\.name) == [.planner, .plannerCrawl, .plannerRun, .hindsight])
    let named = Dictionary(uniqueKeysWithValues: backtest.policies.map { ($0.name, $0) })
    let crawl = try #require(named[.plannerCrawl])
    // Flexible plans alone, up to 60 % of the 20 instances that were known last.
    #expect(crawl.bought.allSatisfy { $0.terms.product == .computeSavingsPlan })
    #expect(crawl.monthlyCoverage.compactMap { $0 }.allSatisfy { $0 <= 0.6 + 1e-9 })
    #expect(try #require(named[.plannerRun]).bought.contains { $0.terms.product == .standardRI })
    // What is written next to the preset wins over it.
    let own = try Folder("{\(keys), \(walked)}\npolicy: {max_hourly_commitment: 0.1}").backtest()
    for result in try #require(own.backtests.first).policies where result.name.preset != nil {
      #expect(result.bought.reduce(Money.zero) { $0 + $1.hourly } <= Money(rounding: 0.1))
    }
    #expect(
      try Folder("{planner: {presets: [crawl]}, policies: [planner-walk]}").failures()
        == ["scenario.missing-key"])
    #expect(
      try Folder("{planner: {presets: [wlak]}}").failures() == ["scenario.unknown-value"])
  }

  @Test func aPresetThatAllowsNothingOnSaleIsTold() throws {
    func rules(_ yaml: String) throws -> [String] {
      try Folder(Self.keys + "\n" + yaml).backtest().findings.map(\.rule)
    }
    // A month is billed.
    let short = "backtest.short-window"
    #expect(try rules("policy: {preset: crawl}") == [short])
    // Only one-year terms are in the price file.
    #expect(
      try rules("policy: {preset: crawl}\noffers: {terms: [3]}")
        == ["scenario.preset-buys-nothing", short])
    #expect(try rules("offers: {terms: [3]}") == [short])
  }

  @Test func theOptimizerDecidesOnAllUsageAtOnce() throws {
    #expect(
      try Folder("{pools: each, planner: {paths: 2}}").failures() == ["scenario.unknown-value"])
    #expect(try Folder("{planner: {paths: 0}}").failures() == ["scenario.out-of-range"])
    #expect(try Folder("{planner: {path: 3}}").failures() == ["scenario.unknown-key"])
  }

  @Test func billsWhatHappened() throws {
    let result = try Folder(Self.keys).backtest()
    let backtest = try #require(result.backtests.first)
    let named = Dictionary(uniqueKeysWithValues: backtest.policies.map { ($0.name, $0) })
    // From the hour 672 on: 28 hours of 10 and 700 of 20 instances.
    #expect(backtest.onDemand == Money(rounding: 0.1 * (28 * 10 + 700 * 20)))
    #expect(named[.onDemand]?.netSavings == .zero)
    // Hindsight buys 20 at once, wasting 10 for 28 hours; or 10 and, a week later, 10 more.
    let atOnce = Money(rounding: 0.06 * 20 * 728)
    let inSteps = Money(
      rounding: 0.06 * (10 * 728 + 10 * 560) + 0.1 * 10 * 140)
    #expect(named[.hindsight]?.cost == min(atOnce, inSteps))
    #expect(named[.hindsight]?.shareOfHindsight == 1)
    let flat = try #require(named[.flat7])
    #expect(flat.cost == inSteps)
    #expect(flat.regret == inSteps - min(atOnce, inSteps))
    #expect(named.values.allSatisfy { $0.monthlySavings.total() == $0.netSavings })
  }

  @Test func reservationsAreWholeAndLossesShow() throws {
    // Usage ends on 30 January, a day after the first decision: both months lose money.
    let folder = try Folder(
      "{from: 2024-01-29T00:00:00Z, every: 168, product: ri-standard, policies: [flat-7-days]}",
      quantity: { $0 < 700 ? 10.5 : 0 })
    let backtest = try #require(try folder.backtest().backtests.first)
    #expect(backtest.policies.map(\.name) == [.flat7, .hindsight])
    let flat = backtest.policies[0]
    #expect(flat.cost == Money(rounding: 0.05 * 10 * 728 + 0.1 * 0.5 * 28))
    #expect(flat.netSavings < .zero)
    #expect(flat.losingMonths == 2)
    #expect(backtest.policies[1].netSavings == .zero)
    #expect(flat.shareOfHindsight == nil)
  }

  @Test func documentsHaveWhatTheContractAsksFor() throws {
    let result = try Folder(Self.keys).backtest()
    let document = BacktestDocument(
      scenario: result.scenario, result.backtests, findings: result.findings)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(document.json().utf8)) as? [String: Any])
    let policies = try #require(json["policies"] as? [[String: Any]])
    #expect(
      policies.map { $0["name"] as? String }
        == PolicyName.allCases.filter { !$0.walks }.map(\.rawValue))
    #expect(policies.allSatisfy { $0["net_savings"] is NSNumber })
    #expect(policies.allSatisfy { $0["share_of_hindsight"] is NSNumber })
    #expect(BacktestCSV(document).text.split(whereSeparator: \.isNewline).count == 14)
    #expect(BacktestTable(document).text.contains("hindsight"))
    #expect(BacktestPage(document).text.contains("</html>"))
    #expect(BacktestFile(path: "out/x.svg") == .svg)
    #expect(BacktestFile(path: "out") == nil)
    #expect(try BacktestFile.svg.text(document).hasPrefix("<?xml"))
  }

  @Test(arguments: [
    ("{from: 2024-01-05T00:00:00Z}", "backtest.too-little-history"),
    ("{}", "backtest.too-little-history"),
    (
      "{from: 2024-01-29T00:00:00Z, every: 168, product: ri-convertible}",
      "backtest.nothing-on-sale"
    ),
    ("{from: 2024-01-29T00:00:00Z, every: 168, only: [mars]}", "backtest.unknown-pool"),
    ("{every: 3}", "scenario.out-of-range"),
    ("{premium: 0.5}", "scenario.out-of-range"),
    ("{polices: [floor]}", "scenario.unknown-key"),
    ("{product: on-demand}", "scenario.unknown-value"),
    ("{policies: [flor]}", "scenario.unknown-value"),
  ])
  func badSettingsAreFindings(keys: String, rule: String) throws {
    #expect(try Folder(keys).failures() == [rule])
  }

  /// A year, so that a season was seen; of a history that leaves nothing to bill then, half.
  @Test(arguments: [(26_280, 8760), (9490, 8760), (9489, 4744), (1680, 840), (700, 672)])
  func decisionsBeginWhereSomethingIsKnown(hours: Int, start: Int) {
    #expect(BacktestSettings().usualStart(hours) == start)
  }

  @Test func theShippedScenarioIsRead() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let reading = ScenarioFile.read(
      root.appendingPathComponent("scenarios/shaved-ice-backtest").path)
    #expect(reading.findings == [])
    let scenarios = try #require(reading.value?.scenarios)
    #expect(scenarios.filter { $0.backtest.planner == nil }.count == 9)
    #expect(
      scenarios.filter(\.backtest.isReversed).map(\.name) == ["backwards", "all-backwards"])
    for walked in scenarios where walked.backtest.planner != nil {
      #expect(walked.name.hasPrefix("all-"))
      #expect(walked.backtest.planner?.paths == 24)
      #expect(walked.backtest.premium == nil)
      #expect(walked.walkedForecast.method == .futures)
      #expect(walked.walkedForecast.namesSuccessors)
    }
    #expect(scenarios.map(\.backtest.premium).prefix(4) == [2.1, 2.1, 2.1, 2.1])
    #expect(scenarios[8].backtest.product == .standardRI)
  }

  @Test func usageThatIsZeroThroughoutIsRefused() throws {
    let folder = try Folder(Self.keys, quantity: { $0 < 100 ? 1 : 0 })
    #expect(folder.failures() == ["backtest.nothing-on-sale"])
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Bills by the month that name no resources: a month so far and the whole one have the same rows
/// with other amounts, parts of one export have other rows.
@Suite(.serialized) struct MonthlyBillTests {
  private static let header =
    "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,"
    + "lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,lineItem/ResourceId,"
    + "lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,product/region,"
    + "pricing/publicOnDemandCost"

  /// A type's hours in March 2025 at 0.1 each.
  private static func row(
    _ type: String, _ hours: Int, account: String = "1", end: String = "04-01"
  ) -> String {
    "\(account),Usage,2025-03-01T00:00:00Z,2025-\(end)T00:00:00Z,AmazonEC2,BoxUsage:\(type),"
      + "RunInstances,,\(hours),USD,\(Double(hours) / 10),us-east-1,\(Double(hours) / 10)"
  }

  private static func tax(_ amount: Double) -> String {
    "1,Tax,2025-03-01T00:00:00Z,2025-04-01T00:00:00Z,AmazonEC2,,,,1,USD,\(amount),,"
  }

  private static let types = ["m5.large", "c5.large", "r5.large"]

  private func hourly(_ days: ClosedRange<Int>, _ type: String) -> [String] {
    days.flatMap { day in
      (0..<24).map { hour in
        func moment(_ day: Int, _ hour: Int) -> String {
          "2025-03-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):00:00Z"
        }
        return
          "1,Usage,\(moment(day, hour)),\(hour == 23 ? moment(day + 1, 0) : moment(day, hour + 1)),"
          + "AmazonEC2,BoxUsage:\(type),RunInstances,,1,USD,0.1,us-east-1,0.1"
      }
    }
  }

  private func write(_ place: BillPlace, _ rows: [String], _ name: String) throws {
    _ = try place.write(([Self.header] + rows).joined(separator: "\n") + "\n", name)
  }

  private func expect(_ place: BillPlace, hours: Double, billed: Double) throws {
    let history = try History(path: place.history)
    #expect(abs((try history.usage()?.demand.quantities.reduce(0, +) ?? 0) - hours) < 1e-6)
    #expect(try history.costs().map(\.billed).total() == Money(rounding: billed))
    let totals = try history.totals()
    #expect(totals.filter { $0.rule.isEmpty }.map(\.billed).total() == Money(rounding: billed))
  }

  /// In whatever order, by whatever names, at once or one after the other, and where the month so
  /// far ends on the day of its export.
  @Test(arguments: [["a.csv", "b.csv"], ["b.csv", "a.csv"]], [true, false])
  func aMonthSoFarIsReplaced(names: [String], isAtOnce: Bool) async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(
      place, Self.types.map { Self.row($0, 400, end: "03-18") } + [Self.tax(8)], names[0])
    try write(place, Self.types.map { Self.row($0, 744) } + [Self.tax(15)], names[1])
    var findings: [Finding] = []
    let paths = ["a.csv", "b.csv"].map { place.folder.appending(path: $0).path }
    if isAtOnce {
      findings = try await place.run(paths[0], paths[1]).findings
    } else {
      for path in paths { findings += try await place.run(path).findings }
    }
    // 3 × 744 h at 0.1, and 15 of tax.
    try expect(place, hours: 2232, billed: 238.2)
    let finding = try #require(findings.first { $0.rule == "import.rows-once" })
    #expect(finding.severity == .warning && finding.place.hasSuffix(names[1]))
    // 3 × 400 h at 0.1, and 8 of tax.
    #expect(finding.message.contains("4 rows of 1 day, 128.00 USD billed"))
    #expect(finding.message.contains("of the same months, with other amounts"))
    #expect(finding.remedy.contains("histories of their own"))
  }

  /// A whole month that was corrected by less than 2 %: what came in last.
  @Test func aCorrectedMonthIsReplaced() async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, Self.types.map { Self.row($0, 744) }, "b.csv")
    _ = try await place.run(place.folder.appending(path: "b.csv").path)
    try write(place, Self.types.map { Self.row($0, 740) }, "a.csv")
    _ = try await place.run(place.folder.appending(path: "a.csv").path)
    try expect(place, hours: 2220, billed: 222)
  }

  /// An export that sums up has each row in one part; other accounts' rows are others.
  @Test func partsAreAddedUp() async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, [Self.row("m5.large", 744), Self.row("c5.large", 744)], "1.csv")
    try write(place, [Self.row("r5.large", 744)], "2.csv")
    try write(place, Self.types.map { Self.row($0, 744, account: "2") }, "3.csv")
    let summary = try await place.run(place.folder.path)
    #expect(Set(summary.findings.map(\.rule)) == ["import.daily-rows"])
    try expect(place, hours: 4464, billed: 446.4)
  }

  /// Rows that differ in nothing tell no part from another export: both count, and it is said.
  @Test func partsThatCannotBeToldAreSaid() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let rows = Self.types.flatMap { type in (1...4).map { Self.row(type, 100 * $0) } }
    try write(place, rows, "1.csv")
    try write(place, rows.map { $0.replacing("00,USD,", with: "50,USD,") }, "2.csv")
    let summary = try await place.run(place.folder.path)
    let finding = try #require(summary.findings.first { $0.rule == "import.same-month" })
    #expect(finding.severity == .warning && finding.place.hasSuffix("2.csv"))
    #expect(finding.message.contains("2025-03") && finding.message.contains("1.csv"))
    // 3 × (100 + 200 + 300 + 400) h at 0.1.
    #expect(finding.message.contains("12 rows, 300.00 USD billed"))
    #expect(finding.remedy.contains("--remove FILE"))
  }

  /// A monthly export next to one by the hour or day is the same usage: the finer one counts,
  /// unless it holds less of the month.
  @Test(arguments: [(31, 744.0), (10, 744.0)])
  func monthsNextToHoursCountOnce(days: Int, hours: Double) async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, [Self.row("m5.large", 744)], "months.csv")
    try write(
      place,
      hourly(1...days, "m5.large").map { $0.replacing("2025-03-32", with: "2025-04-01") },
      "hours.csv")
    let summary = try await place.run(place.folder.path)
    try expect(place, hours: hours, billed: 74.4)
    let finding = try #require(summary.findings.first { $0.rule == "import.parallel-exports" })
    #expect(finding.place.hasSuffix(days == 31 ? "hours.csv" : "months.csv"))
    #expect(finding.message.contains(days == 31 ? "74.40 USD billed" : "24.00 USD billed"))
  }

  /// Fees by the month in a part of an hourly export make it no monthly one.
  @Test func feesOfAMonthAreAPart() async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, hourly(1...3, "m5.large"), "1.csv")
    let fee = Self.row("m5.large", 744).replacing(",Usage,", with: ",RIFee,")
    try write(place, [fee, Self.tax(5)], "2.csv")
    _ = try await place.run(place.folder.path)
    let billed = try History(path: place.history).costs().map(\.billed).total()
    #expect(billed == Money(rounding: 7.2 + 74.4 + 5))
  }
}

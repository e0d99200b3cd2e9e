import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// The same usage in several files: a month so far and the whole month, one report twice, CUR next
/// to FOCUS. Parts of one export are added up.
@Suite(.serialized) struct RepeatedBillTests {
  private static let header =
    "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,"
    + "lineItem/ProductCode,lineItem/UsageType,lineItem/Operation,lineItem/ResourceId,"
    + "lineItem/UsageAmount,lineItem/CurrencyCode,lineItem/UnblendedCost,product/region,"
    + "pricing/publicOnDemandCost"

  private static func moment(_ day: Int, _ hour: Int) -> String {
    "2025-03-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):00:00Z"
  }

  /// Hours of machines: a row each.
  private static func usage(
    _ days: ClosedRange<Int>, _ machines: [String], lastHours: Int = 24, account: String = "1"
  ) -> [String] {
    days.flatMap { day in
      (0..<(day == days.upperBound ? lastHours : 24)).flatMap { hour in
        machines.map { machine in
          "\(account),Usage,\(moment(day, hour)),\(hour == 23 ? moment(day + 1, 0) : moment(day, hour + 1)),"
            + "AmazonEC2,BoxUsage:m5.large,RunInstances,\(machine),1,USD,0.1,us-east-1,0.1"
        }
      }
    }
  }

  private func write(_ place: BillPlace, _ rows: [String], _ name: String) throws {
    _ = try place.write(([Self.header] + rows).joined(separator: "\n") + "\n", name)
  }

  private func hours(_ place: BillPlace) throws -> Double {
    try History(path: place.history).usage()?.demand.quantities.reduce(0, +) ?? 0
  }

  private func billed(_ place: BillPlace) throws -> Money {
    try History(path: place.history).costs().map(\.billed).total()
  }

  /// What rules took and the files' own totals still agree.
  private func expectTotals(_ place: BillPlace, _ money: Money) throws {
    let totals = try History(path: place.history).totals()
    #expect(totals.filter { $0.rule.isEmpty }.map(\.billed).total() == money)
    #expect(totals.filter { !$0.rule.isEmpty }.map(\.billed).total() == money)
    #expect(try billed(place) == money)
  }

  @Test(arguments: [["full.csv", "so-far.csv"], ["so-far.csv", "full.csv"]])
  func aMonthSoFarNextToTheMonthCountsOnce(order: [String]) async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, Self.usage(1...6, ["a", "b"]), "full.csv")
    // Its last day is not complete.
    try write(place, Self.usage(1...3, ["a", "b"], lastHours: 11), "so-far.csv")
    var findings: [Finding] = []
    for name in order {
      findings += try await place.run(place.folder.appending(path: name).path).findings
    }
    #expect(try hours(place) == 288)
    try expectTotals(place, Money(rounding: 28.8))
    let finding = try #require(findings.first { $0.rule == "import.rows-once" })
    #expect(finding.place.hasSuffix("full.csv") && finding.message.contains("so-far.csv"))
    #expect(
      finding.message.contains("118 rows of 3 days, 11.80 USD billed and 11.80 USD effective"))
    #expect(try History(path: place.history).sources().map(\.rows) == [288])
  }

  /// Halves of one export by resource have the same sums on every day, and no row in common.
  @Test func partsOfOneExportAreAddedUp() async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, Self.usage(1...6, ["a"]), "part-1.csv")
    try write(place, Self.usage(1...6, ["b"]), "part-2.csv")
    try write(place, Self.usage(1...6, ["a"], account: "2"), "part-3.csv")
    let summary = try await place.run(place.folder.path)
    #expect(summary.findings.isEmpty, "\(summary.findings)")
    #expect(try hours(place) == 432)
  }

  /// Late rows change every day's sums, and parts of both runs are cut in other places.
  @Test func partsOfTwoRunsCountOnce() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let late = Self.usage(1...4, ["late"], lastHours: 24)
    let full = Self.usage(1...6, ["a", "b", "c"]) + late
    let soFar = Self.usage(1...4, ["a", "b", "c"])
    func part(_ rows: [String], _ step: Int, _ rest: Int) -> [String] {
      rows.indices.filter { $0 % step == rest }.map { rows[$0] }
    }
    for rest in 0..<2 { try write(place, part(soFar, 2, rest), "a\(rest).csv") }
    for rest in 0..<3 { try write(place, part(full, 3, rest), "b\(rest).csv") }
    _ = try await place.run(place.folder.path)
    #expect(try hours(place) == 528)
    try expectTotals(place, Money(rounding: 52.8))
  }

  @Test func windowsThatOverlapLoseTheirCommonDays() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let tax = "1,Tax,\(Self.moment(2, 0)),\(Self.moment(3, 0)),AmazonEC2,,,,1,USD,0.7,,"
    try write(place, Self.usage(1...4, ["a"]) + [tax], "w1.csv")
    try write(place, Self.usage(3...6, ["a"]), "w2.csv")
    _ = try await place.run(place.folder.path)
    #expect(try hours(place) == 144)
    try expectTotals(place, Money(rounding: 15.1))
  }

  @Test(arguments: [true, false]) func curNextToFOCUSCountsOnce(curHasMore: Bool) async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, Self.usage(1...(curHasMore ? 6 : 3), ["a", "b"]), "cur.csv")
    let focus = (1...(curHasMore ? 3 : 6)).flatMap { day in
      (0..<24).map { hour in
        Focus.row(
          Self.moment(day, hour), hour == 23 ? Self.moment(day + 1, 0) : Self.moment(day, hour + 1))
      }
    }
    _ = try place.write(([Focus.header] + focus).joined(separator: "\n") + "\n", "focus.csv")
    let summary = try await place.run(place.folder.path)
    #expect(try hours(place) == 288)
    try expectTotals(place, Money(rounding: 28.8))
    let finding = try #require(summary.findings.first { $0.rule == "import.parallel-exports" })
    #expect(finding.severity == .warning && finding.message.contains("14.40 USD billed"))
    #expect(finding.place.hasSuffix(curHasMore ? "cur.csv" : "focus.csv"))
    #expect(summary.imported.count == 1)
  }

  /// The one by the hour counts; of a report by the day what lies beyond it stays.
  @Test func hoursNextToDaysCountOnce() async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, Self.usage(1...6, ["a", "b"]), "hours.csv")
    let days = (1...6).map { day in
      "1,Usage,\(Self.moment(day, 0)),\(Self.moment(day + 1, 0)),AmazonEC2,BoxUsage:m5.large,"
        + "RunInstances,,48,USD,4.8,us-east-1,4.8"
    }
    try write(place, days, "days.csv")
    let summary = try await place.run(place.folder.path)
    #expect(try hours(place) == 288)
    #expect(summary.imported.map(\.source.path).allSatisfy { $0.hasSuffix("hours.csv") })
    #expect(summary.findings.map(\.rule).contains("import.parallel-exports"))
  }

  /// A row of a day is for less where the day was not complete: the first one, or one of several.
  @Test(arguments: [1, 4], [true, false])
  func daysThatWereNotCompleteCountOnce(last: Int, namesResources: Bool) async throws {
    // Without resources a single day that says something else may be a part of its own.
    guard last > 1 || namesResources else { return }
    let place = try BillPlace()
    defer { place.close() }
    func days(_ range: ClosedRange<Int>, lastHours: Int) -> [String] {
      range.map { day in
        let hours = day == range.upperBound ? lastHours : 24
        return "1,Usage,\(Self.moment(day, 0)),\(Self.moment(day + 1, 0)),AmazonEC2,"
          + "BoxUsage:m5.large,RunInstances,\(namesResources ? "a" : ""),\(hours),USD,"
          + "\(hours)00e-3,us-east-1,\(hours)00e-3"
      }
    }
    try write(place, days(1...last, lastHours: 11), "so-far.csv")
    try write(place, days(1...6, lastHours: 24), "full.csv")
    let summary = try await place.run(place.folder.path)
    #expect(abs(try hours(place) - 144) < 1e-9)
    try expectTotals(place, Money(rounding: 14.4))
    #expect(summary.findings.map(\.rule).contains("import.rows-once"))
  }

  /// Of a file whose rows another one holds, other accounts' rows stay.
  @Test func rowsOfOtherAccountsStay() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let common = Self.usage(1...3, ["a", "b", "c"])
    try write(place, common + Self.usage(1...3, ["d"], account: "2"), "one.csv")
    try write(place, common + Self.usage(1...3, ["e", "f"], account: "3"), "two.csv")
    _ = try await place.run(place.folder.path)
    #expect(try hours(place) == 432)
    try expectTotals(place, Money(rounding: 43.2))
  }

  /// FOCUS 1.0 next to 1.2: no row has the same texts, and no part of an export other columns.
  @Test func exportsWithOtherColumnsCountOnce() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let rows = (0..<48).map { index in
      let day = 1 + index / 24
      let hour = index % 24
      return Focus.row(
        Self.moment(day, hour), hour == 23 ? Self.moment(day + 1, 0) : Self.moment(day, hour + 1))
    }
    _ = try place.write(([Focus.header] + rows).joined(separator: "\n") + "\n", "focus-1.0.csv")
    let renamed = Focus.header.replacing("x_UsageType", with: "SkuMeter")
      .replacing("x_Operation", with: "x_Other")
    _ = try place.write(([renamed] + rows).joined(separator: "\n") + "\n", "focus-1.2.csv")
    let summary = try await place.run(place.folder.path)
    #expect(summary.findings.map(\.rule).contains("import.parallel-exports"))
    #expect(try hours(place) == 96)
  }

  /// Bills of two accounts are alike, and other bills.
  @Test func anotherFormatOfAnotherAccountIsAdded() async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, Self.usage(1...2, ["a"], account: "2"), "cur.csv")
    _ = try place.write(
      Focus.bill(Focus.row(Self.moment(1, 0), Self.moment(1, 1))), "focus.csv")
    let summary = try await place.run(place.folder.path)
    #expect(summary.findings.isEmpty, "\(summary.findings)")
    #expect(try hours(place) == 50)
  }

  @Test func sharesOfTotalsAddUp() {
    var whole = TotalShare.Sum()
    #expect(whole.shared(by: [TotalShare.Sum(), TotalShare.Sum()]).count == 2)
    whole = TotalShare.Sum(values: [10, -7, 100, 3, 1])
    let parts = [[1, 1, 1, 1, 0], [2, 5, -1, 0, 0], [0, 3, 4, 7, 0]].map {
      TotalShare.Sum(values: $0)
    }
    var sum = TotalShare.Sum()
    for part in whole.shared(by: parts) { sum += part }
    #expect(sum == whole)
  }
}

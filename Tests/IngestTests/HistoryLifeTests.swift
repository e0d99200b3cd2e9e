import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Months that come again, and go; commitments that end before their term; plans that other
/// services use.
@Suite(.serialized) struct HistoryLifeTests {
  private static let reported = BillPlace.shipped.appending(path: "reported")

  private static func day(_ day: Int, _ hours: String = "24", account: String = "1") -> String {
    let start = "2025-03-\(day < 10 ? "0" : "")\(day)T00:00:00Z"
    let end = "2025-03-\(day < 9 ? "0" : "")\(day + 1)T00:00:00Z"
    return Focus.row(start, end, quantity: hours).replacing(
      ",1,us-east-1", with: ",\(account),us-east-1")
  }

  private func write(_ place: BillPlace, _ rows: [String], _ name: String) throws {
    let folder = (name as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(
      at: place.folder.appending(path: folder), withIntermediateDirectories: true)
    _ = try place.write(([Focus.header] + rows).joined(separator: "\n") + "\n", name)
  }

  private func hours(_ place: BillPlace) throws -> Double {
    try History(path: place.history).usage()?.demand.quantities.reduce(0, +) ?? 0
  }

  /// finops-toolkit #320, aws-usage-queries #8: every run holds the whole month so far.
  @Test(arguments: [("snapshots-told", 72.0), ("snapshots-silent", 73.5)])
  func aLaterSnapshotTakesTheEarliersPlace(name: String, expected: Double) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let summary = try await place.run(Self.reported.appending(path: name).path)
    #expect(summary.findings.map(\.rule).contains("import.snapshot-replaced"))
    #expect(!summary.findings.map(\.rule).contains("import.same-rows"))
    #expect(abs(try hours(place) - expected) < 1e-9)
    #expect(summary.imported.count == 1)
  }

  @Test func anEarlierSnapshotThatComesLaterChangesNothing() async throws {
    let place = try BillPlace()
    defer { place.close() }
    try write(place, [Self.day(1), Self.day(2), Self.day(3)], "20250303/a.csv")
    try write(place, [Self.day(1), Self.day(2)], "20250302/a.csv")
    for folder in ["20250303", "20250302"] {
      _ = try await place.run(place.folder.appending(path: folder).path)
    }
    #expect(try hours(place) == 72)
    #expect(try History(path: place.history).sources().count == 1)
  }

  /// A folder for each day with late rows, for each account, and for each service are no snapshots.
  @Test(arguments: [
    [[day(1)], [day(2), day(1, "0.5"), day(2), day(2)]],
    [[day(1), day(2)], [day(1, account: "2"), day(2, account: "2"), day(3, account: "2")]],
    [
      [day(1), day(2)],
      [day(1), day(2), day(3)].map { $0.replacing("Amazon EC2", with: "EC2 of another name") },
    ],
  ])
  func otherFoldersAreAdded(runs: [[String]]) async throws {
    let place = try BillPlace()
    defer { place.close() }
    // Many rows on the first day: what is late is few.
    let many = Array(repeating: runs[0], count: 10).flatMap { $0 }
    try write(place, many, "a/x.csv")
    try write(place, runs[1], "b/x.csv")
    let summary = try await place.run(place.folder.path)
    #expect(!summary.findings.map(\.rule).contains("import.snapshot-replaced"))
    #expect(summary.imported.count == 2)
  }

  /// Of a file of two months, the one that a later run holds goes; the other stays.
  @Test func aMonthOfAFileIsReplaced() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let february = Self.day(1).replacing("2025-03-01", with: "2025-02-01")
      .replacing("2025-03-02", with: "2025-02-02")
    try write(place, [february, Self.day(1), Self.day(2)], "20250302/a.csv")
    try write(place, [Self.day(1), Self.day(2), Self.day(3)], "20250303/a.csv")
    _ = try await place.run(place.folder.path)
    #expect(abs(try hours(place) - 96) < 1e-9)
    let contents = try History(path: place.history).contents()
    #expect(contents.map { $0.months.map(\.description) } == [["2025-02"], ["2025-03"]])
  }

  @Test func filesAndMonthsAreTakenOut() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let february = Self.day(1).replacing("2025-03-01", with: "2025-02-01")
      .replacing("2025-03-02", with: "2025-02-02")
    try write(place, [february, Self.day(1)], "a.csv")
    try write(place, [Self.day(2, account: "2")], "b.csv")
    _ = try await place.run(place.folder.path)
    let editor = try HistoryEditor(path: place.history)
    // Nothing is taken out where one name is not in it.
    let error = #expect(throws: FindingsError.self) { try editor.remove(["2025-02", "c.csv"]) }
    #expect(error?.findings.map(\.rule) == ["history.not-in-it"])
    #expect(abs(try hours(place) - 72) < 1e-9)
    try editor.remove(["2025-02"])
    #expect(abs(try hours(place) - 48) < 1e-9)
    try editor.remove(["a.csv"])
    #expect(abs(try hours(place) - 24) < 1e-9)
    #expect(try History(path: place.history).contents().map(\.accounts) == [1])
    // What was cut may be imported again.
    let again = try await place.run(place.folder.appending(path: "a.csv").path)
    #expect(again.imported.count == 1)
    #expect(abs(try hours(place) - 72) < 1e-9)
  }

  /// Savings Plans user guide, "Returning a purchased Savings Plan": no row after the day of the
  /// return.
  @Test func aCommitmentThatNoRowNamesAnyMoreHasEnded() async throws {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(Self.reported.appending(path: "returned-savings-plan.csv.gz").path)
    let entry = try #require(try History(path: place.history).ownership().first)
    #expect(entry.commitment.end == Hour(year: 2026, month: 1, day: 1))
    #expect(entry.gone == Hour(year: 2025, month: 3, day: 4))
    let owned = OwnedReader.read(InputFile(path: place.history))
    #expect(owned.findings.map(\.rule) == ["owned.ended-early"])
    #expect(owned.value?.commitments.map(\.end) == [Hour(year: 2025, month: 3, day: 4)])
  }

  /// Compute plans cover EC2, Fargate and Lambda; the bill names what each hour was spent on.
  @Test func aPlanThatOtherServicesUseIsNotFree() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let file = Self.reported.appending(path: "savings-plan-used-by-fargate.csv.gz")
    _ = try await place.run(file.path)
    let history = try History(path: place.history)
    let entry = try #require(try history.ownership().first)
    // Fargate is demand: it is left out, and its use taken off, where the price file has no price
    // for it.
    #expect(entry.usedElsewhere == 0)
    let free = OwnedReader.read(InputFile(path: place.history))
    #expect(free.value?.commitments.count == 1)
    let owned = OwnedReader.read(
      InputFile(path: place.history),
      prices: PriceList(rows: [], lines: [], file: "prices.csv"))
    #expect(owned.value?.commitments.isEmpty == true)
    #expect(owned.findings.map(\.rule) == ["owned.used-by-other-services"])
    #expect(Set(try history.costs().compactMap(\.subject.coverable)) == ["EC2", "Fargate"])
  }

  /// FOCUS: over its life, the used and the unused parts of a commitment cost what was billed for
  /// it.
  @Test(arguments: [true, false])
  func aCommitmentCostsWhatWasPaidForIt(isWhole: Bool) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let header =
      "line_item_line_item_type,line_item_usage_start_date,line_item_usage_end_date,"
      + "line_item_usage_account_id,line_item_currency_code,line_item_product_code,"
      + "line_item_usage_type,line_item_operation,line_item_usage_amount,line_item_unblended_cost,"
      + "product_region_code,savings_plan_savings_plan_a_r_n,"
      + "savings_plan_savings_plan_effective_cost,savings_plan_total_commitment_to_date,"
      + "savings_plan_used_commitment,savings_plan_start_time,savings_plan_end_time"
    let hour = "2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,1,USD"
    let life = "2024-01-01T00:00:00Z,2024-01-02T00:00:00Z"
    let rows = [
      "SavingsPlanRecurringFee,\(hour),ComputeSavingsPlans,ComputeSP:1yrNoUpfront,,1,1,,p,,1,0.4,\(life)",
      "SavingsPlanCoveredUsage,\(hour),AmazonEC2,BoxUsage:m5.large,RunInstances,1,2,us-east-1,p,"
        + "\(isWhole ? "0.4" : "0.1"),,,\(life)",
      "SavingsPlanNegation,\(hour),AmazonEC2,BoxUsage:m5.large,RunInstances,1,-2,us-east-1,p,,,,\(life)",
    ]
    let bill = ([header] + rows).joined(separator: "\n") + "\n"
    let findings = try await place.run(try place.write(bill)).findings.map(\.rule)
    #expect(findings.contains("import.commitment-costs") == !isWhole, "\(findings)")
  }
}

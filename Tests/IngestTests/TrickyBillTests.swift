import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Bills that change, overlap, or have columns that are traps.
@Suite(.serialized) struct TrickyBillTests {
  @Test func aFileThatChangesWhileItIsReadIsRefused() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(Focus.bill(Focus.row()))
    // The program that reads it appends a row behind DuckDB's back.
    let wrapper = place.folder.appending(path: "duckdb")
    try WrittenProgram.write(
      "#!/bin/sh\n\"\(try DuckDB().program)\" \"$@\"\nstatus=$?\necho >> '\(path)'\nexit $status\n",
      to: wrapper)
    let before = try Fingerprint(path: path)
    let reader = BillReader(
      duckdb: DuckDB(program: wrapper.path), file: try BillFile(path: path, name: path),
      before: before)
    let error = #expect(throws: FindingsError.self) { try reader.read() }
    #expect(error?.findings.map(\.rule) == ["import.changed-while-read"])
  }

  @Test func aParquetFileWithoutACostColumnIsRefused() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let csv = try place.write(Focus.bill(Focus.row()))
    let whole = try place.parquet(csv, costs: "double")
    let complaint = try DuckDB().run(
      "copy (select * exclude (BilledCost, ChargePeriodEnd) from '\(whole)') to 'narrow.parquet';",
      in: Scratch(existing: place.folder.path))
    #expect(complaint == nil)
    let narrow = place.folder.appending(path: "narrow.parquet").path
    let findings = await place.complaints(narrow)
    #expect(findings.map(\.rule) == ["import.missing-column", "import.missing-column"])
    #expect(findings.allSatisfy { $0.place == narrow })
    // Cut off in the middle.
    let data = try Data(contentsOf: URL(filePath: whole))
    let cut = try place.write(data.prefix(data.count / 2), "cut.parquet")
    #expect(await place.complaints(cut).map(\.rule) == ["import.damaged-parquet"])
  }

  @Test func columnsOfParquetMayHaveAnyName() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let csv = try place.write(Focus.bill(Focus.row()))
    let whole = try place.parquet(csv, costs: "double")
    let evil = "x\"\"; copy (select 1) to 'pwned.csv'; --"
    let complaint = try DuckDB().run(
      """
      copy (select *, map {'it''s "env"': 'a''b'} as Tags, 1 as "\(evil)" from '\(whole)')
        to 'evil.parquet';
      """, in: Scratch(existing: place.folder.path))
    #expect(complaint == nil)
    let before = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    let summary = try await place.run(
      place.folder.appending(path: "evil.parquet").path, tags: ["it's \"env\""])
    #expect(summary.imported.first?.costs.map(\.subject.tags) == [["it's \"env\"": "a'b"]])
    let after = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(Set(after) == Set(before).union(["history.db"]))
  }

  @Test func theSameRowsInTwoFilesCountOnce() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let rows = (0..<4).map { hour in
      Focus.row(
        "2024-01-01T0\(hour):00:00Z", "2024-01-01T0\(hour + 1):00:00Z", billed: "0.\(hour + 1)")
    }
    let next = Focus.row("2024-01-02T00:00:00Z", "2024-01-02T01:00:00Z", billed: "0.7")
    _ = try await place.run(
      try place.write(([Focus.header] + rows).joined(separator: "\n"), "a.csv"))
    // In another order, with one more day.
    let again = try place.write(
      ([Focus.header] + rows.reversed() + [next]).joined(separator: "\n"), "b.csv")
    let summary = try await place.run(again)
    let finding = try #require(summary.findings.first { $0.rule == "import.rows-once" })
    #expect(
      finding.message.contains("4 rows of 1 day, 1.00 USD billed and 1.00 USD effective of it"))
    let history = try History(path: place.history)
    #expect(try history.findings().contains(finding))
    #expect(try history.sources().map(\.path) == [again])
    #expect(summary.imported.map(\.source.path) == [again])
    // A bill of another day is none of them.
    let other = try place.write(
      Focus.bill(Focus.row("2024-01-05T00:00:00Z", "2024-01-05T01:00:00Z")), "c.csv")
    #expect(try await place.run(other).findings.isEmpty)
  }

  @Test func aRowOfAnHourOfManyMillionsIsExact() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = Focus.bill(
      Focus.row(billed: "123456789012.123456789012"), Focus.row(billed: "-0.000000000012"))
    let csv = try await place.run(try place.write(bill))
    #expect(
      csv.imported.first?.costs.map(\.billed).total().formatted(decimals: 6)
        == "123,456,789,012.123457")
    let parquet = try place.parquet(
      try place.write(bill, "other.csv"), costs: "double", "other.parquet")
    let wide = try await place.run(parquet)
    let billed = try #require(wide.imported.first?.costs.map(\.billed).total())
    #expect(abs(billed.value - 123_456_789_012.123456789012) < 1e-4)
  }
}

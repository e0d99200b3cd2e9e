import CZlib
import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite(.serialized) struct BadBillTests {
  private static let utf16 =
    Data([0xFF, 0xFE]) + Data(Focus.header.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })

  @Test(arguments: [
    (Focus.bill(Focus.row(), Focus.row(billed: "abc")), "import.not-a-number", 3),
    (Focus.bill(Focus.row("yesterday")), "import.not-a-time", 2),
    (
      Focus.bill(Focus.row(publisher: "AWS", billed: "1@234"))
        .replacingOccurrences(of: ",", with: ";").replacingOccurrences(of: "@", with: ","),
      "import.decimal-comma", 2
    ),
    (Focus.bill(Focus.row(), "1,2,3"), "import.not-a-table", 3),
    (Focus.bill(Focus.row(), "\"open"), "import.not-a-table", 3),
    // DuckDB takes the first row for the header then.
    (Focus.bill(Focus.row() + ",,", Focus.row() + ",,"), "import.not-a-table", 2),
    (
      Focus.bill(Focus.row(), Focus.row(publisher: String(repeating: "x", count: 5_000_000))),
      "import.long-line", 3
    ),
  ])
  func aBadRowIsNamed(bill: String, rule: String, line: Int) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(bill)
    let findings = await place.complaints(path)
    #expect(findings.contains { $0.rule == rule && $0.place == "\(path):\(line)" }, "\(findings)")
    #expect(!FileManager.default.fileExists(atPath: place.history))
  }

  @Test(arguments: [
    (Data(), "import.empty"), (Data("a,b\n1,2\n".utf8), "import.unknown-columns"),
    (Data((Focus.header + "\n").utf8), "import.no-rows"),
    (Data(Focus.bill(Focus.row(), Focus.row(currency: "EUR")).utf8), "import.mixed-currencies"),
    (
      Data(Focus.bill(Focus.row()).replacingOccurrences(of: "BilledCost", with: "Cost").utf8),
      "import.missing-column"
    ),
    (Data("PAR1 but no more".utf8), "import.damaged-parquet"),
    (utf16, "import.no-rows"),
    (
      Data(Focus.bill(Focus.row()).utf8) + Data([0x45, 0xFC, 0x45, 0x0A]), "import.encoding"
    ),
  ])
  func aBadFileIsRefused(contents: Data, rule: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let findings = await place.complaints(try place.write(contents, "bill.csv"))
    #expect(findings.map(\.rule).contains(rule), "\(findings)")
    #expect(!FileManager.default.fileExists(atPath: place.history))
  }

  @Test func aCutOffGzipIsSeen() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let whole = try Data(
      contentsOf: BillPlace.shipped.appending(path: "focus-sample-1.0.csv.gz"))
    for part in [whole.count / 2, whole.count - 4] {
      let findings = await place.complaints(try place.write(whole.prefix(part), "cut.csv.gz"))
      #expect(findings.map(\.rule) == ["import.damaged-gzip"])
    }
  }

  @Test func aFailingFileLeavesTheOldHistory() async throws {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(try place.write(Focus.bill(Focus.row()), "a.csv"))
    let good = try place.write(Focus.bill(Focus.row(quantity: "7")), "b.csv")
    let bad = try place.write(Focus.bill(Focus.row(billed: "x")), "c.csv")
    #expect(await place.complaints(good, bad).hasErrors)
    let history = try History(path: place.history)
    #expect(try history.sources().count == 1)
    #expect(try history.usage()?.demand.quantities == [2])
  }

  @Test func namesAreNeverSQL() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let evil = "it's; drop table \"source\"; --[1]*?.csv"
    let header = Focus.header + ",\"weird \"\"col\"\"; copy (select 1) to 'pwned.csv'; --\""
    let path = try place.write(
      header + "\n" + Focus.row(operation: "x'); copy (select 1) to 'pwned.csv'; --") + ",z\n", evil
    )
    let summary = try await place.run(path)
    #expect(summary.imported.map(\.source.rows) == [1])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.folder.path).sorted()
        == ["history.db", evil].sorted())
  }

  @Test func anotherSQLiteFileIsLeftAlone() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = try place.write(Focus.bill(Focus.row()))
    try Data("no database, but long enough to have a header of one hundred bytes".utf8)
      .write(to: URL(filePath: place.history))
    let before = try Data(contentsOf: URL(filePath: place.history))
    #expect(await place.complaints(bill).map(\.rule) == ["history.not-a-history"])
    #expect(try Data(contentsOf: URL(filePath: place.history)) == before)
  }

  /// The same of Parquet, whose pages are compressed and whose footer is binary.
  @Test func fuzzedParquetNeverCrashes() async throws {
    let place = try BillPlace()
    defer { place.close() }
    var random = SeededGenerator(seed: 13)
    let whole = try Data(
      contentsOf: URL(
        filePath: place.parquet(
          try place.write(Focus.bill(Focus.row(), Focus.row(billed: "3"))), costs: "double")))
    for round in 0..<12 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 4..<bytes.count, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      let findings = await place.complaints(try place.write(bytes, "fuzz-\(round).parquet"))
      let known = [
        "import.damaged-parquet", "import.unknown-columns", "import.missing-column",
        "import.not-a-number", "import.not-a-time", "import.mixed-currencies", "import.memory",
      ]
      #expect(findings.allSatisfy { known.contains($0.rule) }, "\(findings)")
    }
  }

  /// Whatever bytes are in a bill, an import ends in a history or in findings.
  @Test func fuzzedBillsNeverCrash() async throws {
    let place = try BillPlace()
    defer { place.close() }
    var random = SeededGenerator(seed: 6)
    let seed = Array(Focus.bill(Focus.row(), Focus.row(quantity: "1"), Focus.row(billed: "3")).utf8)
    for round in 0..<25 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: position)
        default: bytes.insert(contentsOf: Array(",\"';\n-".utf8), at: position)
        }
      }
      let path = try place.write(Data(bytes), "fuzz-\(round).csv")
      let findings = await place.complaints(path)
      let isIn =
        FileManager.default.fileExists(atPath: place.history)
        ? try History(path: place.history).sources().contains {
          $0.path.hasSuffix("/fuzz-\(round).csv")
        }
        : false
      #expect(isIn != findings.hasErrors)
    }
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Bills as they come out of portals: in ZIP archives, with decimal commas.
@Suite(.serialized) struct PackedBillTests {
  @Test func aZIPArchiveIsNamed() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(Data([0x50, 0x4B, 0x03, 0x04, 0, 0]), "bill.csv.zip")
    #expect(await place.complaints(path).map(\.rule) == ["import.zip"])
    // Which of two files is meant could not be said.
    let two = try place.write(try zip([("a.csv", "a"), ("b.csv", "b")]), "two.zip")
    #expect(await place.complaints(two).map(\.rule) == ["import.zip"])
  }

  /// AWS's reports may be compressed so. The archive has its name in the history, and what was read
  /// of it is known again. Some programs store a file as it is, also one of several blocks.
  @Test(arguments: [false, true], [1, 400])
  func aZIPArchiveOfOneFileIsRead(isStored: Bool, rows: Int) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = Focus.bill(Array(repeating: Focus.row(), count: rows).joined(separator: "\n"))
    let members = [("report/", ""), ("report/bill.csv", bill)]
    let path = try place.write(try zip(members, isStored: isStored), "report.csv.zip")
    let summary = try await place.run(path)
    #expect(summary.imported.map(\.source.rows) == [rows])
    #expect(summary.imported.first?.source.path.hasSuffix("/report.csv.zip") == true)
    #expect(try await place.run(path).unchanged == [path])
  }

  /// An archive as `zip` writes it: each member behind a head of its own, a directory at the end.
  private func zip(
    _ members: [(name: String, text: String)], isStored: Bool = false
  ) throws -> Data {
    func bytes(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    var (archive, directory) = ([UInt8](), [UInt8]())
    for (name, text) in members {
      let gzip = try #require(Gzip.compressed(Array(text.utf8)))
      let packed = isStored ? Array(text.utf8)[...] : gzip.dropFirst(10).dropLast(8)
      let isFolder = name.hasSuffix("/")
      let facts =
        bytes(20, 2) + bytes(0, 2) + bytes(isFolder || isStored ? 0 : 8, 2) + bytes(0, 4)
        + gzip.suffix(8).prefix(4)
        + bytes(isFolder ? 0 : packed.count, 4) + bytes(text.utf8.count, 4)
        + bytes(name.utf8.count, 2) + bytes(0, 2)
      directory += [0x50, 0x4B, 1, 2] + bytes(20, 2) + facts + bytes(0, 10)
      directory += bytes(archive.count, 4) + Array(name.utf8)
      archive += [0x50, 0x4B, 3, 4] + facts + Array(name.utf8) + (isFolder ? [] : Array(packed))
    }
    let start = archive.count
    archive += directory + [0x50, 0x4B, 5, 6] + bytes(0, 4) + bytes(members.count, 2)
    archive += bytes(members.count, 2) + bytes(directory.count, 4) + bytes(start, 4) + bytes(0, 2)
    return Data(archive)
  }

  /// As spreadsheets and portals of many countries write numbers; 1,234 alone could be thousands.
  @Test(arguments: [
    ("0,2", "0,1", [0.2, 0.1]), ("1,234", "0,5", [1.234, 0.5]), ("-2", "1,25E-1", [-2, 0.125]),
  ])
  func decimalCommasAreRead(billed: String, effective: String, costs: [Double]) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let row = Focus.row(
      publisher: "AWS", billed: billed.replacing(",", with: "@"),
      effective: effective.replacing(",", with: "@"))
    let bill = Focus.bill(row).replacing(",", with: ";").replacing("@", with: ",")
    let file = try #require(try await place.run(try place.write(bill)).imported.first)
    #expect(file.costs.map(\.billed.value) == [costs[0]])
    #expect(file.costs.map(\.effective.value) == [costs[1]])
  }

  /// A point in any number says that commas are no decimal marks.
  @Test func commasNextToPointsAreRefused() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = Focus.bill(Focus.row(publisher: "AWS", billed: "0@2", effective: "0.1"))
      .replacing(",", with: ";").replacing("@", with: ",")
    #expect(await place.complaints(try place.write(bill)).map(\.rule) == ["import.decimal-comma"])
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// What spreadsheets and shells save in two bytes a character is the same table.
@Suite(.serialized) struct UTF16Tests {
  enum Form: CaseIterable {
    case little, big, littleWithoutMark, bigWithoutMark

    func bytes(_ text: String) -> Data {
      let isBig = self == .big || self == .bigWithoutMark
      let hasMark = self == .little || self == .big
      let units = (hasMark ? [0xFEFF] : []) + Array(text.utf16)
      return Data(
        units.flatMap { unit -> [UInt8] in
          let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
          return isBig ? [high, low] : [low, high]
        })
    }
  }

  private static let header = "resource,provider,region,instance_type"

  private func machines(_ bytes: Data) -> Reading<[String]> {
    let reading = ResourceReader.read(InputFile(name: "r.csv", contents: Array(bytes)))
    return Reading(value: reading.value?.resources.map(\.id), findings: reading.findings)
  }

  /// Letters of one to four bytes, and more rows than a buffer holds.
  @Test(arguments: Form.allCases) func aTableIsRead(form: Form) {
    let ids = (0..<30_000).map { "aü\u{20AC}\u{1F600}\($0)" }
    let text = ([Self.header] + ids.map { "\($0),aws,r,t" }).joined(separator: "\r\n")
    let isSame = Set(machines(form.bytes(text)).value ?? []) == Set(ids)
    #expect(isSame)
  }

  @Test(arguments: Form.allCases) func ofAnyLength(form: Form) {
    let whole = Array(form.bytes(Self.header + "\nü\u{1F600},aws,r,t"))
    for size in 1...9 {
      var source = try? ByteSource(InputFile(name: "r.csv", contents: whole))
      var read: [UInt8] = []
      // The first bytes say what it is.
      var buffer = [UInt8](repeating: 0, count: 16)
      while let count = try? buffer.withUnsafeMutableBytes({ try source?.read(into: $0) }),
        count > 0
      {
        read += buffer[..<count]
        buffer = [UInt8](repeating: 0, count: size)
      }
      #expect(String(decoding: read, as: UTF8.self) == Self.header + "\nü\u{1F600},aws,r,t")
    }
  }

  /// Tabs, and semicolons where commas are in numbers: what spreadsheets write for their country.
  @Test(arguments: ["\t", ";"]) func otherMarks(mark: String) {
    let text = (Self.header + "\n\"a,b\",aws,\"r\(mark)\",t\n").split(separator: "\n")
      .map { $0.replacing(",aws,", with: "\(mark)aws\(mark)").replacing(",t", with: "\(mark)t") }
    let header = Self.header.replacing(",", with: mark)
    let table = header + "\n" + text[1] + "\n"
    #expect(machines(Form.little.bytes(table)).value == ["a,b"])
    #expect(machines(Data(table.utf8)).value == ["a,b"])
  }

  @Test func aCommaInTheHeaderIsTheMark() {
    let text = "resource,provider,region,instance_type,a;b;c;d;e;f\nx,aws,r,t,1;2\n"
    #expect(machines(Data(text.utf8)).value == ["x"])
  }

  /// Half of a pair, the other half, and half of a unit.
  @Test func whatIsNoCharacterIsAFindingOfItsLine() {
    let rows = Form.little.bytes(Self.header + "\na,aws,r,t\n")
    let rest = Form.littleWithoutMark.bytes(",aws,r,t\n")
    for bad in [[0x00, 0xD8], [0x00, 0xDC]] as [[UInt8]] {
      let reading = machines(rows + Data(bad) + rest)
      #expect(reading.findings.map(\.rule) == ["resources.not-utf8"])
      #expect(reading.findings.map(\.place) == ["r.csv:3"])
    }
    #expect(machines(rows + Data([0x41])).findings.map(\.place) == ["r.csv:3"])
  }

  @Test func anOwnedList() {
    let text = """
      id,provider,account,region,instance_type,operating_system,tenancy,zone,product,term_years,\
      payment,quantity,hourly_commitment,upfront,hourly,start,end
      r1,aws,1,us-east-1,m5.large,Linux,default,,ri-standard,1,no-upfront,3,,0,0.06,\
      2024-01-01T00:00:00Z,2025-01-01T00:00:00Z
      """
    let tabs = Form.little.bytes(text.replacing(",", with: "\t"))
    let read = OwnedReader.read(InputFile(name: "owned.txt", contents: Array(tabs)))
    let plain = OwnedReader.read(InputFile(name: "owned.csv", contents: Array(text.utf8)))
    #expect(read.value?.commitments.count == 1, "\(read.findings)")
    #expect(read.value?.commitments == plain.value?.commitments)
  }

  @Test(arguments: Form.allCases) func aBill(form: Form) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let bill = Focus.bill(Focus.row(), Focus.row(publisher: "Ünder \u{1F600}", quantity: "3"))
    let path = try place.write(form.bytes(bill), "bill.csv")
    let summary = try await place.run(path)
    #expect(summary.imported.map(\.source.rows) == [2])
    #expect(try History(path: place.history).usage()?.demand.quantities == [2])
    // Its lines are those of the file.
    let bad = form.bytes(Focus.bill(Focus.row(), Focus.row(billed: "abc")))
    let findings = await place.complaints(try place.write(bad, "bad.csv"))
    #expect(findings.contains { $0.place.hasSuffix("bad.csv:3") }, "\(findings)")
  }
}

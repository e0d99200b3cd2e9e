import CloudCosts
import Testing

@testable import Ingest

/// What can be wrong, or unusual and right, with any table.
@Suite struct TableTests {
  private let header = "resource,provider,region,instance_type"

  private func ids(_ bytes: [UInt8]) -> [String]? {
    ResourceReader.read(InputFile(name: "resources.csv", contents: bytes)).value?.resources.map(
      \.id)
  }

  private func ids(_ text: String) -> [String]? { ids(Array(text.utf8)) }

  @Test func quotedFields() {
    #expect(ids("\(header)\n\"a,\"\"b\"\"\nc\",aws,us-east-1,\"m5.large\"\n") == ["a,\"b\"\nc"])
    #expect(ids("\"resource\",provider,region,instance_type\n\"a\" ,aws,r,t") == ["a"])
    #expect(ids("\(header)\n\"\"\"\",aws,r,t\nb,aws,r,\"t\"") == ["\"", "b"])
  }

  @Test func lineEnds() {
    #expect(ids("\(header)\r\na,aws,r,t\r\n\r\nb,aws,r,\"t\"\r\n") == ["a", "b"])
    #expect(ids("\n\n\(header)\n\na,aws,r,t") == ["a"])
  }

  @Test func byteOrderMarkAndSpaces() {
    #expect(ids("\u{FEFF}\(header)\n a\t,aws, r ,t") == ["a"])
    #expect(ids("\u{FEFF}resource , provider,region,instance_type\nü,aws,r,t") == ["ü"])
  }

  @Test func linesAreCountedThroughQuotes() {
    let reading = ResourceReader.read(
      file("resources.csv", header, "\"a\n\nb\",aws,r,t", "", "c,aws,r,t", "c,aws,r,t"))
    #expect(
      reading.report == """
        error resources.duplicate resources.csv:7: resource 'c' is already on line 6
          give every machine one row
        """)
  }

  @Test func malformedLines() {
    let text = "\(header)\na,aws,r\na\"b,aws,r,t\n\"a\"b,aws,r,t\nc,aws,r,t,u\nd,\u{0},r,t\ne,aws,"
    var bytes = Array(text.utf8)
    bytes += [0xFF, 0xFE] + Array(",t\nf,aws,\"r,t\ng,aws,r,t\n".utf8)
    let reading = ResourceReader.read(InputFile(name: "resources.csv", contents: bytes))
    #expect(
      reading.report == """
        error resources.field-count resources.csv:2: 3 fields where the header has 4
          give each column a field, empty or not; quote a field that holds a comma
        error resources.stray-quote resources.csv:3: a quote is inside a field
          put the whole field between quotes and double the quotes in it
        error resources.stray-quote resources.csv:4: a quote is inside a field
          put the whole field between quotes and double the quotes in it
        error resources.field-count resources.csv:5: 5 fields where the header has 4
          give each column a field, empty or not; quote a field that holds a comma
        error resources.unknown-provider resources.csv:6: provider '\\u{0}' is unknown
          write one of aws, azure, gcp
        error resources.not-utf8 resources.csv:7: the line is not UTF-8 text
          save the file with the encoding UTF-8
        error resources.unclosed-quote resources.csv:8: a quote is opened here and never closed
          close it, or double it where it belongs to the text
        """)
  }

  @Test func longLines() {
    let long = String(repeating: "x", count: CSVReader.limit)
    #expect(
      ResourceReader.read(file("resources.csv", header, "a,aws,r,t", "b,aws,r,\(long)")).report
        == """
        error resources.long-line resources.csv:3: the line is longer than 262,144 bytes
          check that this is a CSV file with line ends
        """)
    #expect(
      ResourceReader.read(file("resources.csv", header, "a,aws,r,t", "b,\"\(long)")).report == """
        error resources.unclosed-quote resources.csv:3: a quote is opened here and never closed
          close it, or double it where it belongs to the text
        """)
  }

  /// Rows, quotes and multi-byte letters on both sides of every refill of the buffer.
  @Test func manyBuffers() {
    var text = header + "\n"
    for number in 0..<60_000 { text += "\"m\(number)\"\"ü\"\"\",aws,r,t\(number % 7)\r\n" }
    let resources = ResourceReader.read(file("resources.csv", text)).value?.resources ?? []
    #expect(text.utf8.count > 5 * CSVReader.limit)
    #expect(resources.count == 60_000)
    #expect(Set(resources.map(\.id)) == Set((0..<60_000).map { "m\($0)\"ü\"" }))
  }

  @Test func emptyFiles() {
    #expect(
      ResourceReader.read(file("resources.csv", "")).report == """
        error resources.empty resources.csv: the file is empty
          its first line must be the header: \
        resource,provider,account,region,instance_type,operating_system,tenancy,zone,group,may
        """)
    #expect(
      ResourceReader.read(file("resources.csv", header, "")).report == """
        error resources.empty resources.csv: the file has a header and no rows
          export it again, or leave it out of the scenario
        """)
    #expect(
      ResourceReader.read(file("resources.csv", "region,\(header)", "a,b,c,d,e")).report == """
        error resources.duplicate-column resources.csv:1: column 'region' is there twice
          remove or rename one of them
        """)
    #expect(
      ResourceReader.read(InputFile(name: "r.csv", contents: [0x41, 0xFF, 0xFE, 0x41])).report
        == """
        error resources.not-utf8 r.csv:1: the line is not UTF-8 text
          save the file with the encoding UTF-8
        """)
  }
}

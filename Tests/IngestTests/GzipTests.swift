import CZlib
import CloudCosts
import Foundation
import Testing

@testable import Ingest

@Suite struct GzipTests {
  private static let text =
    "resource,provider,region,instance_type\n"
    + (0..<20_000).map { "vm-\($0 &* 2_654_435_761 % 1_000_003),aws,us-east-1,m5.large\n" }.joined()

  /// The text, compressed, and cut or spoiled by `change`; the file is gone afterwards.
  private func read(_ change: (inout Data) -> Void) throws -> Reading<ResourceList> {
    let path = NSTemporaryDirectory() + "plimsoll-\(UUID().uuidString).csv.gz"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let stream = try #require(gzopen(path, "wb"))
    let bytes = Array(GzipTests.text.utf8)
    #expect(gzwrite(stream, bytes, UInt32(bytes.count)) == Int32(bytes.count))
    #expect(gzclose(stream) == Z_OK)
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    change(&data)
    try data.write(to: URL(fileURLWithPath: path))
    return ResourceReader.read(InputFile(path: path, name: "resources.csv.gz"))
  }

  @Test func wholeFile() throws {
    let reading = try read { _ in }
    #expect(reading.findings.isEmpty)
    #expect(reading.value?.resources.count == 20_000)
  }

  @Test func truncatedFile() throws {
    let half = try read { $0 = $0.prefix($0.count / 2) }
    #expect(half.value == nil)
    let report = """
      error resources.truncated resources.csv.gz: the compressed file ends too early
        copy or export it again; its size is not what it was
      """
    #expect(half.report == report)
    // Only the checksum at the end is cut.
    #expect(try read { $0 = $0.dropLast(3) }.report == report)
  }

  @Test func damagedFile() throws {
    let reading = try read { data in
      for index in data.count / 2..<data.count / 2 + 64 { data[index] ^= 0xFF }
    }
    #expect(reading.value == nil)
    #expect(
      reading.findings.suffix(1).map { $0.rule } == ["resources.damaged"]
        || reading.findings.contains { $0.rule == "resources.damaged" })
  }

  @Test func unreadableFiles() {
    #expect(
      ResourceReader.read(InputFile(path: "/nowhere/r.csv", name: "r.csv")).report == """
        error resources.unreadable r.csv: the file cannot be read: No such file or directory
          check its path and its permissions
        """)
    #expect(
      ResourceReader.read(InputFile(path: NSTemporaryDirectory(), name: "r.csv")).report == """
        error resources.unreadable r.csv: the file cannot be read: Is a directory
          check its path and its permissions
        """)
  }
}

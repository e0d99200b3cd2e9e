import CloudCosts
import Foundation
import Testing

@testable import Reports

/// Whole files or none.
@Suite struct OutputDirectoryTests {
  private let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("plimsoll-out-\(UUID().uuidString)")
  private let files = [OutputFile(name: "a.txt", text: "A"), OutputFile(name: "b.txt", text: "B")]

  @Test func createsReplacesAndLeavesOthersAlone() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    let target = root.appendingPathComponent("deep/out")
    try OutputDirectory(path: target.path).write(files)
    try Data("mine".utf8).write(to: target.appendingPathComponent("mine.txt"))
    try OutputDirectory(path: target.path).write([OutputFile(name: "a.txt", text: "A2")])
    #expect(try contents(target) == ["a.txt": "A2", "b.txt": "B", "mine.txt": "mine"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: target.deletingLastPathComponent().path)
        == ["out"])
  }

  @Test func refusesAFile() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try OutputDirectory.write(Data("x".utf8), toFile: root.appendingPathComponent("out").path)
    expect("output.not-a-directory") {
      try OutputDirectory(path: root.appendingPathComponent("out").path).write(files)
    }
    #expect(try contents(root) == ["out": "x"])
  }

  @Test func aDirectoryInTheWayStopsAll() throws {
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("b.txt"), withIntermediateDirectories: true)
    expect("output.not-a-file") { try OutputDirectory(path: root.path).write(files) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root.path) == ["b.txt"])
  }

  @Test func whatCannotBeWrittenIsAFinding() {
    expect("output.not-written") { try OutputDirectory(path: "/proc/plimsoll/out").write(files) }
  }

  private func expect(_ rule: String, _ work: () throws -> Void) {
    let error = #expect(throws: FindingsError.self) { try work() }
    #expect(error?.findings.map(\.rule) == [rule])
  }

  private func contents(_ directory: URL) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try String(contentsOf: directory.appendingPathComponent($0), encoding: .utf8))
      })
  }
}

import Foundation
import Testing

/// Whole outputs that a test compares with files under `Golden`.
///
/// `PLIMSOLL_RECORD=1 swift test --filter CommandLineTests` writes them anew; read the difference
/// then.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  static func expect(
    _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let text = withoutVarying(text)
    let file = folder.appendingPathComponent("\(name).txt")
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    // Line by line, so that the first difference is named and not the whole text.
    for (line, pair) in zip(lines(text), lines(golden)).enumerated() where pair.0 != pair.1 {
      Issue.record(
        "\(name):\(line + 1) is\n\(pair.0)\nand should be\n\(pair.1)",
        sourceLocation: sourceLocation)
      return
    }
    #expect(text == golden, "\(name) has another length", sourceLocation: sourceLocation)
  }

  /// The text without what differs from run to run and from machine to machine: seconds, and the
  /// version of GLPK.
  static func withoutVarying(_ text: String) -> String {
    text.replacing(/"seconds": [0-9.e-]+/, with: "\"seconds\": 0")
      .replacing(/GLPK [0-9]+\.[0-9]+/, with: "GLPK N")
      .replacing(/[0-9]+\.[0-9]{2} s\b/, with: "0.00 s")
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}

import Foundation
import Testing

/// Whole texts that a test compares with files under `Golden`.
///
/// `PLIMSOLL_RECORD=1 swift test --filter PlanningTests` writes them anew; read the difference then.
enum Golden {
  static func expect(
    _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden").appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    // Line by line, so that the first difference is named and not the whole text.
    for (line, pair) in zip(lines(text), lines(golden)).enumerated() where pair.0 != pair.1 {
      Issue.record(
        "\(name):\(line + 1) is\n\(pair.0)\nand should be\n\(pair.1)",
        sourceLocation: sourceLocation)
      return
    }
    #expect(text == golden, "\(name) has another length", sourceLocation: sourceLocation)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}

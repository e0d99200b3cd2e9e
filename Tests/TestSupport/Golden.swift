import Foundation
import Testing

/// Whole texts that a test compares with files in the folder `Golden` next to it.
///
/// `PLIMSOLL_RECORD=1 swift test --filter SomeTests` writes them anew, and fails: what was recorded
/// was compared with nothing. Read the difference then, and run the tests again.
package enum Golden {
  /// Records an issue that names the first line in which the text and the file differ.
  ///
  /// - Parameters:
  ///   - name: The file's path inside the folder `Golden`.
  ///   - test: The test's own file; leave it to its default.
  package static func expect(
    _ text: String, equals name: String, test: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(filePath: test).deletingLastPathComponent()
      .appending(path: "Golden").appending(path: name)
    if ProcessInfo.processInfo.environment["PLIMSOLL_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record(
        "\(name) was recorded, and compared with nothing", sourceLocation: sourceLocation)
      return
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    guard text != golden else { return }
    // Line by line, so that the first difference is named and not the whole text.
    let different = zip(lines(text), lines(golden)).enumerated().first { $1.0 != $1.1 }
    let what =
      different.map { line, pair in
        "\(name):\(line + 1) is\n\(pair.0)\nand should be\n\(pair.1)"
      } ?? "\(name) has another length"
    Issue.record("\(what)", sourceLocation: sourceLocation)
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}

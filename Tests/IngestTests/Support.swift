import CloudCosts

@testable import Ingest

/// A file that exists only for a test.
func file(_ name: String, _ lines: String...) -> InputFile {
  InputFile(name: name, contents: Array(lines.joined(separator: "\n").utf8))
}

extension Reading {
  /// The findings as a person would read them, two lines each.
  var report: String { findings.report }
}

extension [Finding] {
  var report: String {
    map { "\($0.severity) \($0.rule) \($0.place): \($0.message)\n  \($0.remedy)" }
      .joined(separator: "\n")
  }
}

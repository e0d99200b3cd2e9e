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

/// A seeded generator: the same numbers every day (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

import Testing
import TestSupport

/// The shared goldens, for outputs of the program: what varies from run to run is taken out.
enum Golden {
  static func expect(
    _ text: String, equals name: String, test: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try TestSupport.Golden.expect(
      withoutVarying(text), equals: "\(name).txt", test: test, sourceLocation: sourceLocation)
  }

  /// The text without what differs from run to run and from machine to machine: seconds, when
  /// it was, the version of GLPK, and the last digits of multipliers.
  static func withoutVarying(_ text: String) -> String {
    text.replacing(/"seconds": [0-9.e-]+/, with: "\"seconds\": 0")
      .replacing(/"made_at": "[^"]*"/, with: "\"made_at\": \"\"")
      .replacing(/GLPK [0-9]+\.[0-9]+/, with: "GLPK N")
      .replacing(/[0-9]+\.[0-9]{2} s\b/, with: "0.00 s")
      .replacing(/[0-9]+\.[0-9]{13,}/) { digits in
        Double(digits.output).map { "\((($0 * 1e9).rounded()) / 1e9)" } ?? String(digits.output)
      }
  }
}

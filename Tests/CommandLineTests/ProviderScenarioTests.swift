import Foundation
import Testing

/// The scenarios of the other providers, through the whole program.
@Suite struct ProviderScenarioTests {
  /// A scenario with what its runs come to, and how wide a gap its discounts leave.
  struct Expected: Sendable, CustomTestStringConvertible {
    var name: String
    var onDemand: Double
    var committed: [Double]
    var gap: Double
    var testDescription: String { name }
  }

  static let all = [
    Expected(
      name: "azure", onDemand: 1_542_284, committed: [954_941, 1_052_105, 1_162_366], gap: 1e-4),
    Expected(
      name: "gcp", onDemand: 829_146, committed: [542_366, 588_791, 602_445], gap: 0.013),
  ]

  @Test(arguments: all)
  func figuresOfTheReadme(_ expected: Expected) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy(expected.name)
    let ended = try place.run("run", expected.name, "--json")
    #expect(ended.status == 0)
    let document = try JSONValue(parsing: ended.output)
    #expect(try document["hours"].number() == 2208)
    let findings = try document["findings"].list().map { try $0["rule"].text() }
    #expect(!findings.contains("offers.not-planned"))
    for (run, cost) in zip(try document["runs"].list(), expected.committed) {
      let outcomes = try Outcomes(of: run)
      try outcomes.checkFigures()
      #expect(abs(try outcomes.cost("on-demand") - expected.onDemand) < 1)
      #expect(abs(try outcomes.cost("committed") / cost - 1) < 2e-4)
      let plan = outcomes["committed"]["plan"]
      #expect(try plan["gap"].number() <= expected.gap)
      #expect(abs(try plan["billing_gap"].number()) <= 1e-4)
    }
  }
}

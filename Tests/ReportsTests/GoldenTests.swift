import Reports
import TestSupport
import Testing

/// Every text form of one comparison, whole.
@Suite struct GoldenTests {
  private let document = RunDocument(SmallFixture.comparison)

  @Test func table() throws {
    let text = ComparisonTable(document).text
    try Golden.expect(text, equals: "table.txt")
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func json() throws { try Golden.expect(document.json(), equals: "plan.json") }

  @Test func comparisonCSV() throws {
    try Golden.expect(ComparisonCSV(document).text, equals: "comparison.csv")
  }

  @Test func recommendationsCSV() throws {
    try Golden.expect(RecommendationsCSV(document).text, equals: "recommendations.csv")
  }

  @Test(arguments: ExportFormat.allCases)
  func exports(format: ExportFormat) throws {
    let selection = try document.select(run: "base", outcome: "combined")
    // FOCUS needs the scenario's files: FOCUSExportTests.
    guard let text = try format.text(of: selection) else { return #expect(format == .focus) }
    try Golden.expect(text, equals: "export-\(format.rawValue).txt")
  }
}

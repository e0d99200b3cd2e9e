import Reports
import Scenarios
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
    // These need the scenario's files: FOCUSExportTests; a workbook is no text: WorkbookTests.
    guard let export = try format.export(selection, of: document) else {
      return #expect(format.needsScenario)
    }
    // A calendar has a stamp of when it was made: CalendarTests.
    guard !format.isBinary, format != .calendar else { return }
    try Golden.expect(
      String(decoding: export.data, as: UTF8.self), equals: "export-\(format.rawValue).txt")
  }

  /// What finance, leadership and engineering get, whole: of a window that was, and of futures.
  @Test(arguments: [("past", SmallFixture.comparison), ("forecast", SmallFixture.forecast)])
  func page(name: String, comparison: Comparison) throws {
    try Golden.expect(
      HTMLReport(comparison, RunDocument(comparison)).text, equals: "report-\(name).html")
  }
}

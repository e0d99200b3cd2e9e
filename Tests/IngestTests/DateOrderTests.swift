import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Dates with slashes: the file's own dates say which part is the month.
@Suite(.serialized) struct DateOrderTests {
  private func bill(_ days: [(start: String, end: String)]) -> String {
    ([Focus.header] + days.map { Focus.row($0.start, $0.end, quantity: "24") })
      .joined(separator: "\n") + "\n"
  }

  @Test(arguments: [
    ("13/03/2025", "14/03/2025", "04/03/2025", "05/03/2025"),
    ("03/13/2025", "03/14/2025", "03/04/2025", "03/05/2025"),
  ])
  func aPartAboveTwelveDecides(a: String, b: String, c: String, d: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let summary = try await place.run(try place.write(bill([(a, b), (c, d)])))
    #expect(!summary.findings.contains { $0.rule == "import.ambiguous-dates" })
    let file = try #require(summary.imported.first)
    #expect(file.source.window?.start == Hour(year: 2025, month: 3, day: 4))
    #expect(file.source.window?.end == Hour(year: 2025, month: 3, day: 14))
  }

  @Test func whereNoDateDecidesItIsSaid() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let summary = try await place.run(try place.write(bill([("03/04/2025", "03/05/2025")])))
    #expect(summary.findings.contains { $0.rule == "import.ambiguous-dates" })
    #expect(
      summary.imported.first?.source.window?.start == Hour(year: 2025, month: 3, day: 4))
  }

  @Test func bothOrdersInOneFileAreRefused() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(
      bill([("03/14/2025", "03/15/2025"), ("14/03/2025", "15/03/2025")]))
    #expect(await place.complaints(path).map(\.rule) == ["import.mixed-dates"])
  }
}

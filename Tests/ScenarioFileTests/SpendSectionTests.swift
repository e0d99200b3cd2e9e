import CloudCosts
import Testing

@testable import Scenarios

/// The section `spend_commitments`.
@Suite struct SpendSectionTests {
  private func folder(_ entries: String...) throws -> ScenarioFolder {
    let lines = entries.map { "  - {provider: aws, \($0)}\n" }.joined()
    return try ScenarioFolder(ScenarioFolder.least + "spend_commitments:\n" + lines)
  }

  private let years = "from: 2023-07-01, to: 2026-07-01, amount: 1000"

  @Test func amountsAreForAYearOrForAll() throws {
    let folder = try folder(
      years, years + ", per: contract", years + ", spent: 400, spent_until: 2024-01-01")
    #expect(!folder.findings().contains { $0.rule == "scenario.cut-contract-year" })
    let read = try #require(folder.read().value?.scenarios.first).spendCommitments
    #expect(read.map(\.period) == [.year, .contract, .year])
    #expect(read.map(\.years.count) == [3, 1, 3])
    // Of 1,000 in the 366 days from July 2023 on, 600 are left for 182 days.
    let year = read[2].years[0]
    #expect(year.amount == 600 && year.open.hours == 182 * 24)
    #expect(read[2].years[1].amount == 1000)
  }

  /// Eighteen months: half of the second year's amount, less a day or so, and it is said.
  @Test func aYearThatIsCutIsTold() throws {
    let folder = try folder("from: 2024-01-01, to: 2025-07-01, amount: 365000")
    let note = try #require(folder.findings().first { $0.rule == "scenario.cut-contract-year" })
    #expect(note.severity == .note)
    #expect(note.message.contains("181,000 of the 365,000 a year"))
    #expect(note.remedy.contains("per: contract"))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let folder = try folder(
      years + ", per: month", years + ", spent: 5", years + ", spent_until: 2024-01-01",
      years + ", spent: 5, spent_until: 2027-01-01", years + ", currency: EUR",
      years + ", currency: USD")
    #expect(
      folder.findings().map(\.rule) == [
        "scenario.unknown-value", "scenario.missing-key", "scenario.out-of-range",
        "scenario.other-currency", "scenario.missing-key",
      ])
  }
}

import Foundation
import Testing

@testable import Reports

/// The page for finance: complete, small, self-contained, and safe to open.
@Suite struct HTMLReportTests {
  /// `PLIMSOLL_RENDER=DIR swift test --filter HTMLReportTests` leaves the page there, to look at.
  @Test func aYearFitsOnePage() throws {
    let comparison = try YearFixture().comparison
    let text = HTMLReport(comparison, RunDocument(comparison)).text
    if let directory = ProcessInfo.processInfo.environment["PLIMSOLL_RENDER"] {
      let table = ComparisonTable(RunDocument(comparison)).text
      let small = HTMLReport(SmallFixture.comparison, RunDocument(SmallFixture.comparison)).text
      try OutputDirectory(path: directory).write([
        OutputFile(name: "report.html", text: text), OutputFile(name: "table.txt", text: table),
        OutputFile(name: "small.html", text: small),
      ])
    }
    #expect(text.utf8.count < 400_000)
    #expect(!text.contains("{{"))
    #expect(!text.contains("href=\"http") && !text.contains("src="))
    #expect(!text.contains("<script"))
    #expect(text.contains("shop, search and &lt;batch&gt;"))
  }

  @Test func dataIsEscapedEverywhere() throws {
    let text = HTMLReport(SmallFixture.comparison, RunDocument(SmallFixture.comparison)).text
    #expect(!text.contains("<script") && !text.contains("<img"))
    #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; \u{600}&lt;img src=x&gt;"))
    #expect(text.contains("&#39;; touch /tmp/owned; &#39;"))
  }

  /// The page's measures are those of plan.json, in words.
  @Test func measuresAreOnThePage() throws {
    let comparison = try YearFixture().comparison
    let document = RunDocument(comparison)
    let run = document.runs[0]
    let measures = try #require(run.recommended?.measures)
    let text = HTMLReport(comparison, RunDocument(comparison)).text
    let percent = { (share: Double?) in
      AmountText.decimal((share ?? -1) * 100, decimals: 1) + "%"
    }
    for part in [measures.overall] + measures.accounts + measures.families.prefix(3) {
      #expect(
        text.contains("><span>\(percent(part.coverage))</span></td>"), "\(part.name)")
    }
    for month in measures.expiring {
      #expect(text.contains("><span>\(month.month)</span></td>"))
    }
    let months = try #require(measures.overall.breakEvenMonths)
    #expect(text.contains("><span>\(AmountText.decimal(months, decimals: 1)) mo</span></td>"))
    #expect(measures.overall.expiring == measures.expiring)
  }

  @Test func aPlanStoppedEarlySaysSo() throws {
    let text = HTMLReport(SmallFixture.comparison, RunDocument(SmallFixture.comparison)).text
    #expect(text.contains("The search for this plan was stopped early (time limit)."))
  }
}

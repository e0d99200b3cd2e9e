import CloudCosts
import Mustache
import Scenarios

/// `report.html`: one self-contained page for a finance review, to read, print or send.
public struct HTMLReport: Sendable {
  public let text: String

  /// - Parameter assumptions: what the numbers rest on, a sentence each; nil: what always holds
  ///   when the forecast is the window as it is.
  public init(_ comparison: Comparison, assumptions: [String]? = nil) throws {
    MustacheContentTypes.register(HTMLText.ContentType(), named: HTMLText.ContentType.name)
    let template = try MustacheTemplate(string: ReportTemplate.text)
    text = template.render(ReportPage(comparison, assumptions: assumptions))
  }
}

/// What the template shows, as texts: every number is already written for people.
struct ReportPage {
  let scenario: String
  let window: String
  let hours: String
  let currency: String
  let runs: [RunPage]
  let scenarios: [ScenarioRow]
  let hasSeveralRuns: Bool
  let findings: [RunDocument.Note]
  let hasFindings: Bool
  let assumptions: [String]
  let definitions: [Definition]
  let styles = ReportStyle.text
  let patterns = Ink.definitions

  /// One line of the overview of scenarios.
  struct ScenarioRow {
    let anchor: String
    let runName: String
    let outcomeName: String
    let costText: String
    let baselineText: String
    let changeText: String
    let proofText: String
  }

  init(_ comparison: Comparison, assumptions: [String]?) {
    let document = RunDocument(comparison)
    scenario = document.scenario
    window = "\(document.window.from.prefix(10)) to \(document.window.to.prefix(10))"
    hours = AmountText.plural(document.hours, "hour")
    currency = document.currency
    runs = zip(comparison.runs, document.runs).enumerated().map { index, pair in
      RunPage(pair.0, pair.1, anchor: "run-\(index + 1)", document: document)
    }
    hasSeveralRuns = runs.count > 1
    scenarios = zip(runs, document.runs).compactMap { page, run in
      Headline(run, amounts: AmountText(currency: document.currency, minus: "−")).map { headline in
        ScenarioRow(
          anchor: page.anchor, runName: run.name, outcomeName: headline.outcome.name,
          costText: headline.amounts.headline(headline.outcome.cost),
          baselineText: headline.amounts.headline(headline.baseline) + " "
            + headline.baselineName,
          changeText: headline.change, proofText: AmountText.provenGap(headline.plan.gap))
      }
    }
    findings = document.findings.sorted { $0.severity > $1.severity }
    hasFindings = !findings.isEmpty
    self.assumptions = assumptions ?? Definition.usualAssumptions
    definitions = Definition.all
  }
}

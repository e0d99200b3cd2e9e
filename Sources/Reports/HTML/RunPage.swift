import Billing
import CloudCosts
import Scenarios

/// What the template shows of one run.
struct RunPage {
  let runName: String
  let anchor: String
  let headline: HeadlinePage?
  let outcomeChart: String
  let outcomeRows: [OutcomeRow]
  let demand: ChartPage?
  let cash: CashPage?
  let plan: PlanPage?
  let paths: PathsPage?
  let measures: MeasuresPage?

  /// A name and a value, and what is to be said about it.
  struct Fact {
    let term: String
    let value: String
    let remark: String
  }

  struct HeadlinePage {
    let change: String
    let sentence: String
    let proof: String
    let facts: [Fact]
    /// Says that the search was stopped early; empty where it was not.
    let warnings: [String]
  }

  struct ChartPage {
    let svg: String
    let chartOf: String
  }

  /// One row of the table of outcomes.
  struct OutcomeRow {
    let style: String
    let outcomeName: String
    let mark: String
    let cells: [String]
  }

  init(
    _ run: ScenarioRun, _ entry: RunDocument.Run, anchor: String, document: RunDocument
  ) {
    runName = run.name
    self.anchor = anchor
    let amounts = AmountText(currency: document.currency, minus: "−")
    let recommended = entry.recommended?.name
    let headlined = Headline(entry, amounts: amounts)
    headline = headlined.map { RunPage.page($0, end: String(document.window.to.prefix(10))) }
    outcomeChart =
      OutcomeChart(
        run.outcomes.map { ($0.kind, $0.bill) }, headline: headlined, amounts
      ).svg
    outcomeRows = (entry.outcomes + entry.recommendations).map { outcome in
      RunPage.row(
        outcome, current: entry.outcome("current"), isRecommended: outcome.name == recommended,
        amounts)
    }
    let chosen = run.outcomes.first { $0.kind.rawValue == recommended } ?? run.outcomes.last
    demand = chosen.map {
      ChartPage(
        svg: DemandChart($0.bill, outcome: $0.kind.rawValue).svg, chartOf: $0.kind.rawValue)
    }
    let reference = run.outcomes.first { $0.kind == .current } ?? run.outcomes.first
    cash = chosen.flatMap { chosen in
      reference.flatMap { reference in
        reference.kind == chosen.kind ? nil : CashPage(plan: chosen, reference: reference)
      }
    }
    plan = document.recommendation(of: entry).map(PlanPage.init)
    paths = document.recommendation(of: entry).flatMap { PathsPage($0, amounts) }
    measures = MeasuresPage(
      entry.recommended ?? entry.outcome("current"), against: entry.outcome("current"), amounts)
  }

  private static func page(_ headline: Headline, end: String) -> HeadlinePage {
    let amounts = headline.amounts
    let plan = headline.plan
    let saved = headline.baseline - headline.outcome.cost
    let proof = headline.proofSentence
    return HeadlinePage(
      change: headline.change, sentence: headline.costSentence + ".",
      proof: proof.prefix(1).uppercased() + proof.dropFirst(),
      facts: [
        Fact(
          term: saved < .zero ? "Dearer by" : "Saved",
          value: amounts.headline(Money(micros: abs(saved.micros))),
          remark: "against \(amounts.headline(headline.baseline)) \(headline.baselineName)"),
        Fact(
          term: "Cash upfront", value: amounts.headline(headline.outcome.upfront),
          remark: "on first days inside the window"),
        Fact(
          term: "Locked after \(end)", value: amounts.headline(plan.lockedBeyondWindow),
          remark: "of \(amounts.headline(plan.totalCommitted)) committed in all"),
        Fact(
          term: "Covered", value: AmountText.percent(headline.outcome.coverage),
          remark: headline.outcome.utilization.map {
            AmountText.percent($0) + " of the commitments used"
          } ?? "no commitments"),
      ],
      warnings: !plan.isStoppedEarly
        ? []
        : [
          "The search for this plan was stopped early (\(plan.stop.rawValue)). It satisfies the "
            + "policy; a plan up to \(AmountText.provenGap(headline.plan.gap)) cheaper may exist."
        ])
  }

  private static func row(
    _ outcome: RunDocument.Outcome, current: RunDocument.Outcome?, isRecommended: Bool,
    _ amounts: AmountText
  ) -> OutcomeRow {
    let isBaseline = outcome.name == OutcomeKind.onDemand.rawValue
    let early = outcome.plan?.isStoppedEarly ?? false
    return OutcomeRow(
      style: isRecommended ? "recommended" : "", outcomeName: outcome.name,
      mark: [isRecommended ? "recommended" : "", early ? "stopped early" : ""]
        .filter { !$0.isEmpty }.joined(separator: ", "),
      cells: [
        amounts.headline(outcome.cost), isBaseline ? "–" : amounts.headline(outcome.savings),
        isBaseline ? "–" : AmountText.percent(outcome.savingsRate),
        current.map { amounts.headline($0.cost - outcome.cost) } ?? "–",
        AmountText.percent(outcome.coverage),
        outcome.utilization.map { AmountText.percent($0) } ?? "–",
        AmountText.percent(outcome.effectiveSavingsRate), amounts.headline(outcome.upfront),
        outcome.plan.map { AmountText.percent($0.gap, decimals: 3) } ?? "–",
      ])
  }
}

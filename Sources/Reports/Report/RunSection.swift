import Billing
import CloudCosts
import Scenarios

/// What the page shows of one run, for its three readers in turn.
struct RunSection {
  private let run: ScenarioRun
  private let entry: RunDocument.Run
  private let document: RunDocument
  private let amounts: AmountText
  private let headline: Headline?
  private let selection: PlanSelection?
  /// The outcome whose bill is drawn: the recommended one, else the last.
  private let chosen: Outcome?

  init(
    _ run: ScenarioRun, _ entry: RunDocument.Run, _ document: RunDocument, _ amounts: AmountText
  ) {
    self.run = run
    self.entry = entry
    self.document = document
    self.amounts = amounts
    headline = Headline(entry, amounts: amounts)
    selection = document.recommendation(of: entry)
    let name = entry.recommended?.name
    chosen = run.outcomes.first { $0.kind.rawValue == name } ?? run.outcomes.last
  }

  var html: HTML {
    """
    \(leadership)
    \(finance)
    \(engineering)
    """
  }

  // MARK: Leadership

  private var leadership: HTML {
    let chart = HTML.figure { size in
      OutcomeChart(
        run.outcomes.map { ($0.kind, $0.bill) }, headline: headline, amounts, size: size
      ).svg
    }
    let picture = HTML.section("What each way of buying costs", style: "chart", chart)
    guard let headline else { return "\(Self.reader("For leadership"))\(picture)" }
    let end = String(document.window.to.prefix(10))
    let proof = headline.proofSentence
    return """
      \(Self.reader("For leadership"))
      <section>
      <p class="answer">\(headline.change)</p>
      <p class="sentence">\(headline.costSentence).</p>
      <p class="risk">\(RiskText.sentence(headline, amounts))</p>
      <p class="proof">\(proof.prefix(1).uppercased() + proof.dropFirst())</p>
      \(Self.warnings(headline))
      \(HTML.facts(LeadershipFacts.facts(headline, end: end)))
      </section>
      \(picture)
      """
  }

  private static func warnings(_ headline: Headline) -> HTML {
    guard headline.plan.isStoppedEarly else { return .nothing }
    return """
      <p class="early">The search for this plan was stopped early \
      (\(headline.plan.stop.rawValue)). It satisfies the policy; a plan up to \
      \(AmountText.provenGap(headline.plan.gap)) cheaper may exist.</p>
      """
  }

  static func reader(_ name: String) -> HTML { "<p class=\"reader\">\(name)</p>" }

  // MARK: Finance

  private var finance: HTML {
    let reference = run.outcomes.first { $0.kind == .current } ?? run.outcomes.first
    let cash = chosen.flatMap { chosen in
      reference.flatMap { reference in
        reference.kind == chosen.kind
          ? nil : CashSection(plan: chosen, reference: reference).html
      }
    }
    let ending = EndingSection.html(
      entry.recommended ?? entry.outcome("current"), amounts)
    return """
      \(Self.reader("For finance"))
      \(ReviewSection.html(selection, amounts))
      \(selection.map { ProofSection.html($0, amounts) } ?? .nothing)
      \(selection.flatMap { PathsSection.html($0, amounts) } ?? .nothing)
      \(cash ?? .nothing)
      <div class="pair">\(PrepaidSection.html(selection, amounts))\(ending)</div>
      \(ShowbackSection.html((entry.recommended ?? entry.outcome("current"))?.showback, amounts))
      \(outcomes)
      """
  }

  private var outcomes: HTML {
    let recommended = entry.recommended?.name
    var table = HTMLTable([
      "Outcome", "Cost", "Saved", "in %", "Against current", "Coverage", "Utilization", "ESR",
      "Upfront", "Proven gap",
    ])
    for outcome in entry.outcomes + entry.recommendations {
      let isRecommended = outcome.name == recommended
      let marks = [
        isRecommended ? "recommended" : "",
        outcome.plan?.isStoppedEarly ?? false ? "stopped early" : "",
      ]
      table.append(
        [outcome.name] + cells(outcome),
        notes: [marks.filter { !$0.isEmpty }.joined(separator: ", ")],
        style: isRecommended ? "recommended" : "")
    }
    return HTML.section("The ways of buying as numbers", table.html)
  }

  private func cells(_ outcome: RunDocument.Outcome) -> [String] {
    let isBaseline = outcome.name == OutcomeKind.onDemand.rawValue
    return [
      amounts.headline(outcome.cost), isBaseline ? "–" : amounts.headline(outcome.savings),
      isBaseline ? "–" : AmountText.percent(outcome.savingsRate),
      entry.outcome("current").map { amounts.headline($0.cost - outcome.cost) } ?? "–",
      AmountText.percent(outcome.coverage),
      outcome.utilization.map { AmountText.percent($0) } ?? "–",
      AmountText.percent(outcome.effectiveSavingsRate), amounts.headline(outcome.upfront),
      outcome.plan.map { AmountText.percent($0.gap, decimals: 3) } ?? "–",
    ]
  }

  // MARK: Engineering

  private var engineering: HTML {
    """
    \(Self.reader("For engineering"))
    \(selection.map { PlanSection($0, amounts).html } ?? .nothing)
    \(chosen.map(shape) ?? .nothing)
    \(MeasuresSection.html(
      entry.recommended ?? entry.outcome("current"), against: entry.outcome("current"), amounts))
    """
  }

  private func shape(_ outcome: Outcome) -> HTML {
    let name = outcome.kind.rawValue
    let bill = outcome.bill
    let usage = HTML.section(
      "Usage and the line of commitment", style: "chart",
      lead: "Outcome \(name). Usage above the line is paid on demand; room below the line is paid "
        + "for and not used. A commitment covers only what it is good for, so that there can be "
        + "both at once.",
      HTML.figure { DemandChart(bill, outcome: name, size: $0).svg })
    let duration = HTML.section(
      "How often usage is how high", style: "chart",
      HTML.figure { LoadDurationChart(bill, size: $0).svg })
    let week = HTML.section(
      "When in the week", style: "chart", HTML.figure { WeekChart(bill, size: $0).svg })
    return "\(usage)\(duration)\(week)"
  }
}

/// What leadership wants to know next to the one number.
enum LeadershipFacts {
  static func facts(_ headline: Headline, end: String) -> [HTML.Fact] {
    let amounts = headline.amounts
    let plan = headline.plan
    let saved = headline.baseline - headline.outcome.cost
    return [
      .init(
        term: saved < .zero ? "Dearer by" : "Saved",
        value: amounts.headline(Money(micros: abs(saved.micros))),
        remark: "against \(amounts.headline(headline.baseline)) \(headline.baselineName)"),
      .init(
        term: "Cash upfront", value: amounts.headline(headline.outcome.upfront),
        remark: "on first days inside the window"),
      .init(
        term: "Locked after \(end)", value: amounts.headline(plan.lockedBeyondWindow),
        remark: "of \(amounts.headline(plan.totalCommitted)) committed in all"),
      .init(
        term: "Covered", value: AmountText.percent(headline.outcome.coverage),
        remark: headline.outcome.utilization.map {
          AmountText.percent($0) + " of the commitments used"
        } ?? "no commitments"),
    ]
  }
}

/// What may go wrong, in a sentence.
enum RiskText {
  /// Empty where nothing is bought, and in documents of older versions.
  static func sentence(_ headline: Headline, _ amounts: AmountText) -> String {
    guard let falls = headline.plan.review?.downsides, !headline.plan.purchases.isEmpty,
      let usual = headline.plan.headlineDownside, let worst = falls.last
    else { return "" }
    let futures = headline.outcome.paths.map { paths in
      let lost = paths.savings.count { $0.wrappedValue < .zero }
      // What else a headline names: a family goes, and what was bought for it is left.
      let others = (paths.downsides ?? []).filter { $0.name != usual.name }.map {
        "; if \($0.name), the bill is \(Headline.change($0.savingsRate))"
      }
      return others.joined() + "; it loses money in \(lost) of \(paths.count) futures"
    }
    return
      "If usage falls by \(share(usual)), it \(result(usual, amounts)); by \(share(worst)), it "
      + "\(result(worst, amounts))\(futures ?? "")."
  }

  private static func share(_ fall: RunDocument.UsageFall) -> String {
    AmountText.percent(fall.drop, decimals: 0)
  }

  private static func result(_ fall: RunDocument.UsageFall, _ amounts: AmountText) -> String {
    fall.savings < .zero
      ? "loses \(amounts.headline(-fall.savings))" : "saves \(amounts.headline(fall.savings))"
  }
}

import CloudCosts

/// How sure the saving is, over several futures.
enum PathsSection {
  /// Nil where there is one path.
  static func html(_ selection: PlanSelection, _ amounts: AmountText) -> HTML? {
    guard let paths = selection.outcome.paths else { return nil }
    let compared = selection.plan.compared ?? []
    let rivals: HTML =
      compared.isEmpty
      ? .nothing
      : HTMLTable(
        [
          "Other rules of buying", "What is minimised\(selection.plan.span)", "Against the plan",
        ],
        compared.map { rival in
          [
            rival.sentence.prefix(1).uppercased() + rival.sentence.dropFirst(),
            amounts.headline(rival.objective),
            (rival.difference > .zero ? "+" : "") + amounts.headline(rival.difference),
          ]
        }
      ).html
    return HTML.section(
      "How sure the saving is", style: "chart",
      lead: "The plan is billed on each of \(paths.count) ways in which usage may go, and so is "
        + "buying nothing new; the difference is what it saves there. These are the ways that the "
        + "forecast holds for possible, by their probability: what it does not know of is not in "
        + "them.",
      """
      \(HTML.figure { SavingsChart(paths, amounts, size: $0).svg })
      \(HTML.facts(facts(paths, selection.plan, amounts)))
      \(rivals)
      """)
  }

  private static func facts(
    _ paths: RunDocument.Paths, _ plan: RunDocument.Plan, _ amounts: AmountText
  ) -> [HTML.Fact] {
    let minimised = plan.horizon?.cost ?? paths.riskAdjustedCost
    return [
      .init(
        term: "Expected", value: amounts.headline(paths.expectedSavings),
        remark: "the mean of all paths; risk-adjusted cost\(plan.span) "
          + "\(amounts.headline(minimised)), \(PathsText.measure(paths))"),
      .init(
        term: "5th percentile", value: amounts.headline(paths.percentile5),
        remark: "less is saved with a probability of 5 % at most"),
      .init(
        term: "Loses money", value: AmountText.percent(paths.probabilityOfLoss),
        remark: "probability that it costs more than buying nothing"),
      .init(
        term: "Worst month", value: amounts.headline(paths.worstMonth.savings),
        remark: "saved in \(paths.worstMonth.month) on path \(paths.worstMonth.path + 1)"),
    ]
  }
}

import CloudCosts

/// What the template shows of several paths: how sure the saving is.
struct PathsPage {
  let svg: String
  let remark: String
  let facts: [RunPage.Fact]
  let hasRivals: Bool
  let rivals: [Rival]

  struct Rival {
    let rule: String
    let cells: [String]
  }

  /// Nil where there is one path.
  init?(_ selection: PlanSelection, _ amounts: AmountText) {
    guard let paths = selection.outcome.paths else { return nil }
    svg = SavingsChart(paths, amounts).svg
    remark =
      "The plan is billed on each of \(paths.count) ways in which usage may go, and so is buying "
      + "nothing new; the difference is what it saves there. These are the ways that the forecast "
      + "holds for possible, by their probability: what it does not know of is not in them."
    facts = [
      .init(
        term: "Expected", value: amounts.headline(paths.expectedSavings),
        remark: "the mean of all paths"),
      .init(
        term: "5th percentile", value: amounts.headline(paths.percentile5),
        remark: "less is saved with a probability of 5 % at most"),
      .init(
        term: "Loses money", value: AmountText.percent(paths.probabilityOfLoss),
        remark: "probability that it costs more than buying nothing"),
      .init(
        term: "Worst month", value: amounts.headline(paths.worstMonth.savings),
        remark: "saved in \(paths.worstMonth.month) on path \(paths.worstMonth.path + 1)"),
      .init(
        term: "Risk-adjusted cost", value: amounts.headline(paths.riskAdjustedCost),
        remark: "minimised: " + PathsText.measure(paths)),
    ]
    let compared = selection.plan.compared ?? []
    hasRivals = !compared.isEmpty
    rivals = compared.map { rival in
      Rival(
        rule: rival.sentence.prefix(1).uppercased() + rival.sentence.dropFirst(),
        cells: [
          amounts.headline(rival.objective),
          (rival.difference > .zero ? "+" : "") + amounts.headline(rival.difference),
        ])
    }
  }
}

import CloudCosts

/// What a plan saves over all paths, and what other rules come to, for the terminal.
struct PathsText {
  let lines: [String]

  init(_ selection: PlanSelection, _ amounts: AmountText) {
    var lines: [String] = []
    if let paths = selection.outcome.paths {
      lines =
        [""]
        + Self.facts(paths, selection.plan, amounts).flatMap {
          Printable.wrapped($0, hanging: "  ")
        }
    }
    lines += Self.rivals(selection.plan, amounts)
    lines += Self.returnable(selection.plan.purchases, amounts)
    self.lines = lines
  }

  private static func facts(
    _ paths: RunDocument.Paths, _ plan: RunDocument.Plan, _ amounts: AmountText
  ) -> [String] {
    let minimised = plan.horizon?.cost ?? paths.riskAdjustedCost
    let loss = AmountText.percent(paths.probabilityOfLoss)
    return [
      "Over \(paths.count) paths, against buying nothing new: saves "
        + "\(amounts.headline(paths.expectedSavings)) expected, "
        + "\(amounts.headline(paths.percentile5)) in the 5th percentile, "
        + "\(amounts.headline(paths.percentile95)) in the 95th; loses money with probability \(loss).",
      "Worst month: \(amounts.headline(paths.worstMonth.savings)) saved in "
        + "\(paths.worstMonth.month) on path \(paths.worstMonth.path + 1).",
      "Minimised\(plan.span): \(Self.measure(paths)), \(amounts.headline(minimised)) by the judge"
        + "\(Self.later(plan, amounts)).",
    ]
  }

  /// What the objective has in it next to what the judge bills.
  private static func later(_ plan: RunDocument.Plan, _ amounts: AmountText) -> String {
    guard let charge = plan.chargeBeyondWindow.map(Money.init(rounding:)), charge > .zero else {
      return ""
    }
    return ", and \(amounts.headline(charge)) for what its terms are expected to waste afterwards"
  }

  static func measure(_ paths: RunDocument.Paths) -> String {
    let share = AmountText.percent(paths.weight, decimals: 0)
    let tail = AmountText.percent(1 - paths.level, decimals: paths.level > 0.99 ? 1 : 0)
    switch paths.measure {
    case .expected: return "the expected cost"
    case .cvar: return "\(share) the mean of the dearest \(tail) of paths, the rest expected cost"
    case .loss: return "\(share) the mean of the worst \(tail) of losses, the rest expected cost"
    case .worst: return "\(share) the dearest path, the rest expected cost"
    case .regret:
      let what =
        paths.level < 1 ? "the mean of the largest \(tail) of regrets" : "the largest regret"
      return "\(share) \(what), the rest expected cost"
    }
  }

  private static func rivals(_ plan: RunDocument.Plan, _ amounts: AmountText) -> [String] {
    guard let rivals = plan.compared, !rivals.isEmpty else { return [] }
    return ["", "Other rules, by what is minimised\(plan.span):"]
      + rivals.map { rival in
        let sign = rival.difference > .zero ? "+" : ""
        return
          "  \(amounts.headline(rival.objective)) (\(sign)\(amounts.headline(rival.difference))) "
          + rival.sentence
      }
  }

  private static func returnable(
    _ purchases: [RunDocument.Purchase], _ amounts: AmountText
  ) -> [String] {
    let split = purchases.compactMap(\.returnable).filter { $0.hourlyCommitments.count > 1 }
    guard !split.isEmpty else { return [] }
    let plans = split.reduce(0) { sum, returnable in
      let money = returnable.hourlyCommitments.reduce(0) { $0 + $1.wrappedValue.value }
      return sum + (money / ReturnablePlans.largest).rounded(.up)
    }
    let limit = ReturnablePlans.mostPerYear
    return Printable.wrapped(
      "Returnable: AWS takes back plans of at most \(amounts.prefix)100/h within 7 days and the same "
        + "month, \(limit) a year; the large plans here would be \(Money(rounding: plans).formatted(decimals: 0)) such plans"
        + (plans > Double(limit) ? ", of which \(limit) could go back." : "."), hanging: "  ")
  }
}

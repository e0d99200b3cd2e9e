/// A measure's name and what it means.
struct Definition {
  let term: String
  let meaning: String

  static var list: HTML {
    let items: [HTML] = all.map { "<li><strong>\($0.term)</strong>: \($0.meaning)</li>" }
    return "<ul>\(items)</ul>"
  }

  private static let all = [
    Definition(
      term: "Cost",
      meaning: "what the window costs, with upfront payments spread evenly over their terms "
        + "(amortised). Cash is what is paid in a month."),
    Definition(
      term: "Savings", meaning: "one bill less another; negative where it costs more."),
    Definition(
      term: "Coverage",
      meaning: "covered usage as a share of all usage that a commitment is on sale for, both at "
        + "on-demand prices."),
    Definition(
      term: "Utilization", meaning: "the used share of what the commitments cost."),
    Definition(
      term: "Vacant", meaning: "the share of what the commitments cost that is not used."),
    Definition(
      term: "Unrealized",
      meaning: "what usage on demand would have cost that the unused part of the commitments could "
        + "have met, at the ratio of what they did meet."),
    Definition(
      term: "Locked",
      meaning:
        "calendar months that the commitments still bind on the window's last hour, weighted "
        + "by their cost."),
    Definition(
      term: "ESR",
      meaning:
        "effective savings rate: (usage at public on-demand prices − cost) / usage at public "
        + "on-demand prices, after all waste. A negotiated discount is part of it."),
    Definition(
      term: "What commitments can carry",
      meaning: "their hourly cost times what a used unit of it was worth at on-demand prices, on "
        + "average over the window."),
    Definition(
      term: "Pays back",
      meaning: "months from its start until a purchase's cumulative savings have repaid what was "
        + "paid for it; not yet: not inside the window."),
    Definition(
      term: "One more, one fewer",
      meaning:
        "what one instance more or less would save (+) or lose (−) over the window, its price "
        + "included, all else as it is; of a plan, what the last thousandth of a unit of money per "
        + "hour does, for a whole unit."),
    Definition(
      term: "Gap",
      meaning: "how much cheaper than this plan any plan under the same policy could be, at most."),
  ]
}

import CloudCosts

/// The cells of a table of sensitivities: what a limit's change adds to the cost.
struct SensitivityRows {
  let header: [String]
  let rows: [[String]]

  static let title = "What each limit of the policy costs"
  static let remark =
    "Change of the plan's objective when one limit moves and all else stays; solved anew each time. "
    + "Below zero: cheaper."

  init(_ curves: [RunDocument.Sensitivity], _ amounts: AmountText) {
    header =
      ["limit", "set to"] + (curves.first?.points.map { LimitText.change($0.change) } ?? [])
    rows = curves.map { curve in
      [
        curve.limit.rawValue,
        LimitText(unit: curve.limit.row.unit, amounts: amounts).value(curve.value),
      ]
        + curve.points.map { SensitivityRows.text($0.difference, of: curve.objective, amounts) }
    }
  }

  private static func text(
    _ difference: Money?, of objective: Money, _ amounts: AmountText
  ) -> String {
    guard let difference else { return "no plan" }
    // Less than a ten-thousandth of the cost is within the gap that plans are solved to.
    if difference.micros.magnitude * 10_000 < objective.micros.magnitude { return "≈ 0" }
    return (difference > .zero ? "+" : "") + amounts.headline(difference)
  }
}

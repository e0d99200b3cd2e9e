import CloudCosts

/// `resize-tickets.md`: one table in Markdown, for a ticket: which machine, to what, when, why.
package struct TicketTable: Sendable {
  package let text: String

  package init(_ selection: PlanSelection) {
    let amounts = AmountText(currency: selection.currency)
    let plan = selection.plan
    var lines = [
      "<!-- Made by \(OutputMark.name): \(Self.cell(selection.scenario)), run"
        + " \(Self.cell(selection.run)) -->",
      "| # | machine | now | then | by | risk (0 to 4) | hours above | saved on demand |"
        + " if it is not done | work |",
      "|---|---|---|---|---|---|---|---|---|---|",
    ]
    let steps = plan.work ?? []
    let byResource = Dictionary(
      plan.actions.map { ($0.resource, $0) }, uniquingKeysWith: { first, _ in first })
    for step in steps {
      guard step.kind == "resize", let action = byResource[step.subject] else {
        let waits = step.waitsFor.isEmpty ? "" : ", after \(step.waitsFor.joined(separator: ", "))"
        lines.append(
          "| \(step.number) | buy: line \(Self.cell(step.subject))\(Self.cell(waits)) | | |"
            + " \(step.date.prefix(10)) | | | | | |")
        continue
      }
      lines.append("| " + Self.cells(step, action, amounts).joined(separator: " | ") + " |")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func cells(
    _ step: RunDocument.WorkStep, _ action: RunDocument.Action, _ amounts: AmountText
  ) -> [String] {
    let share = action.shareAbove.map { AmountText.percent($0, decimals: 2) }
    let worth = action.worth.map { amounts.headline(Money(rounding: $0)) + " more" }
    let effort = action.effort.map { AmountText.decimal($0, decimals: 1) + " h" }
    let risk = action.risk.map { String($0) }
    var cells = [String(step.number), cell(action.resource), action.from, action.becomes]
    cells += [String(step.date.prefix(10)), risk ?? "–", share ?? "–"]
    cells += [amounts.headline(action.savings), worth ?? "–", effort ?? "–"]
    return cells
  }

  private static func cell(_ text: String) -> String {
    // A row is a line.
    let scalars = SafeText.withoutControls(text).unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.value < 0x20 ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars)).replacing("|", with: "/")
      .replacing("<", with: "‹")
  }
}

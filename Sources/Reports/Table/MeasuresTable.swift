import CloudCosts

/// `plimsoll run --measures`: how well commitments fit, by account and family, and when they end.
package struct MeasuresTable: Sendable {
  package let text: String

  /// Of each run: the current outcome, and the recommended one.
  package init(_ document: RunDocument) {
    var lines: [String] = []
    for run in document.runs {
      let names = ["current", run.recommended?.name].compactMap { $0 }
      for name in names {
        guard let outcome = run.outcome(name), let measures = outcome.measures else { continue }
        let title = document.runs.count > 1 ? "\(run.name): \(name)" : name
        lines += MeasuresTable.lines(measures, title: title, document.currency)
      }
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static let most = 12

  private static func lines(
    _ measures: RunDocument.Measures, title: String, _ currency: String
  ) -> [String] {
    let parts =
      [("overall", [measures.overall]), ("account", measures.accounts)]
      + [("family", measures.families), ("tag", measures.tags ?? [])]
    let scale = TableScale(parts.flatMap(\.1).flatMap { [$0.list, $0.cost] })
    let columns = MeasureCells([measures], money: scale.text)
    var table = TextTable(
      [
        .init(header: "", alignsRight: false),
        .init(header: "of", alignsRight: false, isFlexible: true),
      ] + columns.header.map { .init(header: $0) })
    for (kind, all) in parts {
      let largest = all.sorted { $0.list > $1.list }
      for part in largest.prefix(most) {
        table.append(
          [kind, kind == "overall" ? "" : part.name.isEmpty ? "–" : part.name]
            + columns.cells(part))
      }
      if largest.count > most {
        table.append(
          [kind, "… \(largest.count - most) more"]
            + Array(repeating: "", count: columns.header.count))
      }
    }
    let lockIn =
      "Locked in for \(AmountText.decimal(measures.lockInMonthsAtStart, decimals: 1)) months on the "
      + "first hour, \(AmountText.decimal(measures.lockInMonthsAtEnd, decimals: 1)) on the last "
      + "(weighted by cost, as is the column); paid back: months from the first purchase."
    let ends = measures.expiring.prefix(most).map { month in
      "\(month.month) \(AmountText(currency: currency).rate(month.hourlyCommitment))/h"
    }
    let more =
      measures.expiring.count > most ? ", … \(measures.expiring.count - most) more months" : ""
    return ["", "Measures of the outcome \(title)"] + table.lines()
      + Printable.wrapped("\(scale.unit(currency)). \(lockIn)")
      + (ends.isEmpty
        ? [] : Printable.wrapped("Ends in: \(ends.joined(separator: ", "))\(more)."))
  }
}

import CloudCosts
import Scenarios

/// An overview of a history for the terminal.
package struct InformTable {
  package let text: String

  private static let mostSlices = 12
  private static let mostAnomalies = 20

  package init(_ overview: HistoryOverview) {
    let words = InformText(overview, minus: "-")
    var lines = ["\(overview.path): \(words.days)", ""] + Printable.wrapped(words.sentence)
    for breakdown in overview.breakdowns {
      lines += [""]
      lines += InformTable.lines(
        [InformText.title(breakdown)] + InformText.sliceHeader, left: 1,
        (breakdown.slices.prefix(Self.mostSlices)
          + (breakdown.slices.count > Self.mostSlices ? [] : [overview.total]))
          .map { [InformText.name($0.name)] + words.cells($0) })
      if breakdown.slices.count > Self.mostSlices {
        lines += ["  … and \(breakdown.slices.count - Self.mostSlices) more, see --json"]
      }
    }
    if overview.coverage.count > 1 {
      lines += InformTable.section(
        "Coverage of what commitments can cover", InformText.coverageHeader, left: 1,
        overview.coverage.map(words.coverageCells), none: "None.")
    }
    if !overview.kinds.isEmpty {
      lines += InformTable.section(
        "Coverage by kind of commitment (what other kinds cover is on neither side)",
        InformText.kindHeader, left: 1, overview.kinds.map(words.cells), none: "None.")
    }
    lines += InformTable.section(
      "Ends in the next 12 months", InformText.expiryHeader, left: 4,
      overview.expiring.map(words.cells), none: "Nothing that the bill tells the end of.")
    lines += InformTable.section(
      "Machines on demand that cost most (always on: on demand on nine of ten days)",
      InformText.uncoveredHeader, left: 4, overview.uncovered.map(words.cells), none: "None.")
    if let savings = overview.unrealized {
      lines += InformTable.section(
        "What commitments at the given prices would save", InformText.unrealizedHeader, left: 5,
        savings.prefix(Self.mostSlices).map(words.cells), none: "Nothing runs on demand always.")
      if savings.count > Self.mostSlices {
        lines += ["  … and \(savings.count - Self.mostSlices) more, see --json"]
      }
      if !savings.isEmpty { lines += Printable.wrapped(words.unrealizedSentence(savings)) }
    }
    lines += InformTable.section(
      "Days that should not set a baseline", InformText.anomalyHeader, left: 2,
      overview.anomalies.prefix(Self.mostAnomalies).map(words.cells), none: "None.")
    if overview.anomalies.count > Self.mostAnomalies {
      lines += ["  … and \(overview.anomalies.count - Self.mostAnomalies) more, see --json"]
    }
    if !overview.anomalies.isEmpty { lines += Printable.wrapped(InformText.rule) }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func section(
    _ title: String, _ header: [String], left: Int, _ rows: [[String]], none: String
  ) -> [String] {
    ["", title] + (rows.isEmpty ? ["  " + none] : lines(header, left: left, rows))
  }

  /// - Parameter left: so many columns are text.
  private static func lines(_ header: [String], left: Int, _ rows: [[String]]) -> [String] {
    var table = TextTable(
      header.enumerated().map { index, name in
        TextTable.Column(header: name, alignsRight: index >= left, isFlexible: index < left)
      })
    for row in rows { table.append(row) }
    return table.lines()
  }
}

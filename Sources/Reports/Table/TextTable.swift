/// Columns of text under a header, for a terminal or a pipe.
struct TextTable {
  struct Column {
    var header: String
    var alignsRight = true
    /// Gives up width where the table is too wide.
    var isFlexible = false
  }

  static let width = 100

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func append(_ cells: [String]) { rows.append(cells.map(Printable.clean)) }

  /// The lines, with thin rules above and below the header and under the last row.
  func lines(ruled: Bool = true) -> [String] {
    var widths = columns.indices.map { column in
      ([columns[column].header] + rows.map { $0[column] }).map(\.count).max() ?? 0
    }
    // A wide table first gives up air, then the text that can be cut.
    let gaps = max(0, columns.count - 1)
    let gap = widths.reduce(0, +) + 2 * gaps > TextTable.width ? 1 : 2
    var excess = widths.reduce(0, +) + gap * gaps - TextTable.width
    for column in columns.indices where columns[column].isFlexible && excess > 0 {
      let cut = min(excess, max(0, widths[column] - 8))
      widths[column] -= cut
      excess -= cut
    }
    let rule = String(repeating: "─", count: widths.reduce(0, +) + gap * gaps)
    let separator = String(repeating: " ", count: gap)
    func line(_ cells: [String]) -> String {
      let padded = columns.indices.map { column in
        pad(cells[column], to: widths[column], right: columns[column].alignsRight)
      }
      return Printable.trimmedEnd(padded.joined(separator: separator))
    }
    let header = line(columns.map(\.header))
    let body = rows.map(line)
    return ruled ? [rule, header, rule] + body + [rule] : [header] + body
  }

  private func pad(_ text: String, to width: Int, right: Bool) -> String {
    let cut = Printable.truncated(text, to: width)
    let padding = String(repeating: " ", count: width - cut.count)
    return right ? padding + cut : cut + padding
  }
}

/// Columns of text under a header, for a terminal or a pipe.
struct TextTable {
  struct Column {
    var header: String
    var alignsRight = true
    /// Gives up width where the table is too wide.
    var isFlexible = false
    /// Is left out where the table is still too wide, the last one first; `--json` has it.
    var isSpare = false
  }

  static let width = TerminalWidth.columns

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func append(_ cells: [String]) { rows.append(cells.map(Printable.clean)) }

  /// The lines, with thin rules above and below the header and under the last row.
  func lines(ruled: Bool = true) -> [String] {
    let shown = shownColumns
    let widths = shown.map { natural($0) }
    // A wide table first gives up air, then the text that can be cut.
    let gap = total(widths, gap: 2) > TextTable.width ? 1 : 2
    let cut = fitted(widths, shown, gap: gap)
    let rule = String(repeating: "─", count: total(cut, gap: gap))
    let separator = String(repeating: " ", count: gap)
    func line(_ cells: [String]) -> String {
      let padded = zip(shown, cut).map { column, width in
        pad(cells[column], to: width, right: columns[column].alignsRight)
      }
      return Printable.trimmedEnd(padded.joined(separator: separator))
    }
    let header = line(columns.map(\.header))
    let body = rows.map(line)
    return (ruled ? [rule, header, rule] + body + [rule] : [header] + body) + hidden(shown)
  }

  /// All columns but the spare ones that do not fit.
  private var shownColumns: [Int] {
    var shown = Array(columns.indices)
    func isTooWide() -> Bool {
      let widths = fitted(shown.map { natural($0) }, shown, gap: 1)
      return total(widths, gap: 1) > TextTable.width
    }
    while isTooWide(), let last = shown.lastIndex(where: { columns[$0].isSpare }) {
      shown.remove(at: last)
    }
    return shown
  }

  private func hidden(_ shown: [Int]) -> [String] {
    let names = columns.indices.filter { !shown.contains($0) }.map { columns[$0].header }
    guard !names.isEmpty else { return [] }
    return Printable.wrapped(
      "Not shown for want of width: \(names.joined(separator: ", ")); --json has all.")
  }

  /// The width that a column's text takes.
  private func natural(_ column: Int) -> Int {
    ([columns[column].header] + rows.map { $0[column] }).map(\.count).max() ?? 0
  }

  private func total(_ widths: [Int], gap: Int) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// Widths of which flexible columns have given up what is too much.
  private func fitted(_ widths: [Int], _ shown: [Int], gap: Int) -> [Int] {
    var excess = total(widths, gap: gap) - TextTable.width
    return zip(shown, widths).map { column, width in
      guard columns[column].isFlexible, excess > 0 else { return width }
      let cut = min(excess, max(0, width - 8))
      excess -= cut
      return width - cut
    }
  }

  private func pad(_ text: String, to width: Int, right: Bool) -> String {
    let cut = Printable.truncated(text, to: width)
    let padding = String(repeating: " ", count: width - cut.count)
    return right ? padding + cut : cut + padding
  }
}

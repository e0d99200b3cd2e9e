import CloudCosts

/// Rows as RFC 4180 text: commas, quotes doubled, lines that end in CR LF.
struct CSVText {
  /// One cell.
  enum Cell {
    /// Text that a user's file may have brought along.
    case text(String)
    /// A number, or nothing.
    case number(String?)
  }

  private(set) var text = ""

  init(header: [String]) { append(header.map(Cell.text)) }

  mutating func append(_ cells: [Cell]) {
    text += cells.map(CSVText.field).joined(separator: ",") + "\r\n"
  }

  private static func field(_ cell: Cell) -> String {
    switch cell {
    case .number(let number): return number ?? ""
    case .text(let text):
      let safe = neutralized(SafeText.withoutControls(text))
      // Scalars, because "\r\n" and a comma with a combining mark are single characters.
      let quotes = safe.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
      return quotes ? "\"" + doubled(safe) + "\"" : safe
    }
  }

  /// Spreadsheets take a cell that starts like this for a formula; an apostrophe makes it text.
  private static func neutralized(_ text: String) -> String {
    SafeText.isFormula(text) ? "'" + text : text
  }

  private static func doubled(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}

extension CSVText.Cell {
  static func money(_ amount: Money?) -> Self { .number(amount.map(JSONNumber.text)) }

  static func ratio(_ ratio: Double?) -> Self { .number(ratio.map { number in plain(number) }) }

  static func optional(_ text: String?) -> Self { .text(text ?? "") }

  /// Without an exponent: some spreadsheets would keep `1e-05` as text.
  private static func plain(_ number: Double) -> String {
    JSONNumber.text(of: Money(rounding: number))
  }
}

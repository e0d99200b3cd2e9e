import Foundation

@testable import Reports

/// What the formulas of a workbook come to: enough of the language for those that it has, so that
/// every live cell is computed anew where no spreadsheet program is installed.
struct FormulaValue {
  let sheets: [Sheet]

  /// - Throws: where a formula has something in it that is not understood.
  func value(_ formula: String, in sheet: Sheet) throws -> Double {
    var parser = Parser(text: Array(formula.dropFirst()), sheets: sheets, sheet: sheet)
    let value = try parser.sum()
    guard parser.isAtEnd else { throw NotUnderstood(text: formula) }
    return value
  }

  struct NotUnderstood: Error {
    var text: String
  }

  private struct Parser {
    let text: [Character]
    let sheets: [Sheet]
    let sheet: Sheet
    var place = 0

    init(text: [Character], sheets: [Sheet], sheet: Sheet) {
      (self.text, self.sheets, self.sheet) = (text, sheets, sheet)
    }

    var isAtEnd: Bool { place == text.count }
    private var next: Character? { place < text.count ? text[place] : nil }

    private mutating func take(_ character: Character) -> Bool {
      guard next == character else { return false }
      place += 1
      return true
    }

    mutating func sum() throws -> Double {
      var value = try product()
      while let sign = next, sign == "+" || sign == "-" {
        place += 1
        let other = try product()
        value += sign == "+" ? other : -other
      }
      return value
    }

    private mutating func product() throws -> Double {
      var value = try factor()
      while let sign = next, sign == "*" || sign == "/" {
        place += 1
        let other = try factor()
        value = sign == "*" ? value * other : value / other
      }
      return value
    }

    private mutating func factor() throws -> Double {
      if let next, next.isNumber { return number() }
      let word = name()
      guard take("(") else { return try cells(word).first?.number ?? 0 }
      defer { _ = take(")") }
      switch word {
      case "SUM": return try range().reduce(0) { $0 + $1.number }
      case "MIN": return try range().map(\.number).min() ?? 0
      case "SUMPRODUCT":
        let first = try range()
        guard take(",") else { throw NotUnderstood(text: String(text)) }
        return zip(first, try range()).reduce(0) { $0 + $1.0.number * $1.1.number }
      case "SUMIF":
        let keys = try range()
        _ = take(",")
        let key = try cells(name()).first?.text
        _ = take(",")
        return zip(keys, try range()).reduce(0) { $0 + ($1.0.text == key ? $1.1.number : 0) }
      case "IF":
        let left = try sum()
        guard take("=") else { throw NotUnderstood(text: String(text)) }
        let right = try sum()
        _ = take(",")
        let yes = try sum()
        _ = take(",")
        let isEqual = left == right
        // What is not asked for may divide by zero.
        let no = try sum()
        return isEqual ? yes : no
      default: throw NotUnderstood(text: String(text))
      }
    }

    private mutating func number() -> Double {
      let start = place
      while let next, next.isNumber || next == "." { place += 1 }
      return Double(String(text[start..<place])) ?? .nan
    }

    private mutating func name() -> String {
      let start = place
      if take("'") {
        while next != nil, !take("'") { place += 1 }
      }
      while let next, next.isLetter || next.isNumber || "$!_".contains(next) { place += 1 }
      return String(text[start..<place])
    }

    private mutating func range() throws -> [(number: Double, text: String)] {
      let first = name()
      guard take(":") else { return try cells(first) }
      return try cells(first, to: name())
    }

    private func cells(
      _ first: String, to last: String? = nil
    ) throws -> [(number: Double, text: String)] {
      let parts = first.split(separator: "!", maxSplits: 1).map(String.init)
      let name = parts.count == 2 ? parts[0].filter { $0 != "'" } : sheet.name
      guard let target = sheets.first(where: { $0.name == name }),
        let from = Self.place(parts.last ?? ""), let to = Self.place(last ?? parts.last ?? "")
      else { throw NotUnderstood(text: first) }
      return try (from.row...to.row).flatMap { row in
        try (from.column...to.column).map { try cell(row, $0, of: target) }
      }
    }

    private func cell(
      _ row: Int, _ column: Int, of sheet: Sheet
    ) throws -> (number: Double, text: String) {
      guard sheet.rows.indices.contains(row), sheet.rows[row].indices.contains(column) else {
        return (0, "")
      }
      switch sheet.rows[row][column].content {
      case .empty: return (0, "")
      case .text(let text): return (0, text)
      case .number(let number): return (number, "")
      case .formula(let formula, _):
        return (try FormulaValue(sheets: sheets).value(formula, in: sheet), "")
      }
    }

    /// `$C$5`: row 4, column 2.
    private static func place(_ address: String) -> (row: Int, column: Int)? {
      let plain = address.filter { $0 != "$" }
      let letters = plain.prefix { $0.isLetter }
      guard let row = Int(plain.dropFirst(letters.count)), !letters.isEmpty else { return nil }
      let column = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 }
      return (row - 1, column - 1)
    }
  }
}

import CloudCosts

/// One sheet of a workbook: its cells, and what is drawn from them.
struct Sheet {
  /// At most 31 characters, none of `[]:*?/\`.
  let name: String
  private(set) var rows: [[Cell]] = []
  /// In characters of the usual font.
  var widths: [Double] = []
  /// So many rows stay in sight.
  var frozenRows = 0
  /// Names for ranges, such as `plan_cost`; a range is in this sheet.
  var names: [(name: String, range: String)] = []
  var charts: [SheetChart] = []
  /// The rows (counted from 0) and columns that can be filtered by.
  var filter: (rows: ClosedRange<Int>, columns: Int)?

  init(_ name: String) { self.name = name }

  /// What is in a cell.
  struct Cell {
    var content: Content
    var style: Style

    enum Content {
      case empty
      /// As it is: never read as a formula.
      case text(String)
      case number(Double)
      /// With what we hold for its value.
      case formula(String, Double)
    }

    enum Style: CaseIterable {
      case title, note, header, headerRight, text, wrapped, money, percent, gap, count, decimal
      case textTotal, moneyTotal, percentTotal, countTotal
    }
  }

  /// - Returns: its number as formulas count, from 1.
  @discardableResult
  mutating func append(_ cells: [Cell]) -> Int {
    rows.append(cells)
    return rows.count
  }

  /// The row's names of columns; the first `left` and the last `notes` are those of texts.
  mutating func appendHeader(_ titles: [String], left: Int, notes: Int = 0) -> Int {
    let numbers = left..<max(left, titles.count - notes)
    let row = append(
      titles.enumerated().map { Cell(.text($1), numbers.contains($0) ? .headerRight : .header) })
    frozenRows = row
    return row
  }

  /// `'Cash and cost'!$C$5`.
  func reference(_ column: Int, _ row: Int) -> String {
    "'\(name)'!$\(Sheet.letters(column))$\(row)"
  }

  /// `'Cash and cost'!$C$5:$C$17`.
  func reference(_ column: Int, rows: ClosedRange<Int>) -> String {
    "'\(name)'!" + "$\(Sheet.letters(column))$\(rows.lowerBound)"
      + ":$\(Sheet.letters(column))$\(rows.upperBound)"
  }

  /// `C5`, for columns from 0 and rows from 1.
  static func address(_ column: Int, _ row: Int) -> String { letters(column) + "\(row)" }

  /// `C5:C17`.
  static func range(_ column: Int, _ rows: ClosedRange<Int>) -> String {
    address(column, rows.lowerBound) + ":" + address(column, rows.upperBound)
  }

  static func letters(_ column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(column / 26 - 1) + last
  }
}

/// A drawing of columns of a sheet.
struct SheetChart {
  enum Kind { case columns, line }

  var kind: Kind
  var title: String
  /// What the amounts are.
  var unit: String
  /// References, as `Sheet.reference` makes them.
  var categories: String
  var series: [(name: String, values: String)]
  /// Where its corner is, from 0.
  var row: Int
  var column: Int
}

extension Sheet.Cell {
  init(_ content: Content, _ style: Style) {
    self.init(content: content, style: style)
  }

  static let empty = Sheet.Cell(.empty, .text)
  static func title(_ text: String) -> Self { Sheet.Cell(.text(text), .title) }
  static func note(_ text: String) -> Self { Sheet.Cell(.text(text), .note) }
  static func text(_ text: String) -> Self { Sheet.Cell(.text(text), .text) }
  static func wrapped(_ text: String) -> Self { Sheet.Cell(.text(text), .wrapped) }
  static func total(_ text: String) -> Self { Sheet.Cell(.text(text), .textTotal) }

  static func money(_ amount: Money?) -> Self {
    Sheet.Cell(amount.map { .number($0.value) } ?? .empty, .money)
  }

  static func percent(_ share: Double?) -> Self { number(share, .percent) }
  static func gap(_ share: Double?) -> Self { number(share, .gap) }
  static func count(_ number: Double?) -> Self { self.number(number, .count) }
  static func decimal(_ number: Double?) -> Self { self.number(number, .decimal) }

  private static func number(_ number: Double?, _ style: Style) -> Self {
    // What is not finite has no place in a spreadsheet.
    Sheet.Cell(number.flatMap { $0.isFinite ? .number($0) : nil } ?? .empty, style)
  }

  /// A live amount; `value` is what we hold for it.
  static func formula(_ formula: String, _ value: Money, _ style: Style = .money) -> Self {
    Sheet.Cell(.formula(formula, value.value), style)
  }

  static func formula(_ formula: String, share: Double, _ style: Style = .percent) -> Self {
    Sheet.Cell(.formula(formula, share.isFinite ? share : 0), style)
  }

  /// The sum of the cells above, in rows.
  static func sum(_ column: Int, _ rows: ClosedRange<Int>, _ value: Money) -> Self {
    formula("=SUM(\(Sheet.range(column, rows)))", value, .moneyTotal)
  }
}

import CloudCosts
import GRDB

/// Files of other names and bytes that hold the same rows: a report exported twice, a month and its
/// days.
///
/// A day of a subject, class and commitment is the same in two files where its rows, instance-hours
/// and costs are (to two millionths: a cell carries what its neighbour's rounding left). Costs of 0
/// prove nothing. Where such days hold a tenth of a file's rows or more, the file is named. Time:
/// linear in the cells of files whose days overlap; bills of different months cost nothing.
struct HistoryOverlap {
  private struct Key: Hashable {
    var day: Int
    var subject: Int64
    var chargeClass: String
    var commitment: String
  }

  private struct Cell {
    var quantity: Double
    var list: Int128
    var billed: Int128
    var effective: Int128
    var rows: Int

    func isSame(as other: Cell) -> Bool {
      rows == other.rows && abs(quantity - other.quantity) < 1e-9 && abs(list - other.list) <= 2
        && abs(billed - other.billed) <= 2 && abs(effective - other.effective) <= 2
    }
  }

  /// The days of each file in the history.
  private var days: [Int64: ClosedRange<Int>] = [:]
  private var all: [Int64: ClosedRange<Int>] = [:]
  /// Files whose rows were compared one by one already (`RepeatedRows`).
  private let sampled: Set<Int64>

  /// - Parameter new: files that `findings` will be asked of, one after the other.
  init(_ db: Database, without new: Set<Int64>) throws {
    var all: [Int64: ClosedRange<Int>] = [:]
    let sql = "SELECT source, MIN(day) AS first, MAX(day) AS last FROM cost GROUP BY source"
    try db.forEach(of: "cost", sql) { row in
      let first = try row.int("first", in: CheckedRow.days)
      all[try row.int64("source")] =
        first...(try row.int("last", in: first...CheckedRow.days.upperBound))
    }
    self.all = all
    var sampled: Set<Int64> = []
    try db.forEach(of: "row_sample", "SELECT DISTINCT source FROM row_sample") {
      sampled.insert(try $0.int64("source"))
    }
    self.sampled = sampled
    days = all.filter { !new.contains($0.key) }
  }

  /// Compares a file that was just written with all before it.
  mutating func findings(of id: Int64, _ file: HistorySource, _ db: Database) throws -> [Finding] {
    guard let own = all[id] else { return [] }
    let isSampled = sampled.contains(id)
    let others = days.filter {
      $0.key != id && $0.value.overlaps(own) && !(isSampled && sampled.contains($0.key))
    }.keys.sorted()
    days[id] = own
    guard !others.isEmpty else { return [] }
    var mine: [Key: Cell] = [:]
    try HistoryOverlap.cells(of: id, db) { key, cell in
      if cell.list != 0, cell.rows > 0 { mine[key] = cell }
    }
    return try others.compactMap { other in
      var count = 0
      try HistoryOverlap.cells(of: other, db) { key, cell in
        if let same = mine[key], same.isSame(as: cell) { count &+= cell.rows }
      }
      guard count > 0, Double(count) * 10 >= Double(file.rows) else { return nil }
      let path = try db.first(of: "source", "SELECT path FROM source WHERE id = ?", [other]) {
        try $0.text("path")
      }
      return Finding(
        .warning, rule: "import.same-rows", place: file.path,
        message: """
          \(count.grouped) of its \(file.rows.grouped) rows seem to be in \
          \(path?.quotedPath ?? "another file") too (same days, subjects, numbers and costs): they count twice
          """,
        remedy:
          "Take one of the two out (plimsoll history HISTORY --remove FILE), unless the bills are really"
          + " that alike."
      )
    }
  }

  private static func cells(
    of source: Int64, _ db: Database, _ body: (Key, Cell) -> Void
  ) throws {
    try db.forEach(of: "cost", "SELECT * FROM cost WHERE source = ?", [source]) { row in
      body(
        Key(
          day: try row.int("day", in: CheckedRow.days), subject: try row.int64("subject"),
          chargeClass: try row.text("class"), commitment: try row.text("commitment")),
        Cell(
          quantity: try row.number("quantity"), list: try row.money("list").micros,
          billed: try row.money("billed").micros, effective: try row.money("effective").micros,
          rows: try row.rows("rows")))
    }
  }
}

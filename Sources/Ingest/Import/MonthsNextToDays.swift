import CloudCosts

/// Rows of a machine for weeks or a month, next to rows for hours or days of it in the same file.
///
/// One export never has both, so the same usage may be in the file twice: what puts two exports
/// into one file is not seen by what compares files (`ParallelExports`).
struct MonthsNextToDays {
  private struct Row {
    var start: Hour
    var hours: Int
    var amount: Double
    var billed: Int128
  }

  private var rows: [UsageGroup: [Row]] = [:]

  static let rule = "import.months-next-to-days"
  static let week = 7 * 24

  /// Notes what is long; all else is in the group's series.
  mutating func add(
    _ group: UsageGroup, from hour: Int, _ span: Int, amount: Double, billed: Int128
  ) {
    guard span > Self.week, amount > 0 else { return }
    rows[group, default: []].append(
      Row(start: Hour(sinceEpoch: hour), hours: span, amount: amount, billed: billed))
  }

  func finding(_ series: [HistorySeries], place: String, currency: String) -> Finding? {
    guard !rows.isEmpty else { return nil }
    var long = 0.0
    var short = 0.0
    var billed: Int128 = 0
    for entry in series {
      guard let rows = rows[entry.group] else { continue }
      var other = entry.quantities
      for row in rows {
        let first = row.start - entry.start
        for index in (first..<first + row.hours).clamped(to: other.indices) {
          other[index] -= row.amount / Double(row.hours)
        }
      }
      let windows = rows.map { row in
        (row.start - entry.start..<row.start - entry.start + row.hours).clamped(to: other.indices)
      }
      let amount = rows.reduce(0) { $0 + $1.amount }
      let inside = Set(windows.flatMap { $0 }).reduce(0) { $0 + max(0, other[$1]) }
      guard inside > 0.01 * amount else { continue }
      long += amount
      short += inside
      billed += rows.reduce(0) { $0 + $1.billed }
    }
    guard long > 0 else { return nil }
    let money = Money(rounding: Double(billed) / 1e12).formatted(decimals: 2)
    return Finding(
      .warning, rule: Self.rule, place: place,
      message:
        "\(text(long)) instance-hours of rows for weeks or months (\(money) \(currency) billed) are next"
        + " to \(text(short)) of rows for hours or days of the same machines and time: both count,"
        + " and are the same usage twice if the file was put together from two exports",
      remedy: "import one of the two exports alone")
  }

  private func text(_ hours: Double) -> String { Money(rounding: hours).formatted(decimals: 0) }
}

import CloudCosts
import GRDB

/// Whether what a commitment cost by its use is what was paid for it.
///
/// Over a life, or with nothing upfront over any whole months, the effective cost of its used and
/// unused parts adds up to what was billed for it (FOCUS specification, appendix "Commitment
/// discount purchases"; AWS, "Understanding your amortized costs"). Where it does not, rows or
/// columns are missing, and every saving of it is off by as much.
enum CommitmentSums {
  private struct Sum {
    var effective: Money
    var billed: Money
  }

  /// A share of what was billed that rounding of rows may cost.
  private static let tolerance = 0.005

  static func findings(
    _ commitments: [HistoryCommitment], place: String, _ db: Database
  ) throws -> [Finding] {
    let sql = "SELECT MIN(day) AS first, MAX(day) AS last FROM cost"
    let days = try db.first(of: "cost", sql) { row in
      let first = try row.optional("first") { try row.int($0, in: CheckedRow.days) }
      return try first.map { $0...(try row.int("last", in: $0...CheckedRow.days.upperBound)) }
    }
    guard let days = days ?? nil else { return [] }
    let sums = try all(db)
    let off = commitments.compactMap { entry -> String? in
      guard let sum = sums[entry.id], sum.billed > .zero, isWhole(entry, days),
        abs((sum.effective - sum.billed).value) > tolerance * sum.billed.value + 0.01
      else { return nil }
      return "\(entry.id.quoted) cost \(sum.effective.formatted()) by its use and"
        + " \(sum.billed.formatted()) was billed for it"
    }
    guard !off.isEmpty else { return [] }
    return [
      Finding(
        .warning, rule: "import.commitment-costs", place: place,
        message: "of \(off.count.grouped) commitments the costs do not add up: "
          + off.prefix(3).joined(separator: "; ") + (off.count > 3 ? "; …" : ""),
        remedy:
          "Export amortised costs with used and unused parts (FOCUS EffectiveCost, CUR savings-plan and"
          + " reservation columns), and all days of the months.")
    ]
  }

  /// Whether the history has its life, or whole months of one that is paid as it goes.
  private static func isWhole(_ entry: HistoryCommitment, _ days: ClosedRange<Int>) -> Bool {
    let start = Hour(sinceEpoch: days.lowerBound * 24)
    let end = Hour(sinceEpoch: (days.upperBound + 1) * 24)
    if let begins = entry.start, let ends = entry.end, begins >= start, ends <= end { return true }
    let areMonths = start.month.start == start && end.month.start == end
    return entry.payment == .noUpfront && areMonths
      && (entry.start.map { $0 <= start } ?? false)
      && (entry.end.map { $0 >= end } ?? false)
  }

  private static func all(_ db: Database) throws -> [String: Sum] {
    var sums: [String: Sum] = [:]
    let sql = """
      SELECT commitment,
        SUM(CASE WHEN class IN ('covered', 'unused') THEN effective ELSE 0 END) AS effective,
        SUM(CASE WHEN class IN ('covered', 'unused', 'purchase', 'refund') THEN billed ELSE 0 END)
          AS billed
      FROM cost WHERE commitment <> '' GROUP BY commitment
      """
    try db.forEach(of: "cost", sql) { row in
      sums[try row.text("commitment")] = Sum(
        effective: try row.money("effective"), billed: try row.money("billed"))
    }
    return sums
  }
}

import CloudCosts
import GRDB

/// A commitment of a history, and what the history's rows say of it beyond what it is.
package struct OwnedEntry: Hashable, Sendable {
  package var commitment: HistoryCommitment
  /// The hour from which on no row names it, though its term goes on and its accounts' bills do:
  /// returned, refunded, exchanged, sold or modified. Nil while it is in force.
  package var gone: Hour?
  /// What of it other usage than machines takes, in currency units an hour: the mean of the hours
  /// seen.
  package var usedElsewhere = 0.0

  /// The commitment as far as it is owned.
  package var inForce: HistoryCommitment {
    var entry = commitment
    if let gone { entry.end = gone }
    return entry
  }
}

extension History {
  /// Days without a row until a commitment counts as gone: late rows come within two.
  private static let silence = 48

  /// One of each commitment that the files name.
  package func ownership() throws(FindingsError) -> [OwnedEntry] {
    let merged = HistoryCommitment.merged(try commitments())
    let (lastHours, elsewhere) = try read { db in
      (try History.lastHours(db), try History.elsewhere(db))
    }
    return merged.map { commitment in
      var entry = OwnedEntry(commitment: commitment)
      let end = commitment.seen.end
      if let last = lastHours[commitment.id], end + History.silence <= last,
        commitment.end.map({ $0 > end }) ?? true
      {
        entry.gone = end
      }
      if let spent = elsewhere[commitment.id], commitment.seen.hours > 0 {
        entry.usedElsewhere = spent / Double(commitment.seen.hours)
      }
      return entry
    }
  }

  /// What usage that its rows show as covered by commitments costs, at list prices where rows state
  /// them.
  package func coveredCost() throws(FindingsError) -> Money {
    try read { db in
      var sum = Money.zero
      let sql = """
        SELECT COALESCE(SUM(MAX(list, effective)), 0) AS list FROM cost
        JOIN subject ON subject.id = cost.subject
        WHERE class = 'covered' AND usage_group IS NOT NULL
        """
      try db.forEach(of: "cost", sql) { sum += try $0.money("list") }
      return sum
    }
  }

  /// Of each commitment, the end of the last day on which accounts whose files name it were charged
  /// for anything.
  private static func lastHours(_ db: Database) throws -> [String: Hour] {
    var accounts: [Int64: Set<String>] = [:]
    var last: [String: Int] = [:]
    let charged = """
      SELECT cost.source AS source, subject.account AS account, MAX(cost.day) AS day FROM cost
      JOIN subject ON subject.id = cost.subject GROUP BY 1, 2
      """
    try db.forEach(of: "cost", charged) { row in
      let account = try row.text("account")
      accounts[try row.int64("source"), default: []].insert(account)
      last[account] = max(last[account] ?? Int.min, try row.int("day", in: CheckedRow.days))
    }
    var result: [String: Hour] = [:]
    try db.forEach(of: "commitment", "SELECT id, source FROM commitment") { row in
      let id = try row.text("id")
      guard let day = accounts[try row.int64("source")]?.compactMap({ last[$0] }).max() else {
        return
      }
      let hour = Hour(sinceEpoch: (day + 1) * 24)
      result[id] = max(result[id] ?? hour, hour)
    }
    return result
  }

  private static func elsewhere(_ db: Database) throws -> [String: Double] {
    // A history that nothing was imported into since an earlier version has no such table.
    guard try db.tableExists("other_use") else { return [:] }
    var sums: [String: Double] = [:]
    try db.forEach(of: "other_use", "SELECT commitment, hours, cost FROM other_use") { row in
      let hours = try row.int("hours", in: 0...CheckedRow.mostHours)
      var costs = [Double](repeating: 0, count: hours)
      if let data = try row.optional("cost", row.data) {
        let areNumbers = data.withUnsafeBytes { blob in
          costs.withUnsafeMutableBufferPointer { HistoryBlob.add(blob, to: $0, at: 0) }
        }
        guard areNumbers else { throw row.damage("cost") }
      }
      sums[try row.text("commitment"), default: 0] += costs.reduce(0, +)
    }
    return sums
  }
}

import CloudCosts
import GRDB

/// An imported history, open for reading.
public final class History: Sendable {
  /// Where it lies.
  public let path: String
  private let queue: DatabaseQueue

  /// - Throws: where there is no such file, or it is no history.
  public init(path: String) throws(FindingsError) {
    self.path = path
    queue = try HistoryFile.open(path, mayWrite: false)
  }

  /// The files that were imported, in the order of their import.
  public func sources() throws(FindingsError) -> [HistorySource] {
    try read { try HistoryRows.sources($0).map(\.source) }
  }

  /// What every report on this history has to tell: daily rows that were spread, corrections.
  public func findings() throws(FindingsError) -> [Finding] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM finding ORDER BY rowid").compactMap { row in
        Finding.Severity(rawValue: row["severity"]).map {
          Finding(
            $0, rule: row["rule"], place: row["place"], message: row["message"],
            remedy: row["remedy"])
        }
      }
    }
  }

  /// Costs by day, subject, class and commitment, files added up by whoever asks.
  ///
  /// - Parameter days: days since 1970-01-01 to read; nil: all.
  public func costs(days: Range<Int>? = nil) throws(FindingsError) -> [HistoryCost] {
    try read { db in
      let subjects = try HistoryRows.subjects(db)
      let rows = try Row.fetchCursor(
        db, sql: "SELECT * FROM cost WHERE day >= ? AND day < ?",
        arguments: [days?.lowerBound ?? Int.min, days?.upperBound ?? Int.max])
      var costs: [HistoryCost] = []
      while let row = try rows.next() {
        guard let subject = subjects[row["subject"]],
          let chargeClass = ChargeClass(rawValue: row["class"])
        else { continue }
        costs.append(
          HistoryCost(
            day: row["day"], subject: subject, chargeClass: chargeClass,
            commitment: row["commitment"], quantity: row["quantity"],
            list: HistoryRows.money(row, "list"),
            contracted: HistoryRows.money(row, "contracted"),
            billed: HistoryRows.money(row, "billed"),
            effective: HistoryRows.money(row, "effective"), rows: row["rows"]))
      }
      return costs
    }
  }

  /// The commitments that each file names; one that several files name comes several times.
  public func commitments() throws(FindingsError) -> [HistoryCommitment] {
    try read { try HistoryRows.commitments($0) }
  }

  /// Rows and money by file, month, service and rule, and the files' own totals.
  public func totals() throws(FindingsError) -> [HistoryTotal] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM total ORDER BY rowid").compactMap(HistoryRows.total)
    }
  }

  func read<T>(_ body: (Database) throws -> T) throws(FindingsError) -> T {
    do {
      return try queue.read(body)
    } catch {
      throw FindingsError([HistoryFile.finding(error, path)])
    }
  }
}

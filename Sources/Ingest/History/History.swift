import CloudCosts
import GRDB

/// An imported history, open for reading.
package final class History: Sendable {
  /// Where it lies.
  package let path: String
  private let queue: DatabaseQueue

  /// - Throws: where there is no such file, or it is no history.
  package init(path: String) throws(FindingsError) {
    self.path = path
    queue = try HistoryFile.open(path)
  }

  /// The files that were imported, in the order of their import.
  package func sources() throws(FindingsError) -> [HistorySource] {
    try read { try HistoryRows.sources($0).map(\.source) }
  }

  /// What every report on this history has to tell: daily rows that were spread, corrections.
  package func findings() throws(FindingsError) -> [Finding] {
    try read { db in
      var findings: [Finding] = []
      try db.forEach(of: "finding", "SELECT * FROM finding ORDER BY rowid") { row in
        findings.append(
          Finding(
            try row.name("severity"), rule: try row.text("rule"), place: try row.text("place"),
            message: try row.text("message"), remedy: try row.text("remedy")))
      }
      return findings
    }
  }

  /// Costs by day, subject, class and commitment, files added up by whoever asks.
  ///
  /// - Parameter days: days since 1970-01-01 to read; nil: all.
  package func costs(days: Range<Int>? = nil) throws(FindingsError) -> [HistoryCost] {
    try read { db in
      let subjects = try HistoryRows.subjects(db)
      var costs: [HistoryCost] = []
      try db.forEach(
        of: "cost",
        days == nil ? "SELECT * FROM cost" : "SELECT * FROM cost WHERE day >= ? AND day < ?",
        days.map { [$0.lowerBound, $0.upperBound] } ?? []
      ) { row in
        guard let subject = subjects[try row.int64("subject")] else { throw row.damage("subject") }
        costs.append(
          HistoryCost(
            day: try row.int("day", in: CheckedRow.days), subject: subject,
            chargeClass: try row.name("class"), commitment: try row.text("commitment"),
            quantity: try row.number("quantity"), list: try row.money("list"),
            contracted: try row.money("contracted"), billed: try row.money("billed"),
            effective: try row.money("effective"), rows: try row.rows("rows")
          ))
      }
      return costs
    }
  }

  /// The commitments that each file names; one that several files name comes several times.
  package func commitments() throws(FindingsError) -> [HistoryCommitment] {
    try read { try HistoryRows.commitments($0) }
  }

  /// Rows and money by file, month, service and rule, and the files' own totals.
  package func totals() throws(FindingsError) -> [HistoryTotal] {
    try read { db in
      var totals: [HistoryTotal] = []
      try db.forEach(of: "total", "SELECT * FROM total ORDER BY rowid") {
        totals.append(try HistoryRows.total($0))
      }
      return totals
    }
  }

  /// Reads all that it holds, for the faults that only reading finds.
  package func check() throws(FindingsError) {
    _ = try (sources(), findings(), costs(), commitments(), totals(), usage())
  }

  func read<T>(_ body: (Database) throws -> T) throws(FindingsError) -> T {
    do {
      return try queue.read(body)
    } catch {
      throw FindingsError([HistoryFile.finding(error, path)])
    }
  }
}

extension HistoryCommitment {
  init(_ row: CheckedRow) throws {
    self.init(
      id: try row.text("id"), provider: try row.text("provider"), account: try row.text("account"),
      seen: HourWindow(
        start: try row.hour("seen_first"),
        hours: try row.int("seen_hours", in: 0...CheckedRow.mostHours)))
    name = try row.text("name")
    type = try row.text("type")
    category = try row.text("category")
    // A product of a later version is none of this one's.
    product = try row.optional("product", row.text).flatMap(Product.init(rawValue:))
    region = try row.text("region")
    zone = try row.text("zone")
    instanceType = try row.text("instance_type")
    operatingSystem = try row.text("operating_system")
    tenancy = try row.text("tenancy")
    term = try row.optional("term_years") { Term(years: try row.int($0, in: 1...10)) }
    payment = try row.optional("payment") { try row.name($0) }
    quantity = try row.optional("quantity", row.number)
    hourlyCommitment = try row.optional("hourly_commitment", row.number)
    start = try row.optional("start_hour", row.hour)
    end = try row.optional("end_hour", row.hour)
  }
}

import CloudCosts
import Foundation
import GRDB

/// Writes imported files into a history, all of them or none.
///
/// Everything between `init` and `commit` happens in a copy next to the history, which then takes
/// its place: a program that dies, a full disk or a discarded writer leaves the history as it was.
package final class HistoryWriter {
  private let path: String
  private let copy: HistoryCopy
  private let queue: DatabaseQueue
  private var groups: [UsageGroup: Int64] = [:]
  private var subjects: [ChargeSubject: Int64] = [:]
  private var isOpen = true
  private var written: [(id: Int64, source: HistorySource)] = []

  /// Sums that no reader of the history would believe.
  struct TooLarge: Error {
    var what: String
    var most: String
  }

  package init(path: String) throws(FindingsError) {
    self.path = path
    copy = try HistoryCopy(of: path)
    do {
      queue = try HistoryFile.openForWriting(copy.path)
      let (groups, subjects) = try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = ON")
        // The copy is worth nothing until it is whole, and then it is written to the disk at once.
        try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        try db.execute(sql: "BEGIN IMMEDIATE")
        return (try HistoryRows.groups(db), try HistoryRows.subjects(db))
      }
      for (id, group) in groups { self.groups[group] = id }
      for (id, subject) in subjects { self.subjects[subject] = id }
    } catch {
      throw FindingsError([HistoryFile.finding(error, path)])
    }
  }

  deinit { if isOpen { try? queue.close() } }

  /// The files that are in the history, those written since `init` included.
  package func sources() throws(FindingsError) -> [HistorySource] {
    try access { try HistoryRows.sources($0).map(\.source) }
  }

  /// Puts a file in, in the place of the one of the same path or the same contents.
  ///
  /// `settle` says later what it means for others.
  package func replace(_ file: ImportedFile) throws(FindingsError) {
    try access { db in
      let source = file.source
      try db.execute(
        sql: "DELETE FROM source WHERE path = ? OR fingerprint = ?",
        arguments: [source.path, source.fingerprint])
      try db.execute(
        sql: """
          INSERT INTO source (path, format, bytes, fingerprint, rows, currency, grain, first_hour,
            hours) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          source.path, source.format, source.bytes, source.fingerprint, source.rows,
          source.currency, source.grain.rawValue, source.window?.start.sinceEpoch,
          source.window?.hours,
        ])
      let id = db.lastInsertedRowID
      try self.insertSeries(file.series, id, db)
      try self.insertCosts(file.costs, id, db)
      try self.insertCommitments(file.commitments, id, db)
      try self.insertTotals(file.totals, id, db)
      try self.insertOtherUse(file.otherUse, id, db)
      try self.insertSamples(file.samples, id, db)
      try self.insert(file.findings, id, db)
      self.written.append((id, file.source))
    }
  }

  /// What the files written since `init` mean for those that were in before: a later snapshot of
  /// the same months takes the earlier one's place, and the same rows in two files are said.
  ///
  /// - Returns: the findings, and the files that are no longer in.
  package func settle() throws(FindingsError) -> (
    findings: [Finding], removed: Set<String>, reduced: [ReducedFile]
  ) {
    try access { db in
      try self.checkSpan(db)
      let new = Set(self.written.map(\.id))
      let paths = try HistoryRows.sources(db).map(\.source.path)
      var findings: [Finding] = []
      for (id, finding) in try HistorySnapshots.settle(new: new, db) {
        try self.insert([finding], id, db)
        findings.append(finding)
      }
      var losses = try RepeatedRows.settle(new: new, db)
      losses += try ParallelExports.settle(new: new, db)
      var reduced = try ReducedFile.pairCostDetails(db)
      let left = Set(try HistoryRows.sources(db).map(\.source.path))
      for loss in losses {
        try self.insert(loss.finding, of: loss.keeper, db)
        if left.contains(loss.path) {
          reduced.append(try ReducedFile(loss, db))
        } else {
          findings.append(loss.finding)
        }
      }
      let removed = Set(paths).subtracting(left)
      var overlap = try HistoryOverlap(db, without: new)
      for (id, source) in self.written where !removed.contains(source.path) {
        let found = try overlap.findings(of: id, source, db)
        try self.insert(found, id, db)
        findings += found
      }
      for (id, finding) in try MonthLines.findings(of: self.written, db) {
        try self.insert([finding], id, db)
        findings.append(finding)
      }
      if let newest = self.written.last(where: { !removed.contains($0.source.path) }) {
        let merged = HistoryCommitment.merged(try HistoryRows.commitments(db))
        let found = try CommitmentSums.findings(merged, place: self.path, db)
        // Of the history as it is now: what an earlier import said of it no longer holds.
        try db.execute(sql: "DELETE FROM finding WHERE rule = 'import.commitment-costs'")
        try self.insert(found, newest.id, db)
        findings += found
      }
      return (findings, removed, reduced)
    }
  }

  /// A year that was mistyped, in one file or in several.
  private func checkSpan(_ db: Database) throws {
    let sql = "SELECT MIN(first_hour) AS first_hour, MAX(first_hour + hours) AS hours FROM series"
    let span = try db.first(of: "series", sql) { row in
      (try row.optional("first_hour", row.hour), try row.optional("hours", row.hour))
    }
    guard let first = span?.0, let end = span?.1, end - first > CheckedRow.mostHours else { return }
    throw FindingsError([
      Finding(
        .error, rule: "import.span", place: path,
        message: "usage from \(first) to \(end) is longer than twenty years",
        remedy: "Check the years of the charge periods, or import the years into two histories.")
    ])
  }

  private func insert(_ findings: [Finding], _ source: Int64, _ db: Database) throws {
    for finding in findings {
      try db.execute(
        sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          source, finding.severity.rawValue, finding.rule, finding.place, finding.message,
          finding.remedy,
        ])
    }
  }

  /// Where the file is still in.
  private func insert(_ finding: Finding, of source: Int64, _ db: Database) throws {
    let sql = "SELECT EXISTS (SELECT 1 FROM source WHERE id = ?)"
    guard try Bool.fetchOne(db, sql: sql, arguments: [source]) == true else { return }
    try insert([finding], source, db)
  }

  private func insertSamples(
    _ samples: [Int: RowSample], _ source: Int64, _ db: Database
  ) throws {
    let statement = try db.makeStatement(sql: "INSERT INTO row_sample VALUES (?, ?, ?, ?, ?)")
    for (day, sample) in samples.sorted(by: { $0.key < $1.key }) {
      try statement.execute(arguments: [source, day, sample.rows, sample.shape, sample.data])
    }
  }

  private func insertOtherUse(
    _ use: [HistoryOtherUse], _ source: Int64, _ db: Database
  ) throws {
    for entry in use {
      try db.execute(
        sql: "INSERT INTO other_use VALUES (?, ?, ?, ?, ?)",
        arguments: [
          source, entry.commitment, entry.start.sinceEpoch, entry.costs.count,
          HistoryBlob.data(entry.costs),
        ])
    }
  }

  /// Takes a file out; nothing happens where it is not in.
  package func remove(path: String) throws(FindingsError) {
    try access { try $0.execute(sql: "DELETE FROM source WHERE path = ?", arguments: [path]) }
  }

  /// Takes a month of all files out, and files that have no other.
  package func remove(month: CalendarMonth) throws(FindingsError) {
    try access { db in
      for entry in try HistoryRows.sources(db) {
        try HistoryMonths.remove(month, of: entry.id, db)
      }
    }
  }

  /// Makes everything since `init` part of the history, and ends the writer.
  package func commit() throws(FindingsError) {
    try access { try $0.execute(sql: "COMMIT") }
    isOpen = false
    do { try queue.close() } catch { throw FindingsError([HistoryFile.finding(error, path)]) }
    try copy.takePlace(as: path)
  }

  private func access<T>(_ body: (Database) throws -> T) throws(FindingsError) -> T {
    do {
      return try queue.writeWithoutTransaction(body)
    } catch let error as FindingsError {
      throw error
    } catch let error as TooLarge {
      throw FindingsError([
        Finding(
          .error, rule: "import.too-large", place: path,
          message: "a sum of \(error.what) is larger than \(error.most)",
          remedy: "Correct the amounts of the bill; the history is as it was.")
      ])
    } catch {
      throw FindingsError([HistoryFile.finding(error, path)])
    }
  }
}

extension HistoryWriter {
  private func insertSeries(_ series: [HistorySeries], _ source: Int64, _ db: Database) throws {
    let statement = try db.makeStatement(sql: "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)")
    for entry in series {
      guard entry.quantities.allSatisfy({ abs($0) <= CheckedRow.largest }) else {
        throw TooLarge(what: "instance-hours", most: "1e12 in an hour")
      }
      try statement.execute(arguments: [
        source, try id(of: entry.group, db), entry.start.sinceEpoch, entry.quantities.count,
        HistoryBlob.data(entry.quantities),
        entry.uncertain.isEmpty ? nil : HistoryBlob.data(entry.uncertain),
      ])
    }
  }

  private func insertCosts(_ costs: [HistoryCost], _ source: Int64, _ db: Database) throws {
    let statement = try db.makeStatement(
      sql: "INSERT INTO cost VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for cost in costs {
      try statement.execute(arguments: [
        source, cost.day, try id(of: cost.subject, db), cost.chargeClass.rawValue,
        cost.commitment, cost.quantity, try cost.list.stored, try cost.contracted.stored,
        try cost.billed.stored, try cost.effective.stored, cost.rows,
      ])
    }
  }

  private func insertCommitments(
    _ commitments: [HistoryCommitment], _ source: Int64, _ db: Database
  ) throws {
    let marks = Array(repeating: "?", count: 21).joined(separator: ", ")
    let statement = try db.makeStatement(sql: "INSERT INTO commitment VALUES (\(marks))")
    for entry in commitments {
      try statement.execute(arguments: [
        source, entry.id, entry.provider, entry.account, entry.name, entry.type, entry.category,
        entry.product?.rawValue, entry.region, entry.zone, entry.instanceType,
        entry.operatingSystem, entry.tenancy, entry.term?.years, entry.payment?.rawValue,
        entry.quantity, entry.hourlyCommitment, entry.start?.sinceEpoch, entry.end?.sinceEpoch,
        entry.seen.start.sinceEpoch, entry.seen.hours,
      ])
    }
  }

  private func insertTotals(_ totals: [HistoryTotal], _ source: Int64, _ db: Database) throws {
    let statement = try db.makeStatement(
      sql: "INSERT INTO total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for total in totals {
      try statement.execute(arguments: [
        source, total.month.description, total.service, total.chargeClass?.rawValue, total.rule,
        total.rows, try total.list.stored, try total.contracted.stored, try total.billed.stored,
        try total.effective.stored,
      ])
    }
  }

  private func id(of group: UsageGroup, _ db: Database) throws -> Int64 {
    if let id = groups[group] { return id }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO usage_group (provider, account, region, zone, instance_type, operating_system,
          tenancy) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        group.sku.provider.rawValue, group.account, group.sku.region, group.sku.zone,
        group.sku.instanceType, group.sku.operatingSystem, group.sku.tenancy,
      ])
    groups[group] = db.lastInsertedRowID
    return db.lastInsertedRowID
  }

  private func id(of subject: ChargeSubject, _ db: Database) throws -> Int64 {
    if let id = subjects[subject] { return id }
    let group = try subject.group.map { try id(of: $0, db) }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO subject (provider, account, service, region, usage_group, meter, tags)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        subject.provider, subject.account, subject.service, subject.region, group, subject.meter,
        HistoryRows.text(of: subject.tags),
      ])
    subjects[subject] = db.lastInsertedRowID
    return db.lastInsertedRowID
  }
}

extension Money {
  /// Millionths in SQLite's 64 bits: up to 9.2e12 currency units a cell.
  var stored: Int64 {
    get throws {
      guard let value = Int64(exactly: micros) else {
        throw HistoryWriter.TooLarge(what: "money", most: "9.2e12")
      }
      return value
    }
  }
}

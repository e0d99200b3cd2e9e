import CloudCosts
import Foundation
import GRDB
import Testing

@testable import Ingest

/// What is wrong in a history whose checksum fits is found, or never read, while it is imported
/// into and taken out of: nothing ends the program, and nothing of a row's contents is said.
@Suite struct DamagedImportTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "damaged-import-\(UUID().uuidString)")
  private var path: String { folder.appending(path: "h.db").path }

  private static let rules = ["history.damaged"]

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func close() { try? FileManager.default.removeItem(at: folder) }

  private static func file(_ path: String, format: String) -> ImportedFile {
    .made(path, format: format, days: 40)
  }

  /// Of an account that no other export has: exports of two kinds side by side count once.
  private static func run(_ path: String) -> ImportedFile {
    .made(path, account: "api", days: 40)
  }

  /// An actual export whose usage the next import has too, and a run that a later one replaces.
  private func make() throws {
    let writer = try HistoryWriter(path: path)
    try writer.replace(Self.file("/bills/actual/a.csv", format: AzureBill.actual))
    try writer.replace(Self.run("/bills/run-1/a.csv"))
    _ = try writer.settle()
    try writer.commit()
  }

  /// Changes rows against their schema's rules, under a checksum that fits.
  private func damage(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      try db.execute(sql: sql)
    }
    try queue.close()
    try HistorySeal.seal(path)
  }

  private func rules(_ body: () throws(FindingsError) -> Void) -> [String] {
    do throws(FindingsError) {
      try body()
      return []
    } catch {
      #expect(!error.findings.contains { "\($0)".contains("contents of a row") })
      return error.findings.map(\.rule)
    }
  }

  /// Imports the amortised export, and a later run of what is there.
  private func imported() -> [String] {
    rules { () throws(FindingsError) in
      let writer = try HistoryWriter(path: path)
      try writer.replace(Self.file("/bills/amortized/a.csv", format: AzureBill.amortized))
      try writer.replace(Self.run("/bills/run-2/a.csv"))
      _ = try writer.settle()
    }
  }

  private func monthTakenOut() -> [String] {
    rules { () throws(FindingsError) in
      _ = try History(path: path).contents()
      let writer = try HistoryWriter(path: path)
      try writer.remove(month: CalendarMonth(year: 2024, month: 1))
    }
  }

  /// Every column of every table, with its declared type.
  private static let columns: [(table: String, name: String, type: String)] = {
    let queue = try? DatabaseQueue()
    try? queue.map { try HistorySchema.migrator.migrate($0) }
    let found = try? queue?.read { db in
      try db.all(
        of: "",
        """
        SELECT m.name AS tab, c.name AS col, c.type AS type FROM sqlite_master AS m
          JOIN pragma_table_info(m.name) AS c
        WHERE m.type = 'table' AND m.name NOT LIKE 'grdb%' AND m.name NOT LIKE 'sqlite%'
        """
      ) { (table: try $0.text("tab"), name: try $0.text("col"), type: try $0.text("type")) }
    }
    return (found ?? nil) ?? []
  }()

  private static let values = [
    "'contents of a row'", "x'ff00'", "9223372036854775807", "-9223372036854775808", "1e300", "1.5",
    "NULL",
  ]

  @Test func theFixtureIsWhole() throws {
    defer { close() }
    #expect(Self.columns.count > 60)
    try make()
    #expect(imported().isEmpty)
    #expect(monthTakenOut().isEmpty)
    let writer = try HistoryWriter(path: path)
    try writer.replace(Self.file("/bills/amortized/a.csv", format: AzureBill.amortized))
    try writer.replace(Self.run("/bills/run-2/a.csv"))
    let settled = try writer.settle()
    #expect(settled.reduced.map(\.path) == ["/bills/actual/a.csv"])
    #expect(settled.removed == ["/bills/run-1/a.csv"])
  }

  @Test(arguments: Array(Set(columns.map(\.table))).sorted())
  func noValueEndsAnImport(_ table: String) throws {
    defer { close() }
    try make()
    let whole = try Data(contentsOf: URL(filePath: path))
    for column in Self.columns where column.table == table {
      for value in Self.values {
        try whole.write(to: URL(filePath: path))
        let sql = "UPDATE OR IGNORE \(table) SET \(column.name) = \(value)"
        // A key of whole numbers takes no other ones.
        guard (try? damage(sql)) != nil else { continue }
        for found in [imported(), monthTakenOut()] {
          #expect(found.isEmpty || found == Self.rules, "\(column.name) = \(value)")
        }
      }
    }
  }

  /// What an import goes on from is looked at.
  @Test(arguments: [
    "series.first_hour", "series.hours", "series.quantity", "cost.day", "cost.source",
    "cost.commitment", "cost.quantity", "cost.rows", "cost.list", "cost.billed",
    "cost.effective", "subject.account", "subject.service", "subject.tags", "usage_group.account",
    "usage_group.region", "source.path", "source.format", "source.rows", "source.grain",
    "source.hours", "commitment.id", "commitment.seen_hours",
  ])
  func whatAnImportReadsIsChecked(_ column: String) throws {
    defer { close() }
    try make()
    let parts = column.split(separator: ".").map(String.init)
    let type = Self.columns.first { $0.table == parts[0] && $0.name == parts[1] }?.type
    let wrong = type == "TEXT" ? "x'ff'" : "'contents of a row'"
    try damage("UPDATE OR IGNORE \(parts[0]) SET \(parts[1]) = \(wrong)")
    #expect(imported() == Self.rules)
  }

  /// So are the hours that a month is taken out of.
  @Test(arguments: [
    "series.first_hour", "series.hours", "series.quantity", "series.uncertain",
    "other_use.first_hour", "other_use.hours", "other_use.cost", "cost.day", "source.imported_at",
  ])
  func whatAMonthIsTakenOutOfIsChecked(_ column: String) throws {
    defer { close() }
    try make()
    let parts = column.split(separator: ".").map(String.init)
    let type = Self.columns.first { $0.table == parts[0] && $0.name == parts[1] }?.type
    let wrong = type == "TEXT" ? "x'ff'" : "'contents of a row'"
    try damage("UPDATE \(parts[0]) SET \(parts[1]) = \(wrong)")
    #expect(monthTakenOut() == Self.rules)
  }

  /// Sums of whole numbers that fit, each for itself.
  @Test func sumsThatDoNotFitAreDamage() throws {
    defer { close() }
    try make()
    try damage("UPDATE cost SET billed = 9223372036854775807")
    #expect(
      rules { () throws(FindingsError) in _ = try History(path: path).contents() } == Self.rules)
  }
}

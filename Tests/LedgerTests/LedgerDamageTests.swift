import CloudCosts
import Foundation
import GRDB
import Testing

@testable import Ledger

/// A ledger that is not as it was written is refused, whatever is wrong in it.
@Suite struct LedgerDamageTests {
  private static let rules: Set = ["ledger.changed", "ledger.damaged"]
  private static let values = [
    "'contents of a row'", "x'ff00'", "9223372036854775807", "-9223372036854775808", "1e300",
  ]

  /// Against the rules of its schema and behind its triggers.
  private func damage(_ path: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      let triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
      for name in try String.fetchAll(db, sql: triggers) {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try db.execute(sql: sql)
    }
  }

  /// What is said of a ledger that is read, and added to.
  private func rules(_ path: String) -> [String] {
    do throws(FindingsError) {
      let ledger = try Ledger(path: path)
      _ = try ledger.contents()
      _ = try (ledger.projection(of: 1), ledger.document(of: 1))
      try ledger.record([LedgerAct(.approved, .second, by: "bob")])
      return []
    } catch {
      #expect(!error.findings.contains { "\($0)".contains("contents of a row") })
      return error.findings.map(\.rule)
    }
  }

  @Test(arguments: ["ledger", "proposal", "purchase", "event"])
  func noValueEndsTheProgram(_ table: String) throws {
    let folder = try Folder()
    let whole = folder.path("whole.db")
    try Sample.ledger(whole).record([LedgerAct(.approved, .first, by: "bob")])
    let columns = try DatabaseQueue(path: whole).writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      return try db.columns(in: table)
    }
    for column in columns {
      var refused = 0
      for (number, value) in Self.values.enumerated() {
        let path = folder.path("\(column.name)-\(number).db")
        try FileManager.default.copyItem(atPath: whole, toPath: path)
        // Keys take no other than whole numbers.
        let sql = "UPDATE OR IGNORE \(table) SET \(column.name) = \(value)"
        guard (try? damage(path, sql)) != nil else { continue }
        let found = rules(path)
        #expect(Set(found).isSubset(of: Self.rules), "\(column.name) = \(value)")
        refused += found.isEmpty ? 0 : 1
      }
      // What a ledger was made by, and names of files, may be any text.
      #expect(refused > 0 || ["made_at", "version"].contains(column.name), "\(column.name)")
    }
  }
}

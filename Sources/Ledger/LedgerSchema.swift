import GRDB

/// The tables of a ledger. Nothing is ever changed or deleted in them: triggers forbid it to every
/// program, and what is so now follows from the events.
///
/// Money is in millionths of the currency unit, hours are counted from 1970-01-01T00:00Z.
enum LedgerSchema {
  /// `PRAGMA application_id`: "PliL".
  static let applicationID: Int32 = 0x506C_694C

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      for statement in version1 { try db.execute(sql: statement) }
      for table in ["ledger", "proposal", "purchase", "event"] {
        for verb in ["UPDATE", "DELETE"] {
          try db.execute(
            sql: """
              CREATE TRIGGER no_\(verb.lowercased())_of_\(table) BEFORE \(verb) ON \(table)
              BEGIN SELECT RAISE(ABORT, 'a ledger is only ever added to'); END
              """)
        }
      }
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    return migrator
  }

  /// Whether there is nothing in it, or no more than the migrator's own table, which it makes
  /// before all else.
  static func isUnmade(_ db: Database) throws -> Bool {
    let tables = try String.fetchSet(db, sql: "SELECT tbl_name FROM sqlite_master")
    guard !tables.isEmpty else { return true }
    guard tables == ["grdb_migrations"] else { return false }
    return try migrator.appliedIdentifiers(db).isEmpty
  }

  private static let version1 = [
    // One row: what makes its tokens different from those of other ledgers.
    "CREATE TABLE ledger (id TEXT NOT NULL, made_at TEXT NOT NULL, version TEXT NOT NULL)",
    // A plan that somebody proposes: the document as it was, and what it was expected to save
    // (`StoredProjection`), so that both outlive the files they were made from.
    """
    CREATE TABLE proposal (
      id INTEGER PRIMARY KEY, scenario TEXT NOT NULL, run TEXT NOT NULL, outcome TEXT NOT NULL,
      currency TEXT NOT NULL, plan TEXT NOT NULL, plan_sha256 TEXT NOT NULL,
      source TEXT NOT NULL, window_start INTEGER NOT NULL, window_hours INTEGER NOT NULL,
      approvers INTEGER NOT NULL CHECK (approvers >= 1),
      document BLOB NOT NULL, projection BLOB NOT NULL, usage BLOB NOT NULL)
    """,
    """
    CREATE TABLE purchase (
      proposal INTEGER NOT NULL REFERENCES proposal, line INTEGER NOT NULL CHECK (line >= 1),
      commitment TEXT NOT NULL, projected INTEGER NOT NULL, review INTEGER NOT NULL,
      PRIMARY KEY (proposal, line))
    """,
    // `seal`: SHA-256 of the seal before it and of the row: what is changed behind the triggers
    // shows.
    """
    CREATE TABLE event (
      id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,
      proposal INTEGER NOT NULL REFERENCES proposal, line INTEGER,
      by TEXT NOT NULL, why TEXT NOT NULL, details TEXT NOT NULL, seal TEXT NOT NULL,
      FOREIGN KEY (proposal, line) REFERENCES purchase (proposal, line))
    """,
    "CREATE INDEX event_of ON event (proposal, line)",
  ]
}

import GRDB

/// The tables of a history file; `Sources/Ingest/README.md` describes each column.
///
/// Money is in millionths of the currency unit, hours and days are counted from 1970-01-01T00:00Z.
enum HistorySchema {
  /// `PRAGMA application_id`: "Plim".
  static let applicationID: Int32 = 0x506C_696D

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      for statement in version1 { try db.execute(sql: statement) }
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    migrator.registerMigration("subject.meter") { db in
      try db.execute(sql: "ALTER TABLE subject ADD COLUMN meter TEXT NOT NULL DEFAULT ''")
    }
    migrator.registerMigration("other_use") { db in
      try db.execute(
        sql: """
          CREATE TABLE other_use (
            source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
            commitment TEXT NOT NULL, first_hour INTEGER NOT NULL, hours INTEGER NOT NULL,
            cost BLOB NOT NULL, PRIMARY KEY (source, commitment))
          """)
    }
    migrator.registerMigration("row_sample") { db in
      try db.execute(
        sql: """
          CREATE TABLE row_sample (
            source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
            day INTEGER NOT NULL, rows INTEGER NOT NULL, shape TEXT NOT NULL,
            hashes BLOB NOT NULL,
            PRIMARY KEY (day, source))
          """)
    }
    return migrator
  }

  /// Tables and their columns, by name, as SQLite was asked to make them.
  static func tables(_ db: Database) throws -> [String: String] {
    try db.tables().reduce(into: [:]) { $0[$1.name] = $1.sql }
  }

  /// Those of a history that was just made.
  static func expected() throws -> [String: String] {
    let queue = try DatabaseQueue()
    try migrator.migrate(queue)
    return try queue.read(tables)
  }

  private static let version1 = [
    """
    CREATE TABLE source (
      id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, format TEXT NOT NULL,
      bytes INTEGER NOT NULL, fingerprint TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL,
      currency TEXT NOT NULL, grain TEXT NOT NULL, first_hour INTEGER, hours INTEGER,
      imported_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')))
    """,
    """
    CREATE TABLE usage_group (
      id INTEGER PRIMARY KEY, provider TEXT NOT NULL, account TEXT NOT NULL,
      region TEXT NOT NULL, zone TEXT NOT NULL, instance_type TEXT NOT NULL,
      operating_system TEXT NOT NULL, tenancy TEXT NOT NULL,
      UNIQUE (provider, account, region, zone, instance_type, operating_system, tenancy))
    """,
    """
    CREATE TABLE series (
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      usage_group INTEGER NOT NULL REFERENCES usage_group,
      first_hour INTEGER NOT NULL, hours INTEGER NOT NULL,
      quantity BLOB NOT NULL, uncertain BLOB,
      PRIMARY KEY (source, usage_group))
    """,
    """
    CREATE TABLE subject (
      id INTEGER PRIMARY KEY, provider TEXT NOT NULL, account TEXT NOT NULL,
      service TEXT NOT NULL, region TEXT NOT NULL, usage_group INTEGER REFERENCES usage_group,
      tags TEXT NOT NULL)
    """,
    """
    CREATE TABLE cost (
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      day INTEGER NOT NULL, subject INTEGER NOT NULL REFERENCES subject,
      class TEXT NOT NULL, commitment TEXT NOT NULL, quantity REAL NOT NULL,
      list INTEGER NOT NULL, contracted INTEGER NOT NULL, billed INTEGER NOT NULL,
      effective INTEGER NOT NULL, rows INTEGER NOT NULL)
    """,
    "CREATE INDEX cost_source ON cost (source)",
    """
    CREATE TABLE commitment (
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id TEXT NOT NULL, provider TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL,
      type TEXT NOT NULL, category TEXT NOT NULL, product TEXT, region TEXT NOT NULL,
      zone TEXT NOT NULL, instance_type TEXT NOT NULL, operating_system TEXT NOT NULL,
      tenancy TEXT NOT NULL, term_years INTEGER, payment TEXT, quantity REAL,
      hourly_commitment REAL, start_hour INTEGER, end_hour INTEGER,
      seen_first INTEGER NOT NULL, seen_hours INTEGER NOT NULL,
      PRIMARY KEY (source, id))
    """,
    """
    CREATE TABLE total (
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      month TEXT NOT NULL, service TEXT NOT NULL, class TEXT, rule TEXT NOT NULL,
      rows INTEGER NOT NULL, list INTEGER NOT NULL, contracted INTEGER NOT NULL,
      billed INTEGER NOT NULL, effective INTEGER NOT NULL)
    """,
    "CREATE INDEX total_source ON total (source)",
    """
    CREATE TABLE finding (
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      severity TEXT NOT NULL, rule TEXT NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL,
      remedy TEXT NOT NULL)
    """,
  ]
}

extension Database {
  fileprivate func tables() throws -> [(name: String, sql: String)] {
    var tables: [(name: String, sql: String)] = []
    let sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    try forEach(of: "sqlite_master", sql) {
      tables.append((try $0.text("name"), try $0.text("sql")))
    }
    return tables
  }
}

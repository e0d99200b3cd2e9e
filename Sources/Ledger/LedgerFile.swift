import CloudCosts
import Foundation
import GRDB
import Ingest

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Opens ledger files, and says in our words what SQLite has against it.
enum LedgerFile {
  /// - Parameters:
  ///   - mayCreate: whether a file that is not there is made.
  ///   - patience: seconds to wait for another program that writes.
  static func open(
    _ path: String, mayCreate: Bool, patience: Double
  ) throws(FindingsError) -> DatabaseQueue {
    do {
      let exists = FileManager.default.fileExists(atPath: path)
      guard exists || mayCreate else { throw FindingsError([missing(path)]) }
      if exists, InputPath.kind(path) != .file || size(path) > 0 && !HistoryFile.isHistory(path) {
        throw FindingsError([foreign(path)])
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration(patience))
      try check(queue, path, mayCreate: mayCreate)
      try settingUp(patience) {
        try queue.writeWithoutTransaction { db in
          // Every entry that was acknowledged is on the disk: a crash takes none of it.
          try db.execute(sql: "PRAGMA journal_mode = WAL")
          try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        try LedgerSchema.migrator.migrate(queue)
      }
      return queue
    } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError([finding(error, path)])
    }
  }

  private static func configuration(_ patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA foreign_keys = ON")
      // Replacing a row deletes it: the triggers are to see that too.
      try db.execute(sql: "PRAGMA recursive_triggers = ON")
    }
    return configuration
  }

  /// Whose file it is, of which version, and whether SQLite finds it whole.
  private static func check(_ queue: DatabaseQueue, _ path: String, mayCreate: Bool) throws {
    try queue.read { db in
      let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      if id == 0, try LedgerSchema.isUnmade(db) {
        // Somebody else may be making it at this moment, or died on the way.
        guard mayCreate else { throw FindingsError([missing(path)]) }
        return
      }
      guard id == LedgerSchema.applicationID else { throw FindingsError([foreign(path)]) }
      if try LedgerSchema.migrator.hasBeenSuperseded(db) {
        throw FindingsError([
          Finding(
            .error, rule: "ledger.newer", place: path,
            message: "the ledger was written by a later version of this program",
            remedy: "Update the program.")
        ])
      }
      if let fault = try String.fetchOne(db, sql: "PRAGMA quick_check(1)"), fault != "ok" {
        throw FindingsError([damaged(path, fault)])
      }
    }
  }

  /// Changing the journal's mode does not wait for others by itself.
  private static func settingUp(_ patience: Double, _ body: () throws -> Void) throws {
    let end = Date().addingTimeInterval(patience)
    while true {
      do {
        return try body()
      } catch let error as DatabaseError
        where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) && Date() < end
      {
        usleep(20_000)
      }
    }
  }

  private static func size(_ path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    return (attributes?[.size] as? Int) ?? 0
  }

  /// What SQLite says, in our words.
  static func finding(_ error: any Error, _ path: String) -> Finding {
    if let damage = error as? CheckedRow.Damage {
      return damaged(path, "a value of \(damage.table).\(damage.column) cannot be")
    }
    guard let error = error as? DatabaseError else {
      return Finding(
        .error, rule: "ledger.unreadable", place: path, message: "\(error.localizedDescription)",
        remedy: "Check the path and its permissions.")
    }
    switch error.resultCode {
    case .SQLITE_FULL, .SQLITE_IOERR:
      return Finding(
        .error, rule: "ledger.disk-full", place: path,
        message: "the disk is full, limited or faulty (\(error.message ?? "")); the ledger is as it"
          + " was before",
        remedy: "Make room, then do it again: nothing was recorded.")
    case .SQLITE_BUSY, .SQLITE_LOCKED: return busy(path)
    case .SQLITE_NOTADB: return foreign(path)
    case .SQLITE_CORRUPT: return damaged(path, error.message ?? "SQLite cannot read it")
    default:
      return Finding(
        .error, rule: "ledger.unreadable", place: path,
        message: error.message ?? "SQLite error \(error.resultCode.rawValue)",
        remedy: "Check the path and its permissions.")
    }
  }

  /// A fault of the disk after which something was recorded, or may have been.
  static func unconfirmed(_ path: String, _ error: DatabaseError, isRecorded: Bool) -> Finding {
    Finding(
      .error, rule: "ledger.unconfirmed", place: path,
      message: "the disk is full, limited or faulty (\(error.message ?? "")); "
        + (isRecorded
          ? "all was recorded, but the disk did not confirm that it keeps it"
          : "whether all or nothing was recorded cannot be read now"),
      remedy: "Make room, then look before you do it again: plimsoll ledger list.")
  }

  private static func busy(_ path: String) -> Finding {
    let holder = writer(of: path).map { "process \($0)" } ?? "another program"
    return Finding(
      .error, rule: "ledger.busy", place: path,
      message: "\(holder) is writing it, and did not end in time; nothing was recorded",
      remedy: "Wait until it has ended, then do it again.")
  }

  /// The process that holds the write lock of a database in WAL mode; nil where that is not known.
  ///
  /// Source: https://sqlite.org/walformat.html, "WAL locks": the write lock is byte 120 of the shm
  /// file.
  private static func writer(of path: String) -> pid_t? {
    let file = Foundation.open(path + "-shm", O_RDWR)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 120
    lock.l_len = 1
    guard fcntl(file, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK) else { return nil }
    return lock.l_pid
  }

  static func damaged(_ path: String, _ what: String) -> Finding {
    Finding(
      .error, rule: "ledger.damaged", place: path, message: "the ledger is damaged: \(what)",
      remedy: "Restore a copy; a ledger cannot be made again.")
  }

  private static func missing(_ path: String) -> Finding {
    Finding(
      .error, rule: "ledger.missing", place: path, message: "there is no ledger",
      remedy: "Name one with --ledger FILE, or begin one: plimsoll ledger propose plan.json.")
  }

  private static func foreign(_ path: String) -> Finding {
    Finding(
      .error, rule: "ledger.not-a-ledger", place: path,
      message: "the file is no ledger of this program",
      remedy: "Name a ledger that `plimsoll ledger propose` wrote, or a new file.")
  }
}

import CloudCosts
import Foundation
import GRDB

/// Tells history files from others, and opens them.
package enum HistoryFile {
  /// Whether a file is an SQLite database, by its first bytes (https://sqlite.org/fileformat.html):
  /// the only databases that anything here takes are histories. One whose first bytes are damaged
  /// is known by its application id, so that it is not read as text.
  package static func isHistory(_ path: String) -> Bool {
    // A pipe would wait for who writes it, and so would what the kernel shows as a file.
    guard InputPath.kind(path) == .file, let file = FileHandle(forReadingAtPath: path) else {
      return false
    }
    defer { try? file.close() }
    let head = (try? file.read(upToCount: 100)).map { Array($0) } ?? []
    if head.starts(with: "SQLite format 3\u{0}".utf8) { return true }
    // Text has no NUL.
    return head.count == 100 && head.contains(0) && head[68..<72].elementsEqual("Plim".utf8)
  }

  /// Opens a history for reading, once it is certain that it is as it was written.
  static func open(_ path: String) throws(FindingsError) -> DatabaseQueue {
    do {
      guard FileManager.default.fileExists(atPath: path) else {
        throw CocoaError(.fileNoSuchFile)
      }
      guard isHistory(path) else { throw FindingsError([foreign(path)]) }
      let state = try HistorySeal.state(of: path)
      if state == .broken { throw FindingsError([damaged(path, "it is not what was written")]) }
      let queue = try DatabaseQueue(path: path, configuration: configuration(path, mayWrite: false))
      try queue.read { try check($0, path, isSealed: state == .intact) }
      return queue
    } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError([finding(error, path)])
    }
  }

  /// Opens a history that no one else knows of yet, for writing.
  static func openForWriting(_ path: String) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration(path, mayWrite: true))
    try HistorySchema.migrator.migrate(queue)
    return queue
  }

  private static func configuration(_ path: String, mayWrite: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = !mayWrite && !FileManager.default.isWritableFile(atPath: path)
    configuration.allowsUnsafeTransactions = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      // Series are blobs of some kilobytes: a larger page holds one without a chain of pages.
      if mayWrite { try db.execute(sql: "PRAGMA page_size = 16384") }
      try db.execute(sql: "PRAGMA mmap_size = 1073741824")
    }
    return configuration
  }

  /// Whose file it is, of which version, and where no checksum vouches for it, whether SQLite finds
  /// it whole.
  private static func check(_ db: Database, _ path: String, isSealed: Bool) throws {
    let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    guard id == HistorySchema.applicationID else { throw FindingsError([foreign(path)]) }
    if try HistorySchema.migrator.hasBeenSuperseded(db) {
      throw FindingsError([
        Finding(
          .error, rule: "history.newer", place: path,
          message: "the history was written by a later version of this program",
          remedy: "Update the program, or import the bills into a new history.")
      ])
    }
    if !isSealed, let fault = try String.fetchOne(db, sql: "PRAGMA quick_check(1)"), fault != "ok" {
      throw FindingsError([damaged(path, "SQLite's check finds a fault")])
    }
    if try HistorySchema.migrator.hasCompletedMigrations(db) {
      guard try HistorySchema.tables(db) == HistorySchema.expected() else {
        throw FindingsError([damaged(path, "its tables are not those of a history")])
      }
    }
    if !isSealed { try HistoryTypes.check(db) }
  }

  static func damaged(_ path: String, _ what: String) -> Finding {
    Finding(
      .error, rule: "history.damaged", place: path, message: "the history is damaged: \(what)",
      remedy: "Restore a copy, or import the bills again into a new history: "
        + "plimsoll import BILLS --into NEW.")
  }

  /// What SQLite says, in our words.
  static func finding(_ error: any Error, _ path: String) -> Finding {
    if let damage = error as? CheckedRow.Damage {
      return damaged(path, "a value of \(damage.table).\(damage.column) cannot be")
    }
    guard let error = error as? DatabaseError else {
      return Finding(
        .error, rule: "history.unreadable", place: path, message: "\(error.localizedDescription)",
        remedy: "Name a history that `plimsoll import --into` wrote.")
    }
    switch error.resultCode {
    case .SQLITE_FULL:
      return Finding(
        .error, rule: "history.disk-full", place: path,
        message: "the disk is full; the history is as it was before",
        remedy: "Make room, or name a history on another disk.")
    case .SQLITE_IOERR:
      return Finding(
        .error, rule: "history.disk", place: path,
        message:
          "the disk is full, limited, or faulty (\(error.message ?? "")); the history is as it was",
        remedy: "Make room, or name a history on another disk.")
    case .SQLITE_BUSY, .SQLITE_LOCKED: return busy(path)
    case .SQLITE_NOTADB: return foreign(path)
    case .SQLITE_ERROR where error.message == "integer overflow":
      return damaged(path, "a sum is too large")
    case .SQLITE_CORRUPT: return damaged(path, error.message ?? "SQLite cannot read it")
    default:
      return Finding(
        .error, rule: "history.unreadable", place: path,
        message: error.message ?? "SQLite error \(error.resultCode.rawValue)",
        remedy: "Check the path and its permissions.")
    }
  }

  static func busy(_ path: String) -> Finding {
    Finding(
      .error, rule: "history.busy", place: path, message: "another program is writing it",
      remedy: "Wait until it has ended.")
  }

  private static func foreign(_ path: String) -> Finding {
    Finding(
      .error, rule: "history.not-a-history", place: path,
      message: "the file is no history of this program",
      remedy: "Name a history that `plimsoll import --into` wrote, or a new file.")
  }
}

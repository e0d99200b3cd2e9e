import CloudCosts
import Foundation
import GRDB

/// Tells history files from others, and opens them.
public enum HistoryFile {
  /// Whether a file is an SQLite database, by its first bytes (https://sqlite.org/fileformat.html):
  /// the only databases that anything here takes are histories.
  public static func isHistory(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 16)) == Data("SQLite format 3\u{0}".utf8)
  }

  static func open(_ path: String, mayWrite: Bool) throws(FindingsError) -> DatabaseQueue {
    do {
      var configuration = Configuration()
      configuration.readonly = !mayWrite && !FileManager.default.isWritableFile(atPath: path)
      configuration.allowsUnsafeTransactions = true
      configuration.busyMode = .timeout(5)
      configuration.prepareDatabase { db in
        // Series are blobs of some kilobytes: a larger page holds one without a chain of pages.
        if mayWrite { try db.execute(sql: "PRAGMA page_size = 16384") }
        try db.execute(sql: "PRAGMA mmap_size = 1073741824")
      }
      let isNew = !FileManager.default.fileExists(atPath: path)
      guard mayWrite || !isNew else { throw CocoaError(.fileNoSuchFile) }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let id = try queue.read { try Int32.fetchOne($0, sql: "PRAGMA application_id") } ?? 0
      let isEmpty = try queue.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") } == 0
      guard id == HistorySchema.applicationID || (mayWrite && isEmpty) else {
        throw FindingsError([HistoryFile.foreign(path)])
      }
      if try queue.read({ try HistorySchema.migrator.hasBeenSuperseded($0) }) {
        throw FindingsError([
          Finding(
            .error, rule: "history.newer", place: path,
            message: "the history was written by a later version of this program",
            remedy: "Update the program, or import the bills into a new history.")
        ])
      }
      if mayWrite { try HistorySchema.migrator.migrate(queue) }
      return queue
    } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError([finding(error, path)])
    }
  }

  /// What SQLite says, in our words.
  static func finding(_ error: any Error, _ path: String) -> Finding {
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
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return Finding(
        .error, rule: "history.busy", place: path, message: "another program is writing it",
        remedy: "Wait until it has ended.")
    case .SQLITE_NOTADB: return foreign(path)
    case .SQLITE_CORRUPT:
      return Finding(
        .error, rule: "history.damaged", place: path,
        message: "the file is damaged: \(error.message ?? "")",
        remedy: "Restore a copy, or import the bills into a new history.")
    default:
      return Finding(
        .error, rule: "history.unreadable", place: path,
        message: error.message ?? "SQLite error \(error.resultCode.rawValue)",
        remedy: "Check the path and its permissions.")
    }
  }

  private static func foreign(_ path: String) -> Finding {
    Finding(
      .error, rule: "history.not-a-history", place: path,
      message: "the file is no history of this program",
      remedy: "Name a history that `plimsoll import --into` wrote, or a new file.")
  }
}

import CloudCosts
import Foundation
import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The copy of a history that an import works on, next to it, until it takes the history's place in
/// one step.
///
/// So a history is the old one or the new one, wherever a program dies. While the copy lives the
/// old one is locked, so that no other import takes its place with what it knew before.
final class HistoryCopy {
  /// Where the copy is.
  let path: String
  /// Where the history is: where a link leads to.
  private let target: String
  private let held: Leftover
  /// Locks the history that is there; nil where there is none.
  private let lock: DatabaseQueue?
  private var isDone = false

  private static let prefix = ".plimsoll-history-"

  init(of path: String) throws(FindingsError) {
    target = HistoryCopy.destination(of: path)
    let folder = (target as NSString).deletingLastPathComponent
    Leftover.sweep(folder, prefix: Self.prefix)
    self.path = (folder as NSString).appendingPathComponent(Self.prefix + UUID().uuidString)
    do {
      lock = try HistoryCopy.lock(target, as: path)
      if lock == nil {
        try HistoryCopy.create(self.path)
      } else {
        try FileManager.default.copyItem(atPath: target, toPath: self.path)
      }
    } catch let error as FindingsError {
      throw error
    } catch {
      try? FileManager.default.removeItem(atPath: self.path)
      throw FindingsError([HistoryCopy.failed(path, error)])
    }
    held = Leftover(holding: self.path)
  }

  deinit { if !isDone { remove() } }

  /// Where links lead to, also where nothing is there yet.
  private static func destination(of path: String) -> String {
    var url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    // As many as Linux follows.
    for _ in 0..<40 {
      guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path) else {
        break
      }
      url = URL(fileURLWithPath: next, relativeTo: url.deletingLastPathComponent())
        .resolvingSymlinksInPath()
    }
    return url.path
  }

  /// Lets the copy take the history's place. No connection may have it open.
  func takePlace(as named: String) throws(FindingsError) {
    do {
      try HistorySeal.seal(path)
      if lock != nil {
        guard rename(path, target) == 0 else { throw HistoryCopy.systemError }
      } else {
        // As a link it takes no other one's place that was made meanwhile.
        guard link(path, target) == 0 || errno != EEXIST else {
          throw FindingsError([HistoryFile.busy(named)])
        }
        if FileManager.default.fileExists(atPath: target) {
          unlink(path)
        } else {
          guard rename(path, target) == 0 else { throw HistoryCopy.systemError }
        }
      }
      isDone = true
    } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError([HistoryCopy.failed(named, error)])
    }
  }

  private func remove() {
    for suffix in ["", "-journal"] { unlink(path + suffix) }
  }

  /// - Returns: nil where there is no history; an empty file is none.
  private static func lock(_ target: String, as named: String) throws -> DatabaseQueue? {
    while true {
      var before = stat()
      guard stat(target, &before) == 0 else { return nil }
      if before.st_size == 0, before.st_mode & S_IFMT == S_IFREG {
        unlink(target)
        return nil
      }
      // Finds out whether it is one, and whole; what goes on from it is vouched for.
      let history = try History(path: named)
      if try HistorySeal.state(of: target) == .none { try history.check() }
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      configuration.busyMode = .timeout(5)
      let queue = try DatabaseQueue(path: target, configuration: configuration)
      do {
        try queue.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
      } catch {
        throw FindingsError([HistoryFile.finding(error, named)])
      }
      var after = stat()
      guard stat(target, &after) == 0 else { return nil }
      if before.st_ino == after.st_ino { return queue }
    }
  }

  /// Bills are no one else's business.
  private static func create(_ path: String) throws {
    let descriptor = Foundation.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw systemError }
    close(descriptor)
  }

  private static var systemError: POSIXError {
    POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
  }

  private static func failed(_ path: String, _ error: any Error) -> Finding {
    if error is DatabaseError { return HistoryFile.finding(error, path) }
    let inner = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    let code = (error as? POSIXError ?? inner as? POSIXError)?.code
    if code == .ENOSPC || code == .EDQUOT || code == .EFBIG {
      return Finding(
        .error, rule: "history.disk-full", place: path,
        message: "the disk is full; the history is as it was before",
        remedy: "Make room, or name a history on another disk.")
    }
    let reason = code.map { String(cString: strerror($0.rawValue)) } ?? error.localizedDescription
    return Finding(
      .error, rule: "history.not-written", place: path, message: "it cannot be written: \(reason)",
      remedy: "Check the path and its permissions.")
  }
}

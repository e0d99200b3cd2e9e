import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files and folders that a program makes on its way to a result, and what dead ones left of
/// theirs.
///
/// Who works on one holds a lock on it, which ends with the process, however that ends.
package final class Leftover {
  package let path: String
  private let descriptor: Int32

  /// Holds what is at a path until it is released.
  package init(holding path: String) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Younger ones may not be held yet by who is making them.
  private static let leastSeconds = 60.0

  /// Removes what no one holds any more.
  ///
  /// - Parameter prefix: how the names begin; no one else's names do.
  package static func sweep(_ folder: String, prefix: String) {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(prefix) {
      let path = (folder as NSString).appendingPathComponent(name)
      var status = stat()
      guard lstat(path, &status) == 0, status.st_uid == geteuid(),
        status.st_mode & S_IFMT != S_IFLNK, age(status) > leastSeconds
      else { continue }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try? manager.removeItem(atPath: path) }
      close(descriptor)
    }
  }

  private static func age(_ status: stat) -> Double {
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    return Date().timeIntervalSince1970 - Double(changed.tv_sec)
  }
}

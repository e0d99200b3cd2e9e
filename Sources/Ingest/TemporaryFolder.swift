import Foundation

/// A folder of this process for files on their way to a result, which no other user may read.
///
/// What processes that were killed left of theirs is removed once, at the first start after.
package final class TemporaryFolder {
  package let url: URL
  /// Keeps other processes from removing it.
  private let held: Leftover

  private static let prefix = "plimsoll-scratch-"
  private static let swept: Void = Leftover.sweep(
    FileManager.default.temporaryDirectory.path, prefix: prefix)

  package init() throws {
    _ = TemporaryFolder.swept
    url = TemporaryFolder.new
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    held = Leftover(holding: url.path)
  }

  /// A path at which nothing is.
  private static var new: URL {
    FileManager.default.temporaryDirectory.appending(
      path: prefix + UUID().uuidString, directoryHint: .isDirectory)
  }

  package func remove() { try? FileManager.default.removeItem(at: url) }
}

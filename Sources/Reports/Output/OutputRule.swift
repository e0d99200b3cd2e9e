import CloudCosts
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a command may replace: nothing that it reads, no device, pipe or folder, and of files that
/// are there only what this program wrote, unless it was asked to by `--force`.
package struct OutputRule: Sendable {
  /// Paths of what the same command reads.
  package var inputs: [String]
  /// Whether files of others may be replaced. Inputs may not.
  package var isForced: Bool

  package init(inputs: [String] = [], isForced: Bool = false) {
    self.inputs = inputs
    self.isForced = isForced
  }

  /// Where a path leads to, links followed: what is written there takes the place of that.
  static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// Finds out whether a file may be written at a path.
  ///
  /// - Parameter head: how what is to be written begins; nil where that is not known yet, and a
  ///   file that may be of this program is given the benefit of the doubt.
  func check(_ path: String, for head: Data?) throws(FindingsError) {
    guard let there = FileState(path) else { return }
    if there.isFolder {
      throw OutputRule.failure(
        path, "there is a directory of this name", rule: "output.not-a-file",
        remedy: "Move it away, or name another file.")
    }
    guard there.isRegular else {
      throw OutputRule.failure(
        path, "it is a device, a pipe or a socket, and no file", rule: "output.not-a-file",
        remedy: "Name a file; results go to standard output where no file is named.")
    }
    if let input = inputs.first(where: { FileState($0)?.isSame(as: there) == true }) {
      throw OutputRule.failure(
        path, "it is an input of the same command (\(input))", rule: "output.is-an-input",
        remedy: "Name another file.")
    }
    guard !isForced, there.size > 0, !OutputMark(ofFileAt: path).isOurs(path, replacedBy: head)
    else { return }
    throw OutputRule.failure(
      path, "this program did not write the file that is there", rule: "output.not-ours",
      remedy: "Name another file, or add --force to replace it.")
  }

  static func failure(
    _ place: String, _ message: String, rule: String = "output.not-written",
    remedy: String = "Check the path, its permissions and the space that is left."
  ) -> FindingsError {
    FindingsError([Finding(.error, rule: rule, place: place, message: message, remedy: remedy)])
  }
}

/// What is at a path, links followed.
struct FileState {
  private let status: stat

  /// Nil where there is nothing.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.status = status
  }

  var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
  var size: Int { Int(status.st_size) }
  var mode: mode_t { status.st_mode & 0o7777 }
  var owner: uid_t { status.st_uid }

  func isSame(as other: FileState) -> Bool {
    status.st_dev == other.status.st_dev && status.st_ino == other.status.st_ino
  }
}

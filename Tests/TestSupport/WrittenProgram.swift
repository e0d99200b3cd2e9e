import Foundation

/// Programs that tests write and then run.
package enum WrittenProgram {
  /// Writes an executable script.
  ///
  /// The kernel runs no file that a process holds open for writing, and a child that starts at the
  /// same time on another thread inherits what is open here. So another process writes it.
  package static func write(_ text: String, to url: URL) throws {
    let draft = url.appendingPathExtension("draft")
    try Data(text.utf8).write(to: draft)
    let copy = Process()
    copy.executableURL = URL(filePath: "/bin/cp")
    copy.arguments = [draft.path, url.path]
    try copy.runWithDefaultSignals()
    guard copy.ends(within: 60) else { throw CocoaError(.executableLoad) }
    try FileManager.default.removeItem(at: draft)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
  }
}

import CloudCosts
import Foundation
import Ingest

/// A directory that receives whole files or none: all are written next to it and then renamed as
/// one.
package struct OutputDirectory: Sendable {
  /// As it was named.
  package let path: String
  package let rule: OutputRule

  package init(path: String, rule: OutputRule = OutputRule()) {
    self.path = path
    self.rule = rule
  }

  /// Replaces files of the same names, where the rule allows, and leaves all others alone.
  package func write(_ files: [OutputFile]) throws(FindingsError) {
    let exists = try check(files.map(\.name))
    for file in files { try rule.check(place(of: file.name), for: file.head) }
    let target = URL(fileURLWithPath: OutputRule.resolved(path), isDirectory: true)
    let parts = OutputParts(target: target, exists: exists)
    do {
      try parts.write(files)
    } catch {
      throw OutputRule.failure(path, Self.reason(error))
    }
  }

  /// Finds out, before there is anything to write, whether something is in the way.
  ///
  /// - Returns: whether the directory exists.
  @discardableResult
  package func check(_ names: [String]) throws(FindingsError) -> Bool {
    let there = FileState(path)
    guard there?.isFolder ?? true else {
      throw OutputRule.failure(
        path, "there is a file of this name", rule: "output.not-a-directory",
        remedy: "Name a directory, or move the file away.")
    }
    for name in names { try rule.check(place(of: name), for: nil) }
    return there != nil
  }

  /// Finds out whether a file can be written at a path.
  package static func check(
    file path: String, rule: OutputRule = OutputRule()
  ) throws(FindingsError) {
    let place = place(ofFile: path)
    try OutputDirectory(path: place.folder, rule: rule).check([place.name])
  }

  /// Writes one file, whole or not at all.
  package static func write(
    _ data: Data, toFile path: String, rule: OutputRule = OutputRule()
  ) throws(FindingsError) {
    let place = place(ofFile: path)
    try OutputDirectory(path: place.folder, rule: rule)
      .write([OutputFile(name: place.name, data: data)])
  }

  /// A file's folder and name: where a link leads to, else as they were named.
  private static func place(ofFile path: String) -> (folder: String, name: String) {
    let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
    let named = isLink ? OutputRule.resolved(path) : path
    let folder = FilePath.folder(of: named)
    return (folder.isEmpty ? "." : folder, FilePath.name(of: named))
  }

  private func place(of name: String) -> String {
    path == "." ? name : FilePath.joined(path, name)
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    let code = (underlying as? POSIXError ?? error as? POSIXError)?.code
    return "nothing was written: "
      + (code.map { String(cString: strerror($0.rawValue)) } ?? error.localizedDescription)
  }
}

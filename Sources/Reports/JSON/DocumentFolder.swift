import Foundation
import Ingest

/// The folder of a document: paths in the document are relative to it, so that both can be moved
/// together and read from anywhere.
package struct DocumentFolder {
  /// Absolute, links followed.
  private let parts: [Substring]
  /// As it was named.
  private let name: String

  package init(_ name: String) {
    self.name = name
    parts = Self.parts(name)
  }

  /// Of the document at a path.
  init(of document: String) {
    let folder = FilePath.folder(of: document)
    self.init(folder.isEmpty ? "." : folder)
  }

  /// A path as the document states it; what was named absolutely stays so.
  package func relative(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let target = Self.parts(path)
    let common = zip(parts, target).prefix { $0 == $1 }.count
    let up = Array(repeating: Substring(".."), count: parts.count - common)
    let result = (up + target.dropFirst(common)).joined(separator: "/")
    return result.isEmpty ? "." : result
  }

  /// Where a path of the document leads to: from its folder, else (as documents of format 2 mean
  /// it) from the working directory.
  func path(_ stated: String) -> String {
    guard !stated.hasPrefix("/") else { return stated }
    let own = FilePath.joined(name, stated)
    let exists = FileManager.default.fileExists(atPath: own)
    return exists || !FileManager.default.fileExists(atPath: stated) ? own : stated
  }

  /// Of a folder that is not there yet, links above it are followed.
  private static func parts(_ path: String) -> [Substring] {
    var there = URL(fileURLWithPath: path).standardizedFileURL
    var missing: [String] = []
    while there.path != "/", !FileManager.default.fileExists(atPath: there.path) {
      missing.insert(there.lastPathComponent, at: 0)
      there = URL(fileURLWithPath: FilePath.folder(of: there.path))
    }
    let resolved = there.resolvingSymlinksInPath().path.split(separator: "/")
    return resolved + missing.map { Substring($0) }
  }
}

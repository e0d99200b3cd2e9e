/// Parts of a path, by its text alone.
///
/// Foundation's own `deletingLastPathComponent` traps on a name of one letter (Swift 6.2 on Linux).
package enum FilePath {
  /// What lies before the last name; empty where there is only a name, `/` at the root.
  package static func folder(of path: String) -> String {
    let trimmed = withoutEnd(path)
    guard let slash = trimmed.lastIndex(of: "/") else { return "" }
    return slash == trimmed.startIndex ? "/" : String(withoutEnd(String(trimmed[..<slash])))
  }

  /// The last name.
  package static func name(of path: String) -> String {
    let trimmed = withoutEnd(path)
    guard trimmed != "/", let slash = trimmed.lastIndex(of: "/") else { return String(trimmed) }
    return String(trimmed[trimmed.index(after: slash)...])
  }

  package static func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Slashes at the end cut off.
  private static func withoutEnd(_ path: String) -> Substring {
    var text = Substring(path)
    while text.count > 1, text.hasSuffix("/") { text = text.dropLast() }
    return text
  }
}

import Foundation

/// A temporary directory with scenario folders in it, where a test lets the program run.
struct Workplace {
  let url: URL

  static let scenarios = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scenarios")

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("plimsoll-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func close() { try? FileManager.default.removeItem(at: url) }

  /// A folder with the files of a shipped scenario, to be changed.
  func copy(_ scenario: String) throws {
    try FileManager.default.copyItem(
      at: Workplace.scenarios.appendingPathComponent(scenario), to: self[scenario])
  }

  subscript(path: String) -> URL { url.appendingPathComponent(path) }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: self[path].path) }

  func text(_ path: String) throws -> String {
    try String(contentsOf: self[path], encoding: .utf8)
  }

  func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: self[path]) }

  /// Every path below, in order.
  func listing() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
  }

  /// Whole contents by path, of files only.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for path in try listing() where !isDirectory(path) {
      contents[path] = try Data(contentsOf: self[path])
    }
    return contents
  }

  private func isDirectory(_ path: String) -> Bool {
    var result: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: self[path].path, isDirectory: &result)
    return result.boolValue
  }

  func run(_ arguments: String...) throws -> Program.Ended {
    try Program.run(arguments, in: url)
  }
}

/// A change to one file of a scenario.
enum Edit {
  /// The one place where a text is in a file gets another text.
  case replace(String, String, with: String)
  case append(String, String)
  case write(String, String)
  case remove(String)

  struct NotApplicable: Error {
    var file: String
    var text: String
  }

  func apply(in folder: String, of place: Workplace) throws {
    switch self {
    case .replace(let file, let old, let new):
      let path = "\(folder)/\(file)"
      let parts = try place.text(path).components(separatedBy: old)
      guard parts.count == 2 else { throw NotApplicable(file: file, text: old) }
      try place.write(parts.joined(separator: new), to: path)
    case .append(let file, let line):
      let path = "\(folder)/\(file)"
      try place.write(try place.text(path) + line + "\n", to: path)
    case .write(let file, let text): try place.write(text, to: "\(folder)/\(file)")
    case .remove(let file): try FileManager.default.removeItem(at: place["\(folder)/\(file)"])
    }
  }
}

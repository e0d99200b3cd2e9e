import CloudCosts
import Foundation

/// A billing file on its way into a history.
struct BillFile: Hashable {
  enum Container: Hashable {
    case csv
    case parquet
    /// A record a line.
    case json
  }

  /// Absolute, links resolved.
  var path: String
  /// As the user called it.
  var name: String
  var container: Container

  /// Not on this machine: `s3a://bucket/folder`.
  var isRemote: Bool { path.contains("://") }

  /// A data set that only Spark can read.
  init(remote: String) {
    path = remote
    name = remote
    container = .parquet
  }

  init(path: String, name: String) throws(FindingsError) {
    self.path = URL(filePath: path).resolvingSymlinksInPath().path
    self.name = name
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw FindingsError([
        Finding(
          .error, rule: "import.unreadable", place: name, message: "the file cannot be read",
          remedy: "Check the path and its permissions.")
      ])
    }
    defer { try? file.close() }
    let head = try? file.read(upToCount: 4)
    let isJSON = head?.first == UInt8(ascii: "{") || BillFile.hasEnding(name, BillFile.jsonEndings)
    container = head == Data("PAR1".utf8) ? .parquet : isJSON ? .json : .csv
  }

  /// All files that the arguments name: files, folders (searched through), globs.
  static func expand(_ arguments: [String]) throws(FindingsError) -> [BillFile] {
    var files: [BillFile] = []
    var seen = Set<String>()
    var findings: [Finding] = []
    for argument in arguments {
      let names = paths(argument)
      if names.isEmpty {
        findings.append(
          Finding(
            .error, rule: "import.no-file", place: argument,
            message: "there is no such file, and no billing file in a folder of that name",
            remedy:
              "Name .csv, .json or .parquet files, compressed (.gz) or not, folders of them, or a pattern."
          ))
      }
      for name in names {
        do {
          let file = try BillFile(path: name, name: name)
          if seen.insert(file.path).inserted { files.append(file) }
        } catch { findings += error.findings }
      }
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
    return files
  }

  private static func paths(_ argument: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
      return Glob.paths(argument)
    }
    guard isFolder.boolValue else { return [argument] }
    let names = FileManager.default.enumerator(atPath: argument)?.compactMap { $0 as? String } ?? []
    return names.sorted().filter(isBill).map { "\(argument)/\($0)" }
  }

  private static func isBill(_ name: String) -> Bool {
    if hasEnding(name, jsonEndings) { return !isAbout(name) }
    return hasEnding(name, [".csv", ".csv.gz", ".parquet"])
  }

  private static let jsonEndings = [".json", ".jsonl", ".ndjson"].flatMap { [$0, $0 + ".gz"] }

  private static func hasEnding(_ name: String, _ endings: [String]) -> Bool {
    endings.contains { name.lowercased().hasSuffix($0) }
  }

  /// What exports write next to their data: manifests, settings of a run.
  private static func isAbout(_ name: String) -> Bool {
    let last = (name as NSString).lastPathComponent.lowercased()
    return ["manifest", "metadata", "status", "_success"].contains(where: last.contains)
  }
}

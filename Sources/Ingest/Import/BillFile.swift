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
  /// Where it is out of a ZIP archive; nil: it is as it is.
  private var archive: ZIPArchive?
  /// Where its bytes are.
  var readPath: String { archive?.path ?? path }

  /// Found in a folder or by a pattern, among files that may be no bills; not named itself.
  var isFound = false

  /// Whether its rows are on lines, by which findings name them.
  var hasLines: Bool { container != .parquet }

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
    try InputPath.mustBeFile(path, rule: "import.not-a-file")
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw FindingsError([
        Finding(
          .error, rule: "import.unreadable", place: name, message: "the file cannot be read",
          remedy: "Check the path and its permissions.")
      ])
    }
    defer { try? file.close() }
    var head = (try? file.read(upToCount: 4)) ?? Data()
    if head == ZIPArchive.mark {
      let unpacked: ZIPArchive
      do { unpacked = try ZIPArchive(path) } catch {
        throw FindingsError([BillFile.zipped(name, error)])
      }
      archive = unpacked
      head = BillFile.head(of: unpacked.path)
    }
    let isJSON = head.first == UInt8(ascii: "{") || Found.isJSON(name)
    container = head == Data("PAR1".utf8) ? .parquet : isJSON ? .json : .csv
    if archive != nil, container == .parquet {
      throw FindingsError([BillFile.zipped(name, .unreadable)])
    }
  }

  private static func head(of path: String) -> Data {
    var bytes = [UInt8](repeating: 0, count: 4)
    guard var source = try? ByteSource(InputFile(path: path)),
      let count = try? bytes.withUnsafeMutableBytes({ try source.read(into: $0) })
    else { return Data() }
    return Data(bytes.prefix(count))
  }

  private static func zipped(_ name: String, _ flaw: ZIPArchive.Flaw) -> Finding {
    Finding(
      .error, rule: "import.zip", place: name,
      message: flaw == .notOneFile
        ? "the file is a ZIP archive that does not hold one file"
        : "the file is a ZIP archive that cannot be read",
      remedy: "Unpack it: unzip \(name), and import the files in it.")
  }

  /// Exports of many years have some thousands of files.
  static let mostFiles = 100_000

  /// All files that the arguments name: files, folders (searched through), globs.
  ///
  /// - Parameters:
  ///   - most: how many files a folder or a pattern may have.
  ///   - leftOut: receives a note on files of folders that hold no bills by their names.
  static func expand(
    _ arguments: [String], most: Int = mostFiles, leftOut: (Finding) -> Void = { _ in }
  ) throws(FindingsError) -> [BillFile] {
    var files: [BillFile] = []
    var seen = Set<String>()
    var findings: [Finding] = []
    for argument in arguments {
      let found = Found(argument, most)
      if let finding = found.tooMany(argument) {
        findings.append(finding)
        continue
      }
      if found.names.isEmpty {
        findings.append(
          Finding(
            .error, rule: "import.no-file", place: argument,
            message: "there is no such file, and no billing file in a folder of that name",
            remedy:
              "Name .csv, .json or .parquet files, compressed (.gz) or not, folders of them, or a pattern."
          ))
      }
      if let note = found.note(argument) { leftOut(note) }
      for name in found.names {
        do {
          var file = try BillFile(path: name, name: name)
          file.isFound = found.isSearch
          if seen.insert(file.path).inserted { files.append(file) }
        } catch { findings += error.findings }
      }
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
    return files
  }

  /// What an argument names.
  private struct Found {
    var names: [String]
    var others: [String] = []
    /// Whether the argument is a folder or a pattern.
    var isSearch = true
    private let most: Int
    private var seen = 0

    init(_ argument: String, _ most: Int) {
      self.most = most
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
        names = Glob.paths(argument)
        return
      }
      guard isFolder.boolValue else {
        names = [argument]
        isSearch = false
        return
      }
      names = []
      look(through: argument)
    }

    /// - Parameter folder: however many files it holds, looking ends soon after `most`.
    private mutating func look(through folder: String) {
      let all = FileManager.default.enumerator(atPath: folder)
      while let name = all?.nextObject() as? String {
        seen += 1
        guard seen <= most else { return }
        let file = name.split(separator: "/").last ?? ""
        if Found.isBill(name) {
          names.append("\(folder)/\(name)")
        } else if file.contains("."), !file.hasPrefix("."), !Found.isFolder("\(folder)/\(name)") {
          others.append(name)
        }
      }
      names.sort()
      others.sort()
    }

    /// Nil where the argument names no more than can be read.
    func tooMany(_ argument: String) -> Finding? {
      guard max(seen, names.count) > most else { return nil }
      return Finding(
        .error, rule: "import.too-many-files", place: argument,
        message: "there are more than \(most.grouped) files",
        remedy: "Name the folders or a pattern of the bills that you mean.")
    }

    func note(_ argument: String) -> Finding? {
      guard !others.isEmpty, !names.isEmpty else { return nil }
      let some = others.prefix(3).map(\.printable).joined(separator: ", ")
      return Finding(
        .note, rule: "import.other-files", place: argument,
        message: "\(others.count.grouped) files that are no bills by their names were left out: "
          + some + (others.count > 3 ? ", …" : ""),
        remedy: "Nothing, if they hold no charges; else name them.")
    }

    private static func isFolder(_ path: String) -> Bool {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue
    }

    /// ZIP archives too: what is in them would be missing without a word.
    private static func isBill(_ name: String) -> Bool {
      isJSON(name)
        ? !isAbout(name)
        : [".csv", ".csv.gz", ".parquet", ".zip"].contains { name.lowercased().hasSuffix($0) }
    }

    static func isJSON(_ name: String) -> Bool {
      [".json", ".jsonl", ".ndjson"].contains {
        name.lowercased().hasSuffix($0) || name.lowercased().hasSuffix($0 + ".gz")
      }
    }

    /// What exports write next to their data: manifests, settings of a run.
    private static func isAbout(_ name: String) -> Bool {
      let last = (name as NSString).lastPathComponent.lowercased()
      return ["manifest", "metadata", "status"].contains(where: last.contains)
    }
  }
}

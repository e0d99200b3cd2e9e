import CloudCosts
import Foundation

/// A folder of our own for one file's reading: a link to it, the engine's results, its spill.
struct Scratch {
  let path: String
  /// Keeps other processes from removing it.
  private var held: Leftover?

  private static let prefix = "plimsoll-import-"
  /// What processes that were killed left behind is removed once, at the first start after.
  private static let swept: Void = Leftover.sweep(
    FileManager.default.temporaryDirectory.path, prefix: prefix)

  init() throws(FindingsError) {
    _ = Scratch.swept
    let folder = FileManager.default.temporaryDirectory
      .appending(path: Scratch.prefix + UUID().uuidString)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Scratch.failed(folder.path, error)
    }
    path = folder.path
    held = Leftover(holding: path)
  }

  /// A folder inside another.
  init(_ name: String, in parent: Scratch) throws(FindingsError) {
    path = "\(parent.path)/\(name)"
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Scratch.failed(path, error)
    }
  }

  func write(_ text: String, as name: String) throws(FindingsError) {
    do { try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)")) } catch {
      throw Scratch.failed(path, error)
    }
  }

  func link(to target: String, as name: String) throws(FindingsError) {
    do {
      try FileManager.default.createSymbolicLink(
        atPath: "\(path)/\(name)", withDestinationPath: target)
    } catch {
      throw Scratch.failed(path, error)
    }
  }

  /// One that is there.
  init(existing path: String) { self.path = path }

  /// Calls `body` with every record of a result.
  ///
  /// - Parameter body: returns whether the record is as it should be.
  func records(
    _ name: String, _ place: String, _ body: (borrowing CSVReader) -> Bool
  ) throws(FindingsError) {
    do {
      var reader = try CSVReader(InputFile(path: "\(path)/\(name)"))
      while true {
        switch try reader.next() {
        case .end: return
        case .record where body(reader): continue
        case .record, .unusable: throw CSVReader.Failure.longLine(line: reader.line)
        }
      }
    } catch {
      throw FindingsError([
        Finding(
          .error, rule: "import.engine-result", place: place,
          message: "what the engine answered cannot be read (\(name): \(error))",
          remedy: "Check the room in \(FileManager.default.temporaryDirectory.path).")
      ])
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Foundation's own words name codes only; the system's say "File too large".
  private static func reason(_ error: any Error) -> String {
    let inner = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let inner, inner.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(inner.code)))
  }

  private static func failed(_ path: String, _ error: any Error) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "import.temporary-folder", place: path,
        message: "cannot write there: \(reason(error))",
        remedy: "Make room, or set TMPDIR to a folder on another disk.")
    ])
  }
}

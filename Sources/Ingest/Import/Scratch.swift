import CloudCosts
import Foundation

/// A folder of our own for one file's reading: a link to it, the engine's results, its spill.
struct Scratch {
  let path: String
  private var held: TemporaryFolder?

  init() throws(FindingsError) {
    do {
      let folder = try TemporaryFolder()
      path = folder.url.path
      held = folder
    } catch {
      throw Scratch.failed(FileManager.default.temporaryDirectory.path, error)
    }
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

  /// Copies a text as UTF-8, inflated.
  func copyText(of file: InputFile, as name: String) throws(FindingsError) {
    do {
      let target = "\(path)/\(name)"
      try Data().write(to: URL(filePath: target))
      let handle = try FileHandle(forWritingTo: URL(filePath: target))
      defer { try? handle.close() }
      var source = try ByteSource(file)
      var buffer = Data(count: 1 << 16)
      while true {
        let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
        guard count > 0 else { return }
        try handle.write(contentsOf: buffer[..<count])
      }
    } catch is ByteSource.Failure {
      throw FindingsError([
        Finding(
          .error, rule: "import.unreadable", place: file.name, message: "the file cannot be read",
          remedy: "Check the path and its permissions.")
      ])
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

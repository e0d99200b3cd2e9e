import CloudCosts
import Foundation

/// A file to write: a name and what stands in it.
public struct OutputFile: Sendable {
  public var name: String
  public var data: Data

  public init(name: String, data: Data) {
    self.name = name
    self.data = data
  }

  public init(name: String, text: String) { self.init(name: name, data: Data(text.utf8)) }
}

/// A directory that receives whole files or none: all are written beside and then renamed.
public struct OutputDirectory: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// Replaces files of the same names and leaves all others alone.
  public func write(_ files: [OutputFile]) throws(FindingsError) {
    let target = URL(fileURLWithPath: path, isDirectory: true)
    let manager = FileManager.default
    let exists = try check(files.map(\.name))
    let parent = exists ? target : target.deletingLastPathComponent()
    let partial = parent.appendingPathComponent(".plimsoll-\(UUID().uuidString)", isDirectory: true)
    defer { try? manager.removeItem(at: partial) }
    do {
      try manager.createDirectory(at: partial, withIntermediateDirectories: true)
      for file in files { try file.data.write(to: partial.appendingPathComponent(file.name)) }
      if exists {
        for file in files {
          try rename(
            partial.appendingPathComponent(file.name), to: target.appendingPathComponent(file.name))
        }
      } else {
        try rename(partial, to: target)
      }
    } catch {
      throw failure(path, OutputDirectory.reason(error))
    }
  }

  /// Finds out, before there is anything to write, whether something stands in the way.
  ///
  /// - Returns: whether the directory exists.
  @discardableResult
  public func check(_ names: [String]) throws(FindingsError) -> Bool {
    let target = URL(fileURLWithPath: path, isDirectory: true)
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: target.path, isDirectory: &isDirectory)
    guard !exists || isDirectory.boolValue else {
      throw failure(
        path, "there is a file of this name", rule: "output.not-a-directory",
        remedy: "Name a directory, or move the file away.")
    }
    try checkNames(names, in: target)
    return exists
  }

  /// Finds out whether a directory stands where a file is to be written.
  public static func check(file path: String) throws(FindingsError) {
    let target = URL(fileURLWithPath: path)
    try OutputDirectory(path: target.deletingLastPathComponent().path)
      .check([target.lastPathComponent])
  }

  /// Writes one file, whole or not at all.
  public static func write(_ data: Data, toFile path: String) throws(FindingsError) {
    let target = URL(fileURLWithPath: path)
    let directory = OutputDirectory(path: target.deletingLastPathComponent().path)
    try directory.write([OutputFile(name: target.lastPathComponent, data: data)])
  }

  /// A directory in a file's place would stop the renaming half way.
  private func checkNames(_ names: [String], in target: URL) throws(FindingsError) {
    for name in names {
      let place = target.appendingPathComponent(name).path
      var isDirectory: ObjCBool = false
      if FileManager.default.fileExists(atPath: place, isDirectory: &isDirectory),
        isDirectory.boolValue
      {
        throw failure(
          place, "there is a directory of this name", rule: "output.not-a-file",
          remedy: "Move it away, or write into another directory.")
      }
    }
  }

  private func rename(_ source: URL, to target: URL) throws {
    guard Foundation.rename(source.path, target.path) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  private func failure(
    _ place: String, _ message: String, rule: String = "output.not-written",
    remedy: String = "Check the path, its permissions and the space that is left."
  ) -> FindingsError {
    FindingsError([Finding(.error, rule: rule, place: place, message: message, remedy: remedy)])
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    let code = (underlying as? POSIXError ?? error as? POSIXError)?.code
    return "nothing was written: "
      + (code.map { String(cString: strerror($0.rawValue)) } ?? error.localizedDescription)
  }
}

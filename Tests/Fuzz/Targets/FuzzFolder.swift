import CloudCosts
import Foundation
import Ingest

/// A folder of this process, made anew for each input.
struct FuzzFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "plimsoll-fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Calls `body` with a folder; a folder that cannot be made is a complaint.
  static func with(_ body: (FuzzFolder) throws -> String?) -> String? {
    do {
      let folder = try FuzzFolder()
      defer { folder.remove() }
      return try body(folder)
    } catch {
      return "\(error)"
    }
  }
}

extension [Finding] {
  /// What every finding has, whatever it is about.
  var complaint: String? {
    first { $0.message.isEmpty || $0.remedy.isEmpty || $0.rule.isEmpty }
      .map { "a finding lacks a text: \($0)" }
  }
}

extension Reading {
  /// Findings that say what to do, and a value only where none of them is an error.
  var complaint: String? {
    if value == nil, !findings.hasErrors { return "neither a value nor an error" }
    return findings.complaint
  }
}

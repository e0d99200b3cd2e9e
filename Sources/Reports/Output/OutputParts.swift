import Foundation
import Ingest

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files on their way into a directory: all written before the first takes its place.
///
/// A directory that is new is renamed whole. One that is there changes places with a copy that has
/// the new files and links to all else (`FolderLinks`), in one step that no crash can cut in two.
/// Where that cannot be (it is the working directory, parts of it belong to others, or the file
/// system does not know how), the files are renamed one by one, and back if one fails.
struct OutputParts {
  private let target: URL
  private let exists: Bool
  private let partial: URL
  private let manager = FileManager.default
  private static let prefix = ".plimsoll-set-"

  init(target: URL, exists: Bool) {
    self.target = target
    self.exists = exists
    partial = target.deletingLastPathComponent().appendingPathComponent(
      "\(Self.prefix)\(getpid())-\(UUID().uuidString)", isDirectory: true)
  }

  func write(_ files: [OutputFile]) throws {
    let above = missingFolders()
    do {
      try fill(files)
    } catch {
      try? manager.removeItem(at: partial)
      for folder in above { rmdir(folder.path) }
      throw error
    }
  }

  /// Folders above the target that are not there, the deepest first.
  private func missingFolders() -> [URL] {
    var missing: [URL] = []
    var folder = target.deletingLastPathComponent()
    while folder.path != "/", !manager.fileExists(atPath: folder.path) {
      missing.append(folder)
      folder.deleteLastPathComponent()
    }
    return missing
  }

  private func fill(_ files: [OutputFile]) throws {
    // Next to the target where that may be written to, else inside.
    let isInside = exists && access(target.deletingLastPathComponent().path, W_OK) != 0
    let place =
      isInside
      ? target.appendingPathComponent(partial.lastPathComponent, isDirectory: true) : partial
    // What processes that were killed left behind.
    Leftover.sweep(place.deletingLastPathComponent().path, prefix: Self.prefix)
    try manager.createDirectory(at: place, withIntermediateDirectories: true)
    let held = Leftover(holding: place.path)
    defer { withExtendedLifetime(held) { try? manager.removeItem(at: place) } }
    for file in files { try file.write(to: place.appendingPathComponent(file.name)) }
    if !exists { return try rename(place, to: target) }
    if files.count > 1, !isInside, try exchange(place, files.map(\.name)) { return }
    try replace(from: place, files.map(\.name))
  }

  /// Changes places with the target; false where that cannot be, and nothing was done.
  private func exchange(_ place: URL, _ names: [String]) throws -> Bool {
    guard let state = FileState(target.path), state.owner == geteuid(), !isWorkingDirectory else {
      return false
    }
    var links = FolderLinks(from: target.path, to: place.path, besides: Set(names))
    guard links.make(), chmod(place.path, state.mode) == 0, Self.swap(place.path, target.path)
    else {
      return false
    }
    links.moveRest()
    return true
  }

  private var isWorkingDirectory: Bool {
    let here = OutputRule.resolved(manager.currentDirectoryPath)
    return here == target.path || here.hasPrefix(target.path + "/")
  }

  private func link(_ source: String, _ copy: String) -> Bool {
    linkat(AT_FDCWD, source, AT_FDCWD, copy, 0) == 0
  }

  /// Renames files one by one; if one fails, those before it get their old contents back.
  private func replace(from place: URL, _ names: [String]) throws {
    var done: [String] = []
    do {
      for name in names {
        let old = target.appendingPathComponent(name)
        if names.count > 1 {
          _ = link(old.path, place.appendingPathComponent("\(name).before").path)
        }
        try rename(place.appendingPathComponent(name), to: old)
        done.append(name)
      }
    } catch {
      for name in done {
        let now = target.appendingPathComponent(name)
        if (try? rename(place.appendingPathComponent("\(name).before"), to: now)) == nil {
          unlink(now.path)
        }
      }
      throw error
    }
  }

  private func rename(_ source: URL, to target: URL) throws {
    guard Foundation.rename(source.path, target.path) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  /// Two names change places in one step; false where the system cannot do that.
  private static func swap(_ a: String, _ b: String) -> Bool {
    #if canImport(Darwin)
      renamex_np(a, b, UInt32(RENAME_SWAP)) == 0
    #else
      // Looked up by name: the header shows it only to those who ask for GNU's extensions.
      typealias Rename =
        @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
      guard let symbol = dlsym(nil, "renameat2") else { return false }
      let exchange: UInt32 = 2
      return unsafeBitCast(symbol, to: Rename.self)(AT_FDCWD, a, AT_FDCWD, b, exchange) == 0
    #endif
  }
}

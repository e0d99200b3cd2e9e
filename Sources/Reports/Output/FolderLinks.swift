import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Hard links to all that a folder holds, in a copy of it that is to take its place.
///
/// Folders cannot be linked: those below are made anew, and what is in them is linked. That is only
/// done where the copy cannot be distinguished from the original: folders of the same owner, on the
/// same disk, and not too many.
struct FolderLinks {
  private let source: String
  private let copy: String
  /// At the top; they are not linked.
  private let replaced: Set<String>
  /// What was linked, by its path from the top.
  private var known: Set<String> = []
  private let manager = FileManager.default
  private static let most = 10_000

  init(from source: String, to copy: String, besides replaced: Set<String>) {
    self.source = source
    self.copy = copy
    self.replaced = replaced
  }

  /// - Returns: false where something cannot be linked; what was is left to who made the copy.
  mutating func make() -> Bool {
    guard let top = status(source) else { return false }
    return link("", device: top.st_dev)
  }

  private mutating func link(_ folder: String, device: dev_t) -> Bool {
    guard let names = try? manager.contentsOfDirectory(atPath: source + folder) else {
      return false
    }
    for name in names where folder != "" || !replaced.contains(name) {
      let path = "\(folder)/\(name)"
      known.insert(path)
      guard known.count <= Self.most, let state = status(source + path), state.st_dev == device
      else { return false }
      let isDone =
        state.st_mode & S_IFMT == S_IFDIR
        ? makeFolder(path, state)
        // As it is: a symbolic link stays one.
        : linkat(AT_FDCWD, source + path, AT_FDCWD, copy + path, 0) == 0
      guard isDone else { return false }
    }
    return true
  }

  private mutating func makeFolder(_ path: String, _ state: stat) -> Bool {
    guard state.st_uid == geteuid(), state.st_mode & 0o700 == 0o700,
      mkdir(copy + path, 0o700) == 0, link(path, device: state.st_dev),
      status(copy + path)?.st_gid == state.st_gid
    else { return false }
    return chmod(copy + path, state.st_mode & 0o7777) == 0
  }

  /// What somebody put into the original while it was copied, after both have changed places: the
  /// original is now where the copy was.
  func moveRest() { moveRest("") }

  private func moveRest(_ folder: String) {
    for name in (try? manager.contentsOfDirectory(atPath: copy + folder)) ?? [] {
      let path = "\(folder)/\(name)"
      if folder == "", replaced.contains(name) { continue }
      if !known.contains(path) {
        rename(copy + path, source + path)
      } else if status(copy + path).map({ $0.st_mode & S_IFMT == S_IFDIR }) == true {
        moveRest(path)
      }
    }
  }

  /// Of a symbolic link itself.
  private func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }
}

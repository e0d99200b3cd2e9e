import Foundation

/// A ZIP archive that holds one file, as some exports come: its bytes are put into a gzip file, as
/// which everything else is read.
///
/// A member's bytes are a gzip file's without its frame, so nothing is inflated for that; those of
/// one that is only stored get the marks of such blocks (RFC 1951, 3.2.4). The archive's own
/// directory, at its end, says where they are. What is larger than 4 GB, encrypted or
/// packed in another way is not read.
final class ZIPArchive: Sendable {
  /// Why it is not read.
  enum Flaw: Error {
    case notOneFile
    case unreadable
  }

  /// Where the gzip file is, for as long as this lives.
  let path: String
  private let held: Held

  /// Nothing of it changes.
  private final class Held: @unchecked Sendable {
    let folder: TemporaryFolder
    init(_ folder: TemporaryFolder) { self.folder = folder }
    deinit { folder.remove() }
  }

  static let mark = Data([0x50, 0x4B, 0x03, 0x04])

  init(_ archive: String) throws(Flaw) {
    do {
      guard let file = FileHandle(forReadingAtPath: archive) else { throw Flaw.unreadable }
      defer { try? file.close() }
      let entry = try ZIPArchive.entry(file)
      held = Held(try TemporaryFolder())
      path = held.folder.url.appending(path: "bill.gz").path
      try ZIPArchive.copy(entry, of: file, to: path)
    } catch let flaw as Flaw {
      throw flaw
    } catch {
      throw .unreadable
    }
  }

  /// A member of the archive.
  private struct Entry {
    var method: Int
    var checksum: Data
    var compressed: Int
    var size: Data
    var place: Int
  }

  private static func entry(_ file: FileHandle) throws -> Entry {
    let length = Int(try file.seekToEnd())
    // The directory's end, and a comment of at most 64 KiB behind it.
    let tail = min(length, 22 + 0xFFFF)
    try file.seek(toOffset: UInt64(length - tail))
    let end = [UInt8](try file.read(upToCount: tail) ?? Data())
    guard
      let last = end.indices.reversed().first(where: {
        $0 + 22 <= end.count && end[$0..<$0 + 4].elementsEqual([0x50, 0x4B, 5, 6])
      })
    else { throw Flaw.unreadable }
    let (size, start) = (end.number(last + 12, 4), end.number(last + 16, 4))
    guard start + size <= length, size < 1 << 24 else { throw Flaw.unreadable }
    try file.seek(toOffset: UInt64(start))
    let directory = [UInt8](try file.read(upToCount: size) ?? Data())
    var found: [Entry] = []
    var place = 0
    while place + 46 <= directory.count,
      directory[place..<place + 4].elementsEqual([0x50, 0x4B, 1, 2])
    {
      let name = directory.number(place + 28, 2)
      guard place + 46 + name <= directory.count else { throw Flaw.unreadable }
      let text = String(decoding: directory[place + 46..<place + 46 + name], as: UTF8.self)
      // Folders, and what the Finder of macOS adds.
      if !text.hasSuffix("/"), !text.hasPrefix("__MACOSX/") {
        guard directory.number(place + 8, 2) & 1 == 0 else { throw Flaw.unreadable }
        found.append(
          Entry(
            method: directory.number(place + 10, 2),
            checksum: Data(directory[place + 16..<place + 20]),
            compressed: directory.number(place + 20, 4),
            size: Data(directory[place + 24..<place + 28]),
            place: directory.number(place + 42, 4)))
      }
      place += 46 + name + directory.number(place + 30, 2) + directory.number(place + 32, 2)
    }
    guard found.count == 1 else { throw Flaw.notOneFile }
    return found[0]
  }

  private static func copy(_ entry: Entry, of file: FileHandle, to path: String) throws {
    guard [0, 8].contains(entry.method), entry.compressed > 0,
      entry.compressed < 0xFFFF_FFFF, entry.place < 0xFFFF_FFFF
    else {
      throw Flaw.unreadable
    }
    try file.seek(toOffset: UInt64(entry.place))
    let head = [UInt8](try file.read(upToCount: 30) ?? Data())
    guard head.count == 30, head.starts(with: mark) else { throw Flaw.unreadable }
    let start = entry.place + 30 + head.number(26, 2) + head.number(28, 2)
    try file.seek(toOffset: UInt64(start))
    try Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]).write(to: URL(filePath: path))
    let gzip = try FileHandle(forWritingTo: URL(filePath: path))
    defer { try? gzip.close() }
    try gzip.seekToEnd()
    let isStored = entry.method == 0
    var left = entry.compressed
    while left > 0 {
      guard let chunk = try file.read(upToCount: min(left, isStored ? 0xFFFF : 1 << 20)),
        !chunk.isEmpty
      else { throw Flaw.unreadable }
      left -= chunk.count
      if isStored { try gzip.write(contentsOf: blockHead(chunk.count, isLast: left == 0)) }
      try gzip.write(contentsOf: chunk)
    }
    try gzip.write(contentsOf: entry.checksum + entry.size)
  }

  /// What goes before the bytes of a stored block: whether it is the last, and twice its length.
  private static func blockHead(_ length: Int, isLast: Bool) -> Data {
    let low = UInt8(truncatingIfNeeded: length)
    let high = UInt8(truncatingIfNeeded: length >> 8)
    return Data([isLast ? 1 : 0, low, high, ~low, ~high])
  }
}

extension ZIPArchive: Hashable {
  static func == (a: ZIPArchive, b: ZIPArchive) -> Bool { a.path == b.path }
  func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

extension [UInt8] {
  /// A number of two or four bytes, the lowest first.
  fileprivate func number(_ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
  }
}

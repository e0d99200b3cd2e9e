import CZlib
import Foundation

/// The checksum that a history carries: CRC-32 of the whole file, kept in SQLite's `user_version`.
///
/// A flipped bit inside of a number is no fault to SQLite, and another figure to us. Left out are
/// the bytes of the header that hold the checksum itself, and those that SQLite counts its own
/// changes in (https://sqlite.org/fileformat.html, 1.3: offsets 24 to 27, 60 to 63, 92 to 99).
package enum HistorySeal {
  private static let place = 60
  private static let left: [Range<Int>] = [24..<28, 60..<64, 92..<100]

  enum State {
    /// The contents are those that were written.
    case intact
    case broken
    /// Of an earlier version of this program.
    case none
  }

  static func state(of path: String) throws -> State {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let found = try checksum(file)
    guard found.sealed != 0 else { return .none }
    return found.sealed == found.actual ? .intact : .broken
  }

  /// Writes the checksum into a file that no connection has open, and the file to the disk.
  package static func seal(_ path: String) throws {
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let actual = try checksum(file).actual
    try file.seek(toOffset: UInt64(place))
    try file.write(contentsOf: withUnsafeBytes(of: actual.bigEndian) { Data($0) })
    try file.synchronize()
  }

  /// The checksum that the file carries, and that of its contents; never 0, which means that there
  /// is none.
  private static func checksum(_ file: FileHandle) throws -> (sealed: UInt32, actual: UInt32) {
    try file.seek(toOffset: 0)
    var crc: UInt = 0
    var sealed: UInt32 = 0
    var isFirst = true
    while var chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
      if isFirst, chunk.count >= 100 {
        sealed = chunk[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
        for range in left { chunk.resetBytes(in: range) }
      }
      isFirst = false
      chunk.withUnsafeBytes { raw in
        let bytes = raw.bindMemory(to: UInt8.self)
        crc = crc32(crc, bytes.baseAddress, UInt32(bytes.count))
      }
    }
    return (sealed, max(1, UInt32(truncatingIfNeeded: crc)))
  }
}

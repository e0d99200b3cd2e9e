import CZlib
import CloudCosts
import Foundation

/// What a file's contents are, in few letters, and how one sees that they changed while being read.
package struct Fingerprint: Hashable, Sendable {
  /// Length, CRC-32 and Adler-32 of the bytes: two different bills of one length agree once in
  /// 2^64.
  package let text: String
  let bytes: Int
  /// Of the file system; another one means that somebody wrote.
  private var modified: Date?

  /// Of what is no file here.
  init(text: String, bytes: Int) {
    self.text = text
    self.bytes = bytes
  }

  package init(of text: String) {
    var sums = CheckSums()
    var text = text
    text.withUTF8 { sums.add(UnsafeRawBufferPointer($0)) }
    self.init(text: sums.text, bytes: sums.count)
  }

  /// Of a text that comes in pieces.
  package init(_ write: (@escaping (String) -> Void) throws -> Void) rethrows {
    var sums = CheckSums()
    try write { piece in
      var piece = piece
      piece.withUTF8 { sums.add(UnsafeRawBufferPointer($0)) }
    }
    self.init(text: sums.text, bytes: sums.count)
  }

  /// - Throws: a finding where the file cannot be read.
  init(path: String) throws(FindingsError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw FindingsError([Fingerprint.unreadable(path)])
    }
    defer { try? file.close() }
    modified = Fingerprint.modified(path)
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? .max
    var sums = CheckSums()
    while true {
      let chunk: Data?
      do { chunk = try file.read(upToCount: 1 << 20) } catch {
        throw FindingsError([Fingerprint.unreadable(path)])
      }
      guard let chunk, !chunk.isEmpty else { break }
      chunk.withUnsafeBytes { sums.add($0) }
      // A file that grows as fast as it is read has no end.
      guard sums.count <= size else { throw FindingsError([Fingerprint.changed(path)]) }
    }
    bytes = sums.count
    text = sums.text
  }

  /// Whether the file was written since.
  func isStale(path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? Int) != bytes || Fingerprint.modified(path) != modified
  }

  private static func modified(_ path: String) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
  }

  private static func changed(_ path: String) -> Finding {
    Finding(
      .error, rule: "import.changed-while-read", place: path,
      message: "the file changed while it was read",
      remedy: "Import it again when nothing writes it.")
  }

  private static func unreadable(_ path: String) -> Finding {
    Finding(
      .error, rule: "import.unreadable", place: path, message: "the file cannot be read",
      remedy: "Check the path and its permissions.")
  }
}

/// CRC-32 and Adler-32 of bytes that come in pieces.
private struct CheckSums {
  private var crc: UInt = 0
  private var adler: UInt = 1
  private(set) var count = 0

  var text: String { "\(count)-\(String(crc, radix: 16))-\(String(adler, radix: 16))" }

  mutating func add(_ raw: UnsafeRawBufferPointer) {
    let bytes = raw.bindMemory(to: UInt8.self)
    // zlib counts in 32 bits.
    for start in stride(from: 0, to: bytes.count, by: 1 << 30) {
      let piece = UnsafeBufferPointer(rebasing: bytes[start..<min(bytes.count, start + 1 << 30)])
      crc = crc32(crc, piece.baseAddress, UInt32(piece.count))
      adler = adler32(adler, piece.baseAddress, UInt32(piece.count))
    }
    count += bytes.count
  }
}

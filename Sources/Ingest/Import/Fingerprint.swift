import CZlib
import CloudCosts
import Foundation

/// What a file's contents are, in few letters, and how one sees that they changed while being read.
struct Fingerprint: Hashable {
  /// Length, CRC-32 and Adler-32 of the bytes: two different bills of one length agree once in 2^64.
  var text: String
  var bytes: Int
  /// Of the file system; another one means that somebody wrote.
  private var modified: Date?

  /// Of what is no file here.
  init(text: String, bytes: Int) {
    self.text = text
    self.bytes = bytes
  }

  /// - Throws: a finding where the file cannot be read.
  init(path: String) throws(FindingsError) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw FindingsError([Fingerprint.unreadable(path)])
    }
    defer { try? file.close() }
    modified = Fingerprint.modified(path)
    var crc: UInt = 0
    var adler: UInt = 1
    var count = 0
    while true {
      let chunk: Data?
      do { chunk = try file.read(upToCount: 1 << 20) } catch {
        throw FindingsError([Fingerprint.unreadable(path)])
      }
      guard let chunk, !chunk.isEmpty else { break }
      chunk.withUnsafeBytes { raw in
        let bytes = raw.bindMemory(to: UInt8.self)
        crc = crc32(crc, bytes.baseAddress, UInt32(bytes.count))
        adler = adler32(adler, bytes.baseAddress, UInt32(bytes.count))
      }
      count += chunk.count
    }
    bytes = count
    text = "\(count)-\(String(crc, radix: 16))-\(String(adler, radix: 16))"
  }

  /// Whether the file was written since.
  func isStale(path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? Int) != bytes || Fingerprint.modified(path) != modified
  }

  private static func modified(_ path: String) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
  }

  private static func unreadable(_ path: String) -> Finding {
    Finding(
      .error, rule: "import.unreadable", place: path, message: "the file cannot be read",
      remedy: "Check the path and its permissions.")
  }
}

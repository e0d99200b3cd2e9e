import Foundation
import Ingest

/// Whether a workbook is one of ours: its author, in `docProps/core.xml` of the archive, says so.
enum WorkbookMark {
  /// Larger ones are not looked into: none of ours is.
  private static let largest = 1 << 28

  static func isOurs(_ path: String) -> Bool {
    guard
      let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int,
      size < largest, let data = try? Data(contentsOf: URL(fileURLWithPath: path)),
      let core = entry("docProps/core.xml", in: [UInt8](data))
    else { return false }
    return String(decoding: core, as: UTF8.self)
      .contains("<dc:creator>\(OutputMark.name)</dc:creator>")
  }

  /// The first 64 KiB of a compressed entry; nil where there is none, or the archive is damaged.
  ///
  /// PKWARE, APPNOTE.TXT 6.3.10: end of central directory (4.3.16), its headers (4.3.12), local
  /// headers (4.3.7).
  static func entry(_ name: String, in archive: [UInt8]) -> [UInt8]? {
    guard let end = endOfDirectory(archive), let count = archive.number(at: end + 10, bytes: 2),
      var place = archive.number(at: end + 16, bytes: 4)
    else { return nil }
    for _ in 0..<count {
      guard archive.starts(with: [0x50, 0x4b, 1, 2], at: place),
        let size = archive.number(at: place + 20, bytes: 4),
        let nameLength = archive.number(at: place + 28, bytes: 2),
        let extra = archive.number(at: place + 30, bytes: 2),
        let comment = archive.number(at: place + 32, bytes: 2),
        let start = archive.number(at: place + 42, bytes: 4)
      else { return nil }
      if archive.text(at: place + 46, bytes: nameLength) == name {
        return contents(archive, at: start, size: size)
      }
      place += 46 + nameLength + extra + comment
    }
    return nil
  }

  private static func endOfDirectory(_ archive: [UInt8]) -> Int? {
    let last = archive.count - 22
    guard last >= 0 else { return nil }
    return stride(from: last, through: max(0, last - 65_536), by: -1).first {
      archive.starts(with: [0x50, 0x4b, 5, 6], at: $0)
    }
  }

  private static func contents(_ archive: [UInt8], at start: Int, size: Int) -> [UInt8]? {
    guard archive.starts(with: [0x50, 0x4b, 3, 4], at: start),
      let method = archive.number(at: start + 8, bytes: 2),
      let name = archive.number(at: start + 26, bytes: 2),
      let extra = archive.number(at: start + 28, bytes: 2)
    else { return nil }
    let first = start + 30 + name + extra
    guard first <= archive.count, size <= archive.count - first else { return nil }
    let bytes = Array(archive[first..<(first + size)])
    guard method == 8 else { return method == 0 ? bytes : nil }
    // What is deflated is a gzip file but for its head.
    return Gzip.head([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + bytes)
  }
}

extension [UInt8] {
  /// Little-endian; nil outside.
  fileprivate func number(at place: Int, bytes: Int) -> Int? {
    guard place >= 0, place <= count - bytes else { return nil }
    return (0..<bytes).reduce(0) { $0 | Int(self[place + $1]) << (8 * $1) }
  }

  fileprivate func starts(with bytes: [UInt8], at place: Int) -> Bool {
    guard place >= 0, place <= count - bytes.count else { return false }
    return self[place..<(place + bytes.count)].elementsEqual(bytes)
  }

  fileprivate func text(at place: Int, bytes: Int) -> String? {
    guard place >= 0, bytes >= 0, place <= count - bytes else { return nil }
    return String(decoding: self[place..<(place + bytes)], as: UTF8.self)
  }
}

import Foundation
import Ingest

/// How files of this program begin, by which they are known again.
///
/// Pages, programs and scripts name it, workbooks as their author; a JSON document by its first
/// key, a table by its header with the line end of RFC 4180, which those who write tables by hand
/// do not use.
struct OutputMark {
  static let name = "Plimsoll"
  /// In the head of a page.
  static let generator = "<meta name=\"generator\" content=\"\(name)\">"

  private let head: [UInt8]

  /// Of the first bytes; of a compressed file, of what is in it.
  init(_ bytes: some Sequence<UInt8>) {
    let raw = Array(bytes.prefix(1 << 16))
    head = Gzip.head(raw) ?? raw
  }

  init(ofFileAt path: String) {
    let file = FileHandle(forReadingAtPath: path)
    defer { try? file?.close() }
    self.init((try? file?.read(upToCount: 1 << 16)) ?? Data())
  }

  /// Whether this program wrote it.
  ///
  /// - Parameter other: how what it would write in its place begins; nil where that is not known
  ///   yet.
  func isOurs(_ path: String, replacedBy other: Data?) -> Bool {
    let isNamed = String(decoding: head.prefix(4096), as: UTF8.self).contains(Self.name)
    if head.starts(with: [0x50, 0x4b, 3, 4]) { return WorkbookMark.isOurs(path) }
    switch head.first {
    case UInt8(ascii: "<"), UInt8(ascii: "#"), UInt8(ascii: "\\"): return isNamed
    default: break
    }
    // Every calendar begins like ours.
    if head.starts(with: Array("BEGIN:VCALENDAR".utf8)) { return isNamed }
    guard let other else { return looksWritten }
    return signature == OutputMark(other).signature
  }

  /// Of a JSON document all before its first colon, else the first line with its end.
  private var signature: ArraySlice<UInt8>? {
    if isJSON { return head.firstIndex(of: UInt8(ascii: ":")).map { head[..<$0] } }
    return head.firstIndex(of: UInt8(ascii: "\n")).map { head[...$0] }
  }

  private var isJSON: Bool { head.first == UInt8(ascii: "{") || head.first == UInt8(ascii: "[") }

  private var looksWritten: Bool {
    isJSON
      ? head.starts(with: Array("{\n  \"".utf8)) || head.starts(with: Array("[\n  ".utf8))
      : signature?.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }
}

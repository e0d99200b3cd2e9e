/// The first line of a bill as text: the mark between its fields, and their names.
struct BillHeader {
  private let line: [UInt8]
  /// Whether a date with slashes is among the first rows.
  let hasSlashedDates: Bool

  init(_ file: BillFile) {
    var head = [UInt8](repeating: 0, count: 1 << 16)
    guard var source = try? ByteSource(InputFile(path: file.readPath)) else {
      line = []
      hasSlashedDates = false
      return
    }
    let count = (try? head.withUnsafeMutableBytes { try source.read(into: $0) }) ?? 0
    hasSlashedDates = BillHeader.hasSlashedDate(head.prefix(count))
    line = Array(head.prefix(count).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
  }

  /// One or two digits, a slash, one or two digits, a slash, four digits.
  private static func hasSlashedDate(_ bytes: ArraySlice<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    var digits = 0
    var parts = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if parts == 2, digits == 4 { return true }
      case slash where digits == 1 || digits == 2:
        parts += 1
        digits = 0
      default:
        (digits, parts) = (0, 0)
      }
    }
    return false
  }

  /// The mark that is most often in the line: some spreadsheets write semicolons.
  var delimiter: String {
    func number(_ mark: Unicode.Scalar) -> Int { line.count { $0 == UInt8(ascii: mark) } }
    let marks: [(text: String, count: Int)] = [
      (",", number(",")), (";", number(";")), ("\t", number("\t")),
    ]
    return marks.max { $0.count < $1.count }?.text ?? ","
  }

  /// The columns' names without spaces; one with the mark in it is quoted, and none of a bill's
  /// own.
  var names: [String] {
    let mark = Character(delimiter)
    return String(decoding: line, as: UTF8.self).split(separator: mark)
      .map { $0.trimmingPrefix("\u{FEFF}").filter { $0 != "\"" && $0 != " " } }
  }

  /// Names, compared without case, that more than one column has.
  var duplicates: [String] {
    var seen = Set<String>()
    return names.filter { !$0.isEmpty && !seen.insert($0.lowercased()).inserted }
  }
}

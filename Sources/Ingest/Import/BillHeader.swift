/// The first line of a bill as text: the mark between its fields, and their names.
struct BillHeader {
  private let line: [UInt8]

  init(_ file: BillFile) {
    var head = [UInt8](repeating: 0, count: 1 << 16)
    guard var source = try? ByteSource(InputFile(path: file.path)) else {
      line = []
      return
    }
    let count = (try? head.withUnsafeMutableBytes { try source.read(into: $0) }) ?? 0
    line = Array(head.prefix(count).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
  }

  /// The mark that is most often in the line: some spreadsheets write semicolons.
  var delimiter: String {
    func number(_ mark: Unicode.Scalar) -> Int { line.count { $0 == UInt8(ascii: mark) } }
    let marks: [(text: String, count: Int)] = [
      (",", number(",")), (";", number(";")), ("\t", number("\t")),
    ]
    return marks.max { $0.count < $1.count }?.text ?? ","
  }

  /// Names, compared without case, that more than one column has.
  var duplicates: [String] {
    let mark = Character(delimiter)
    var seen = Set<String>()
    // A name with the mark in it is quoted, and none of a bill's own.
    let names = String(decoding: line, as: UTF8.self).split(separator: mark)
      .map { $0.trimmingPrefix("\u{FEFF}").filter { $0 != "\"" && $0 != " " } }
    return names.filter { !$0.isEmpty && !seen.insert($0.lowercased()).inserted }
  }
}

/// On which lines of a text file its rows are: blank lines are no rows, and quoted texts may hold
/// line ends.
struct BillLines {
  private let lines: [Int: Int]

  /// The line of a row, counted from 1 without the header.
  subscript(row: Int) -> Int? { lines[row] }

  /// Reads the file up to the last of these rows. Time: linear in its bytes; memory: the rows asked
  /// for.
  ///
  /// - Parameters:
  ///   - hasHeader: JSON has none.
  ///   - hasQuotes: JSON's texts never hold a line end.
  init(of rows: Set<Int>, in file: InputFile, hasHeader: Bool, hasQuotes: Bool) {
    lines = BillLines.find(rows, file, hasHeader: hasHeader, hasQuotes: hasQuotes)
  }

  private static func find(
    _ rows: Set<Int>, _ file: InputFile, hasHeader: Bool, hasQuotes: Bool
  ) -> [Int: Int] {
    var found: [Int: Int] = [:]
    guard let last = rows.max(), var source = try? ByteSource(file) else { return found }
    var scan = Scan(row: hasHeader ? -1 : 0, hasQuotes: hasQuotes)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while scan.row <= last {
      let count = (try? buffer.withUnsafeMutableBytes { try source.read(into: $0) }) ?? 0
      for byte in buffer.prefix(count) {
        if scan.starts(byte), rows.contains(scan.row) { found[scan.row] = scan.line }
      }
      guard count > 0 else { break }
    }
    return found
  }

  private struct Scan {
    /// The row that was begun last.
    var row: Int
    let hasQuotes: Bool
    var line = 1
    private var isInRow = false
    private var isQuoted = false

    init(row: Int, hasQuotes: Bool) {
      self.row = row
      self.hasQuotes = hasQuotes
    }

    /// Whether a row begins with this byte.
    mutating func starts(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "\n"):
        if !isQuoted { isInRow = false }
        line += 1
        return false
      case UInt8(ascii: "\r"): return false
      default:
        if hasQuotes, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        guard !isInRow else { return false }
        isInRow = true
        row += 1
        return true
      }
    }
  }
}

/// A strict streaming reader of RFC 4180 tables: UTF-8, commas, quotes, LF, CRLF, or CR alone.
///
/// It is ours, and no library, for two reasons: every finding must name the line it was found on,
/// also behind quoted line ends; and a usage file of 525,000 rows must load in well under a second,
/// so fields are slices of the read buffer and nothing is allocated for a row. What is looser than
/// the standard: a byte order mark and blank lines are skipped. Time: linear in bytes. Memory: one
/// buffer of `CSVReader.limit` bytes, whatever the size of the file.
struct CSVReader: ~Copyable {
  /// The longest record in bytes: a longer line is no line of a table.
  static let limit = 1 << 18

  /// What the next record is.
  enum Step: Equatable {
    case record
    /// The record cannot be used; the ones behind it can.
    case unusable(Flaw)
    case end
  }

  enum Flaw: Equatable {
    case notUTF8
    /// A quote inside an unquoted field, or text behind a closing quote.
    case strayQuote
    /// The record has so many fields.
    case fieldCount(Int)
  }

  /// Why reading cannot go on.
  enum Failure: Error, Equatable {
    case source(ByteSource.Failure)
    /// Line on which the quote was opened.
    case unclosedQuote(line: Int)
    case longLine(line: Int)
  }

  private var source: ByteSource
  let buffer: UnsafeMutableRawBufferPointer
  private var isStarted = false
  // What follows is the scanner's (CSVReader+Scan.swift).
  /// The unread bytes of the buffer.
  var start = 0
  var end = 0
  /// Nothing comes behind the buffer.
  var sourceIsDry = false
  var nextLine = 1
  /// Whether the scanner ran out of bytes between quotes, and the line of the opening one.
  var isInQuotes = false
  var quoteLine = 1
  /// The mark between fields.
  private(set) var delimiter = UInt8(ascii: ",")
  /// What ends a line. Old spreadsheets write a CR alone.
  private(set) var lineEnd = UInt8(ascii: "\n")
  private var knowsLineEnd = false
  /// The line on which the record starts, from 1.
  private(set) var line = 1

  /// Where each field of the record lies in the buffer.
  var ranges: [Range<Int>] = []
  /// The number of fields in the record.
  var count = 0
  /// Fields that hold doubled quotes; seldom any.
  var escaped: [Int] = []
  /// The number of fields that every record must have; nil until the header is known.
  var expectedFields: Int?

  init(_ file: InputFile) throws(Failure) {
    do { source = try ByteSource(file) } catch { throw .source(error) }
    buffer = .allocate(byteCount: CSVReader.limit, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// Takes the tab or the semicolon for the mark between fields, where the first line has one and
  /// no comma: what spreadsheets write as Unicode text, or where the comma is the decimal mark.
  ///
  /// To be called before the first record.
  mutating func findDelimiter() throws(Failure) {
    if end == 0 { try refill() }
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in buffer[start..<end] {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      // Blank lines are no lines.
      if byte == lineEnd, !counts.isEmpty { break }
      counts[byte, default: 0] += 1
    }
    guard counts[delimiter] == nil else { return }
    let others = [UInt8(ascii: "\t"), UInt8(ascii: ";")].filter { counts[$0] != nil }
    delimiter = others.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? delimiter
  }

  /// A field of the record, from 0.
  subscript(index: Int) -> Field {
    Field(trimming: UnsafeRawBufferPointer(rebasing: buffer[ranges[index]]))
  }

  /// Moves to the next record that is not blank.
  mutating func next() throws(Failure) -> Step {
    while true {
      line = nextLine
      switch scan() {
      case .incomplete where !sourceIsDry: try refill()
      case .incomplete where start == end: return .end
      case .incomplete: throw .unclosedQuote(line: quoteLine)
      case .blank: continue
      case .complete(let flaw):
        if let flaw { return .unusable(flaw) }
        for field in escaped { unescape(field) }
        return .record
      }
    }
  }

  private mutating func refill() throws(Failure) {
    let rest = end - start
    guard rest < buffer.count else {
      throw isInQuotes ? .unclosedQuote(line: quoteLine) : .longLine(line: line)
    }
    if rest > 0, start > 0, let base = buffer.baseAddress {
      base.copyMemory(from: base + start, byteCount: rest)
    }
    start = 0
    end = rest
    let free = UnsafeMutableRawBufferPointer(rebasing: buffer[rest...])
    let count: Int
    do { count = try source.read(into: free) } catch { throw .source(error) }
    sourceIsDry = count == 0
    end += count
    if !isStarted, end >= 3 {
      if buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { start = 3 }
      isStarted = true
    }
    findLineEnd()
  }

  /// The first line end that is not between quotes tells: CRs before no LF end lines themselves.
  private mutating func findLineEnd() {
    guard !knowsLineEnd else { return }
    var isQuoted = false
    for index in start..<end {
      let byte = buffer[index]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if byte == UInt8(ascii: "\n") {
        knowsLineEnd = true
        return
      }
      guard byte == UInt8(ascii: "\r") else { continue }
      let next = buffer[index..<end].first { $0 != UInt8(ascii: "\r") }
      guard next != nil || sourceIsDry else { return }
      if next != UInt8(ascii: "\n") { lineEnd = UInt8(ascii: "\r") }
      knowsLineEnd = true
      return
    }
  }
}

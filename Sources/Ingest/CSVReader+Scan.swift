private let quote = UInt8(ascii: "\"")
private let carriageReturn = UInt8(ascii: "\r")

extension CSVReader {
  enum Scan {
    case complete(Flaw?)
    case blank
    /// The buffer ends before the record does.
    case incomplete
  }

  /// Finds the fields of the record that starts at `start`, and moves `start` behind it. Where the
  /// buffer ends too early nothing has moved: the scan is made again when there is more.
  mutating func scan() -> Scan {
    var position = start
    var lines = 0
    var bits: UInt8 = 0
    var hasStrayQuote = false
    let isQuoted = position < end && buffer[position] == quote
    count = 0
    escaped.removeAll(keepingCapacity: true)
    isInQuotes = false
    while true {
      if position < end, buffer[position] == quote {
        quoteLine = nextLine + lines
        guard let field = scanQuoted(from: position + 1, lines: &lines, bits: &bits) else {
          isInQuotes = true
          return .incomplete
        }
        note(field)
        position = field.upperBound + 1
        let rest = scanPlain(from: position, bits: &bits)
        // Only spaces may be between a closing quote and the mark.
        for index in rest.field where buffer[index] != 0x20 { hasStrayQuote = true }
        position = rest.next
      } else {
        let plain = scanPlain(from: position, bits: &bits)
        if plain.hasQuote { hasStrayQuote = true }
        note(plain.field)
        position = plain.next
      }
      if position == end {
        guard sourceIsDry, start < end else { return .incomplete }
        break
      }
      position += 1
      if buffer[position - 1] == lineEnd {
        lines += 1
        break
      }
    }
    let bytes = start..<position
    start = position
    nextLine += lines
    if count == 1, ranges[0].isEmpty, !isQuoted { return .blank }
    if bits & 0x80 != 0, String(validating: buffer[bytes], as: UTF8.self) == nil {
      return .complete(.notUTF8)
    }
    if hasStrayQuote { return .complete(.strayQuote) }
    if let expectedFields, count != expectedFields { return .complete(.fieldCount(count)) }
    return .complete(nil)
  }

  /// Halves doubled quotes in place: what is read never gets longer.
  mutating func unescape(_ field: Int) {
    var target = ranges[field].lowerBound
    var position = target
    while position < ranges[field].upperBound {
      if buffer[position] == quote { position += 1 }
      buffer[target] = buffer[position]
      target += 1
      position += 1
    }
    ranges[field] = ranges[field].lowerBound..<target
  }

  private mutating func note(_ field: Range<Int>) {
    if count < ranges.count { ranges[count] = field } else { ranges.append(field) }
    count += 1
  }

  /// The bytes up to the closing quote; nil where the buffer ends before it is certain where that
  /// is.
  private mutating func scanQuoted(
    from first: Int, lines: inout Int, bits: inout UInt8
  ) -> Range<Int>? {
    var position = first
    var isEscaped = false
    while position < end {
      let byte = buffer[position]
      if byte == quote {
        guard position + 1 < end || sourceIsDry else { return nil }
        if position + 1 == end || buffer[position + 1] != quote {
          if isEscaped { escaped.append(count) }
          return first..<position
        }
        isEscaped = true
        position += 1
      }
      if byte == lineEnd { lines += 1 }
      bits |= byte
      position += 1
    }
    return nil
  }

  /// The bytes up to the next mark or line end, and where that is.
  @inline(__always)
  private func scanPlain(
    from first: Int, bits: inout UInt8
  ) -> (field: Range<Int>, next: Int, hasQuote: Bool) {
    var position = first
    var seen = bits
    var hasQuote = false
    let (mark, lineEnd) = (delimiter, lineEnd)
    let highest = max(mark, quote)
    while position < end {
      let byte = buffer[position]
      // Letters and digits are above these marks in ASCII: one comparison for most bytes.
      if byte <= highest {
        if byte == mark || byte == lineEnd { break }
        if byte == quote { hasQuote = true }
      }
      seen |= byte
      position += 1
    }
    bits = seen
    var last = position
    let endsLine = position == end || buffer[position] == lineEnd
    // More than one where a file was converted twice.
    while endsLine, last > first, buffer[last - 1] == carriageReturn { last -= 1 }
    return (first..<last, position, hasQuote)
  }
}

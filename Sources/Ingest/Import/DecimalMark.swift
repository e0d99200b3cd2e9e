/// Which mark a file's numbers have before their decimals.
///
/// Exports in the way of some countries write `0,096`. That a comma is no mark between thousands is
/// certain where it is not before exactly three digits, or only behind a 0. One such number
/// settles it for the whole file, as long as none of its numbers has a point.
enum DecimalMark {
  /// How many numbers certainly have a decimal comma, and how many have a point.
  static func query(_ names: [String], from table: String) -> String {
    let comma = "'^[+-]?([0-9]*,([0-9]{1,2}|[0-9]{4,})|0?,[0-9]+)([eE][+-]?[0-9]+)?$'"
    return """
      select count(*) filter (regexp_matches(x, \(comma))), count(*) filter (contains(x, '.'))
      from (select unnest([\(names.joined(separator: ", "))]) as x from \(table))
      """
  }

  /// Whether the numbers of a table whose fields no comma separates certainly have a decimal comma.
  static func isComma(in file: InputFile) -> Bool {
    guard var reader = try? CSVReader(file), (try? reader.findDelimiter()) != nil else {
      return false
    }
    var isCertain = false
    while let step = try? reader.next() {
      if step == .end { return isCertain }
      guard step == .record else { continue }
      for index in 0..<reader.count {
        switch mark(of: reader[index].bytes) {
        case .point: return false
        case .comma: isCertain = true
        case .unknown: break
        }
      }
    }
    return false
  }

  private enum Mark { case point, comma, unknown }

  /// Of a field that is a number; any other says nothing.
  private static func mark(of bytes: UnsafeRawBufferPointer) -> Mark {
    let signs = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    let digits = bytes.first.map(signs.contains) ?? false ? bytes.dropFirst() : bytes[...]
    let whole = digits.prefix { $0 &- UInt8(ascii: "0") <= 9 }
    let rest = digits.dropFirst(whole.count)
    let decimals = rest.dropFirst().prefix { $0 &- UInt8(ascii: "0") <= 9 }
    guard let mark = rest.first, !decimals.isEmpty,
      rest.dropFirst(1 + decimals.count).first.map({ $0 | 0x20 == UInt8(ascii: "e") }) ?? true
    else { return .unknown }
    if mark == UInt8(ascii: ".") { return .point }
    guard mark == UInt8(ascii: ",") else { return .unknown }
    let isSmall = whole.isEmpty || whole.elementsEqual([UInt8(ascii: "0")])
    return decimals.count != 3 || isSmall ? .comma : .unknown
  }
}

/// Decimal numbers from bytes.
enum Number {
  /// Why a field is no number that counts.
  enum Problem: Error, Equatable {
    case malformed
    /// NaN or an infinity, written as such.
    case notFinite
  }

  private static let exactPowers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The nearest `Double` to a plain decimal number: sign, digits, at most one point, exponent.
  ///
  /// - Parameter point: what comes before the decimals; a comma in files of some countries.
  ///
  /// At most 2^53 over a power of ten up to 10^22 are both exact in a `Double`, so that one
  /// division rounds once and correctly; anything longer goes to the standard library.
  static func parse(
    _ field: Field, point: UInt8 = UInt8(ascii: ".")
  ) throws(Problem) -> Double {
    let bytes = field.bytes
    var position = 0
    var isNegative = false
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      position = 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = 0
    var hasPoint = false
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit <= 9 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digits += 1
        if hasPoint { decimals += 1 }
      } else if bytes[position] == point, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      position += 1
    }
    guard digits > 0 else { throw isNotFinite(field) ? .notFinite : .malformed }
    if position == bytes.count, digits <= 19, mantissa <= 1 << 53 {
      let value = Double(mantissa) / exactPowers[decimals]
      return isNegative ? -value : value
    }
    let text = point == UInt8(ascii: ".") ? field.text : field.text.replacing(",", with: ".")
    guard isExponent(bytes[position...]), let value = Double(text) else { throw .malformed }
    return value
  }

  /// Whether these bytes are empty or `e`, a sign perhaps, and digits.
  private static func isExponent(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard let mark = bytes.first else { return true }
    guard mark | 0x20 == UInt8(ascii: "e") else { return false }
    var rest = bytes.dropFirst()
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      rest = rest.dropFirst()
    }
    return !rest.isEmpty && rest.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
  }

  private static func isNotFinite(_ field: Field) -> Bool {
    let word = field.text.lowercased().drop { $0 == "+" || $0 == "-" }
    return ["nan", "inf", "infinity"].contains(word)
  }
}

import CloudCosts
import Foundation

/// Money as a JSON number, digit for digit: 0.3 is written as 0.3 and read back as 0.3.
@propertyWrapper
package struct JSONNumber: Hashable, Sendable {
  package var wrappedValue: Money

  package init(wrappedValue: Money) { self.wrappedValue = wrappedValue }

  /// The shortest exact text: no thousands, no needless zeros.
  var text: String { JSONNumber.text(of: wrappedValue) }

  static func text(of amount: Money) -> String {
    var text = Substring(amount.formatted(decimals: 6, grouped: false))
    while text.hasSuffix("0") { text = text.dropLast() }
    return String(text.hasSuffix(".") ? text.dropLast() : text)
  }

  /// The amount in plain decimal notation, ties away from zero beyond a millionth; nil where the
  /// text is no number or too large.
  static func money(from text: String) -> Money? {
    let negative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, !whole.isEmpty else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    let places = fraction.prefix(6) + String(repeating: "0", count: max(0, 6 - fraction.count))
    guard let magnitude = Int128(whole + places), magnitude < Int128.max / 2 else { return nil }
    let roundsUp = fraction.dropFirst(6).first.map { $0 >= "5" } ?? false
    let micros = magnitude + (roundsUp ? 1 : 0)
    return Money(micros: negative ? -micros : micros)
  }
}

extension JSONNumber: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let number = try container.decode(Decimal.self)
    guard let money = JSONNumber.money(from: number.description) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(number) is no amount of money")
    }
    wrappedValue = money
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    // A decimal number of this text always exists: 38 digits fit.
    try container.encode(Decimal(string: text) ?? Decimal(wrappedValue.value))
  }
}

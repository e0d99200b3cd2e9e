import CloudCosts

/// A decimal number as trillionths: what the engines' `decimal(38, 12)` sums are.
enum ExactNumber {
  /// Nil for anything but digits with a point and a sign.
  static func trillionths(_ field: Field) -> Int128? {
    var value: Int128 = 0
    var isNegative = false
    var decimals = -1
    guard !field.isEmpty, field.bytes.count < 40 else { return nil }
    for (index, byte) in field.bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: isNegative = true
      case UInt8(ascii: ".") where decimals < 0: decimals = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard decimals < 12 else { return nil }
        value = value * 10 + Int128(byte - UInt8(ascii: "0"))
        if decimals >= 0 { decimals += 1 }
      default: return nil
      }
    }
    for _ in max(0, decimals)..<12 { value *= 10 }
    return isNegative ? -value : value
  }
}

/// The four costs of FOCUS in trillionths of the currency unit.
struct ExactCosts: Hashable {
  var list: Int128 = 0
  var contracted: Int128 = 0
  var billed: Int128 = 0
  var effective: Int128 = 0

  static func += (a: inout ExactCosts, b: ExactCosts) {
    a.list += b.list
    a.contracted += b.contracted
    a.billed += b.billed
    a.effective += b.effective
  }

  /// Millionths, half away from zero.
  func rounded() -> (list: Money, contracted: Money, billed: Money, effective: Money) {
    func money(_ exact: Int128) -> Money {
      Money(micros: (exact + (exact < 0 ? -500_000 : 500_000)) / 1_000_000)
    }
    return (money(list), money(contracted), money(billed), money(effective))
  }

  static func - (a: ExactCosts, b: ExactCosts) -> ExactCosts {
    ExactCosts(
      list: a.list - b.list, contracted: a.contracted - b.contracted, billed: a.billed - b.billed,
      effective: a.effective - b.effective)
  }

  /// What `rounded` of it is worth, to the trillionth.
  var afterRounding: ExactCosts {
    let money = rounded()
    return ExactCosts(
      list: money.list.micros * 1_000_000, contracted: money.contracted.micros * 1_000_000,
      billed: money.billed.micros * 1_000_000, effective: money.effective.micros * 1_000_000)
  }
}

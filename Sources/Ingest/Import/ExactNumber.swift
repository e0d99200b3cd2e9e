import CloudCosts

extension Field {
  /// A whole number of trillionths; nil for anything but digits with a sign.
  var trillionths: Int128? {
    var value: Int128 = 0
    guard !isEmpty, bytes.count < 38 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    guard bytes.count > (isNegative ? 1 : 0) else { return nil }
    for index in (isNegative ? 1 : 0)..<bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int128(digit)
    }
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

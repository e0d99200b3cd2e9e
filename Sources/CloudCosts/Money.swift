/// An amount of money, exact to a millionth of the currency unit.
///
/// Fixed point: sums never drift and do not depend on the order of their terms. Rates (USD per
/// instance-hour) stay `Double`, because they are factors; a product becomes `Money` once, by
/// `init(rounding:)`, which rounds half to even.
package struct Money: Hashable, Comparable, Sendable {
  /// The amount in millionths of the currency unit. 128 bits: no bill overflows it.
  package var micros: Int128

  package init(micros: Int128) { self.micros = micros }

  /// The nearest representable amount; ties to even. What is not finite counts as the largest
  /// magnitude a bill may have (1e24), so that it is seen and not trapped on.
  package init(rounding amount: Double) {
    let limit = 1e24
    let finite = amount.isNaN ? limit : min(max(amount, -limit), limit)
    micros = Int128((finite * 1e6).rounded(.toNearestOrEven))
  }

  package static let zero = Money(micros: 0)

  /// The amount as a floating-point number, for ratios and for JSON.
  package var value: Double { Double(micros) / 1e6 }

  package static func + (a: Money, b: Money) -> Money { Money(micros: a.micros + b.micros) }
  package static func - (a: Money, b: Money) -> Money { Money(micros: a.micros - b.micros) }
  package static func += (a: inout Money, b: Money) { a.micros += b.micros }
  package static func -= (a: inout Money, b: Money) { a.micros -= b.micros }
  package static prefix func - (a: Money) -> Money { Money(micros: -a.micros) }
  package static func < (a: Money, b: Money) -> Bool { a.micros < b.micros }

  /// The amount with a fixed number of decimals (0 to 6), half away from zero, `,` between
  /// thousands where asked for: `1,234.50`.
  package func formatted(decimals: Int = 2, grouped: Bool = true) -> String {
    let places = min(max(decimals, 0), 6)
    var divisor: Int128 = 1
    for _ in places..<6 { divisor *= 10 }
    let magnitude = (micros.magnitude + UInt128(divisor) / 2) / UInt128(divisor)
    var scale: UInt128 = 1
    for _ in 0..<places { scale *= 10 }
    let whole = String(magnitude / scale)
    var text = grouped ? Money.grouping(whole) : whole
    if places > 0 {
      let fraction = String(magnitude % scale)
      text += "." + String(repeating: "0", count: places - fraction.count) + fraction
    }
    return micros < 0 && magnitude > 0 ? "-" + text : text
  }

  /// The amount with as many decimals as its size needs: none from 100 on, cents from 1 on, else
  /// three or four, and six where four would show nothing.
  package func naturallyFormatted(grouped: Bool = true) -> String {
    formatted(decimals: naturalDecimals, grouped: grouped)
  }

  /// See `naturallyFormatted`.
  package var naturalDecimals: Int {
    let size = micros.magnitude
    switch size {
    case 0: return 0
    case 100_000_000...: return 0
    case 1_000_000...: return 2
    case 100...: return (size + 50) / 100 % 10 == 0 ? 3 : 4
    default: return 6
    }
  }

  private static func grouping(_ digits: String) -> String {
    var grouped = ""
    for (offset, digit) in digits.enumerated() {
      if offset > 0, (digits.count - offset) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return grouped
  }
}

extension Money: CustomStringConvertible {
  package var description: String { formatted() }
}

extension Sequence where Element == Money {
  /// The exact sum.
  package func total() -> Money { reduce(.zero, +) }
}

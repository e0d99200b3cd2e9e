import CloudCosts

/// How amounts, shares and dates are written for people.
struct AmountText: Sendable {
  /// ISO 4217 code.
  let currency: String
  /// What is before a negative amount; on paper a true minus sign reads better.
  var minus = "-"

  /// What is before an amount: a sign that everybody knows, else the code.
  var prefix: String {
    switch currency {
    case "USD": "$"
    case "EUR": "€"
    case "GBP": "£"
    default: currency.isEmpty ? "" : currency + " "
    }
  }

  /// `$1,234,567`; below 100 with cents, and below 1 with three or four decimals, because there
  /// whole units would say too little; `$0`.
  func headline(_ amount: Money) -> String { signed(amount, decimals: amount.naturalDecimals) }

  /// `$1,234.50`; below 1 as `headline`.
  func cents(_ amount: Money) -> String {
    signed(amount, decimals: max(2, amount.naturalDecimals))
  }

  /// `$1.234` per hour: commitments are sold on a grid of 0.001.
  func rate(_ amount: Money) -> String { signed(amount, decimals: 3) }

  private func signed(_ amount: Money, decimals: Int) -> String {
    let text = amount.formatted(decimals: decimals)
    return text.hasPrefix("-") ? minus + prefix + text.dropFirst() : prefix + text
  }

  /// `32.7 %`.
  static func percent(_ share: Double, decimals: Int = 1) -> String {
    decimal(share * 100, decimals: decimals) + " %"
  }

  /// A number with a fixed count of decimals, thousands separated; `–` for what is not a number.
  static func decimal(_ number: Double, decimals: Int) -> String {
    number.isFinite ? Money(rounding: number).formatted(decimals: decimals) : "–"
  }

  /// A count without needless decimals: `12`, `2.5`.
  static func count(_ number: Double) -> String {
    decimal(number, decimals: number == number.rounded() ? 0 : 2)
  }

  /// An upper bound on a gap, never flattering: `0.01 %` for everything up to that, then rounded
  /// up.
  static func provenGap(_ gap: Double) -> String {
    percent(max(0.0001, (gap * 10_000 - 1e-9).rounded(.up) / 10_000), decimals: 2)
  }

  /// `2023-02-01`.
  static func day(_ hour: Hour) -> String { String(hour.iso8601.prefix(10)) }

  /// `1 line`, `12 lines`.
  static func plural(_ count: Int, _ noun: String) -> String {
    decimal(Double(count), decimals: 0) + " " + noun + (count == 1 ? "" : "s")
  }
}

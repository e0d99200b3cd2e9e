/// How figures read in a reason.
enum Text {
  /// One decimal: `18.2 %`.
  static func percent(_ value: Double) -> String {
    let tenths = Int(min(max((value * 10).rounded(), -1e9), 1e9))
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
  }

  /// A limit as somebody set it: `70 %`, `72.5 %`.
  static func limit(_ value: Double) -> String { "\(plain(value)) %" }

  /// `95th`, `99.5th`, `1st`.
  static func ordinal(_ value: Double) -> String {
    let number = plain(value)
    let teens = ["11", "12", "13"].contains { number.hasSuffix($0) }
    guard !number.contains("."), !teens else { return number + "th" }
    switch number.last {
    case "1": return number + "st"
    case "2": return number + "nd"
    case "3": return number + "rd"
    default: return number + "th"
    }
  }

  /// The first three of some names.
  static func names(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }

  /// `1 machine`, `12 machines`.
  static func count(_ machines: Int) -> String {
    "\(machines) \(machines == 1 ? "machine" : "machines")"
  }

  /// Two decimals: `12.40`.
  static func amount(_ value: Double) -> String {
    let cents = Int(min(max((value * 100).rounded(), -1e12), 1e12))
    let rest = cents.magnitude % 100
    return "\(cents < 0 ? "-" : "")\(cents.magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func plain(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

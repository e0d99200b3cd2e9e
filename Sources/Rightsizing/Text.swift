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

  private static func plain(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// Units of Google's catalogue in the words of its bills.
enum GoogleUnits {
  /// `h` is an hour, `GiBy.s` a gibibyte for a second, `GiBy.mo` for a month.
  static func words(_ code: String) -> String {
    switch code.split(separator: ".").last {
    case "h": "hour"
    case "s": "second"
    case "mo": "month"
    default: code
    }
  }
}

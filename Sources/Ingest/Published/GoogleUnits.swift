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

  /// Of a price for the code's unit of memory, what one gibibyte costs: that of C4D is stated for
  /// 10^9 bytes (`GBy.h`; its `baseUnitConversionFactor` is 3.6e12), that of others for 2^30.
  ///
  /// Source: Google Cloud Billing catalogue, C4D Instance Ram running in Mumbai (CA2D-2A52-B49E),
  /// as quoted in public repositories in 2026.
  static func gibibytes(_ code: String) -> Double {
    code.split(separator: ".").first == "GBy" ? 1.073_741_824 : 1
  }
}

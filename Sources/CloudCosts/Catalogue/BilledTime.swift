/// The time in the name of a bill's unit: `Hrs`, `Seconds`, `GB-Second`, `1 Minute`.
package enum BilledTime {
  /// How many of a bill's units are one of ours, where the two differ in the time that they name
  /// alone: 3600 of `Seconds` for an hour.
  ///
  /// A unit that names no time is taken to be ours.
  ///
  /// - Parameters:
  ///   - unit: the bill's, in letters of any size.
  ///   - ours: `vCPU-hour`, `GB-second`; what is no second is an hour.
  package static func factor(from unit: String, to ours: String) -> Double {
    guard let billed = seconds(in: unit) else { return 1 }
    return (ours.hasSuffix("second") ? 1 : 3600) / billed
  }

  /// Whether a unit names a time shorter than an hour.
  package static func isShort(_ unit: String) -> Bool { (seconds(in: unit) ?? 3600) < 3600 }

  private static func seconds(in unit: String) -> Double? {
    let unit = unit.lowercased()
    if unit.contains("second") { return 1 }
    if unit.contains("minute") { return 60 }
    return unit.contains("hour") ? 3600 : nil
  }
}

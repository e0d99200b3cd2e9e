/// What a limit of the policy is counted in.
package enum PolicyUnit: String, Hashable, Sendable, CaseIterable {
  /// Currency units.
  case money = "currency"
  /// Currency units per hour, amortised.
  case hourlyMoney = "currency per hour"
  /// 0 to 1.
  case share = "0 to 1"
  /// Whole: different purchases.
  case count = "whole number from 0"
  /// Whole: calendar months.
  case months = "whole number from 1"

  /// Whether only whole numbers make sense.
  package var isWhole: Bool { self == .count || self == .months }
}

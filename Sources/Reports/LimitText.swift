import CloudCosts

/// How values of policy limits are written for people.
struct LimitText {
  let unit: PolicyUnit
  let amounts: AmountText

  /// `$200,000`, `$12.500/h`, `50.0 %`, `3`.
  func value(_ value: Double) -> String {
    switch unit {
    case .share: AmountText.percent(value)
    case .hourlyMoney: amounts.rate(Money(rounding: value)) + "/h"
    case .money: amounts.headline(Money(rounding: value))
    case .count, .months: AmountText.decimal(value, decimals: 0)
    }
  }

  /// `−25 %`, or that there is no limit.
  static func change(_ change: Double?) -> String {
    guard let change else { return "without" }
    return (change < 0 ? "−" : "+") + AmountText.decimal(abs(change) * 100, decimals: 0) + " %"
  }
}

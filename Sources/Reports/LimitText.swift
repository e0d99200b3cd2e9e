import CloudCosts

/// How values of policy limits are written for people.
struct LimitText {
  let limit: PolicyLimit
  let amounts: AmountText

  /// `$200,000`, `$12.500/h`, `50.0 %`.
  func value(_ value: Double) -> String {
    if limit.isShare { return AmountText.percent(value) }
    let money = Money(rounding: value)
    return limit.isHourly ? amounts.rate(money) + "/h" : amounts.headline(money)
  }

  /// `−25 %`, or that there is no limit.
  static func change(_ change: Double?) -> String {
    guard let change else { return "without" }
    return (change < 0 ? "−" : "+") + AmountText.decimal(abs(change) * 100, decimals: 0) + " %"
  }
}

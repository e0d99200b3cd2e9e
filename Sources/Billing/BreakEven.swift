import CloudCosts

/// When a commitment has paid for itself.
public enum BreakEven {
  /// The months (fractional, from its start) after which cumulative savings stay at or above 0:
  /// covered usage at on-demand prices, less all that was paid (upfront and recurring).
  ///
  /// Months count as calendar months, a part of one as the share of its hours; inside a month
  /// savings are taken to come evenly. Nil where that does not happen inside the window, and where
  /// the commitment started before the window: what it saved until then is not on this bill.
  public static func months(of use: CommitmentUse, in window: HourWindow) -> Double? {
    guard use.commitment.start >= window.start else { return nil }
    var elapsed = 0.0
    var savings = Money.zero
    var result: Double? = 0
    for month in use.months {
      let before = savings - month.upfront
      let share = Double(month.activeHours) / Double(month.month.days * 24)
      savings = before + month.coveredOnDemand - month.recurring
      if savings < .zero {
        result = nil
      } else if before < .zero || result == nil {
        let rise = (savings - before).value
        result = elapsed + (rise > 0 ? share * -before.value / rise : 0)
      }
      elapsed += share
    }
    return use.months.isEmpty ? nil : result
  }
}

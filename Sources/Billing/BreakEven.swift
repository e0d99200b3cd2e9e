import CloudCosts

/// When commitments have paid for themselves.
package enum BreakEven {
  /// The months (fractional, from its start) after which cumulative savings stay at or above 0:
  /// covered usage at on-demand prices, less all that was paid (upfront and recurring).
  ///
  /// Months count as calendar months, a part of one as the share of its hours; inside a month
  /// savings are taken to come evenly. Nil where that does not happen inside the window, and where
  /// the commitment started before the window: what it saved until then is not on this bill.
  package static func months(of use: CommitmentUse, in window: HourWindow) -> Double? {
    months(of: [use], in: window)
  }

  /// The same of several commitments as one, from the start of the first. Those that started before
  /// the window are left out; nil where no other is there.
  package static func months(of uses: [CommitmentUse], in window: HourWindow) -> Double? {
    var sums: [CalendarMonth: CommitmentMonth] = [:]
    for use in uses where use.commitment.start >= window.start {
      for month in use.months {
        var sum = sums[month.month] ?? CommitmentMonth(month: month.month, activeHours: 0)
        // As one, they last as long in a month as the one of them that is active longest in it.
        sum.activeHours = max(sum.activeHours, month.activeHours)
        sum.coveredOnDemand += month.coveredOnDemand
        sum.upfront += month.upfront
        sum.recurring += month.recurring
        sums[month.month] = sum
      }
    }
    return months(of: sums.values.sorted { $0.month < $1.month })
  }

  private static func months(of months: [CommitmentMonth]) -> Double? {
    var elapsed = 0.0
    var savings = Money.zero
    var result: Double? = 0
    for month in months {
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
    return months.isEmpty ? nil : result
  }
}

import CloudCosts

/// Money of a commitment between two hours of its life.
///
/// Every amount is the difference of two cumulative amounts, each counted from the start of what is
/// paid (`Commitment.spread`) and rounded once. So the amounts of consecutive stretches add up to
/// that of the whole stretch exactly, wherever it is cut: months to a window, windows to a term.
extension Commitment {
  /// What it costs inside a window, used or not, with the upfront spread over its life.
  package func amortizedCost(in window: HourWindow) -> Money {
    difference(in: window) { effectiveHourly * $0 }
  }

  /// What is paid for its hours inside a window, in addition to the upfront.
  package func recurringPayments(in window: HourWindow) -> Money {
    difference(in: window) { recurringHourly * $0 }
  }

  /// What is paid on its first day, if that lies inside the window.
  package func upfrontPayment(in window: HourWindow) -> Money {
    window.start <= start && start < window.end && paysUpfront ? Money(rounding: upfront) : .zero
  }

  /// Interest on the upfront payment inside a window.
  ///
  /// Hour t of a term of T hours, t = 0, 1, …, is charged `rate / 8,760 × U (1 − t / T)`: a year's
  /// interest, an hour at a time, on what is not used up at the start of that hour. It does not
  /// depend on usage. The sum over the first n hours is `rate / 8,760 × U (n − n (n − 1) / 2T)`.
  package func costOfCapital(in window: HourWindow, rate: Double) -> Money {
    guard rate > 0, upfront > 0 else { return .zero }
    let term = Double(spread.hours)
    guard term > 0 else { return .zero }
    let hourly = rate / Double(Term.oneYear.hours) * upfront
    return difference(in: window) { hours in
      let n = min(hours, term)
      return hourly * (n - n * (n - 1) / (2 * term))
    }
  }

  /// `cumulative` of the hours from the commitment's start to the end of its life in the window,
  /// less that to the beginning of its life in the window.
  private func difference(in window: HourWindow, _ cumulative: (Double) -> Double) -> Money {
    let active = window.indices(from: start, to: end)
    guard !active.isEmpty else { return .zero }
    let age = window.start - spread.start
    return Money(rounding: cumulative(Double(age + active.upperBound)))
      - Money(rounding: cumulative(Double(age + active.lowerBound)))
  }
}

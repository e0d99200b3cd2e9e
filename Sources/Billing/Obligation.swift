import CloudCosts

/// When purchases have repaid all that they bind their owner to, also what is not paid yet.
///
/// The strict break-even: from then on nothing is lost, even if no machine ever ran again.
package struct Obligation: Hashable, Sendable {
  /// The whole price of all terms, upfront and by the hour.
  package var committed: Money
  /// What their covered usage would have cost on demand, inside the window.
  package var repaid: Money
  /// Calendar months from the first start until `repaid` has reached `committed`; nil: not inside
  /// the window.
  package var months: Double?
  /// The same where each goes on after the window, to its end, as it did on average inside: no
  /// forecast; nil: never.
  package var monthsAtThisPace: Double?

  package init(committed: Money, repaid: Money, months: Double?, monthsAtThisPace: Double?) {
    self.committed = committed
    self.repaid = repaid
    self.months = months
    self.monthsAtThisPace = monthsAtThisPace
  }

  /// 0 to 1: the repaid share; 1 where nothing is committed.
  package var repaidShare: Double {
    committed == .zero ? 1 : min(1, repaid.value / committed.value)
  }
}

extension Bill {
  /// The obligation of its last commitments; nil where there are none.
  ///
  /// - Parameter count: so many of `commitments`, counted from the end, are meant.
  package func obligation(ofLast count: Int) -> Obligation? {
    let uses = commitments.suffix(count)
    guard let first = uses.map(\.commitment.start).min() else { return nil }
    let committed = uses.map { use in
      Money(
        rounding: use.commitment.effectiveHourly
          * Double(max(0, use.commitment.end - use.commitment.start)))
    }.total()
    let inside = repayments(uses)
    let later = repaymentsAfter(uses)
    return Obligation(
      committed: committed, repaid: inside.map(\.amount).total(),
      months: Bill.months(from: first, until: committed, inside),
      monthsAtThisPace: Bill.months(from: first, until: committed, inside + later))
  }

  private typealias Repayment = (from: Hour, to: Hour, amount: Money)

  /// By month of the window.
  private func repayments(_ uses: ArraySlice<CommitmentUse>) -> [Repayment] {
    var sums: [CalendarMonth: Money] = [:]
    for use in uses {
      for month in use.months { sums[month.month, default: .zero] += month.coveredOnDemand }
    }
    return sums.keys.sorted().map { month in
      (
        max(month.start, window.start), min(month.next.start, window.end),
        sums[month] ?? .zero
      )
    }
  }

  /// By month after the window, to the last end.
  private func repaymentsAfter(_ uses: ArraySlice<CommitmentUse>) -> [Repayment] {
    let paces = uses.map { use in
      let hours = window.indices(from: use.commitment.start, to: use.commitment.end).count
      return (
        end: use.commitment.end,
        hourly: hours > 0 ? use.coveredOnDemand.value / Double(hours) : 0
      )
    }
    guard let last = paces.map(\.end).max() else { return [] }
    var result: [Repayment] = []
    var from = window.end
    while from < last {
      let to = min(from.month.next.start, last)
      let amount = paces.reduce(0.0) { sum, pace in
        sum + pace.hourly * Double(max(0, min(to, pace.end) - from))
      }
      result.append((from, to, Money(rounding: amount)))
      from = to
    }
    return result
  }

  /// Where in the repayments a sum is reached; inside a month money is taken to come evenly.
  private static func months(
    from start: Hour, until whole: Money, _ repayments: [Repayment]
  ) -> Double? {
    var sum = Money.zero
    for (from, to, amount) in repayments {
      guard sum + amount >= whole else {
        sum += amount
        continue
      }
      let share = amount > .zero ? (whole - sum).value / amount.value : 0
      return calendarMonths(from: start, to: from)
        + share * calendarMonths(from: from, to: max(from, to))
    }
    return nil
  }
}

import CloudCosts

/// What one account has paid for before it is used up, in one calendar month: what an accountant
/// books as a prepaid expense.
///
/// opening + paid + transferred − expense = closing, exactly.
package struct PrepaidMonth: Hashable, Sendable {
  /// Empty where no one tells who owns the commitments.
  package var account: String
  package var month: CalendarMonth
  /// Paid and not used up on the month's first hour.
  package var opening: Money
  /// Paid on first days in the month.
  package var paid: Money
  /// What goes from a commitment to the one that it was modified into; 0 where both are the
  /// account's.
  package var transferred: Money
  /// Used up in the month: the upfront's even share of each hour.
  package var expense: Money

  /// Paid and not used up when the month ends.
  package var closing: Money { opening + paid + transferred - expense }
}

extension Bill {
  /// The balance of upfront payments, from the window's first month until all is used up, by month
  /// and account; empty where nothing was paid upfront.
  package var prepaid: [PrepaidMonth] { commitments.map(\.commitment).prepaid(from: window.start) }
}

extension Sequence where Element == Commitment {
  /// The balance of upfront payments by month and account, from an hour on.
  ///
  /// An upfront payment is used up evenly, hour by hour (straight line). Amounts are differences of
  /// cumulative amounts that are rounded once, so that all expenses add up to what was paid.
  package func prepaid(from start: Hour) -> [PrepaidMonth] {
    var months: [PrepaidKey: PrepaidMonth] = [:]
    for commitment in self where commitment.upfront > 0 && commitment.end > start {
      for month in commitment.prepaidMonths(from: start) {
        let key = PrepaidKey(month: month.month, account: month.account)
        if months[key] == nil { months[key] = month } else { months[key]?.add(month) }
      }
    }
    return months.values.sorted { ($0.month, $0.account) < ($1.month, $1.account) }
  }
}

private struct PrepaidKey: Hashable {
  var month: CalendarMonth
  var account: String
}

extension PrepaidMonth {
  fileprivate mutating func add(_ other: PrepaidMonth) {
    opening += other.opening
    paid += other.paid
    transferred += other.transferred
    expense += other.expense
  }
}

extension Commitment {
  /// What of the upfront payment is used up at an hour.
  private func usedUp(at hour: Hour) -> Money {
    let age = min(max(0, hour - spread.start), spread.hours)
    return Money(rounding: upfront * Double(age) / Double(max(1, spread.hours)))
  }

  fileprivate func prepaidMonths(from first: Hour) -> [PrepaidMonth] {
    let whole = Money(rounding: upfront)
    var month = max(first, start).month
    var result: [PrepaidMonth] = []
    while month.start < end {
      let lower = max(month.start, start, first)
      let upper = min(month.next.start, end)
      let left = whole - usedUp(at: lower)
      let begins = lower == start && start >= first
      let isPaid = begins && spread.start == start
      // What a modification ends early goes on in the commitment that it made.
      let leaves = upper == end ? whole - usedUp(at: upper) : .zero
      result.append(
        PrepaidMonth(
          account: account, month: month, opening: begins ? .zero : left,
          paid: isPaid ? whole : .zero,
          transferred: (begins && !isPaid ? left : .zero) - leaves,
          expense: usedUp(at: upper) - usedUp(at: lower)))
      month = month.next
    }
    return result
  }
}

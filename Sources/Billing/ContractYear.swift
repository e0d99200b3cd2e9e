import CloudCosts

/// How a contract year of a spend commitment fares in a bill: its burn-down.
///
/// Cash counts, on the day on which it is billed. Of a year that is only in part inside the window,
/// that part of the amount is looked at by its hours.
package struct ContractYear: Hashable, Sendable {
  package var name: String
  package var provider: Provider
  /// The year inside the window.
  package var window: HourWindow
  /// What of the year's amount falls on it.
  package var amount: Money
  /// What is billed by the provider, and what is spent in addition.
  package var spent: Money
  /// The least and the most of it, over several futures.
  package var band: ClosedRange<Money>

  /// What is missing, and paid all the same; over several futures what is expected.
  package var shortfall: Money
}

extension Judge {
  /// The contract years of all spend commitments that a window touches, by the rows of its bill.
  func contractYears(_ bill: Bill) -> [ContractYear] {
    spendCommitments.flatMap { commitment in
      commitment.years.compactMap { year -> ContractYear? in
        let inside = bill.window.indices(from: year.start, to: year.end)
        guard !inside.isEmpty else { return nil }
        let share = Double(inside.count) / Double(max(1, year.hours))
        let part = HourWindow(start: bill.window.start + inside.lowerBound, hours: inside.count)
        let spent =
          bill.cash(of: commitment.provider, in: part) + Money(rounding: commitment.other * share)
        let amount = Money(rounding: commitment.amount * share)
        return ContractYear(
          name: commitment.name, provider: commitment.provider, window: part, amount: amount,
          spent: spent, band: spent...spent, shortfall: max(.zero, amount - spent))
      }
    }
  }
}

extension Bill {
  /// What a provider bills in a part of the window; a month that is cut counts by its hours.
  fileprivate func cash(of provider: Provider, in part: HourWindow) -> Money {
    let owners = Dictionary(
      commitments.map { ($0.commitment.id, $0.commitment.terms.product.provider) },
      uniquingKeysWith: { first, _ in first })
    var shares: [CalendarMonth: Double] = [:]
    for (month, hours) in window.months {
      let first = window.start + hours.lowerBound
      let inside = part.indices(from: first, to: window.start + hours.upperBound)
      shares[month] = Double(inside.count) / Double(max(1, hours.count))
    }
    return rows.lazy.compactMap { row -> Money? in
      let biller = row.group?.sku.provider ?? row.commitment.flatMap { owners[$0] ?? nil }
      guard biller == provider, row.billed != .zero, let share = shares[row.month], share > 0 else {
        return nil
      }
      return share == 1 ? row.billed : Money(rounding: row.billed.value * share)
    }.total()
  }

  /// With what spend commitments miss as rows of their own.
  func adding(_ years: [ContractYear]) -> Bill {
    var bill = self
    bill.contractYears = years
    bill.rows += years.filter { $0.shortfall > .zero }.map { year in
      BillRow(
        kind: .shortfall, month: (year.window.end + -1).month, list: year.shortfall,
        billed: year.shortfall, effective: year.shortfall)
    }
    return bill
  }
}

extension [ContractYear] {
  /// Their mean over futures, with the least and the most; the same years in the same order.
  package mutating func add(_ others: [ContractYear], probability p: Double) {
    if isEmpty {
      self = others.map { year in
        var year = year
        year.spent = .zero
        year.shortfall = .zero
        return year
      }
    }
    for (index, other) in zip(indices, others) {
      self[index].spent += Money(rounding: p * other.spent.value)
      self[index].shortfall += Money(rounding: p * other.shortfall.value)
      self[index].band =
        Swift.min(
          self[index].band.lowerBound, other.band.lowerBound)...Swift.max(
          self[index].band.upperBound, other.band.upperBound)
    }
  }
}

import CloudCosts

/// How a contract year of a spend commitment fares in a bill: its burn-down.
///
/// Cash counts: usage and hourly payments in their hours, and what is paid upfront once for the
/// year it is paid in. Of a year that is only in part inside the window, that part is looked at:
/// see `SpendYear`.
package struct ContractYear: Hashable, Sendable {
  package var name: String
  package var provider: Provider
  /// The hours of the year that what is owed is owed in.
  package var open: HourWindow
  /// These hours inside the window.
  package var window: HourWindow
  /// What of the year's amount falls on it.
  package var amount: Money
  /// What is billed by the provider and counts for it, and what is spent in addition.
  package var spent: Money
  /// The least and the most of it, over several futures.
  package var band: ClosedRange<Money>

  /// What is missing, and paid all the same; over several futures what is expected.
  package var shortfall: Money

  /// The part of the year that the window sees, 0 to 1.
  package var share: Double { Double(window.hours) / Double(max(1, open.hours)) }
}

extension Judge {
  /// The contract years of all spend commitments that a window touches, by the rows of its bill.
  func contractYears(_ bill: Bill, _ cuts: MonthCuts) -> [ContractYear] {
    spendCommitments.flatMap { commitment in
      commitment.years.compactMap { year -> ContractYear? in
        guard let part = year.part(in: bill.window) else { return nil }
        let provider = commitment.provider
        let commitments = bill.commitments.map(\.commitment)
          .filter { $0.terms.product.provider == provider }.map(part.counted)
        let givenUp = givenUp.filter { $0.commitment.terms.product.provider == provider }
          .map { part.counted(of: $0) }
        let spent =
          bill.onDemand(of: provider, in: part.window, cuts)
          + Money(rounding: commitments.reduce(0, +) + givenUp.reduce(0, +) + part.other)
        let amount = Money(rounding: part.amount)
        return ContractYear(
          name: commitment.name, provider: provider, open: year.open, window: part.window,
          amount: amount, spent: spent, band: spent...spent, shortfall: max(.zero, amount - spent))
      }
    }
  }
}

extension Bill {
  /// What a provider bills on demand in a part of the window.
  fileprivate func onDemand(
    of provider: Provider, in part: HourWindow, _ cuts: MonthCuts
  ) -> Money {
    rows.lazy.compactMap { row -> Money? in
      guard let group = row.group, group.sku.provider == provider, row.billed != .zero else {
        return nil
      }
      let share = cuts.share(of: group, in: row.month, part)
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

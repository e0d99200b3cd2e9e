/// A promise to a provider to spend an amount in each contract year, or in a whole contract, with
/// what is missing paid all the same: AWS's Enterprise Discount Program, Microsoft's MACC, Google's
/// commit contracts.
package struct SpendCommitment: Hashable, Sendable {
  /// What an amount is promised for.
  package enum Period: String, Hashable, Sendable, CaseIterable {
    /// Each twelve calendar months from the contract's first hour.
    case year
    /// From its first hour to its last (Azure's MACC).
    case contract
  }

  /// What was spent of a running contract year, as the provider's own account of it says.
  package struct Known: Hashable, Sendable {
    /// Currency units.
    package var spent: Double
    /// The first hour that is not in it.
    package var until: Hour

    package init(spent: Double, until: Hour) {
      self.spent = spent
      self.until = until
    }
  }

  package var name: String
  package var provider: Provider
  /// The first hour of the first contract year, and the hour in which the contract no longer holds.
  package var window: HourWindow
  /// Currency units a period.
  package var amount: Double
  /// What is spent a period in addition to the usage at hand, and counts.
  package var other: Double
  package var period = Period.year
  /// Nil: no one tells.
  package var known: Known?

  package init(
    name: String, provider: Provider, window: HourWindow, amount: Double, other: Double = 0,
    period: Period = .year
  ) {
    self.name = name
    self.provider = provider
    self.window = window
    self.amount = amount
    self.other = other
    self.period = period
  }

  /// Its contract years: twelve calendar months each, the last one as far as the contract goes; of
  /// an amount for a whole contract there is one, as long as that.
  ///
  /// A year that the contract's end cuts owes its hours' part of the amount.
  package var years: [SpendYear] {
    guard period == .year else { return [SpendYear(self, window, share: 1)] }
    var result: [SpendYear] = []
    while let start = result.last?.window.end ?? window.start as Hour?, start < window.end {
      let next = window.start.adding(months: 12 * (result.count + 1))
      let year = HourWindow(from: start, to: min(next, window.end))
      result.append(SpendYear(self, year, share: Double(year.hours) / Double(next - start)))
    }
    return result
  }
}

/// A contract year of a spend commitment, and what a part of it owes.
///
/// What is spent in hours outside a window is not known. So a part of a year is judged as if the
/// whole went on as the part does, and bears its hours' share of what would be missing: it owes
/// that share of the amount, and what is paid upfront anywhere in the year counts by the same
/// share. The parts of a year then owe what the year does, and an invoice counts once in all of
/// them.
///
/// Where it is known what was spent up to some hour, what is left of the amount is owed from then
/// on, and what was paid before is in that figure.
package struct SpendYear: Hashable, Sendable {
  /// The whole year.
  package var window: HourWindow
  /// The hours that what is left of the amount is owed in.
  package var open: HourWindow
  /// Owed in the open hours, currency units.
  package var amount: Double
  /// Spent in the open hours in addition to the usage at hand.
  package var other: Double

  /// - Parameter share: what of a period's amount is owed for it.
  fileprivate init(_ commitment: SpendCommitment, _ window: HourWindow, share: Double) {
    self.window = window
    open = window
    amount = commitment.amount * share
    other = commitment.other * share
    guard let known = commitment.known, window.start < known.until, known.until < window.end else {
      return
    }
    open = HourWindow(from: known.until, to: window.end)
    other *= Double(open.hours) / Double(max(1, window.hours))
    amount = max(0, amount - known.spent)
  }

  /// What of it a window sees; nil: nothing.
  package func part(in window: HourWindow) -> SpendPart? {
    let inside = window.indices(from: open.start, to: open.end)
    guard !inside.isEmpty else { return nil }
    return SpendPart(
      year: self, window: HourWindow(start: window.start + inside.lowerBound, hours: inside.count))
  }
}

/// The hours of a contract year that lie in a window.
package struct SpendPart: Hashable, Sendable {
  package var year: SpendYear
  package var window: HourWindow

  /// The part of the year's open hours, 0 to 1.
  package var share: Double { Double(window.hours) / Double(max(1, year.open.hours)) }
  /// What it owes, currency units.
  package var amount: Double { year.amount * share }
  /// What is spent in it in addition to the usage at hand.
  package var other: Double { year.other * share }

  /// What of a commitment is billed in the year and counts for this part: its hours in the part,
  /// and the part's share of an upfront payment in the year.
  package func counted(of commitment: Commitment) -> Double {
    let hours = window.indices(from: commitment.start, to: commitment.end).count
    return commitment.recurringHourly * Double(hours) + upfront(of: commitment)
  }

  /// The part's share of what is paid upfront for a commitment in the year.
  package func upfront(of commitment: Commitment) -> Double {
    isPaidInYear(commitment) ? commitment.upfront * share : 0
  }

  /// What counts of a commitment that was given up: what was paid for it in the year, less what its
  /// provider pays back. A buyer on a marketplace is another customer: what was paid the provider
  /// for a reservation that is sold stays spent.
  package func counted(of entry: GivingUp) -> Double {
    // What ends with its term is among what is owned.
    guard entry.way != .renewalOff else { return 0 }
    let isPaidBack = entry.way != .sell && contains(entry.at)
    return upfront(of: entry.commitment) - (isPaidBack ? entry.received * share : 0)
  }

  private func isPaidInYear(_ commitment: Commitment) -> Bool {
    commitment.paysUpfront && contains(commitment.start)
  }

  private func contains(_ hour: Hour) -> Bool {
    year.open.start <= hour && hour < year.open.end
  }
}

extension Commitment {
  /// Whether its upfront payment is made on its first day; what was paid for an original is not
  /// paid again.
  package var paysUpfront: Bool { start < end && spread.start == start }
}

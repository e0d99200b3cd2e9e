/// A promise to a provider to spend an amount in each contract year, with what is missing paid all
/// the same: AWS's Enterprise Discount Program, Microsoft's MACC, Google's commit contracts.
package struct SpendCommitment: Hashable, Sendable {
  package var name: String
  package var provider: Provider
  /// The first hour of the first contract year, and the hour in which the contract no longer holds.
  package var window: HourWindow
  /// Currency units a contract year.
  package var amount: Double
  /// What is spent a year in addition to the usage at hand, and counts.
  package var other: Double

  package init(
    name: String, provider: Provider, window: HourWindow, amount: Double, other: Double = 0
  ) {
    self.name = name
    self.provider = provider
    self.window = window
    self.amount = amount
    self.other = other
  }

  /// Its contract years: twelve calendar months each, the last one as far as the contract goes.
  package var years: [HourWindow] {
    var result: [HourWindow] = []
    while let start = result.last?.end ?? window.start as Hour?, start < window.end {
      let next = window.start.adding(months: 12 * (result.count + 1))
      result.append(HourWindow(from: start, to: min(next, window.end)))
    }
    return result
  }
}

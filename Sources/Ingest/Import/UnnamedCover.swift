import CloudCosts

/// Machines that ran at no cost though nothing in their rows says that they are free: what paid for
/// them is not named.
///
/// Of two readings, that they are owned and that they are free, the first buys nothing twice.
struct UnnamedCover {
  private var rows = 0
  private var hours = 0.0
  private var list = Money.zero

  mutating func add(rows: Int, hours: Double, list: Money) {
    self.rows += rows
    self.hours += hours
    self.list += list
  }

  func finding(place: String, currency: String) -> Finding? {
    guard rows > 0 else { return nil }
    let money =
      list > .zero
      ? "\(list.naturallyFormatted()) \(currency) at list prices"
      : "the rows do not state their list price"
    return Finding(
      .warning, rule: "import.covered-unnamed", place: place,
      message: """
        \(rows.grouped) rows of machines, \(Money(rounding: hours).formatted(decimals: 0)) \
        instance-hours, cost nothing and name no commitment (\(money)): they are taken as covered by \
        one that is owned, so that nothing is bought for them again
        """,
      remedy: "Name a list of the provider's own tool as owned:"
        + " (az billing-benefits savings-plan list, aws savingsplans describe-savings-plans), or"
        + " import an export that names commitments; if they are free, leave them out of the usage."
    )
  }
}

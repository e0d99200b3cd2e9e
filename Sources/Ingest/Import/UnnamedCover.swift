import CloudCosts

/// Machines that ran at no cost though nothing in their rows says that they are free: what paid for
/// them is not named.
///
/// Of two readings, that they are owned and that they are free, the first buys nothing twice.
struct UnnamedCover {
  var usage = UnpaidUsage()

  func finding(place: String, currency: String) -> Finding? {
    guard usage.rows > 0 else { return nil }
    return Finding(
      .warning, rule: "import.covered-unnamed", place: place,
      message: """
        \(usage.rows.grouped) rows of machines, \(usage.amount) instance-hours, cost nothing and name \
        no commitment (\(usage.worth(in: currency))): they are taken as covered by one that is owned, so \
        that nothing is bought for them again
        """,
      remedy: "Name a list of the provider's own tool as owned:"
        + " (az billing-benefits savings-plan list, aws savingsplans describe-savings-plans), or"
        + " import an export that names commitments; if they are free, leave them out of the usage."
    )
  }
}

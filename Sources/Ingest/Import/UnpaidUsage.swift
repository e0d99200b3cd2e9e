import CloudCosts

/// Usage that cost nothing, added up over rows: what `FreeUsage` and `UnnamedCover` report.
struct UnpaidUsage {
  private(set) var rows = 0
  private var hours = 0.0
  private var list = Money.zero

  mutating func add(rows: Int, hours: Double, list: Money) {
    self.rows += rows
    self.hours += hours
    self.list += list
  }

  /// In the meter's units.
  var amount: String { Money(rounding: hours).formatted(decimals: 0) }

  /// What it is worth.
  func worth(in currency: String) -> String {
    list > .zero
      ? "\(list.naturallyFormatted()) \(currency) at list prices"
      : "the rows do not state their list price"
  }
}

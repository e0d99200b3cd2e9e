import CloudCosts

/// A price file: its rows with their lines.
package struct PriceList: Sendable {
  /// In the order of the file.
  package var rows: [PriceRow]
  /// For each row its line.
  package var lines: [Int]
  /// The file, as its user calls it.
  package var file: String
  /// What is left of a provider's prices by a discount that comes off the whole bill.
  package var paidShares: [Provider: Double] = [:]
  /// The same for usage on demand, where it is another than for fees.
  package var usageShares: [Provider: Double] = [:]

  package init(rows: [PriceRow], lines: [Int], file: String) {
    self.rows = rows
    self.lines = lines
    self.file = file
  }

  /// What can be bought, for the judge and the optimizer.
  package func book(currency: String = "USD") -> PriceBook {
    PriceBook(
      rows: rows, currency: currency, paidShares: paidShares, usageShares: usageShares)
  }
}

import CloudCosts

/// A price file: its rows with their lines.
public struct PriceList: Sendable {
  /// In the order of the file.
  public var rows: [PriceRow]
  /// For each row its line.
  public var lines: [Int]
  /// The file, as its user calls it.
  public var file: String
  /// What is left of a provider's prices by a discount that comes off the whole bill.
  public var paidShares: [Provider: Double] = [:]

  public init(rows: [PriceRow], lines: [Int], file: String) {
    self.rows = rows
    self.lines = lines
    self.file = file
  }

  /// What can be bought, for the judge and the optimizer.
  public func book(currency: String = "USD") -> PriceBook {
    PriceBook(rows: rows, currency: currency, paidShares: paidShares)
  }
}

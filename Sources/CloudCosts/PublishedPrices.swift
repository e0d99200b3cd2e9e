/// A price book made of what providers publish, with an account of what was read.
public struct PublishedPrices: Sendable {
  /// In the order of SKU and offer, each offer once.
  public var rows: [PriceRow]
  /// ISO 4217 code.
  public var currency: String
  public var sources: [Source]

  public init(rows: [PriceRow], currency: String, sources: [Source]) {
    self.rows = rows
    self.currency = currency
    self.sources = sources
  }

  /// What one file came to.
  public struct Source: Hashable, Sendable {
    public var file: String
    /// What kind of file it is, in words.
    public var format: String
    /// Prices, products or rows that the file holds.
    public var entries: Int
    /// Prices taken from it.
    public var prices: Int
    /// Most frequent first.
    public var leftAside: [LeftAside]

    public init(
      file: String, format: String, entries: Int, prices: Int, leftAside: [LeftAside]
    ) {
      self.file = file
      self.format = format
      self.entries = entries
      self.prices = prices
      self.leftAside = leftAside
    }
  }

  /// Entries that were not taken, for one reason.
  public struct LeftAside: Hashable, Sendable {
    public var reason: String
    public var entries: Int
    /// One entry that the reason is true of.
    public var example: String

    public init(reason: String, entries: Int, example: String) {
      self.reason = reason
      self.entries = entries
      self.example = example
    }
  }
}

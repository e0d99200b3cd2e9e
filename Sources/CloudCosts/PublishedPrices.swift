/// A price book made of what providers publish, with an account of what was read.
package struct PublishedPrices: Sendable {
  /// In the order of SKU and offer, each offer once.
  package var rows: [PriceRow]
  /// ISO 4217 code.
  package var currency: String
  package var sources: [Source]

  package init(rows: [PriceRow], currency: String, sources: [Source]) {
    self.rows = rows
    self.currency = currency
    self.sources = sources
  }

  /// What one file came to.
  package struct Source: Hashable, Sendable {
    package var file: String
    /// What kind of file it is, in words.
    package var format: String
    /// Prices, products or rows that the file holds.
    package var entries: Int
    /// Prices taken from it.
    package var prices: Int
    /// Most frequent first.
    package var leftAside: [LeftAside]

    package init(
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
  package struct LeftAside: Hashable, Sendable {
    package var reason: String
    package var entries: Int
    /// One entry that the reason is true of.
    package var example: String

    package init(reason: String, entries: Int, example: String) {
      self.reason = reason
      self.entries = entries
      self.example = example
    }
  }
}

import CloudCosts

/// A billing file whose rows are in a history.
package struct HistorySource: Hashable, Sendable {
  /// What the rows of an export represent in time.
  package enum Grain: String, Hashable, Sendable {
    case hourly
    /// At least one row of usage represents more than an hour.
    case daily
  }

  /// The file's absolute path: a file of the same path takes its place.
  package var path: String
  /// `focus`, `cur-2.0`, `cur-legacy`.
  package var format: String
  package var bytes: Int
  /// Of the contents: the same fingerprint is the same file, wherever it lies.
  package var fingerprint: String
  /// Rows of the file, all of them.
  package var rows: Int
  /// ISO 4217.
  package var currency: String
  package var grain: Grain
  /// The hours that the rows of usage span; nil where there are none.
  package var window: HourWindow?

  package init(
    path: String, format: String, bytes: Int, fingerprint: String, rows: Int, currency: String,
    grain: Grain, window: HourWindow?
  ) {
    self.path = path
    self.format = format
    self.bytes = bytes
    self.fingerprint = fingerprint
    self.rows = rows
    self.currency = currency
    self.grain = grain
    self.window = window
  }
}

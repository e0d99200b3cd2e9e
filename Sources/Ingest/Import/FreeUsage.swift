import CloudCosts

/// Usage that the provider gives away: free tiers, trials, sponsored and internal subscriptions.
///
/// Only what says so itself counts as free; what costs nothing without a word may be covered by a
/// commitment (`UnnamedCover`). It is no demand: nothing can be saved where nothing is paid.
struct FreeUsage {
  var usage = UnpaidUsage()

  func finding(place: String, currency: String) -> Finding? {
    guard usage.rows > 0 else { return nil }
    return Finding(
      .warning, rule: "import.free", place: place,
      message: """
        \(usage.rows.grouped) rows, \(usage.amount) units of usage, say that they are free \
        (\(usage.worth(in: currency))): they are no demand, since no commitment saves anything there
        """,
      remedy: "Nothing while it is free; import a bill of the time after it, where it is paid for.")
  }

  /// SQL: whether one of these texts names a free tier or a free meter: `B Series - Free`, `B1s
  /// Free`, `under monthly free tier`. A service's name may have the word in it (`Data Transfer
  /// Free`), which does no harm where nothing is paid.
  static func isNamed(_ texts: [String]) -> String {
    texts.map(isNamed).joined(separator: " or ")
  }

  static func isNamed(_ text: String) -> String {
    "regexp_extract(lower(\(text)), '(^|[^a-z])(free)($|[^a-z])', 2) <> ''"
  }

  /// SQL: whether a subscription's offer pays for its usage: Free Trial, Students, Sponsorship,
  /// internal (Microsoft, "Microsoft Azure offer details", 2025-06).
  static func isFree(offer: String) -> String {
    "regexp_extract(upper(\(offer)), '(0044P|0144P|0170P|0036P|0015P)', 1) <> ''"
  }
}

/// How wrong forecasters are on many fleets: the error of the logarithm of the level a year ahead.
///
/// Measured on eighteen fleets of two to three years (public series: Wikipedia's page requests,
/// Capital Bikeshare, the Fremont bridge, traffic of San Francisco, electricity loads, and
/// compositions of them) and on Snowflake's trace (Shaved Ice, CIDR 2025): no change .28 there and
/// .34 here; last year × √growth .285 and .14; the slope of 26 weeks, damped by .985, .52 and .17.
/// The table has the means, four regions counting as four fleets.
enum ForecasterErrors {
  static let noChange = 0.29
  static let lastYear = 0.26
  static let dampedTrend = 0.46

  /// What is seen on one history counts as much as this many independent forecasts of other fleets.
  static let usualCount = 2.0
}

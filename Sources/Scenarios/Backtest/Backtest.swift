import CloudCosts

/// What the policies of a backtest came to.
public struct Backtest: Sendable {
  /// The scenario's name: `base`, or the name under `scenarios`.
  public var run: String
  public var currency: String
  /// The hours that were billed.
  public var window: HourWindow
  public var settings: BacktestSettings
  public var terms: OfferTerms
  /// How many parts of the usage were decided on separately.
  public var pools: Int
  /// The bill with everything on demand.
  public var onDemand: Money
  public var policies: [Result]
  /// Calendar months of the window.
  public var months: [CalendarMonth]

  /// How one policy fared.
  public struct Result: Sendable {
    public var name: PolicyName
    /// The judge's bills, amortised.
    public var cost: Money
    /// Purchases made.
    public var purchases: Int
    /// Against everything on demand, by month; negative where that month lost money.
    public var monthlySavings: [Money]
    /// Used share of what was bought; nil where nothing was.
    public var utilization: Double?
    /// On-demand value of what was covered over that of all usage.
    public var coverage: Double
    public var netSavings: Money
    /// What purchases still cost after the last hour that is billed.
    public var lockedBeyond: Money
    /// Nil where hindsight saves nothing.
    public var shareOfHindsight: Double?
    /// What hindsight would have saved more.
    public var regret: Money

    /// The months that lost money.
    public var losingMonths: Int { monthlySavings.count { $0 < .zero } }

    /// Savings of the worst three consecutive months; of all where there are fewer.
    public var worstQuarter: Money {
      guard monthlySavings.count > 3 else { return monthlySavings.total() }
      return (0...monthlySavings.count - 3).map { monthlySavings[$0..<$0 + 3].total() }.min()
        ?? .zero
    }
  }
}

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
  /// Why rows are missing.
  public var findings: [Finding] = []

  /// What a policy bought on a date.
  public struct Bought: Hashable, Sendable {
    public var date: Hour
    public var terms: OfferTerms
    /// What it is bound to: a region and a family; nil: neither.
    public var region: String?
    public var family: String?
    /// Currency units per hour, upfront spread over the term.
    public var hourly: Money

    /// Purchases on the same date, of the same terms and scope, together.
    static func summed(_ commitments: [Commitment]) -> [Bought] {
      struct Key: Hashable {
        var date: Hour
        var terms: OfferTerms
        var region: String?
        var family: String?
      }
      var sums: [Key: Double] = [:]
      for commitment in commitments {
        var key = Key(date: commitment.start, terms: commitment.terms)
        switch commitment.subject {
        case .reservation(let sku, _, _, _, _):
          (key.region, key.family) = (sku.region, sku.family)
        case .savingsPlan(let scope, _): (key.region, key.family) = (scope.region, scope.family)
        }
        sums[key, default: 0] += commitment.effectiveHourly
      }
      return sums.map { key, hourly in
        Bought(
          date: key.date, terms: key.terms, region: key.region, family: key.family,
          hourly: Money(rounding: hourly))
      }.sorted {
        ($0.date, $0.terms, $0.region ?? "", $0.family ?? "")
          < ($1.date, $1.terms, $1.region ?? "", $1.family ?? "")
      }
    }
  }

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
    /// The same by month; nil where there was no usage.
    public var monthlyCoverage: [Double?] = []
    public var netSavings: Money
    /// What purchases still cost after the last hour that is billed.
    public var lockedBeyond: Money
    /// What purchases save from then on to the end of their terms if usage stays as in the last
    /// year; negative where they lose.
    public var tailSavings = Money.zero
    /// The same if there is half as much.
    public var tailSavingsHalved = Money.zero
    /// Nil where hindsight saves nothing.
    public var shareOfHindsight: Double?
    /// What hindsight would have saved more.
    public var regret: Money
    /// What other seeds of the futures come to; nil where one is walked, or none is used.
    public var seeds: SeedSpread?
    /// What was bought when, by date; amounts of the same terms and scope together.
    public var bought: [Bought] = []

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

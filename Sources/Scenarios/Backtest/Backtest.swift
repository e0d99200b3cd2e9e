import CloudCosts

/// What the policies of a backtest came to.
package struct Backtest: Sendable {
  /// The scenario's name: `base`, or the name under `scenarios`.
  package var run: String
  package var currency: String
  /// The hours that were billed.
  package var window: HourWindow
  package var settings: BacktestSettings
  package var terms: OfferTerms
  /// How many parts of the usage were decided on separately.
  package var pools: Int
  /// The bill with everything on demand.
  package var onDemand: Money
  package var policies: [Result]
  /// Calendar months of the window.
  package var months: [CalendarMonth]
  /// Why rows are missing.
  package var findings: [Finding] = []

  /// Whether less than a year was billed: without a season, or the end of any term.
  package var isShort: Bool { window.hours < Term.oneYear.hours }

  /// What a policy bought on a date.
  package struct Bought: Hashable, Sendable {
    package var date: Hour
    package var terms: OfferTerms
    /// What it is bound to: a region and a family; nil: neither.
    package var region: String?
    package var family: String?
    /// Currency units per hour, upfront spread over the term.
    package var hourly: Money

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
  package struct Result: Sendable {
    package var name: PolicyName
    /// The judge's bills, amortised.
    package var cost: Money
    /// Purchases made.
    package var purchases: Int
    /// Against everything on demand, by month; negative where that month lost money.
    package var monthlySavings: [Money]
    /// Used share of what was bought; nil where nothing was.
    package var utilization: Double?
    /// On-demand value of what was covered over that of all usage.
    package var coverage: Double
    /// The same by month; nil where there was no usage.
    package var monthlyCoverage: [Double?] = []
    package var netSavings: Money
    /// What purchases still cost after the last hour that is billed.
    package var lockedBeyond: Money
    /// What purchases save from then on to the end of their terms if usage stays as in the last
    /// year; negative where they lose.
    package var tailSavings = Money.zero
    /// The same if there is half as much.
    package var tailSavingsHalved = Money.zero
    /// Nil where hindsight saves nothing.
    package var shareOfHindsight: Double?
    /// What hindsight would have saved more.
    package var regret: Money
    /// What other seeds of the futures come to; nil where one is walked, or none is used.
    package var seeds: SeedSpread?
    /// What was bought when, by date; amounts of the same terms and scope together.
    package var bought: [Bought] = []

    /// The months that lost money.
    package var losingMonths: Int { monthlySavings.count { $0 < .zero } }

    /// Savings of the worst three consecutive months; of all where there are fewer.
    package var worstQuarter: Money {
      guard monthlySavings.count > 3 else { return monthlySavings.total() }
      return (0...monthlySavings.count - 3).map { monthlySavings[$0..<$0 + 3].total() }.min()
        ?? .zero
    }
  }
}

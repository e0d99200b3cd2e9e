import CloudCosts

/// Usage that one commitment can cover, in units of what is bought.
struct BacktestPool: Sendable {
  /// For people, and for `backtest.only`.
  let name: String
  /// Empty where the pool is not bound to one.
  let region: String
  /// What is the same in several regions: a family or a type; empty where it is everything.
  let kind: String
  /// Indices of the demand's groups.
  let members: [Int]
  /// What is bought, per unit.
  let subject: Subject
  /// Usage in units.
  let trace: UsageTrace
  /// The same usage at on-demand prices.
  let value: UsageTrace
  /// What a unit costs an hour, upfront spread over the term.
  let unitPrice: Double

  enum Subject: Sendable {
    case plan(SavingsPlanScope)
    case reservation(ReservationOffer)
  }

  /// Whether usage can leave the pool for a part of the usage that it does not cover.
  var isLocked: Bool { !kind.isEmpty }

  /// Usage at on-demand prices over its price if all were committed; 0 where there is none.
  func premium(over hours: Range<Int>) -> Double {
    let units = trace.sum(hours)
    return units > 0 && unitPrice > 0 ? value.sum(hours) / (units * unitPrice) : 0
  }

  /// Its share of the usage of its region, at on-demand prices, in the weeks before an hour.
  func shares(before now: Int, weeks: Int, among pools: [BacktestPool]) -> [Double] {
    let own = value.weeklyMeans(before: now, count: weeks)
    var whole = [Double](repeating: 0, count: own.count)
    for pool in pools where pool.region == region {
      for (week, mean) in pool.value.weeklyMeans(before: now, count: weeks).enumerated() {
        whole[week] += mean
      }
    }
    return zip(own, whole).map { $1 > 0 ? $0 / $1 : 0 }
  }

  /// A purchase of units; nil where nothing is left after rounding to what is on sale.
  func commitment(
    _ units: Double, id: String, terms: OfferTerms, start: Hour
  ) -> Commitment? {
    let end = start + terms.term.hours
    switch subject {
    case .plan(let scope):
      let hourly = (units * unitPrice * 1000).rounded() / 1000
      guard hourly > 0 else { return nil }
      return Commitment(
        id: id, terms: terms, subject: .savingsPlan(scope: scope, hourlyCommitment: hourly),
        start: start, end: end)
    case .reservation(let offer):
      let count = units.rounded(.down)
      guard count > 0 else { return nil }
      return Commitment(
        id: id, terms: terms,
        subject: .reservation(
          sku: offer.sku, zone: nil, count: count, upfront: offer.upfront, hourly: offer.hourly),
        start: start, end: end)
    }
  }

  /// Units of a commitment that `commitment(_:id:terms:start:)` made.
  func units(of commitment: Commitment) -> Double {
    switch commitment.subject {
    case .savingsPlan(_, let hourly): hourly / unitPrice
    case .reservation(_, _, let count, _, _): count
    }
  }
}

import CloudCosts

/// finoptim walked over a history: at each date it is asked what to own by the last 30 days, and
/// what is missing to that is bought. As for the policies, what is held counts as if it will be
/// renewed.
struct FinoptimWalk {
  let finoptim: Finoptim
  /// The usage that is decided on.
  let demand: Demand
  let prices: PriceBook
  let terms: (plan: OfferTerms, reservation: OfferTerms)
  /// Hours of the history in which is decided, ascending.
  let dates: [Int]

  private static let hours = 720

  /// - Throws: a finding where finoptim fails.
  func purchases() throws -> [Commitment] {
    let columns = self.columns
    guard let provider = columns.first?.sku.provider else { return [] }
    let answers = try finoptim.answers(
      to: Finoptim.Question(
        years: terms.plan.term.years, onDemand: columns.map(\.onDemand), plan: columns.map(\.plan),
        reservation: columns.map(\.offer.effectiveHourly), usage: columns.map(\.usage),
        dates: dates, hours: Self.hours))
    var bought: [Commitment] = []
    for (date, answer) in zip(dates, answers) {
      let now = demand.window.start + date
      let held = bought.filter { $0.end > now }
      func buy(_ terms: OfferTerms, _ subject: Commitment.Subject) {
        bought.append(
          Commitment(
            id: "\(now) \(bought.count)", terms: terms, subject: subject, start: now,
            end: now + terms.term.hours))
      }
      let missing = answer.plan - held.reduce(0) { $0 + $1.plannedHourly }
      let hourly = (missing * 1000).rounded() / 1000
      if hourly > 0 {
        buy(
          terms.plan,
          .savingsPlan(scope: SavingsPlanScope(provider: provider), hourlyCommitment: hourly))
      }
      for (column, wanted) in zip(columns, answer.reserved) {
        let count = (wanted - held.reduce(0) { $0 + $1.count(of: column.sku) }).rounded(.down)
        guard count > 0 else { continue }
        buy(
          terms.reservation,
          .reservation(
            sku: column.offer.sku, zone: nil, count: count, upfront: column.offer.upfront,
            hourly: column.offer.hourly))
      }
    }
    return bought
  }

  /// Usage of a type, wherever it runs, that both a plan and a reservation are on sale for.
  private struct Column {
    var sku: SKU
    var onDemand: Double
    var plan: Double
    var offer: ReservationOffer
    var usage: [Double]
  }

  private var columns: [Column] {
    var usage: [SKU: [Double]] = [:]
    for (g, group) in demand.groups.enumerated() {
      let hours = demand.hours(of: g)
      let known = usage[group.sku.zoneless] ?? Array(repeating: 0, count: hours.count)
      usage[group.sku.zoneless] = zip(known, hours).map { $0 + $1 }
    }
    let offers = Dictionary(
      prices.reservations.filter { $0.terms == terms.reservation && $0.zone == nil }
        .map { ($0.sku, $0) }, uniquingKeysWith: { first, _ in first })
    return usage.sorted { $0.key < $1.key }.compactMap { sku, usage in
      guard let onDemand = prices.onDemandPrice(of: sku),
        let plan = prices.rate(of: terms.plan, for: sku), let offer = offers[sku]
      else { return nil }
      return Column(sku: sku, onDemand: onDemand, plan: plan, offer: offer, usage: usage)
    }
  }
}

extension Commitment {
  /// What of it is a plan's commitment, in currency units per hour.
  fileprivate var plannedHourly: Double {
    if case .savingsPlan(_, let hourly) = subject { hourly } else { 0 }
  }

  /// How many of a type it reserves.
  fileprivate func count(of wanted: SKU) -> Double {
    if case .reservation(let sku, _, let count, _, _) = subject, sku == wanted { count } else { 0 }
  }
}

extension Provider {
  /// The reservation and the plan that finoptim's two kinds of commitment represent; nil where
  /// there are none.
  func finoptimTerms(
    _ term: Term, _ payment: PaymentOption
  ) -> (plan: OfferTerms, reservation: OfferTerms)? {
    // Google's reservations are of parts of machines.
    guard self != .gcp, let plan = Product.widestPlan(of: self),
      let reservation = Product.covering(.machines(of: self), money: false)
    else { return nil }
    return (
      OfferTerms(product: plan, term: term, payment: payment),
      OfferTerms(product: reservation, term: term, payment: payment)
    )
  }
}

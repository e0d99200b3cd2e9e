import CloudCosts

@testable import Planning

/// Hours of instances of one region, with prices that are easy to compute with.
enum Small {
  static let large = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  static let other = SKU(provider: .aws, region: "us-east-1", instanceType: "c5.large")

  static func window(_ hours: Int) -> HourWindow {
    HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: hours)
  }

  static func demand(_ use: [SKU: [Double]]) -> Demand {
    let skus = use.keys.sorted()
    return Demand(
      window: window(use.values.first?.count ?? 0),
      groups: skus.map { UsageGroup(account: "", sku: $0) },
      quantities: skus.flatMap { use[$0] ?? [] })
  }

  /// Reservations of a year, so many of each SKU, at the book's prices.
  static func bought(
    _ counts: some Sequence<(SKU, Int)>, _ product: Product, _ prices: PriceBook, from start: Hour
  ) -> [Commitment] {
    counts.filter { $0.1 > 0 }.map { sku, count in
      Commitment(
        id: "\(sku)",
        terms: OfferTerms(product: product, term: .oneYear, payment: .noUpfront),
        subject: .reservation(
          sku: sku, zone: nil, count: Double(count), upfront: 0,
          hourly: prices.reservations.first { $0.sku == sku }?.hourly ?? 0),
        start: start, end: start + 8760)
    }
  }

  /// So many reservations of each offer.
  static func bought(
    _ counts: some Sequence<(ReservationOffer, Int)>, from start: Hour
  ) -> [Commitment] {
    counts.filter { $0.1 > 0 }.map { offer, count in
      Commitment(
        id: "\(offer.sku) \(offer.terms.payment)", terms: offer.terms,
        subject: .reservation(
          sku: offer.sku, zone: nil, count: Double(count), upfront: offer.upfront,
          hourly: offer.hourly),
        start: start, end: start + offer.terms.term.hours)
    }
  }

  static func reservation(
    _ sku: SKU, _ hourly: Double, term: Term = .oneYear, payment: PaymentOption = .noUpfront,
    upfront: Double = 0
  ) -> PriceRow {
    PriceRow(
      sku: sku, product: .standardRI, term: term, payment: payment, upfront: upfront,
      hourly: hourly)
  }

  static func plan(_ sku: SKU, _ rate: Double, term: Term = .oneYear) -> PriceRow {
    PriceRow(
      sku: sku, product: .computeSavingsPlan, term: term, payment: .noUpfront, hourly: rate)
  }

  static func onDemand(_ sku: SKU, _ hourly: Double) -> PriceRow {
    PriceRow(sku: sku, product: .onDemand, hourly: hourly)
  }

  static func problem(
    _ use: [SKU: [Double]], _ rows: [PriceRow], _ policy: Policy = Policy()
  ) -> PlanningProblem {
    PlanningProblem(demand: demand(use), prices: PriceBook(rows: rows), policy: policy)
  }
}

func isNear(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  a.map { abs($0 - b) <= tolerance * max(1, abs(b)) } ?? false
}

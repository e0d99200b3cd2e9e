import Billing
import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Every product in the ILP against trying every purchase on the judge.
///
/// With one offer there is one pool, and the provider's order is the best allocation; so the ILP's
/// objective, its bill and the cheapest bill of all purchases are one number. No bill is below the
/// bound, whatever is bought.
@Suite struct InstrumentTests {
  struct Sale: CustomTestStringConvertible, Sendable {
    var product: Product
    var term: Term = .oneYear
    var skus: [SKU]
    /// On-demand price of one unit (ratio, vCPU, instance).
    var zones: [String] = [""]
    var testDescription: String { "\(product.rawValue) \(term.years) \(zones)" }
  }

  static let sales: [Sale] = {
    func skus(_ provider: Provider, _ types: [String]) -> [SKU] {
      types.map { SKU(provider: provider, region: "r", instanceType: $0) }
    }
    let azure = skus(.azure, ["Standard_E2s_v5", "Standard_E4s_v5", "Standard_D2s_v5"])
    let google = skus(.gcp, ["e2-standard-2", "e2-standard-4", "c3-highmem-4"])
    return [
      Sale(product: .sageMakerSavingsPlan, skus: skus(.aws, ["ml.m5.large", "ml.c5.large"])),
      Sale(product: .databaseSavingsPlan, skus: skus(.aws, ["db.r6g.large", "db.m6g.large"])),
      Sale(product: .azureReservation, skus: azure),
      Sale(product: .azureSavingsPlan, term: .threeYears, skus: azure),
      Sale(product: .gcpResourceCUD, skus: google),
      Sale(product: .gcpFlexibleCUD, skus: google),
      Sale(
        product: .standardRI, skus: skus(.aws, ["m5.large", "m5.xlarge"]), zones: ["a", "b"]),
    ]
  }()

  /// A tiny problem, and the rows of its one offer.
  private func problem(
    _ sale: Sale, seed: UInt64, sustained: Bool = false
  ) -> (PlanningProblem, PriceRow) {
    var random = SeededGenerator(seed: seed)
    var rows: [PriceRow] = []
    var offer: PriceRow?
    for sku in sale.skus {
      let units = SizeFlexibility.footprint(of: sku)?.units ?? 2
      let price = 0.1 * units
      rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
      let rate = (price * Double.random(in: 0.5...0.9, using: &random) * 100).rounded() / 100
      if sale.product.isSavingsPlan {
        rows.append(
          PriceRow(
            sku: sku, product: sale.product, term: sale.term, payment: .noUpfront, hourly: rate))
        offer = rows.last
      } else if offer == nil {
        offer = PriceRow(
          sku: sku.inZone(sale.zones[0]), product: sale.product, term: sale.term,
          payment: .noUpfront, hourly: rate)
        rows.append(offer ?? rows[0])
      }
    }
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 5)
    let groups = sale.skus.flatMap { sku in
      sale.zones.map { UsageGroup(sku: sku.inZone($0)) }
    }.sorted()
    let demand = Demand(
      window: window, groups: groups,
      quantities: (0..<groups.count * window.hours).map { _ in
        Double(Int.random(in: 0...3, using: &random))
      })
    let problem = PlanningProblem(demand: demand, prices: PriceBook(rows: rows))
    return (problem, offer ?? rows[0])
  }

  /// The cheapest bill of all amounts of an offer: counts, or thousandths of money per hour.
  private func cheapest(_ problem: PlanningProblem, _ offer: PriceRow) throws -> Double {
    let judge = Judge(prices: problem.prices)
    let start = problem.demand.window.start
    let terms = OfferTerms(
      product: offer.product, term: offer.term ?? .oneYear, payment: .noUpfront)
    var best = Double.infinity
    let isPlan = offer.product.isSavingsPlan
    for step in 0...(isPlan ? 300 : 30) {
      let subject: Commitment.Subject =
        isPlan
        // All rates are cents, so the best amount is one too.
        ? .savingsPlan(
          scope: SavingsPlanScope(provider: offer.sku.provider),
          hourlyCommitment: Double(step) / 100)
        : .reservation(
          sku: offer.sku.zoneless, zone: offer.sku.zone.isEmpty ? nil : offer.sku.zone,
          count: Double(step), upfront: 0, hourly: offer.hourly)
      let commitment = Commitment(
        id: "tried", terms: terms, subject: subject, start: start, end: start + terms.term.hours)
      best = min(best, try judge.bill(problem.demand, under: [commitment]).cost.value)
    }
    return best
  }

  @Test(arguments: sales)
  func planIsTheCheapestOfAll(_ sale: Sale) throws {
    var bought = 0
    for seed in 0..<12 as Range<UInt64> {
      let (problem, offer) = problem(sale, seed: seed)
      let best = try cheapest(problem, offer)
      let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-9)).plan()
      let bill = try Judge(prices: problem.prices).bill(
        problem.demand, under: plan.purchases.map(\.commitment))
      let dust = 1e-5
      #expect(abs(plan.certificate.objective - best) < dust, "objective, seed \(seed)")
      #expect(abs(bill.cost.value - best) < dust, "bill, seed \(seed)")
      #expect(plan.certificate.bound <= best + dust, "bound, seed \(seed)")
      if !plan.purchases.isEmpty { bought += 1 }
    }
    #expect(bought >= 3)
  }

  /// The bound holds although the discount of a month is no sum of hours.
  @Test func sustainedUseStaysAboveTheBound() throws {
    let types = ["n1-standard-2", "n1-standard-4", "n2-standard-2", "e2-standard-2"]
    for product in [Product.gcpResourceCUD, .gcpFlexibleCUD] {
      let sale = Sale(
        product: product,
        skus: types.map { SKU(provider: .gcp, region: "r", instanceType: $0) })
      for seed in 0..<12 as Range<UInt64> {
        let (problem, offer) = problem(sale, seed: seed)
        let plan = try Planner(problem).plan()
        #expect(plan.certificate.bound <= (try cheapest(problem, offer)) + 1e-6)
      }
    }
  }

  // MARK: Dominance

  private func zonalProblem(zonal: Double, regional: Double) -> PlanningProblem {
    let m5 = SKU(provider: .aws, region: "r", instanceType: "m5.large")
    func reserved(_ zone: String, _ hourly: Double) -> PriceRow {
      PriceRow(
        sku: m5.inZone(zone), product: .standardRI, term: .oneYear, payment: .noUpfront,
        hourly: hourly)
    }
    let groups = ["a", "b"].map { UsageGroup(sku: m5.inZone($0)) }
    return PlanningProblem(
      demand: Demand(
        window: HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 2), groups: groups,
        quantities: [1, 1, 2, 0]),
      prices: PriceBook(rows: [
        PriceRow(sku: m5, product: .onDemand, hourly: 0.1), reserved("a", zonal),
        reserved("", regional),
      ]))
  }

  @Test func regionalReservationDominatesTheZonalOneOfItsPrice() throws {
    let problem = zonalProblem(zonal: 0.06, regional: 0.06)
    var builder = ModelBuilder(problem)
    let model = try builder.build()
    #expect(model.instruments.count == 1)
    #expect(model.skus.map(\.zone) == [""])
    let plan = try Planner(problem).plan()
    let terms = OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront)
    #expect(
      plan.dominated == [
        DominatedOffer(terms: terms, isZonal: true, family: "m5", by: terms, offers: 1)
      ])
  }

  @Test func cheaperZonalReservationStays() throws {
    let problem = zonalProblem(zonal: 0.04, regional: 0.06)
    let plan = try Planner(problem).plan()
    #expect(plan.dominated.isEmpty)
    let zones = plan.purchases.map { purchase -> String? in
      guard case .reservation(_, let zone, _, _, _) = purchase.commitment.subject else {
        return nil
      }
      return zone
    }
    // One in zone a runs both hours; two in zone b in the first hour only would not pay.
    #expect(zones == ["a"])
  }

  @Test func whatWasLeftOutIsTold() throws {
    let m5 = SKU(provider: .aws, region: "r", instanceType: "m5.large")
    func row(_ product: Product, _ term: Term, _ hourly: Double) -> PriceRow {
      PriceRow(sku: m5, product: product, term: term, payment: .noUpfront, hourly: hourly)
    }
    let problem = PlanningProblem(
      demand: Demand(
        window: HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 2),
        groups: [UsageGroup(sku: m5)], quantities: [1, 1]),
      prices: PriceBook(rows: [
        PriceRow(sku: m5, product: .onDemand, hourly: 0.1), row(.standardRI, .oneYear, 0.07),
        row(.convertibleRI, .oneYear, 0.08), row(.standardRI, .threeYears, 0.05),
      ]))
    let dominated = try Planner(problem).plan().dominated
    #expect(dominated.map(\.terms.product) == [.convertibleRI, .standardRI])
    #expect(dominated.allSatisfy { $0.by.term == .threeYears && $0.offers == 1 })
  }
}

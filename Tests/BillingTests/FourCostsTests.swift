import Billing
import CloudCosts
import TestSupport
import Testing

/// List, contracted, billed and effective cost, as FOCUS means them.
@Suite struct FourCostsTests {
  /// A contract takes a tenth off what some types cost on demand, and off some reservations.
  private func negotiated(_ world: RandomWorld) -> PriceBook {
    PriceBook(
      rows: world.priceRows.enumerated().map { index, row in
        guard index % 3 != 0, !row.product.isSavingsPlan else { return row }
        var row = row
        row.list = ListPrice(upfront: row.upfront / 0.9, hourly: row.hourly / 0.9)
        return row
      })
  }

  @Test(arguments: PropertyTests.seeds)
  func everyRowKeepsFOCUSsOrder(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed, hours: 800)
    let bill = try Judge(prices: negotiated(world))
      .bill(world.demand, under: world.commitments, costOfCapital: 0.08)
    #expect(bill.contracted < bill.list)
    for row in bill.rows {
      #expect(row.contracted <= row.list, "\(row)")
      switch row.kind {
      case .onDemand:
        #expect(row.billed == row.effective && row.effective <= row.contracted, "\(row)")
      case .coveredUsage: #expect(row.billed == .zero && row.contracted > .zero, "\(row)")
      case .unusedCommitment, .costOfCapital:
        #expect(row.billed == .zero && row.list == .zero, "\(row)")
      case .upfrontPurchase, .recurringPurchase:
        #expect(row.effective == .zero && row.billed == row.contracted, "\(row)")
      case .shortfall, .settlement: Issue.record("nothing was promised to be spent")
      }
    }
    #expect(bill.rows.contains { $0.kind == .onDemand && $0.contracted < $0.list })
    #expect(bill.rows.contains { $0.kind == .recurringPurchase && $0.contracted < $0.list })
  }

  /// Whoever knows the list pays no more: it is said next to the bill, and changes nothing.
  @Test(arguments: PropertyTests.seeds)
  func theListPriceMovesNothingElse(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed, hours: 800)
    let with = try Judge(prices: negotiated(world)).bill(world.demand, under: world.commitments)
    let without = try Judge(prices: world.prices).bill(world.demand, under: world.commitments)
    var stripped = with.rows
    for index in stripped.indices { stripped[index].list = stripped[index].contracted }
    #expect(stripped == without.rows)
    #expect(with.coverage == without.coverage && with.utilization == without.utilization)
    #expect(with.hourlyOnDemand == without.hourlyOnDemand)
    #expect(with.commitments == without.commitments)
  }

  /// FOCUS: over a commitment's term Σ EffectiveCost of used and unused = Σ BilledCost of its
  /// purchases.
  @Test(arguments: PropertyTests.seeds)
  func overATermEffectiveIsWhatPurchasesBill(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 7)
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
    let terms = PaymentOption.allCases.map {
      OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: $0)
    }
    let prices = PriceBook(
      rows: [PriceRow(sku: sku, product: .onDemand, hourly: 0.1)]
        + terms.map {
          PriceRow(
            sku: sku, product: $0.product, term: $0.term, payment: $0.payment, hourly: 0.07)
        })
    let window = HourWindow(start: Hour(year: 2023, month: 1, day: 9, hour: 5), hours: 9300)
    let demand = Demand(
      window: window, groups: [UsageGroup(account: "A", sku: sku)],
      quantities: (0..<window.hours).map { _ in Double.random(in: 0...20, using: &random) })
    let commitments = (0..<9).map { index in
      let start = window.start + Int.random(in: 0...540, using: &random)
      let amount = Double.random(in: 0.01...3, using: &random)
      var reserved = terms[index % 3]
      reserved.product = .standardRI
      let isPlan = index < 5
      return Commitment(
        id: "c\(index)", account: "A", terms: isPlan ? terms[index % 3] : reserved,
        subject: isPlan
          ? .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: amount)
          : .reservation(
            sku: sku, zone: nil, count: 1 + Double(index % 3), upfront: amount * 100,
            hourly: amount / 30), start: start, end: start + Term.oneYear.hours)
    }
    let bill = try Judge(prices: prices).bill(demand, under: commitments)
    for commitment in commitments {
      let rows = bill.rows.filter { $0.commitment == commitment.id }
      // The upfront is rounded by itself, what it comes to in an hour with the rest: a millionth.
      let difference = rows.map(\.effective).total() - rows.map(\.billed).total()
      #expect(abs(difference.value) <= 1e-6, "\(commitment.id) \(difference)")
      #expect(rows.contains { $0.billed > .zero })
    }
    // A partial upfront rounds its two halves apart; nothing else may differ.
    let whole = commitments.filter { $0.terms.payment != .partialUpfront }
    for commitment in whole where !commitment.terms.product.isReservation {
      let rows = bill.rows.filter { $0.commitment == commitment.id }
      #expect(rows.map(\.effective).total() == rows.map(\.billed).total())
    }
  }
}

import Billing
import CloudCosts
import TestSupport
import Testing

@Suite struct MeasureTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let other = SKU(provider: .aws, region: "us-east-1", instanceType: "x1.32xlarge")
  private let terms = OfferTerms(
    product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront)
  private let start = Hour(year: 2023, month: 1, day: 1)

  /// ESR = k (1 − (1 − d) / u) for one instrument.
  @Test(arguments: PropertyTests.seeds)
  func effectiveSavingsRateOfOneInstrument(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let discount = Double.random(in: 0.05...0.7, using: &random)
    let onDemand = Double.random(in: 0.1...3, using: &random)
    let quantities = (0..<2000).map { _ in Double.random(in: 0...10, using: &random) }
    let plan = plan(Double.random(in: 0.05...1, using: &random) * onDemand * 10)
    let bill = try Judge(prices: prices(onDemand, rate: onDemand * (1 - discount)))
      .bill(demand(quantities), under: [plan])
    let expected = bill.coverage * (1 - (1 - discount) / bill.utilization)
    #expect(abs(bill.effectiveSavingsRate - expected) < 1e-8)
  }

  @Test func coverageIsOfEligibleUsage() throws {
    let book = PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 0.1),
      PriceRow(sku: other, product: .onDemand, hourly: 10),
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.07),
    ])
    let demand = Demand(
      window: HourWindow(start: start, hours: 1),
      groups: [UsageGroup(sku: sku), UsageGroup(sku: other)], quantities: [4, 1])
    let bill = try Judge(prices: book).bill(demand, under: [plan(0.14)])
    #expect(bill.list == Money(rounding: 10.4))
    #expect(bill.eligibleOnDemand == Money(rounding: 0.4))
    #expect(abs(bill.coverage - 0.5) < 1e-9)
    #expect(bill.utilization == 1)
    #expect(abs(bill.effectiveSavingsRate - 0.06 / 10.4) < 1e-9)
    #expect(bill.cost(of: .coveredUsage) == Money(rounding: 0.14))
  }

  /// A size that has no offer of its own is eligible through its family.
  @Test func sizesOfAFlexibleFamilyAreEligible() throws {
    let xlarge = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.xlarge")
    let book = PriceBook(rows: [
      PriceRow(sku: xlarge, product: .onDemand, hourly: 0.2),
      PriceRow(
        sku: sku, product: .standardRI, term: .oneYear, payment: .noUpfront, hourly: 0.06),
    ])
    let demand = Demand(
      window: HourWindow(start: start, hours: 1), groups: [UsageGroup(sku: xlarge)],
      quantities: [1])
    #expect(
      try Judge(prices: book).bill(demand, under: []).eligibleOnDemand == Money(rounding: 0.2))
  }

  @Test func nothingIsNothing() throws {
    let bill = try Judge(prices: prices(0.1, rate: 0.07)).bill(demand([0, 0]), under: [])
    #expect(bill.cost == .zero)
    #expect(bill.rows.isEmpty && bill.payments.isEmpty)
    #expect(bill.coverage == 0 && bill.utilization == 0 && bill.effectiveSavingsRate == 0)
    let empty = Demand(window: HourWindow(start: start, hours: 0), groups: [], quantities: [])
    #expect(try Judge(prices: prices(1, rate: 1)).bill(empty, under: [plan(1)]).cost == .zero)
  }

  @Test func monthsOfTheWindowAreAllThere() throws {
    let bill = try Judge(prices: prices(0.1, rate: 0.07))
      .bill(demand([Double](repeating: 1, count: 24 * 40)), under: [])
    #expect(bill.monthly.map(\.month.description) == ["2023-01", "2023-02"])
    #expect(bill.monthly.map(\.effective) == [Money(rounding: 74.4), Money(rounding: 21.6)])
  }

  /// Parts share the commitments out: what ends, what is locked and what they cost add up to the
  /// whole.
  @Test(arguments: PropertyTests.seeds)
  func partsAddUpToTheWhole(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed, hours: 600)
    let bill = try Judge(prices: world.prices).bill(world.demand, under: world.commitments)
    let whole = bill.overallMeasures
    #expect(whole.commitments == bill.commitments)
    let hour = bill.window.start + 300
    func hourly(_ uses: [CommitmentUse]) -> Double {
      uses.map(\.commitment).filter { $0.start <= hour && hour < $0.end }
        .map(\.effectiveHourly).reduce(0, +)
    }
    for parts in [bill.measuresByAccount, bill.measuresByFamily] {
      #expect(parts.map(\.cost).total() == bill.cost)
      #expect(parts.map(\.contracted).total() == bill.contracted)
      #expect(parts.map(\.unrealizedSavings).total() == whole.unrealizedSavings)
      for expiry in whole.commitments.expiries {
        let own = parts.flatMap(\.commitments.expiries).filter { $0.month == expiry.month }
        #expect(own.map(\.commitments).reduce(0, +) == expiry.commitments)
        #expect(abs(own.map(\.hourly).reduce(0, +) - expiry.hourly) < 1e-9)
      }
      let locked = parts.map { hourly($0.commitments) * $0.commitments.lockInMonths(at: hour) }
      let all = whole.commitments.lockInMonths(at: hour) * hourly(whole.commitments)
      #expect(abs(locked.reduce(0, +) - all) < 1e-6)
    }
  }

  /// Tags share a group's cost out by its instance-hours, to the last millionth.
  @Test(arguments: PropertyTests.seeds)
  func tagsShareTheCostOut(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed, hours: 800)
    var bill = try Judge(prices: world.prices).bill(world.demand, under: world.commitments)
    #expect(bill.measuresByTag == nil)
    var tags = UsageTags()
    let tagged = world.demand.groups[0]
    for (month, hours) in world.demand.window.months {
      for (h, quantity) in world.demand.hours(of: 0).enumerated() where hours.contains(h) {
        tags.add(quantity, of: tagged, in: month, value: h % 3 == 0 ? "web" : "batch")
      }
    }
    bill.tags = tags
    let parts = try #require(bill.measuresByTag)
    #expect(parts.map(\.name) == ["", "batch", "web"])
    #expect(parts.map(\.cost).total() == bill.cost)
    #expect(parts.map(\.contracted).total() == bill.contracted)
    #expect(parts.map(\.coveredOnDemand).total() == bill.coveredOnDemand)
    let rows = bill.rows.filter { $0.group == tagged }
    #expect(parts[1].cost + parts[2].cost == rows.map(\.effective).total())
    // Both are covered alike in each month.
    let months = Dictionary(grouping: rows, by: \.month).mapValues { $0.map(\.contracted).total() }
    let expected = months.map { month, amount in
      amount.value * (tags.shares(of: tagged, in: month).first { $0.value == "web" }?.share ?? 0)
    }.reduce(0, +)
    #expect(abs(parts[2].contracted.value - expected) < 1e-4)
  }

  /// Two that save as much as each other pay back when either does; one that started before is left
  /// out.
  @Test func severalPayBackAsOne() throws {
    var first = plan(0.35)
    first.terms.payment = .allUpfront
    var second = first
    second.id = "second"
    var old = first
    old.id = "old"
    old.start = start + -24
    let book = PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 0.1),
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .allUpfront, hourly: 0.035),
    ])
    let bill = try Judge(prices: book)
      .bill(demand([Double](repeating: 30, count: 8760)), under: [first, second, old])
    let alone = try #require(BreakEven.months(of: bill.commitments[0], in: bill.window))
    // 0.35 × 8,760 is paid at once, 1.00 an hour is saved: back after 0.35 of a year.
    #expect(abs(alone - 4.2) < 0.1)
    #expect(BreakEven.months(of: bill.commitments, in: bill.window) == alone)
    #expect(BreakEven.months(of: [bill.commitments[2]], in: bill.window) == nil)
  }

  // MARK: Findings

  @Test func everyGroupWithoutAPriceIsNamed() throws {
    let demand = Demand(
      window: HourWindow(start: start, hours: 1),
      groups: [
        UsageGroup(sku: sku), UsageGroup(account: "A", sku: other),
        UsageGroup(account: "B", sku: other), UsageGroup(account: "C", sku: other),
      ], quantities: [1, 1, 2, 0])
    let error = #expect(throws: FindingsError.self) {
      try Judge(prices: prices(0.1, rate: 0.07)).bill(demand, under: [])
    }
    #expect(error?.findings.map(\.rule) == ["prices.missing", "prices.missing"])
    #expect(error?.findings.map { $0.place.prefix(1) } == ["A", "B"])
  }

  @Test func aPlanWithoutRatesIsDoubtful() throws {
    var unpriced = plan(1)
    unpriced.terms.term = .threeYears
    let bill = try Judge(prices: prices(0.1, rate: 0.07)).bill(demand([1]), under: [unpriced])
    #expect(bill.findings.map(\.rule) == ["prices.missing-plan-rates"])
    #expect(bill.cost == Money(rounding: 1.1))
  }

  // MARK: What there is

  private func plan(_ hourlyCommitment: Double) -> Commitment {
    Commitment(
      id: "plan", terms: terms,
      subject: .savingsPlan(
        scope: SavingsPlanScope(provider: .aws), hourlyCommitment: hourlyCommitment),
      start: start, end: start + Term.oneYear.hours)
  }

  private func demand(_ quantities: [Double]) -> Demand {
    Demand(
      window: HourWindow(start: start, hours: quantities.count), groups: [UsageGroup(sku: sku)],
      quantities: quantities)
  }

  private func prices(_ onDemand: Double, rate: Double) -> PriceBook {
    PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: onDemand),
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: rate),
    ])
  }
}

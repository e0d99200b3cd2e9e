import Billing
import CloudCosts
import Scenarios

/// A year of made-up usage with twenty purchases, billed by the judge: what a real report looks
/// like.
struct YearFixture {
  let comparison: Comparison

  private static let window = HourWindow(
    from: Hour(year: 2023, month: 2, day: 1), to: Hour(year: 2024, month: 2, day: 1))
  private static let types: [(name: String, region: String, price: Double, scale: Double)] = [
    ("m5.xlarge", "us-east-1", 0.192, 220), ("m5.2xlarge", "us-east-1", 0.384, 90),
    ("c5.2xlarge", "us-east-1", 0.34, 140), ("r5.xlarge", "us-east-1", 0.252, 70),
    ("m5.xlarge", "eu-west-1", 0.214, 110), ("c5.large", "eu-west-1", 0.096, 160),
    ("r5.2xlarge", "eu-west-1", 0.564, 30), ("m6g.xlarge", "us-west-2", 0.154, 85),
    ("c6g.2xlarge", "us-west-2", 0.272, 45), ("r6g.large", "us-west-2", 0.1008, 60),
    ("m5.large", "ap-southeast-1", 0.12, 75), ("c5.xlarge", "ap-southeast-1", 0.196, 40),
  ]

  init() throws {
    let skus = YearFixture.types.map {
      SKU(provider: .aws, region: $0.region, instanceType: $0.name)
    }
    let judge = Judge(prices: PriceBook(rows: YearFixture.prices(skus)))
    let demand = YearFixture.demand(skus)
    let owned = [
      YearFixture.reservation(skus[0], 0, 60, .noUpfront, start: -3000),
      YearFixture.reservation(skus[2], 2, 25, .noUpfront, start: -6000),
    ]
    let committed = YearFixture.purchases(skus, share: 1)
    let actions = YearFixture.actions(skus)
    let after = demand.applying(actions.map(\.action))
    let onDemand = try judge.bill(demand, under: [])
    func outcome(
      _ kind: OutcomeKind, _ demand: Demand, _ commitments: [Commitment],
      actions: [JudgedAction] = []
    ) throws -> Outcome {
      let bill = try judge.bill(demand, under: commitments)
      let purchases = bill.commitments.filter { !$0.commitment.id.hasPrefix("owned") }
      let planned = kind == .onDemand || kind == .current ? nil : Optional(purchases)
      return Outcome(
        kind: kind, bill: bill, savings: onDemand.cost - bill.cost, demand: demand,
        plan: planned.map { YearFixture.plan(of: bill, purchases: $0, actions: actions) })
    }
    comparison = Comparison(
      scenario: "A year of web: shop, search and <batch>", currency: "USD",
      window: YearFixture.window,
      runs: [
        ScenarioRun(
          name: "base",
          outcomes: [
            try outcome(.onDemand, demand, []), try outcome(.current, demand, owned),
            try outcome(.committed, demand, owned + committed),
            try outcome(.rightsized, after, owned, actions: actions),
            try outcome(
              .combined, after, owned + YearFixture.purchases(skus, share: 0.94), actions: actions),
          ])
      ],
      findings: [
        Finding(
          .warning, rule: "usage.gap", place: "usage.csv.gz:48211",
          message: "no usage from 2023-06-03T05:00Z to 2023-06-03T09:00Z; it counts as 0",
          remedy: "Export these hours again, or leave them out with `window`."),
        Finding(
          .note, rule: "prices.derived", place: "prices.csv",
          message: "the Compute plan's rates are derived from convertible RI prices",
          remedy: "Replace them with rates of your own account where you have them."),
      ])
  }

  private static func plan(
    of bill: Bill, purchases: [CommitmentUse], actions: [JudgedAction]
  ) -> PlannedOutcome {
    let judged = purchases.sorted { $0.amortized > $1.amortized }.map { use in
      JudgedPurchase(
        purchase: Purchase(
          commitment: use.commitment,
          reason: "This much or more ran in \(Int(use.utilization * 98)) % of hours; one unit more "
            + "would have stood idle too often to pay."), cost: use.amortized,
        savings: use.savings, utilization: use.utilization,
        breakEvenMonths: BreakEven.months(of: use, in: bill.window))
    }
    let locked = purchases.map { use in
      Money(
        rounding: use.commitment.effectiveHourly
          * Double(max(0, use.commitment.end - bill.window.end)))
    }.total()
    let total = purchases.map { use in
      Money(rounding: use.commitment.effectiveHourly * Double(use.commitment.terms.term.hours))
    }.total()
    let cost = bill.cost.value
    return PlannedOutcome(
      certificate: Certificate(
        status: .optimal, stop: .gapReached, method: purchases.isEmpty ? .trivial : .decomposition,
        objective: cost * 0.99948, bound: cost * 0.9994, rounds: 61, cuts: 1204, variables: 94,
        rows: 310, solver: "GLPK 5.0", seconds: 0.84),
      purchases: judged, actions: actions, billed: cost, lockedBeyondWindow: locked,
      totalCommitted: total)
  }

  private static func prices(_ skus: [SKU]) -> [PriceRow] {
    zip(skus, types).flatMap { sku, type in
      [PriceRow(sku: sku, product: .onDemand, hourly: type.price)]
        + [Term.oneYear, .threeYears].flatMap { term in
          let discount = term == .oneYear ? 0.37 : 0.57
          return [
            (Product.standardRI, discount), (.ec2InstanceSavingsPlan, discount),
            (.computeSavingsPlan, discount - 0.1),
          ].map { product, discount in
            PriceRow(
              sku: sku, product: product, term: term, payment: .noUpfront,
              hourly: type.price * (1 - discount))
          }
        }
    }
  }

  /// Days, weeks, growth and noise; the same numbers at every run.
  private static func demand(_ skus: [SKU]) -> Demand {
    var state: UInt64 = 42
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24) - 0.5
    }
    let order = skus.indices.sorted { skus[$0] < skus[$1] }
    let quantities = order.flatMap { index in
      (0..<window.hours).map { hour -> Double in
        let ofDay = hour % 24
        let isWeekend = hour / 24 % 7 == 3 || hour / 24 % 7 == 4
        let day = ofDay > 7 && ofDay < 20 ? 1.0 : 0.72 - Double(index % 3) * 0.06
        let growth = 0.85 + 0.3 * Double(hour) / Double(window.hours)
        let sale = (6900..<7300).contains(hour) ? 1.25 : 1
        let level = day * (isWeekend ? 0.8 : 1) * growth * sale * (1 + noise() * 0.12)
        return (types[index].scale * level).rounded()
      }
    }
    return Demand(
      window: window, groups: order.map { UsageGroup(account: "111122223333", sku: skus[$0]) },
      quantities: quantities)
  }

  private static func reservation(
    _ sku: SKU, _ index: Int, _ count: Double, _ payment: PaymentOption, start: Int,
    product: Product = .standardRI, term: Term = .oneYear
  ) -> Commitment {
    let rate = types[index].price * (term == .oneYear ? 0.63 : 0.43)
    let whole = rate * Double(term.hours)
    let upfront = payment == .noUpfront ? 0 : payment == .allUpfront ? whole * 0.95 : whole / 2
    return Commitment(
      id: (start < 0 ? "owned" : "buy") + "-\(product.rawValue)-\(sku)-\(payment.rawValue)\(start)",
      account: "111122223333", terms: OfferTerms(product: product, term: term, payment: payment),
      subject: .reservation(
        sku: sku, zone: nil, count: count, upfront: upfront,
        hourly: payment == .allUpfront ? 0 : payment == .noUpfront ? rate : rate / 2),
      start: window.start + start, end: window.start + start + term.hours)
  }

  private static func purchases(_ skus: [SKU], share: Double) -> [Commitment] {
    let payments: [PaymentOption] = [.noUpfront, .noUpfront, .partialUpfront, .allUpfront]
    var result = skus.indices.map { index in
      let held = index == 0 ? 0.28 : index == 2 ? 0.3 : 0.48
      return reservation(
        skus[index], index, (types[index].scale * held * share).rounded(), payments[index % 4],
        start: index > 8 ? 2160 : 0, term: index % 5 == 1 ? .threeYears : .oneYear)
    }
    for (family, region, hourly) in [
      ("m5", "us-east-1", 4.2), ("c5", "us-east-1", 2.4), ("m5", "eu-west-1", 1.75),
      ("r5", "eu-west-1", 1.1), ("m6g", "us-west-2", 0.95), ("c5", "eu-west-1", 0.6),
    ] {
      result.append(
        plan(
          .ec2InstanceSavingsPlan,
          SavingsPlanScope(provider: .aws, region: region, family: family), hourly * share, .oneYear
        ))
    }
    let anywhere = SavingsPlanScope(provider: .aws)
    result.append(plan(.computeSavingsPlan, anywhere, 9.125 * share, .oneYear))
    result.append(plan(.computeSavingsPlan, anywhere, 6.5 * share, .threeYears))
    return result
  }

  private static func plan(
    _ product: Product, _ scope: SavingsPlanScope, _ hourly: Double, _ term: Term
  ) -> Commitment {
    Commitment(
      id: "buy-\(product.rawValue)-\(scope.region ?? "")-\(scope.family ?? "")-\(term.years)",
      terms: OfferTerms(product: product, term: term, payment: .noUpfront),
      subject: .savingsPlan(scope: scope, hourlyCommitment: (hourly * 1000).rounded() / 1000),
      start: window.start, end: window.start + term.hours)
  }

  private static func actions(_ skus: [SKU]) -> [JudgedAction] {
    (0..<14).map { number in
      let index = [0, 1, 4, 7][number % 4]
      let smaller = ["m5.large", "m5.xlarge", "m5.large", "m6g.large"][number % 4]
      let known = number % 4 == 1
      let running = Array(0..<window.hours)
      return JudgedAction(
        action: ChosenAction(
          resource: Resource(
            id: "i-0\(number)f3ab5c81d2e4\(number * 7)",
            group: UsageGroup(account: "111122223333", sku: skus[index])), runningHours: running,
          action: CandidateAction(
            target: known
              ? SKU(provider: .aws, region: skus[index].region, instanceType: smaller) : nil,
            reason: known
              ? "Peak CPU 31 %, 95th percentile 18 %, peak memory 38 % over 90 days: half the size "
                + "keeps a margin of 24 %." : "CPU under 1 % in every hour of 90 days: idle.")),
        savings: Money(rounding: types[index].price * Double(running.count) * (known ? 0.5 : 1)))
    }
  }
}

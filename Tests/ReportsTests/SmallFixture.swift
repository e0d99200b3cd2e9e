import Billing
import CloudCosts
import Scenarios

/// A comparison by hand: two months, few numbers, and names as an ill-meaning export might bring
/// them.
enum SmallFixture {
  static let window = HourWindow(
    from: Hour(year: 2023, month: 2, day: 1), to: Hour(year: 2023, month: 4, day: 1))
  static let february = CalendarMonth(year: 2023, month: 2)
  static let march = CalendarMonth(year: 2023, month: 3)

  static let web = UsageGroup(
    account: "111122223333",
    sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.xlarge"))
  static let batch = UsageGroup(
    account: "=SUM(A1)", sku: SKU(provider: .aws, region: "eu-west-1", instanceType: "c5.large"))

  static let comparison = Comparison(
    scenario: "small", currency: "USD", window: window,
    runs: [
      run("base", [onDemand, current, committed, combined]),
      run("boom", [onDemand, committed]),
    ],
    findings: [
      Finding(
        .warning, rule: "usage.gap", place: "usage.csv:17",
        message: "no usage from 2023-02-03T05:00Z to 2023-02-03T09:00Z; it counts as 0",
        remedy: "Export these hours again, or leave them out with `window`."),
      Finding(
        .note, rule: "prices.missing", place: "prices.csv",
        message: "no offer for <b>p4d.24xlarge</b>; it stays on demand",
        remedy: "Add its prices, if there are any."),
    ])

  private static func run(_ name: String, _ outcomes: [Outcome]) -> ScenarioRun {
    var run = ScenarioRun(name: name, outcomes: outcomes)
    run.assumptions = [
      Assumption("Usage", "usage.csv, 2023-02-01 to 2023-04-01, as it was."),
      Assumption("Policy", "Preset walk: max_upfront 200000; run \(name)."),
    ]
    return run
  }

  /// The same over four futures, one of which loses money.
  static let forecast: Comparison = {
    var result = comparison
    result.runs.removeLast()
    for index in result.runs[0].outcomes.indices {
      guard result.runs[0].outcomes[index].plan != nil else { continue }
      result.runs[0].outcomes[index].distribution = SavingsDistribution(
        risk: RiskSettings(measure: .loss, level: 0.9, weight: 0.25),
        probabilities: [0.25, 0.25, 0.25, 0.25],
        costs: [8100, 8200, 8300, 8400].map(money), savings: [5200, 4100, 3000, -300].map(money),
        riskAdjustedCost: money(8350),
        worstMonth: .init(month: march, path: 3, savings: money(-220)),
        downsides: [
          Downside(name: "usage falls by 30 %", savingsRate: 0.121),
          Downside(name: "m5 goes", savingsRate: -0.034),
        ])
    }
    return result
  }()

  /// By hand: the more usage falls, the less is saved, until it is a loss.
  private static let review = PlanReview(
    downsides: [(0.1, 3100.5), (0.2, 2200), (0.3, 1300), (0.5, -500.25)].map {
      Frontier.Downside(drop: $0.0, cost: money(8000 - 1000 * $0.0), savings: money($0.1))
    },
    monthOfDelay: money(1650.4),
    obligation: Obligation(
      committed: money(60_000), repaid: money(8300), months: nil, monthsAtThisPace: 14.5))

  static let onDemand = Outcome(
    kind: .onDemand, bill: bill(onDemand: [6000.10, 6200.20], covered: []), savings: .zero,
    demand: demand)

  static let current = Outcome(
    kind: .current,
    bill: bill(
      onDemand: [5000.10, 5100.20], covered: [(1000, 700), (1100, 700)], unused: [50.05, 0],
      uses: [use(owned, used: 1400, unused: 50.05, covered: 2100)]),
    savings: money(650), demand: demand)

  static let committed = Outcome(
    kind: .committed,
    bill: bill(
      onDemand: [2000.10, 1800.20], covered: [(4000, 2700), (4400, 2900)], unused: [100, 0],
      upfront: 1500,
      uses: purchases.map { use($0.purchase.commitment, used: 1, unused: 0, covered: 2) }),
    savings: money(2700), demand: demand,
    plan: PlannedOutcome(
      certificate: Certificate(
        status: .feasible, stop: .timeLimit, method: .decomposition, objective: 9488.25,
        bound: 9375.5, rounds: 61, cuts: 812, solver: "GLPK 5.0", seconds: 60.0123),
      purchases: Array(purchases.prefix(2)), actions: [], billed: 9500.30,
      lockedBeyondWindow: money(41_234.5), totalCommitted: money(47_000), review: review))

  static let combined = Outcome(
    kind: .combined,
    bill: bill(
      onDemand: [1500.10, 1400.20], covered: [(4000, 2600), (4300, 2700)], upfront: 1500,
      uses: purchases.map { use($0.purchase.commitment, used: 1, unused: 0, covered: 2) }),
    savings: money(4000), demand: demand,
    plan: PlannedOutcome(
      certificate: Certificate(
        status: .optimal, stop: .gapReached, method: .decomposition, objective: 8199.9,
        bound: 8199.2, rounds: 73, cuts: 940, solver: "GLPK 5.0", seconds: 1.2345),
      purchases: purchases, actions: actions, billed: 8200.30,
      lockedBeyondWindow: money(51_234.5), totalCommitted: money(60_000), review: review))

  static let purchases = [
    judged(
      reservation(web.sku, .standardRI, 12, upfront: 125, hourly: 0.05, .partialUpfront),
      account: web.account, reason: "12 or more ran in 97 % of hours"),
    judged(
      plan(.computeSavingsPlan, SavingsPlanScope(provider: .aws), 1.234, .partialUpfront),
      utilization: 0.913, breakEven: 7.25,
      reason: "covers what moves\nrm -rf / # between families"),
    judged(
      plan(
        .ec2InstanceSavingsPlan,
        SavingsPlanScope(provider: .aws, region: "eu-west-1", family: "c5"), 0.3, .noUpfront,
        term: .threeYears), account: "'; touch /tmp/owned; '", reason: "=HYPERLINK(\"x\")"),
    judged(
      reservation(
        SKU(
          provider: .aws, region: "us-east-1", instanceType: "m5.large; reboot",
          operatingSystem: "Windows"), .convertibleRI, 2, upfront: 0, hourly: 0.1, .noUpfront),
      breakEven: nil, reason: "a \"quoted\", odd type"),
    judged(
      reservation(
        SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D4s_v5"),
        .azureReservation, 3, upfront: 900, hourly: 0, .allUpfront),
      reason: "<script>alert(1)</script> \u{600}<img src=x>"),
  ]

  static let actions = [
    JudgedAction(
      action: ChosenAction(
        resource: Resource(id: "i-0abc", group: web), runningHours: [0, 1],
        action: CandidateAction(
          target: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"),
          reason: "peak CPU 31 %, peak memory 38 %")),
      savings: money(135.936)),
    JudgedAction(
      action: ChosenAction(
        resource: Resource(id: "-2+3", group: batch), runningHours: [0],
        action: CandidateAction(target: nil, reason: "idle: CPU under 1 % in every hour")),
      savings: money(60.18)),
  ]
}

extension SmallFixture {
  static func money(_ amount: Double) -> Money { Money(rounding: amount) }

  private static let demand = Demand(
    window: window, groups: [batch, web],
    quantities: [Double](repeating: 3, count: 2 * window.hours))

  private static let owned = reservation(
    web.sku, .standardRI, 5, upfront: 0, hourly: 0.12, .noUpfront)

  private static func bill(
    onDemand: [Double], covered: [(list: Double, cost: Double)], unused: [Double] = [],
    upfront: Double = 0, uses: [CommitmentUse] = []
  ) -> Bill {
    var rows: [BillRow] = []
    for (index, month) in [february, march].enumerated() {
      let usage = money(onDemand[index])
      rows.append(
        BillRow(
          kind: .onDemand, month: month, group: web, list: usage, billed: usage, effective: usage))
      guard !covered.isEmpty else { continue }
      rows.append(
        BillRow(
          kind: .coveredUsage, month: month, group: web, commitment: uses[0].commitment.id,
          list: money(covered[index].list), effective: money(covered[index].cost)))
      rows.append(
        BillRow(kind: .recurringPurchase, month: month, billed: money(covered[index].cost / 2)))
      guard !unused.isEmpty else { continue }
      rows.append(
        BillRow(kind: .unusedCommitment, month: month, effective: money(unused[index])))
    }
    if upfront > 0 {
      rows.append(BillRow(kind: .upfrontPurchase, month: february, billed: money(upfront)))
    }
    let list = onDemand.reduce(0, +) + covered.map(\.list).reduce(0, +)
    let share = covered.map(\.list).reduce(0, +) / list
    let hourly = (0..<window.hours).map { 8 + Double($0 % 24) / 6 }
    return Bill(
      window: window, currency: "USD", rows: rows, hourlyOnDemand: hourly,
      hourlyCovered: hourly.map { $0 * share }, commitments: uses, eligibleSKUs: [web.sku])
  }

  private static func use(
    _ commitment: Commitment, used: Double, unused: Double, covered: Double
  ) -> CommitmentUse {
    CommitmentUse(
      commitment: commitment,
      months: [
        CommitmentMonth(
          month: february, activeHours: window.hours, used: money(used), unused: money(unused),
          coveredOnDemand: money(covered), costOfCapital: .zero, upfront: .zero, recurring: .zero)
      ])
  }

  private static func reservation(
    _ sku: SKU, _ product: Product, _ count: Double, upfront: Double, hourly: Double,
    _ payment: PaymentOption
  ) -> Commitment {
    Commitment(
      id: "ri-\(sku.instanceType)",
      terms: OfferTerms(product: product, term: .oneYear, payment: payment),
      subject: .reservation(
        sku: sku, zone: nil, count: count, upfront: upfront, hourly: hourly),
      start: window.start, end: window.start + Term.oneYear.hours)
  }

  private static func plan(
    _ product: Product, _ scope: SavingsPlanScope, _ hourly: Double, _ payment: PaymentOption,
    term: Term = .oneYear
  ) -> Commitment {
    Commitment(
      id: "sp-\(product.rawValue)",
      terms: OfferTerms(product: product, term: term, payment: payment),
      subject: .savingsPlan(scope: scope, hourlyCommitment: hourly), start: window.start,
      end: window.start + term.hours)
  }

  private static func judged(
    _ commitment: Commitment, account: String = "", utilization: Double = 1,
    breakEven: Double? = 0, reason: String
  ) -> JudgedPurchase {
    var owned = commitment
    owned.account = account
    let cost = commitment.effectiveHourly * Double(window.hours)
    return JudgedPurchase(
      purchase: Purchase(commitment: owned, reason: reason), cost: money(cost),
      savings: money(cost * 0.4), utilization: utilization, breakEvenMonths: breakEven)
  }
}

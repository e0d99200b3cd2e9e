import CloudCosts
import Planning
import TestSupport

/// A small random problem; the same from the same seed on every machine.
struct RandomInstance {
  var problem: PlanningProblem
  var rows: [PriceRow]

  /// What may be on sale.
  enum Sale: CaseIterable { case reservations, plans, both }

  /// Which limits the policy sets.
  enum Limits: CaseIterable {
    case none, upfront, hourlyCommitment, threeYearShare, minCoverage, maxCoverage, several
  }

  static let start = Hour(year: 2024, month: 2, day: 29, hour: 3)
  static let skus = [
    ("us-east-1", "m5.large"), ("us-east-1", "m5.xlarge"), ("us-east-1", "c5.large"),
    ("eu-west-1", "m5.large"), ("eu-west-1", "r5.2xlarge"), ("us-east-1", "m5.2xlarge"),
  ].map { SKU(provider: .aws, region: $0.0, instanceType: $0.1) }

  /// - Parameters:
  ///   - mostUse: instances of one SKU in an hour, at most.
  ///   - accounts: among which usage is spread.
  init(
    seed: UInt64, _ sale: Sale, _ limits: Limits, skus count: ClosedRange<Int> = 1...3,
    hours hourCount: ClosedRange<Int> = 2...6, mostUse: Int = 3, accounts: [String] = [""],
    mayResize: Bool = true
  ) {
    var random = SeededGenerator(seed: seed)
    let hours = Int.random(in: hourCount, using: &random)
    let skus = Array(
      Self.skus.shuffled(using: &random).prefix(Int.random(in: count, using: &random)))
    rows = []
    for sku in skus {
      let size = (NormalizationFactor.units(of: sku.instanceType) ?? 4) / 4
      let price = cents(Double.random(in: 0.05...0.25, using: &random) * size)
      rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
      if sale != .plans { rows += Self.reservations(sku, price, &random) }
      if sale != .reservations { rows += Self.plans(sku, price, &random) }
    }
    let window = HourWindow(start: Self.start, hours: hours)
    let groups = Set(
      skus.flatMap { sku in
        accounts.filter { _ in accounts.count == 1 || Bool.random(using: &random) }
          .map { UsageGroup(account: $0, sku: sku) }
      } + [UsageGroup(account: accounts[0], sku: skus[0])]
    ).sorted()
    var demand = Demand(
      window: window, groups: groups,
      quantities: (0..<groups.count * hours).map { _ in
        let quantity = Double(Int.random(in: 0...mostUse, using: &random))
        return Int.random(in: 0..<4, using: &random) == 0 ? quantity / 2 : quantity
      })
    var candidates: [RightsizingCandidate] = []
    if mayResize, Bool.random(using: &random) {
      for i in 0..<Int.random(in: 1...2, using: &random) {
        candidates.append(Self.machine(i, skus, &demand, &random))
      }
    }
    var owned: [Commitment] = []
    if Int.random(in: 0..<3, using: &random) == 0 {
      owned = Self.owned(PriceBook(rows: rows), hours: hours, &random)
    }
    problem = PlanningProblem(
      demand: demand, prices: PriceBook(rows: rows), owned: owned,
      policy: Self.policy(limits, demand, PriceBook(rows: rows), &random), candidates: candidates)
  }

  private static func reservations(
    _ sku: SKU, _ price: Double, _ random: inout SeededGenerator
  ) -> [PriceRow] {
    var rows: [PriceRow] = []
    for (term, payment, least, most) in [
      (Term.oneYear, PaymentOption.noUpfront, 0.55, 0.9), (.threeYears, .allUpfront, 0.35, 0.7),
      (.oneYear, .partialUpfront, 0.5, 0.8),
    ] where Int.random(in: 0..<3, using: &random) > 0 {
      let rate = price * Double.random(in: least...most, using: &random)
      let share = payment == .noUpfront ? 0 : payment == .allUpfront ? 1 : 0.5
      rows.append(
        PriceRow(
          sku: sku, product: .standardRI, term: term, payment: payment,
          upfront: rate * share * Double(term.hours), hourly: rate * (1 - share)))
    }
    return rows
  }

  private static func plans(
    _ sku: SKU, _ price: Double, _ random: inout SeededGenerator
  ) -> [PriceRow] {
    [
      (Product.computeSavingsPlan, Term.oneYear, PaymentOption.noUpfront, 0.6, 0.9),
      (.computeSavingsPlan, .threeYears, .partialUpfront, 0.4, 0.8),
      (.ec2InstanceSavingsPlan, .oneYear, .noUpfront, 0.5, 0.85),
    ].compactMap { product, term, payment, least, most in
      guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
      return PriceRow(
        sku: sku, product: product, term: term, payment: payment,
        hourly: price * Double.random(in: least...most, using: &random))
    }
  }

  private static func machine(
    _ i: Int, _ skus: [SKU], _ demand: inout Demand, _ random: inout SeededGenerator
  ) -> RightsizingCandidate {
    let g = Int.random(in: 0..<demand.groups.count, using: &random)
    let running = (0..<demand.window.hours).filter { _ in Bool.random(using: &random) }
    // The demand counts every machine.
    for h in running { demand[g, h] += 1 }
    var actions = [CandidateAction(target: skus.randomElement(using: &random), reason: "")]
    if Int.random(in: 0..<4, using: &random) == 0 {
      actions.append(CandidateAction(target: nil, reason: ""))
    }
    return RightsizingCandidate(
      resource: Resource(id: "machine-\(i)", group: demand.groups[g]), runningHours: running,
      actions: actions)
  }

  private static func owned(
    _ book: PriceBook, hours: Int, _ random: inout SeededGenerator
  ) -> [Commitment] {
    let begin = start + Int.random(in: -2...1, using: &random)
    let end = begin + Int.random(in: 2...hours + 2, using: &random)
    if let offer = book.reservations.randomElement(using: &random) {
      return [
        Commitment(
          id: "owned", terms: offer.terms,
          subject: .reservation(
            sku: offer.sku, zone: Bool.random(using: &random) ? "a" : nil, count: 1,
            upfront: offer.upfront, hourly: offer.hourly), start: begin, end: end)
      ]
    }
    guard let terms = book.savingsPlanRates.keys.sorted().first(where: { $0.term == .oneYear }),
      let sku = book.savingsPlanRates[terms]?.keys.sorted().first
    else { return [] }
    let isNarrow = terms.product == .ec2InstanceSavingsPlan
    return [
      Commitment(
        id: "owned", terms: terms,
        subject: .savingsPlan(
          scope: SavingsPlanScope(
            provider: .aws, region: isNarrow ? sku.region : nil,
            family: isNarrow ? sku.family : nil), hourlyCommitment: 0.1), start: begin, end: end)
    ]
  }

  private static func policy(
    _ limits: Limits, _ demand: Demand, _ book: PriceBook, _ random: inout SeededGenerator
  ) -> Policy {
    var list = 0.0
    for (g, group) in demand.groups.enumerated() {
      list += (book.onDemand[group.sku] ?? 0) * demand.hours(of: g).reduce(0, +)
    }
    let hourly = list / Double(demand.window.hours)
    let share = Double.random(in: 0.1...0.95, using: &random)
    var policy = Policy()
    if Int.random(in: 0..<4, using: &random) == 0 { policy.costOfCapital = 0.08 }
    let all = limits == .several
    func isSet(_ family: Limits) -> Bool {
      limits == family || (all && Bool.random(using: &random))
    }
    if isSet(.upfront) { policy.maxUpfront = share * hourly * 8760 }
    if isSet(.hourlyCommitment) { policy.maxHourlyCommitment = share * hourly }
    if isSet(.threeYearShare) { policy.maxThreeYearShare = share }
    // Some of these are beyond what can be covered: both ways must say so.
    if isSet(.minCoverage) { policy.minCoverage = share }
    if isSet(.maxCoverage) { policy.maxCoverage = max(share, (policy.minCoverage ?? 0) + 0.02) }
    return policy
  }
}

private func cents(_ amount: Double) -> Double { (amount * 1000).rounded() / 1000 }

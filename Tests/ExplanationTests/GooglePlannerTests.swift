import Billing
import CloudCosts
import Planning
import TestSupport
import Testing

@testable import Scenarios

/// Commitments to vCPUs and memory serve several shapes: the plan counts on that, and the bound
/// holds for it.
@Suite struct GooglePlannerTests {
  static let shapes: [(type: String, price: Double)] = [
    ("n2-standard-2", 0.0971), ("n2-highmem-2", 0.1310), ("n2-standard-8", 0.3885),
  ]

  private func sku(_ type: String) -> SKU {
    SKU(provider: .gcp, region: "us-central1", instanceType: type)
  }

  private var prices: PriceBook { PriceBook(rows: rows) }

  private var rows: [PriceRow] {
    Self.shapes.flatMap { type, price in
      [
        PriceRow(sku: sku(type), product: .onDemand, hourly: price),
        PriceRow(
          sku: sku(type), product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
          hourly: price * 0.63),
      ]
    }
  }

  private var flexibleRows: [PriceRow] {
    Self.shapes.map { type, price in
      PriceRow(
        sku: sku(type), product: .gcpFlexibleCUD, term: .oneYear, payment: .noUpfront,
        hourly: price * 0.72)
    }
  }

  private func demand(_ seed: UInt64) -> Demand {
    var random = SeededGenerator(seed: seed)
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 24)
    return Demand(
      window: window, groups: ["n2-highmem-2", "n2-standard-2"].map { UsageGroup(sku: sku($0)) },
      quantities: (0..<48).map { _ in Double(Int.random(in: 0...4, using: &random)) })
  }

  /// A year of so many machines of a shape from an hour on; nil: of none.
  private func machines(
    _ shape: (type: String, price: Double), _ count: Int, from start: Hour
  ) -> Commitment? {
    guard count > 0 else { return nil }
    return Commitment(
      id: shape.type,
      terms: OfferTerms(product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront),
      subject: .reservation(
        sku: sku(shape.type), zone: nil, count: Double(count), upfront: 0,
        hourly: shape.price * 0.63),
      start: start, end: start + 8760)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func noBillIsBelowTheBound(_ seed: UInt64) throws {
    let prices = prices
    let demand = demand(seed)
    let judge = Judge(prices: prices)
    let problem = PlanningProblem(demand: demand, prices: prices)
    let plan = try GooglePlanner.billed(problem, judge).plan(problem, PlanningEffort())
    let own = try judge.bill(demand, under: plan.purchases.map(\.commitment)).cost.value
    var least = Double.infinity
    for standard in 0...4 {
      for highmem in 0...4 {
        for large in 0...1 {
          let counts = [standard, highmem, large]
          let commitments = zip(Self.shapes, counts).compactMap {
            machines($0, $1, from: demand.window.start)
          }
          least = min(least, try judge.bill(demand, under: commitments).cost.value)
        }
      }
    }
    #expect(plan.certificate.bound <= least + 1e-5)
    #expect(plan.certificate.bound >= least * (1 - 1e-4))
    #expect(own <= least * (1 + 1e-4))
    let proven = try GooglePlanner.proven(problem, by: plan.certificate.proof)
    #expect(abs((proven ?? 0) - plan.certificate.bound) <= 0.01 * least)
  }

  /// With an owned commitment and flexible ones on sale, too. How flexible ones are spread over
  /// usage with and without the discount is left open.
  @Test(arguments: 11...16 as ClosedRange<UInt64>)
  func noBillWithFlexibleCommitmentsIsBelowTheBound(_ seed: UInt64) throws {
    let prices = PriceBook(rows: rows + flexibleRows)
    let flexible = OfferTerms(product: .gcpFlexibleCUD, term: .oneYear, payment: .noUpfront)
    let demand = demand(seed)
    let start = demand.window.start
    let owned = [machines(Self.shapes[1], 1, from: start)].compactMap(\.self)
    let judge = Judge(prices: prices)
    let problem = PlanningProblem(demand: demand, prices: prices, owned: owned)
    let plan = try GooglePlanner.billed(problem, judge).plan(problem, PlanningEffort())
    var least = Double.infinity
    for standard in 0...4 {
      for highmem in 0...3 {
        for hourly in stride(from: 0, through: 0.4, by: 0.02) {
          let commitments =
            zip(Self.shapes, [standard, highmem]).compactMap { machines($0, $1, from: start) }
            + [
              Commitment(
                id: "flexible", terms: flexible,
                subject: .savingsPlan(
                  scope: SavingsPlanScope(provider: .gcp, region: nil, family: nil),
                  hourlyCommitment: hourly),
                start: start, end: start + 8760)
            ]
          let cost = try judge.bill(
            demand, under: owned + commitments.filter { $0.amount > 0 }
          ).cost.value
          least = min(least, cost)
        }
      }
    }
    #expect(plan.certificate.bound <= least + 1e-5)
    #expect(plan.certificate.bound >= 0.9 * least)
    // Small programs are searched to the end, and multipliers are of the relaxation.
    let proven = try GooglePlanner.proven(problem, by: plan.certificate.proof)
    #expect(abs((proven ?? 0) - plan.certificate.bound) <= 0.01 * least)
  }

  /// Machines that may become smaller: their vCPUs and their memory leave and join other shapes'.
  @Test(arguments: 21...26 as ClosedRange<UInt64>)
  func noBillWithResizedMachinesIsBelowTheBound(_ seed: UInt64) throws {
    let prices = prices
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 24)
    let large = UsageGroup(sku: sku("n2-standard-8"))
    var random = SeededGenerator(seed: seed)
    let groups = ["n2-highmem-2", "n2-standard-2"].map { UsageGroup(sku: sku($0)) } + [large]
    let demand = Demand(
      window: window, groups: groups,
      quantities: (0..<48).map { _ in Double(Int.random(in: 0...4, using: &random)) }
        + Array(repeating: 2, count: 24))
    let candidates = ["a", "b"].map { id in
      RightsizingCandidate(
        resource: Resource(id: id, group: large), runningHours: Array(0..<24),
        actions: ["n2-standard-2", "n2-highmem-2"].map {
          CandidateAction(target: sku($0), reason: "")
        })
    }
    let problem = PlanningProblem(demand: demand, prices: prices, candidates: candidates)
    let judge = Judge(prices: prices)
    let plan = try GooglePlanner.billed(problem, judge).plan(problem, PlanningEffort())
    let own = try judge.bill(
      demand.applying(plan.actions), under: plan.purchases.map(\.commitment)
    ).cost.value
    var least = Double.infinity
    for (first, second) in [(0, 0), (1, 0), (2, 0), (1, 1), (1, 2), (2, 2)] {
      let actions = zip(candidates, [first, second]).compactMap { candidate, choice in
        choice == 0 ? nil : candidate.choosing(candidate.actions[choice - 1])
      }
      let changed = demand.applying(actions)
      for standard in 0...9 {
        for highmem in 0...6 {
          let commitments = zip(Self.shapes, [standard, highmem]).compactMap {
            machines($0, $1, from: window.start)
          }
          least = min(least, try judge.bill(changed, under: commitments).cost.value)
        }
      }
    }
    #expect(plan.certificate.bound <= least + 1e-5)
    // With machines that move the discount for sustained use counts at its most.
    #expect(plan.certificate.bound >= least * 0.9)
    #expect(own <= least * 1.01)
  }

  /// A licence is no vCPUs and no memory; it goes with the machine that becomes smaller.
  @Test func licencesGoWithMachinesWhosePartsMove() throws {
    func windows(_ type: String) -> SKU {
      var sku = sku(type)
      sku.operatingSystem = "Windows"
      return sku
    }
    let (large, small) = (windows("n2-standard-8"), windows("n2-standard-2"))
    let prices = PriceBook(
      rows: rows
        + [(large, 0.3885, 0.368), (small, 0.0971, 0.092)].flatMap { sku, price, licence in
          [
            PriceRow(sku: sku, product: .onDemand, hourly: price),
            PriceRow(sku: sku.licence, product: .onDemand, hourly: licence),
          ]
        })
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 24)
    let groups = [large, large.licence].map { UsageGroup(sku: $0) }
    let demand = Demand(
      window: window, groups: groups, quantities: Array(repeating: 1, count: 48))
    let candidate = RightsizingCandidate(
      resource: Resource(id: "a", group: groups[0]), runningHours: Array(0..<24),
      actions: [CandidateAction(target: small, reason: "")])
    let problem = PlanningProblem(demand: demand, prices: prices, candidates: [candidate])
    let judge = Judge(prices: prices)
    let plan = try GooglePlanner.billed(problem, judge).plan(problem, PlanningEffort())
    let own = try judge.bill(
      demand.applying(plan.actions), under: plan.purchases.map(\.commitment)
    ).cost.value
    #expect(plan.actions.count == 1)
    #expect(plan.certificate.bound <= own + 1e-5)
    #expect(plan.certificate.bound >= 0.9 * own)
  }

  /// Ten machines with much memory and ten with little take turns: by shape nothing would pay, but
  /// their vCPUs run on all the time, and so does most of the memory.
  @Test func shapesThatTakeTurnsShareTheirCommitments() throws {
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 1), hours: 24)
    let turns = (0..<24).map { $0 % 2 == 0 ? 10.0 : 0 }
    let demand = Demand(
      window: window, groups: ["n2-highmem-2", "n2-standard-2"].map { UsageGroup(sku: sku($0)) },
      quantities: turns + turns.map { 10 - $0 })
    let prices = prices
    let problem = PlanningProblem(demand: demand, prices: prices)
    let plan = try GooglePlanner.billed(problem, Judge(prices: prices)).plan(
      problem, PlanningEffort())
    let bought = plan.purchases.map(\.commitment)
    // 20 vCPUs and 80 GiB, in the fewest machines of one shape.
    #expect(bought.map(\.amount) == [10])
    #expect(bought.first?.reservedType == "n2-standard-2")
    // One fewer would leave as much on demand all the time, at four fifths of its price.
    let figures = try #require(plan.purchases.first?.explanation)
    #expect(abs(figures.stopPrice - 24 * 0.0971 * (0.8 - 0.63)) < 1e-3)
    #expect(abs(figures.expectedUtilization - 1) < 1e-9)
  }

  /// Two shapes bring any amounts between their own shares of memory; nothing else brings what no
  /// machine on sale has.
  @Test func machinesComeToTheAmountsOfTheirParts() throws {
    let terms = OfferTerms(product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront)
    func offer(_ type: String, _ count: Double) -> Commitment {
      Commitment(
        id: type, terms: terms,
        subject: .reservation(sku: sku(type), zone: nil, count: count, upfront: 0, hourly: 1),
        start: Hour(year: 2024, month: 3, day: 1), end: Hour(year: 2025, month: 3, day: 1))
    }
    func part(_ type: String, _ count: Double, _ part: MachinePart) -> Purchase {
      var purchase = Purchase(commitment: offer(type, count), reason: "")
      purchase.part = part
      return purchase
    }
    let shapes = GoogleShapes(offers: [offer("n2-highcpu-2", 9), offer("n2-highmem-2", 9)])
    // 34 vCPUs and 132 GiB: 10 with 2 GiB and 7 with 16.
    let whole = try #require(
      shapes.whole([part("n2-standard-2", 17, .processors), part("n2-standard-4", 8.25, .memory)]))
    #expect(
      whole.map { "\($0.amount) \($0.reservedType ?? "")" }.sorted()
        == ["10.0 n2-highcpu-2", "7.0 n2-highmem-2"])
    #expect(shapes.whole([part("c2-standard-8", 1, .processors)]) == nil)
    #expect(shapes.whole([Purchase(commitment: offer("x", 3), reason: "")])?.map(\.id) == ["x"])
  }

  /// Where commitments serve one series, hours at the prices of their ranks are the bill: the plan
  /// is the best of all, and that is proven, though what a part of a month costs is no sum of
  /// hours.
  @Test(arguments: ["n1-standard-4", "n2-standard-4"], [3, 8, 21] as [UInt64])
  func sustainedUseIsProvenByTheHour(_ type: String, _ seed: UInt64) throws {
    let price = 0.2
    let book = PriceBook(rows: [
      PriceRow(sku: sku(type), product: .onDemand, hourly: price),
      PriceRow(
        sku: sku(type), product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront,
        hourly: price * 0.63),
    ])
    var random = SeededGenerator(seed: seed)
    // The end of one month and the start of the next, neither a multiple of four hours long.
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 30), hours: 97)
    let demand = Demand(
      window: window, groups: [UsageGroup(sku: sku(type))],
      quantities: (0..<97).map { _ in Double(Int.random(in: 1...9, using: &random)) })
    let judge = Judge(prices: book)
    let problem = PlanningProblem(demand: demand, prices: book)
    let plan = try GooglePlanner.billed(problem, judge).plan(problem, PlanningEffort())
    let own = try judge.bill(demand, under: plan.purchases.map(\.commitment)).cost.value
    let least =
      try (0...9).map { count in
        let commitment = Commitment(
          id: "c",
          terms: OfferTerms(product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront),
          subject: .reservation(
            sku: sku(type), zone: nil, count: Double(count), upfront: 0, hourly: price * 0.63),
          start: window.start, end: window.start + 8760)
        return try judge.bill(demand, under: count == 0 ? [] : [commitment]).cost.value
      }.min() ?? 0
    #expect(abs(own - least) <= 1e-4 * least)
    #expect(plan.certificate.bound <= least * (1 + 1e-9))
    #expect(plan.certificate.bound >= least * (1 - 1e-4))
    let proven = try GooglePlanner.proven(problem, by: plan.certificate.proof)
    #expect(abs((proven ?? 0) - plan.certificate.bound) <= 1e-6 * least)
  }

  /// Flexible commitments serve two regions, whose usage peaks at other times. Prices by the rank
  /// of each region's own hours would have them turn to whichever is dear: that leaves 1.8 % open.
  @Test(arguments: [5, 6, 7] as [UInt64])
  func hoursOfAllStacksAreDearTogether(_ seed: UInt64) throws {
    let price = 0.4
    let skus = ["europe-west4", "us-central1"].map {
      SKU(provider: .gcp, region: $0, instanceType: "c2-standard-8")
    }
    let terms = OfferTerms(product: .gcpFlexibleCUD, term: .threeYears, payment: .noUpfront)
    let book = PriceBook(
      rows: skus.flatMap { sku in
        [
          PriceRow(sku: sku, product: .onDemand, hourly: price),
          PriceRow(
            sku: sku, product: terms.product, term: terms.term, payment: terms.payment,
            hourly: price * 0.54),
        ]
      })
    var random = SeededGenerator(seed: seed)
    let window = HourWindow(start: Hour(year: 2024, month: 4, day: 1), hours: 720)
    let quantities = [0, 10].flatMap { peak in
      (0..<720).map { hour in
        let day = (hour + peak) % 24 < 12 ? 8.0 : 18
        return (day * Double.random(in: 0.9...1.1, using: &random)).rounded()
      }
    }
    let demand = Demand(
      window: window, groups: skus.map { UsageGroup(sku: $0) }, quantities: quantities)
    let judge = Judge(prices: book)
    let problem = PlanningProblem(demand: demand, prices: book)
    let plan = try GooglePlanner.billed(problem, judge).plan(problem, PlanningEffort())
    let own = try judge.bill(demand, under: plan.purchases.map(\.commitment)).cost.value
    let least =
      try stride(from: 0.1, through: 8, by: 0.1).map { hourly in
        let commitment = Commitment(
          id: "flexible", terms: terms,
          subject: .savingsPlan(
            scope: SavingsPlanScope(provider: .gcp, region: nil, family: nil),
            hourlyCommitment: hourly),
          start: window.start, end: window.start + 3 * 8760)
        return try judge.bill(demand, under: [commitment]).cost.value
      }.min() ?? 0
    #expect(own <= least * (1 + 1e-3))
    #expect(plan.certificate.bound <= least)
    #expect(plan.certificate.bound >= least * 0.99)
    let proven = try GooglePlanner.proven(problem, by: plan.certificate.proof)
    #expect((proven ?? 0) >= plan.certificate.bound * (1 - 1e-6))
  }
}

extension GooglePlanner {
  /// Plans of a problem, billed by the judge.
  static func billed(_ problem: PlanningProblem, _ judge: Judge) throws -> Self {
    let inputs = ScenarioInputs(
      name: "", demand: problem.demand, prices: problem.prices, owned: problem.owned,
      candidates: [], offers: problem.offers, policy: problem.policy, effort: PlanningEffort(),
      compare: [])
    let biller = PathBiller(inputs, judge: judge)
    let nothing = try biller.bills(under: problem.owned).bill
    let trials = BillTrials(problem, biller, owned: nothing)
    return GooglePlanner { try trials.trial($0, $1) }
  }
}

extension Commitment {
  fileprivate var reservedType: String? {
    if case .reservation(let sku, _, _, _, _) = subject { sku.instanceType } else { nil }
  }
}

import Billing
import CloudCosts
import Testing

@testable import Planning

/// Coverage limits, as the judge measures coverage.
@Suite struct CoverageTests {
  static let web = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  static let batch = SKU(provider: .aws, region: "us-east-1", instanceType: "t2.micro")
  static let terms = OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront)

  /// Two hours of each SKU; only `web` has a commitment on sale.
  private func problem(_ use: [SKU: Double], _ policy: Policy) -> PlanningProblem {
    let window = HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 2)
    let skus = use.keys.sorted()
    let rows = [
      PriceRow(sku: Self.web, product: .onDemand, hourly: 1),
      PriceRow(sku: Self.batch, product: .onDemand, hourly: 1),
      PriceRow(
        sku: Self.web, product: .standardRI, term: .oneYear, payment: .noUpfront, hourly: 0.4),
    ]
    return PlanningProblem(
      demand: Demand(
        window: window, groups: skus.map { UsageGroup(sku: $0) },
        quantities: skus.flatMap { [use[$0] ?? 0, use[$0] ?? 0] }),
      prices: PriceBook(rows: rows), policy: policy)
  }

  private func covered(_ problem: PlanningProblem, _ plan: Plan) throws -> Double {
    let bill = try Judge(prices: problem.prices).bill(
      problem.demand, under: plan.purchases.map(\.commitment))
    let eligible = bill.rows.filter { $0.group?.sku == Self.web }
    let covered = eligible.filter { $0.kind == .coveredUsage }.map(\.list).total()
    return covered.value / eligible.map(\.list).total().value
  }

  /// Usage that no commitment exists for is not in the share, so a full floor can be met next to
  /// it.
  @Test func floorLeavesOutWhatNothingCovers() throws {
    let problem = problem([Self.web: 3, Self.batch: 5], Policy(minCoverage: 1))
    #expect(try covered(problem, try Planner(problem).plan()) == 1)
  }

  /// And it is no excuse for more coverage than the cap allows.
  @Test func capLeavesOutWhatNothingCovers() throws {
    let problem = problem([Self.web: 4, Self.batch: 5], Policy(maxCoverage: 0.5))
    #expect(try covered(problem, try Planner(problem).plan()) == 0.5)
  }

  /// One instance, a cap of 0.5: one reservation would cover all of it, so none may be bought.
  ///
  /// In the extensive form half of the usage can be called on demand all the same: od is bounded
  /// from below only. That plan would cost 0.8 + 1 on paper, less than 2 without any.
  @Test func capIsNotKeptOnPaperOnly() throws {
    let problem = problem([Self.web: 1], Policy(maxCoverage: 0.5))
    let plan = try Planner(problem).plan()
    #expect(try covered(problem, plan) == 0)
    #expect(plan.certificate.objective == 2)
  }

  /// Two machines for a year.
  private func owned(from start: Hour) -> [Commitment] {
    [
      Commitment(
        id: "owned", terms: Self.terms,
        subject: .reservation(sku: Self.web, zone: nil, count: 2, upfront: 0, hourly: 0.4),
        start: start, end: start + 8760)
    ]
  }

  /// What is owned stays, also above the cap: then nothing may be added to it.
  @Test func capLimitsPurchasesOnly() throws {
    var problem = problem([Self.web: 4], Policy(maxCoverage: 0.25))
    problem.owned = owned(from: problem.demand.window.start)
    let plan = try Planner(problem).plan()
    #expect(plan.purchases.isEmpty)
    #expect(abs(plan.certificate.objective - 5.6) < 1e-9)
    #expect(try AgreementTests.decomposed(try AgreementTests.model(problem)).cost == 5.6)
  }

  /// And that stays so where an action leaves less usage, of which what is owned covers more.
  @Test func capForbidsNoAction() throws {
    var problem = problem([Self.web: 4], Policy(maxCoverage: 0.25))
    problem.owned = owned(from: problem.demand.window.start)
    problem.candidates = [
      RightsizingCandidate(
        resource: Resource(id: "vm", group: UsageGroup(sku: Self.web)), runningHours: [0, 1],
        actions: [CandidateAction(target: nil, reason: "")])
    ]
    let plan = try Planner(problem).plan()
    #expect(plan.purchases.isEmpty && plan.actions.count == 1)
    #expect(abs(plan.certificate.objective - 3.6) < 1e-9)
    #expect(abs(plan.certificate.bound - 3.6) < 1e-6)
  }

  /// Where nothing bought keeps the policy, a search that has no time says that, and not that no
  /// plan does.
  @Test(arguments: RandomInstance.Sale.allCases)
  func noTimeIsNoClash(_ sale: RandomInstance.Sale) throws {
    for seed: UInt64 in 1...20 {
      for limit in [RandomInstance.Limits.upfront, .hourlyCommitment, .maxCoverage] {
        let problem = RandomInstance(seed: seed, sale, limit).problem
        var effort = PlanningEffort()
        effort.timeLimit = 1e-9
        #expect(throws: Never.self, "\(sale), \(limit), seed \(seed)") {
          _ = try Planner(problem, effort: effort).plan()
        }
      }
    }
  }

  /// What says without an allocation that owned commitments cover less than a cap is never below
  /// what the allocation says.
  @Test(arguments: RandomInstance.Sale.allCases)
  func ownedCoverageIsBoundedWithoutAnAllocation(_ sale: RandomInstance.Sale) throws {
    var owning = 0
    for seed: UInt64 in 1...120 {
      let problem = RandomInstance(seed: seed, sale, .none).problem
      guard !problem.owned.isEmpty else { continue }
      let model = try AgreementTests.model(problem)
      let covered = model.ownedCoverage(of: .all)
      owning += covered > 0 ? 1 : 0
      #expect(model.mostOwnedCoverage(of: .all) >= covered - 1e-12)
    }
    #expect(owning > 20)
  }
}

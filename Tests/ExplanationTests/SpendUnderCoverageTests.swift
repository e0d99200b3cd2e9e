import Billing
import CloudCosts
import Planning
import Testing

@testable import Scenarios

/// Spend commitments over many futures, alone and under limits on coverage: more futures than each
/// month can have a cost-to-go of its own.
@Suite struct SpendUnderCoverageTests {
  private static let hours = 300
  private static let futures = 24

  /// Three contracts in a row, each promised a share of what is expected on demand in its hours.
  private static func inputs(
    _ seed: Int, promised: Double, sells: Bool = true, skus: [SKU] = [Small.large, Small.other]
  ) -> ScenarioInputs {
    var dice = Dice(seed: UInt64(seed))
    let paths = (0..<futures).map { future in
      var use: [SKU: [Double]] = [:]
      for sku in skus {
        use[sku] = (0..<hours).map { _ in Double(dice.next(3) + dice.next(future % 5 + 1)) }
      }
      return Small.demand(use)
    }
    let all = DemandPaths(
      paths: paths, probabilities: paths.map { _ in 1 / Double(paths.count) })
    let rows = skus.flatMap { sku in
      let reservation = PriceRow(
        sku: sku, product: sku.provider == .azure ? .azureReservation : .standardRI, term: .oneYear,
        payment: .noUpfront, hourly: 0.05 + 0.01 * Double(dice.next(3)))
      return [Small.onDemand(sku, 0.1)] + (sells ? [reservation] : [])
    }
    var effort = PlanningEffort()
    effort.gap = 1e-6
    var inputs = ScenarioInputs(
      name: "base", demand: all.mean, prices: PriceBook(rows: rows), owned: [], candidates: [],
      offers: OfferFilter(), policy: Policy(), effort: effort, compare: [.committed])
    inputs.paths = all
    let expected = all.mean.quantities.reduce(0, +) * 0.1
    inputs.spendCommitments = (0..<3).map { index in
      SpendCommitment(
        name: "edp \(index)", provider: .aws,
        window: HourWindow(start: all.mean.window.start + index * 100, hours: 100),
        amount: expected / 3 * promised, period: .contract)
    }
    return inputs
  }

  private static func plan(_ inputs: ScenarioInputs) throws -> PlannedOutcome {
    var planner = OutcomePlanner(inputs)
    return try #require(try planner.run { _ in }.outcomes.first?.plan)
  }

  /// The least bill of all pairs of amounts of which a bill says that they keep the limits.
  private static func least(_ inputs: ScenarioInputs) throws -> Double {
    let biller = PathBiller(inputs, judge: inputs.judge)
    let owned = biller.owned([], untouched: try biller.bills(under: []).bill)
    let limits = BillLimits(inputs.policy, owned: owned)
    var least = Double.infinity
    for (a, b) in (0..<64).map({ ($0 / 8, $0 % 8) }) {
      let bought = Small.bought(
        zip(inputs.prices.reservations, [a, b]), from: inputs.demand.window.start)
      let bill = try biller.bills(under: bought).bill
      let readings = try limits.readings(bill, purchases: bought.count, actions: [])
      guard readings.allSatisfy(\.isKept) else { continue }
      least = min(least, bill.cost.value)
    }
    return least
  }

  /// Spend of one contract's hours fills no other contract: where nothing can be bought, the bound
  /// is the bill.
  @Test func nothingToBuyIsProven() throws {
    let plan = try Self.plan(Self.inputs(1, promised: 1.1, sells: false))
    #expect(plan.gap < 1e-7, "bound \(plan.certificate.bound), bill \(plan.billed)")
  }

  @Test(arguments: 0..<3) func noPlanIsBetter(seed: Int) throws {
    let inputs = Self.inputs(seed, promised: [0.5, 0.8, 1.1][seed])
    let plan = try Self.plan(inputs)
    let least = try Self.least(inputs)
    #expect(plan.certificate.method == .decomposition)
    #expect(plan.certificate.bound <= least + 1e-6 * least)
    #expect(plan.billed <= least * (1 + 1e-6) && plan.gap < 1e-3, "\(plan.billed) \(least)")
  }

  /// A contract counts its own provider's spend, and the bound knows which that is.
  @Test(arguments: 0..<3) func ofTwoProviders(seed: Int) throws {
    let azure = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v5")
    let inputs = Self.inputs(
      30 + seed, promised: [0.3, 0.45, 0.6][seed], skus: [Small.large, azure])
    let plan = try Self.plan(inputs)
    let least = try Self.least(inputs)
    #expect(plan.certificate.method == .decomposition)
    #expect(plan.certificate.bound <= least + 1e-6 * least)
    #expect(plan.billed <= least * (1 + 1e-6) && plan.gap < 1e-3, "\(plan.billed) \(least)")
    let problem = OutcomePlanner.problem(inputs, mayBuy: true, mayResize: false)
    let proof = try #require(plan.certificate.proof)
    let check = try PlanCheck(problem, purchases: [], actions: [], proof: proof)
    #expect(abs((check.bound ?? 0) - proof.bound) <= 1e-6 * least)
  }

  /// A floor limits what stays on demand, and not what is missing.
  @Test(arguments: 0..<3) func underAFloor(seed: Int) throws {
    var inputs = Self.inputs(10 + seed, promised: [0.5, 0.8, 1.1][seed])
    inputs.policy.minCoverage = 0.7
    let plan = try Self.plan(inputs)
    let least = try Self.least(inputs)
    #expect(plan.certificate.method == .decomposition)
    // The least of all amounts keeps the limit within a tenth of a point; the plan exactly.
    #expect(plan.certificate.bound <= least * (1 + 2e-3))
    #expect(plan.certificate.bound <= plan.certificate.objective + 1e-6)
    #expect(plan.certificate.bound <= plan.billed + 1e-6)
    #expect(plan.billed <= least * (1 + 2e-3), "\(plan.billed) \(least)")
    #expect(plan.gap < 5e-3, "bound \(plan.certificate.bound) of \(least)")
  }

  /// Where a contract year misses more than usage adds, usage on demand costs nothing, and a cap
  /// must not be kept by usage that is covered.
  @Test(arguments: 0..<3) func underACap(seed: Int) throws {
    var inputs = Self.inputs(20 + seed, promised: [0.6, 0.9, 1.0][seed])
    inputs.policy.maxCoverage = [0.35, 0.5, 0.65][seed]
    // What the relaxation leaves open under a cap no search closes.
    inputs.effort.timeLimit = 6
    let plan = try Self.plan(inputs)
    let least = try Self.least(inputs)
    #expect(plan.certificate.bound <= least + 1e-6 * least)
    #expect(plan.billed <= least * (1 + 2e-3), "\(plan.billed) \(least)")
    #expect(plan.limits.allSatisfy { $0.isKept })
  }
}

import Billing
import CloudCosts
import Planning
import TestSupport
import Testing

@testable import Scenarios

/// What plans that change machines claim, held against bills of everything else that could be done
/// with them.
@Suite struct MachinesProofTests {
  private struct Sale {
    var provider: Provider
    var region: String
    var types: [(name: String, price: Double)]
    var offers: [(product: Product, share: Double)]
  }

  private static let aws = Sale(
    provider: .aws, region: "us-east-1",
    types: [("m5.large", 0.1), ("m5.xlarge", 0.2), ("m5.2xlarge", 0.4), ("c5.xlarge", 0.17)],
    offers: [(.standardRI, 0.6), (.computeSavingsPlan, 0.7)])

  private static let google = Sale(
    provider: .gcp, region: "us-central1",
    types: [
      ("n1-standard-4", 0.19), ("n1-standard-2", 0.095), ("n2-standard-2", 0.0971),
      ("n2-standard-4", 0.1942),
    ], offers: [(.gcpResourceCUD, 0.63), (.gcpFlexibleCUD, 0.72)])

  private static func inputs(
    _ sale: Sale, seed: UInt64, machines: Int = 3, hours: ClosedRange<Int> = 30...60,
    cap: Bool
  ) -> ScenarioInputs {
    var random = SeededGenerator(seed: seed &* 977 &+ 5)
    let skus = sale.types.map {
      SKU(provider: sale.provider, region: sale.region, instanceType: $0.name)
    }
    let rows = zip(skus, sale.types).flatMap { sku, type in
      [PriceRow(sku: sku, product: .onDemand, hourly: type.price)]
        + sale.offers.map {
          PriceRow(
            sku: sku, product: $0.product, term: .oneYear, payment: .noUpfront,
            hourly: type.price * $0.share)
        }
    }
    let hours = Int.random(in: hours, using: &random)
    // The end of one month and the start of the next.
    let window = HourWindow(start: Hour(year: 2024, month: 3, day: 30), hours: hours)
    var quantities = skus.map { _ in [Double](repeating: 0, count: hours) }
    var candidates: [RightsizingCandidate] = []
    for number in 0..<machines {
      let from = Int.random(in: skus.indices, using: &random)
      let isDaily = Bool.random(using: &random)
      let running = (0..<hours).filter { !isDaily || $0 % 24 >= 8 }
      for hour in running { quantities[from][hour] += 1 }
      let others = skus.indices.filter { sale.types[$0].price < sale.types[from].price }
      var actions = others.shuffled(using: &random).prefix(2).map {
        CandidateAction(target: skus[$0], reason: "")
      }
      if actions.isEmpty || Bool.random(using: &random) {
        actions.append(CandidateAction(target: nil, reason: ""))
      }
      if Bool.random(using: &random) {
        var stop = CandidateAction(target: nil, reason: "", kind: .schedule)
        stop.hours = running.filter { $0 % 24 < 14 }
        actions.append(stop)
      }
      candidates.append(
        RightsizingCandidate(
          resource: Resource(id: "vm-\(number)", group: UsageGroup(sku: skus[from])),
          runningHours: running, actions: actions))
    }
    let base = Int.random(in: skus.indices, using: &random)
    for hour in 0..<hours {
      quantities[base][hour] += Double(Int.random(in: 0...2, using: &random))
    }
    let used = skus.indices.filter { quantities[$0].contains { $0 > 0 } }
    var owned: [Commitment] = []
    if cap {
      let start = window.start + -200
      owned.append(
        Commitment(
          id: "owned",
          terms: OfferTerms(product: sale.offers[0].product, term: .oneYear, payment: .noUpfront),
          subject: .reservation(
            sku: skus[used.randomElement(using: &random) ?? 0], zone: nil,
            count: Double(Int.random(in: 1...2, using: &random)), upfront: 0, hourly: 0.1),
          start: start, end: start + 8760))
    }
    let policy =
      cap ? Policy(maxCoverage: [0, 0.2, 0.4, 0.6].randomElement(using: &random)) : Policy()
    return ScenarioInputs(
      name: "\(seed)",
      demand: Demand(
        window: window, groups: used.map { UsageGroup(sku: skus[$0]) },
        quantities: used.flatMap { quantities[$0] }),
      prices: PriceBook(rows: rows), owned: owned, candidates: candidates, offers: OfferFilter(),
      policy: policy, effort: PlanningEffort(gap: 1e-4, timeLimit: 10),
      compare: [.current, .committed, .rightsized, .combined])
  }

  /// All that can be done with the machines.
  private static func choices(_ candidates: [RightsizingCandidate]) -> [[ChosenAction]] {
    candidates.reduce([[]]) { found, candidate in
      found
        + candidate.actions.flatMap { action in
          found.map { $0 + [candidate.choosing(action)] }
        }
    }
  }

  /// Checks a run's plans against everything that could be done with machines, with nothing bought,
  /// with what the plan buys, and with parts of it.
  private static func check(_ inputs: ScenarioInputs) throws -> [OutcomeKind: PlannedOutcome] {
    var planner = OutcomePlanner(inputs)
    let outcomes = try planner.run { _ in }.outcomes
    var costs: [OutcomeKind: Double] = [:]
    var plans: [OutcomeKind: PlannedOutcome] = [:]
    for outcome in outcomes {
      costs[outcome.kind] = outcome.bill.cost.value
      plans[outcome.kind] = outcome.plan
      #expect(outcome.plan?.limits.allSatisfy(\.isKept) != false, "seed \(inputs.name)")
      #expect(outcome.plan?.certificate.stop != .undercut, "seed \(inputs.name)")
    }
    let combined = try #require(costs[.combined])
    for other in [OutcomeKind.current, .committed, .rightsized] {
      #expect(combined <= (costs[other] ?? .infinity) + 1e-5, "seed \(inputs.name): \(other)")
    }
    let problem = OutcomePlanner.problem(inputs, mayBuy: true, mayResize: true)
    let biller = PathBiller(inputs, judge: Judge(prices: inputs.prices, sharing: inputs.sharing))
    let trials = BillTrials(problem, biller, owned: try biller.bills(under: inputs.owned).bill)
    let revision = try PlanRevision(problem, gap: 1e-4)
    let plan = try #require(plans[.combined])
    let bought = plan.purchases.map { purchase in
      var commitment = purchase.purchase.commitment
      commitment.account = ""
      return commitment
    }
    var least = Double.infinity
    for actions in choices(inputs.candidates) {
      for share in bought.isEmpty ? [0] : [0, 0.5, 1, 1.5] {
        let purchases = bought.map { $0.with(amount: $0.amount * share) }.filter { $0.amount > 0 }
        guard revision.allows(purchases, actions) else { continue }
        let trial = try trials.trial(purchases, actions)
        if purchases.isEmpty { least = min(least, trial.measured) }
        guard trial.isKept else {
          #expect(!purchases.isEmpty, "seed \(inputs.name): no cap forbids an action")
          continue
        }
        #expect(
          plan.certificate.bound <= trial.measured + 1e-6 * max(1, trial.measured),
          "seed \(inputs.name): \(actions.map(\.action.label)), \(share)")
      }
    }
    let rightsized = try #require(plans[.rightsized])
    #expect(rightsized.certificate.bound <= least + 1e-5, "seed \(inputs.name)")
    #expect(rightsized.billed <= least * (1 + 1e-4) + 1e-5, "seed \(inputs.name)")
    return plans
  }

  /// A cap limits what is bought: where a machine's end leaves usage that owned commitments cover
  /// more of, it is no reason to keep the machine.
  @Test func capsForbidNoAction() throws {
    for seed in 0..<24 as Range<UInt64> {
      _ = try Self.check(Self.inputs(Self.aws, seed: seed, cap: true))
    }
  }

  /// Hours of a month have prices of their own by their rank, and so has usage that moves.
  @Test func sustainedUseIsPricedInTurnWhereMachinesChange() throws {
    var gaps: [Double] = []
    for seed in 0..<16 as Range<UInt64> {
      let plans = try Self.check(Self.inputs(Self.google, seed: seed, cap: false))
      gaps += plans.values.map(\.gap)
    }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    #expect(mean < 0.02 && gaps.allSatisfy { $0 < 0.1 }, "\(gaps)")
  }

  @Test func capsHoldWithSustainedUse() throws {
    for seed in 100..<108 as Range<UInt64> {
      _ = try Self.check(Self.inputs(Self.google, seed: seed, cap: true))
    }
  }

  /// A month of machines that run all the time: whatever is done with them, the discount is known.
  @Test func ofMachinesThatRunAllMonthTheBoundIsTheBill() throws {
    let sku = ["n1-standard-4", "n1-standard-2"].map {
      SKU(provider: .gcp, region: "us-central1", instanceType: $0)
    }
    let window = HourWindow(start: Hour(year: 2024, month: 4, day: 1), hours: 720)
    let inputs = ScenarioInputs(
      name: "month",
      demand: Demand(
        window: window, groups: [UsageGroup(sku: sku[0])],
        quantities: (0..<720).map { $0 < 360 ? 2 : 3 }),
      prices: PriceBook(rows: [
        PriceRow(sku: sku[0], product: .onDemand, hourly: 0.2),
        PriceRow(sku: sku[1], product: .onDemand, hourly: 0.1),
      ]), owned: [],
      candidates: [
        RightsizingCandidate(
          resource: Resource(id: "vm", group: UsageGroup(sku: sku[0])),
          runningHours: Array(0..<720), actions: [CandidateAction(target: sku[1], reason: "")])
      ], offers: OfferFilter(), policy: Policy(), effort: PlanningEffort(gap: 1e-6),
      compare: [.rightsized])
    var planner = OutcomePlanner(inputs)
    let plan = try #require(try planner.run { _ in }.outcomes.last?.plan)
    // 720 h × (0.2 + 0.1) × 0.7, and 360 h × 0.2 × 0.9.
    #expect(abs(plan.billed - 216) < 1e-4)
    #expect(abs(plan.certificate.bound - 216) < 1e-3)
  }
}

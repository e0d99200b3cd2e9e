import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Of a machine's actions that cost the same the safest is taken.
@Suite struct SaferActionsTests {
  private static let sizes = ["large", "xlarge", "2xlarge"]
  private static let hourly = 0.1
  private static let hours = 6

  private static func sku(_ family: String, _ size: Int) -> SKU {
    SKU(provider: .aws, region: "us-east-1", instanceType: "\(family).\(sizes[size])")
  }

  /// Units of `large` that a size has.
  private static func units(_ sku: SKU?) -> Double {
    guard let sku, let size = sizes.firstIndex(of: sku.size) else { return 0 }
    return Double(1 << size)
  }

  private static func action(
    _ target: SKU?, above: Int = 0, effort: Double? = nil, cost: Double = 0
  ) -> CandidateAction {
    CandidateAction(
      target: target, reason: "",
      fit: target.map { _ in
        ActionFit(readings: [], unknown: [], hours: 100, hoursAbove: above, band: 0...1)
      }, effort: effort, cost: cost)
  }

  /// Machines that run all the time, and what is owned of each family, in units of `large`.
  private static func problem(
    _ machines: [(from: SKU, fleet: String, actions: [CandidateAction])],
    owned: [String: Double], policy: Policy = Policy()
  ) -> PlanningProblem {
    let window = HourWindow(start: RandomInstance.start, hours: hours)
    let skus = ["m5", "c5"].flatMap { family in sizes.indices.map { sku(family, $0) } }
    let groups = skus.map { UsageGroup(account: "", sku: $0) }.sorted()
    var demand = Demand(
      window: window, groups: groups,
      quantities: [Double](repeating: 0, count: groups.count * hours))
    let candidates = machines.enumerated().map { i, machine in
      for g in groups.indices where groups[g].sku == machine.from {
        for h in 0..<hours { demand[g, h] += 1 }
      }
      var resource = Resource(
        id: "machine-\(i)", group: UsageGroup(account: "", sku: machine.from))
      resource.fleet = machine.fleet
      return RightsizingCandidate(
        resource: resource, runningHours: Array(0..<hours), actions: machine.actions)
    }
    let rows = skus.map {
      PriceRow(sku: $0, product: .onDemand, hourly: hourly * units($0))
    }
    var problem = PlanningProblem(
      demand: demand, prices: PriceBook(rows: rows), policy: policy, candidates: candidates)
    problem.owned = owned.sorted { $0.key < $1.key }.map { family, count in
      Commitment(
        id: family,
        terms: OfferTerms(product: .standardRI, term: .oneYear, payment: .noUpfront),
        subject: .reservation(
          sku: sku(family, 0), zone: nil, count: count, upfront: 0, hourly: 0.05),
        start: window.start, end: window.start + Term.oneYear.hours)
    }
    return problem
  }

  /// What stays on demand and what actions cost, by the definition.
  private static func cost(
    _ problem: PlanningProblem, _ owned: [String: Double], _ choice: [Int]
  ) -> Double {
    var used: [String: Double] = [:]
    var once = 0.0
    for (candidate, a) in zip(problem.candidates, choice) {
      let sku = a < 0 ? candidate.resource.group.sku : candidate.actions[a].target
      if let sku { used[sku.family, default: 0] += units(sku) }
      if a >= 0 { once += candidate.actions[a].cost }
    }
    return once
      + used.reduce(0) {
        $0 + max(0, $1.value - (owned[$1.key] ?? 0)) * hourly * Double(hours)
      }
  }

  private static func settled(_ problem: PlanningProblem, from choice: [Int]) throws -> [Int] {
    let model = try AgreementTests.model(problem)
    var decision = Decision.nothing(model)
    for (start, a) in zip(model.actionStarts, choice) where a >= 0 {
      decision.actions[start + a] = 1
    }
    var safer = SaferActions(CostToGo(model), decision)
    safer.settle(until: Deadline(seconds: 60)) { _ in true }
    return zip(model.actionStarts, problem.candidates).map { start, candidate in
      candidate.actions.indices.first { safer.actions[start + $0] == 1 } ?? -1
    }
  }

  /// What is owned pays for the machine as it is: nothing is done. Where it pays for half of it,
  /// half is as cheap as a quarter or none, and safer.
  @Test(arguments: [(4.0, 1, -1), (2.0, 1, 0), (1.0, 1, 1), (0.0, 1, 1), (2.0, 2, 0)])
  func ownedCapacityIsUsedByTheSafest(owned: Double, from: Int, expected: Int) throws {
    let problem = Self.problem(
      [
        (
          Self.sku("m5", 2), "",
          [
            Self.action(Self.sku("m5", 1)), Self.action(Self.sku("m5", 0), above: 3),
            Self.action(nil),
          ]
        )
      ], owned: ["m5": owned])
    #expect(try Self.settled(problem, from: [from]) == [expected])
  }

  /// Of what is as risky the one with the least work; what costs anything once is not as cheap.
  @Test func workDecidesNext() throws {
    let target = Self.sku("m5", 1)
    let problem = Self.problem(
      [
        (
          Self.sku("m5", 2), "",
          [
            Self.action(target, effort: 8),
            Self.action(Self.sku("c5", 1), effort: 2),
            Self.action(Self.sku("c5", 0), effort: 1, cost: 0.1 * 6 + 0.001),
          ]
        )
      ], owned: [:])
    #expect(try Self.settled(problem, from: [0]) == [1])
  }

  /// Machines of a group move together, and only where all of them cost no more.
  @Test(arguments: [(4.0, 0), (3.0, 1)])
  func groupsMoveTogether(owned: Double, expected: Int) throws {
    let machine = (
      from: Self.sku("m5", 2), fleet: "web",
      actions: [Self.action(Self.sku("m5", 1)), Self.action(Self.sku("m5", 0), above: 3)]
    )
    let problem = Self.problem([machine, machine], owned: ["m5": owned])
    #expect(try Self.settled(problem, from: [1, 1]) == [expected, expected])
  }

  /// A group is as risky as its worst machine: two that are seldom above are better than one that
  /// is above more often, though that is less in all.
  @Test func theWorstMachineDecides() throws {
    let (same, other) = (Self.sku("m5", 1), Self.sku("c5", 1))
    let machines = [(2, 3), (2, 0)].map { even, uneven in
      (
        from: Self.sku("m5", 2), fleet: "web",
        actions: [Self.action(same, above: even), Self.action(other, above: uneven)]
      )
    }
    #expect(try Self.settled(Self.problem(machines, owned: [:]), from: [1, 1]) == [0, 0])
  }

  /// A limit on work is kept.
  @Test func limitsAreKept() throws {
    var policy = Policy()
    policy.actions = ActionLimits(effortPerMonth: 3)
    let problem = Self.problem(
      [
        (
          Self.sku("m5", 2), "",
          [Self.action(Self.sku("m5", 1), effort: 5), Self.action(Self.sku("c5", 1), above: 3)]
        )
      ], owned: [:], policy: policy)
    #expect(try Self.settled(problem, from: [1]) == [1])
  }

  /// Of tiny fleets all choices are tried: nothing costs more than before, and no machine has
  /// anything safer for the same money.
  @Test func nothingSaferCostsTheSame() throws {
    var random = SeededGenerator(seed: 19)
    var moved = 0
    for _ in 0..<150 {
      let machines = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        let family = ["m5", "c5"][Int.random(in: 0...1, using: &random)]
        let other = family == "m5" ? "c5" : "m5"
        var actions = [Self.sku(family, 1), Self.sku(family, 0), Self.sku(other, 1)].map {
          Self.action(
            $0, above: [0, 0, 1, 6].randomElement(using: &random) ?? 0,
            effort: [1, 2].randomElement(using: &random),
            cost: [0, 0, 0.3].randomElement(using: &random) ?? 0)
        }
        if Bool.random(using: &random) { actions.append(Self.action(nil)) }
        return (from: Self.sku(family, 2), fleet: "", actions: actions)
      }
      let owned = [
        "m5": Double(Int.random(in: 0...12, using: &random)),
        "c5": Double(Int.random(in: 0...6, using: &random)),
      ].filter { $0.value > 0 }
      let problem = Self.problem(machines, owned: owned)
      let start = machines.map { Int.random(in: -1..<$0.actions.count, using: &random) }
      let before = Self.cost(problem, owned, start)
      let found = try Self.settled(problem, from: start)
      let dust = 1e-7
      #expect(Self.cost(problem, owned, found) <= before + dust)
      if found != start { moved += 1 }
      func rank(_ i: Int, _ a: Int) -> (Int, Int, Double, Double) {
        guard a >= 0 else { return (0, 0, 0, 0) }
        let action = problem.candidates[i].actions[a]
        guard let fit = action.fit else { return (2, 0, 0, action.effort) }
        return (1, fit.risk, fit.shareAbove, action.effort)
      }
      for (i, machine) in machines.enumerated() {
        for a in -1..<machine.actions.count where rank(i, a) < rank(i, found[i]) {
          var other = found
          other[i] = a
          #expect(Self.cost(problem, owned, other) > before + dust, "\(start) → \(found)")
        }
      }
    }
    #expect(moved > 40)
  }
}

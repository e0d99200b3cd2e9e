import CloudCosts
import MIP
import TestSupport
import Testing

@testable import Planning

/// Machines of which many are alike: cuts count them by kind, and a trust region holds how many of
/// each kind change.
@Suite struct ManyMachinesTests {
  private static let sizes = ["large", "xlarge", "2xlarge", "4xlarge"]

  private static func sku(_ family: Int, _ size: Int) -> SKU {
    SKU(provider: .aws, region: "us-east-1", instanceType: "\(["m5", "c5"][family]).\(sizes[size])")
  }

  /// Machines of two families, each of which may go one or two sizes down, move to the other
  /// family, or stop; a third of them run in office hours, and a third start at some hour.
  private static func problem(
    machines: Int, hours: Int, seed: UInt64, policy: Policy = Policy(), money: Double = 1
  ) -> PlanningProblem {
    var random = SeededGenerator(seed: seed)
    var rows: [PriceRow] = []
    for family in 0..<2 {
      for size in sizes.indices {
        let price = money * [0.096, 0.085][family] * Double(1 << size)
        rows.append(PriceRow(sku: sku(family, size), product: .onDemand, hourly: price))
        for (product, share) in [(Product.standardRI, 0.63), (.computeSavingsPlan, 0.72)] {
          rows.append(
            PriceRow(
              sku: sku(family, size), product: product, term: .oneYear, payment: .noUpfront,
              hourly: price * share))
        }
      }
    }
    let groups = (0..<2).flatMap { family in
      sizes.indices.map { UsageGroup(account: "", sku: sku(family, $0)) }
    }
    var demand = Demand(
      window: HourWindow(start: RandomInstance.start, hours: hours), groups: groups.sorted(),
      quantities: [Double](repeating: 0, count: groups.count * hours))
    let candidates = (0..<machines).map { i in
      let (family, size) = (Int.random(in: 0..<2, using: &random), 2 + i % 2)
      let group = UsageGroup(account: "", sku: sku(family, size))
      let first = i % 3 == 1 ? Int.random(in: 0..<hours / 2, using: &random) : 0
      let running = (first..<hours).filter { i % 3 != 2 || (8..<18).contains($0 % 24) }
      for g in demand.groups.indices where demand.groups[g] == group {
        for h in running { demand[g, h] += 1 }
      }
      // The smaller, the riskier; every fifth machine fits anything.
      var actions = [1, 2].map { steps in
        CandidateAction(
          target: sku(family, size - steps), reason: "",
          fit: ActionFit(
            readings: [], unknown: [], hours: 100, hoursAbove: i % 5 * steps, band: 0...1))
      }
      actions.append(
        CandidateAction(
          target: sku(1 - family, size - 1), reason: "", cost: money * Double(i % 5) * 0.1))
      if i % 7 == 0 { actions.append(CandidateAction(target: nil, reason: "", cost: money * 40)) }
      return RightsizingCandidate(
        resource: Resource(id: "machine-\(i)", group: group), runningHours: running,
        actions: actions)
    }
    return PlanningProblem(
      demand: demand, prices: PriceBook(rows: rows), policy: policy, candidates: candidates)
  }

  /// What kinds of actions move together is what the actions move one by one.
  @Test func kindsMoveWhatTheirActionsMove() throws {
    let problem = Self.problem(machines: 40, hours: 50, seed: 11)
    let model = try AgreementTests.model(problem)
    let costToGo = CostToGo(model)
    let machines = costToGo.machines
    #expect(machines.kindCount < machines.actionCount)
    var random = SeededGenerator(seed: 5)
    let shares = (0..<machines.actionCount).map { _ in Double.random(in: 0...0.25, using: &random) }
    var expected = model.demand
    var place = 0
    for machine in model.machines {
      for a in machine.targets.indices {
        for h in machine.hours[a] {
          expected[h, machine.from] -= shares[place]
          if let to = machine.targets[a] { expected[h, to] += shares[place] }
        }
        place += 1
      }
    }
    let moved = costToGo.demand.moving(shares, of: machines)
    for s in costToGo.stretches.indices {
      for hour in costToGo.stretches[s] {
        let (block, lane) = costToGo.layout.place(of: hour, in: s)
        for g in model.skus.indices {
          let found = moved.start[block * model.skus.count + g][lane]
          #expect(abs(found - max(0, expected[hour, g])) < 1e-9)
        }
      }
    }
  }

  /// A cut is below the cost-to-go of every other decision, and equal to it where it was made.
  @Test func cutsByKindAreBelowTheCost() throws {
    let model = try AgreementTests.model(Self.problem(machines: 60, hours: 40, seed: 12))
    let costToGo = CostToGo(model)
    var random = SeededGenerator(seed: 6)
    func decision() -> (purchased: [Double], actions: [Double]) {
      let purchased = costToGo.capacities.map { _ in Double.random(in: 0...60, using: &random) }
      let actions = model.machines.flatMap { machine in
        let chosen = Int.random(in: 0...machine.targets.count, using: &random)
        return machine.targets.indices.map { $0 == chosen ? 1.0 : 0 }
      }
      return (purchased, actions)
    }
    for _ in 0..<10 {
      let (here, there) = (decision(), decision())
      let cuts = costToGo.evaluate(purchased: here.purchased, actions: here.actions)
      let taken = costToGo.machines.taken(there.actions)
      let below = cuts.cuts.reduce(0) { sum, cut in
        sum + cut.constant + zip(cut.capacity, there.purchased).reduce(0) { $0 + $1.0 * $1.1 }
          + zip(cut.actions, taken).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let cost = costToGo.allocate(purchased: there.purchased, actions: there.actions).total
      #expect(below <= cost + 1e-9 * abs(cost))
      let own = costToGo.machines.taken(here.actions)
      for (cut, value) in zip(cuts.cuts, cuts.values) {
        let again =
          cut.constant + zip(cut.capacity, here.purchased).reduce(0) { $0 + $1.0 * $1.1 }
          + zip(cut.actions, own).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(again - value) <= 1e-9 * max(1, abs(value)))
      }
    }
  }

  /// What a slot's cuts count together, no cut can tell apart.
  @Test func classesHaveOneCoefficient() throws {
    let model = try AgreementTests.model(Self.problem(machines: 60, hours: 200, seed: 13))
    let costToGo = CostToGo(model)
    let machines = costToGo.machines
    let classes = machines.classes(in: costToGo.slots.map(\.stretches))
    #expect(classes.count > 3 && classes.count == costToGo.slots.count)
    #expect(classes.contains { $0.contains { $0.count > 1 } }, "kinds meet in some slot")
    var random = SeededGenerator(seed: 7)
    for _ in 0..<5 {
      let cuts = costToGo.evaluate(
        purchased: costToGo.capacities.map { _ in Double.random(in: 0...60, using: &random) },
        actions: (0..<machines.actionCount).map { _ in Double.random(in: 0...0.2, using: &random) })
      for (s, cut) in cuts.cuts.enumerated() {
        for kinds in classes[s] {
          for kind in kinds { #expect(cut.actions[kind] == cut.actions[kinds[0]]) }
        }
        for kind in Set(cut.actions.indices).subtracting(classes[s].joined()) {
          #expect(cut.actions[kind] == 0)
        }
      }
    }
  }

  /// However sums lean on each other, each is of the actions that it is to count.
  @Test func sumsAddUpToTheirActions() throws {
    let model = try AgreementTests.model(Self.problem(machines: 90, hours: 200, seed: 14))
    let costToGo = CostToGo(model)
    var draft = MasterProgram(model, costToGo, usedPools: [], scale: 1)
    draft.addPurchases()
    draft.addActions()
    // Each sum by the actions that it adds up: rows come in the order of what they lean on.
    var parts = Dictionary(
      uniqueKeysWithValues: draft.actions.map { ($0.index, [$0.index: 1.0]) })
    var leaning = 0
    for row in draft.program.rows where row.name.hasPrefix("taken[") {
      var sum: [Int: Double] = [:]
      var made: Int?
      for term in row.terms {
        guard let known = parts[term.variable.index] else {
          #expect(made == nil && term.coefficient == -1)
          made = term.variable.index
          continue
        }
        if known.count > 1 { leaning += 1 }
        for (action, share) in known { sum[action, default: 0] += term.coefficient * share }
      }
      parts[try #require(made)] = sum.filter { $0.value != 0 }
    }
    #expect(leaning > 5)
    let kinds = costToGo.machines.kinds
    let classes = costToGo.machines.classes(in: costToGo.slots.map(\.stretches))
    for (s, counted) in draft.counted.enumerated() {
      #expect(counted.map(\.kind) == classes[s].map { $0[0] })
      for (one, members) in zip(counted, classes[s]) {
        var sum: [Int: Double] = [:]
        for variable in one.variables {
          for (action, share) in parts[variable.index] ?? [:] { sum[action, default: 0] += share }
        }
        let wanted = kinds.indices.filter { members.contains(kinds[$0]) }
          .map { draft.actions[$0].index }
        #expect(sum == Dictionary(uniqueKeysWithValues: wanted.map { ($0, 1.0) }))
      }
    }
  }

  /// With limits on actions, their risk or both: the bound, and what the multipliers prove again,
  /// are below the best plan of all, which the extensive form finds, and the plan found keeps the
  /// limits.
  @Test(arguments: [
    ActionLimits(), ActionLimits(most: 7), ActionLimits(risk: 0.004),
    ActionLimits(most: 12, risk: 0.006),
  ])
  func limitedActionsAreBoundedSoundly(_ limits: ActionLimits) throws {
    for seed in 20..<23 as Range<UInt64> {
      var policy = Policy(maxThreeYearShare: nil)
      policy.actions = limits
      let model = try AgreementTests.model(
        Self.problem(machines: 24, hours: 30, seed: seed, policy: policy))
      let form = ExtensiveForm(model, name: "machines")
      let whole = try Solver(form.program).solveInteger(
        SearchOptions(relativeGap: 1e-4, timeLimit: .seconds(60)))
      #expect(!whole.values.isEmpty)
      let decomposition = try Decomposition(
        model, effort: PlanningEffort(gap: 1e-3, timeLimit: 30), clock: Stopwatch())
      try decomposition.run()
      let best = try #require(decomposition.best)
      #expect(decomposition.bound <= whole.objective * (1 + 1e-7), "seed \(seed)")
      #expect(best.objective >= whole.bound * (1 - 1e-7), "seed \(seed)")
      #expect(model.violationApart(best.decision) <= Decomposition.tolerance)
      let proof = try #require(decomposition.proof)
      let proven = try #require(BoundVerifier(model).bound(proof))
      let dust = 1e-7 * whole.objective
      #expect(abs(proven - proof.bound) <= dust && proven <= whole.objective + dust, "seed \(seed)")
    }
  }

  /// What money is counted in changes neither the plan nor how far it is proven: what an action
  /// costs once weighs as much next to a large bill as next to a small one.
  @Test(arguments: [ActionLimits(), ActionLimits(most: 12, risk: 0.006)])
  func moneyMayBeCountedInAnything(_ limits: ActionLimits) throws {
    var policy = Policy(maxThreeYearShare: nil)
    policy.actions = limits
    let found = try [0.01, 1, 1e6].map { money in
      let model = try AgreementTests.model(
        Self.problem(machines: 24, hours: 30, seed: 31, policy: policy, money: money))
      let decomposition = try Decomposition(
        model, effort: PlanningEffort(gap: 1e-4, timeLimit: 30), clock: Stopwatch())
      try decomposition.run()
      let best = try #require(decomposition.best)
      return (bound: decomposition.bound / money, objective: best.objective / money)
    }
    for other in found {
      #expect(abs(other.objective - found[1].objective) <= 1e-4 * found[1].objective)
      #expect(other.bound <= found[1].objective * (1 + 1e-7))
      #expect(other.bound >= found[1].objective * (1 - 1e-4))
    }
  }

  /// Whatever cuts and box there are, and whether machines change together: with most machines at
  /// rest the relaxation has the value that it has with all in play, and its multipliers prove it.
  @Test(arguments: [ActionLimits(), ActionLimits(most: 40, risk: 0.006)])
  func restingMachinesMissNothing(_ limits: ActionLimits) throws {
    for seed in 40..<42 as Range<UInt64> {
      var policy = Policy(maxThreeYearShare: nil)
      policy.actions = limits
      var problem = Self.problem(machines: 160, hours: 60, seed: seed, policy: policy)
      for i in problem.candidates.indices where i % 4 == 0 {
        let group = problem.candidates[i].resource.group
        problem.candidates[i].resource.fleet = "\(group.sku) \(i / 80)"
      }
      let model = try AgreementTests.model(problem)
      let costToGo = CostToGo(model)
      let resting = try Master(model, costToGo, keeping: model.rows, manyMachines: 1)
      let playing = try Master(model, costToGo, keeping: model.rows, manyMachines: .max)
      var (purchased, actions) = (costToGo.capacities.map { _ in 0.0 }, [Double]())
      actions = model.actionCosts.map { _ in 0 }
      let spread = costToGo.spreads() + resting.flowSpreads
      var leastInPlay = Int.max
      for round in 0..<6 {
        let evaluation = costToGo.evaluate(purchased: purchased, actions: actions)
        let origin = CutOrigin(of: evaluation, purchased: purchased, actions: actions)
        for master in [resting, playing] {
          try master.add(evaluation, at: origin, unlessKnownTo: nil)
          // Every second round inside a box, around a point that another answer was.
          try master.unbox()
          if round % 2 == 1 {
            try master.box(
              TrustRegion(
                center: purchased + master.flows(of: actions), spread: spread, radius: 0.3))
          }
        }
        let effort = PlanningEffort(gap: 1e-3, timeLimit: 60)
        guard case .answer(let one) = try resting.solve(clock: Stopwatch(), effort: effort),
          case .answer(let all) = try playing.solve(clock: Stopwatch(), effort: effort)
        else {
          Issue.record("no answer in round \(round) of seed \(seed)")
          return
        }
        let dust = 1e-7 * max(1, abs(all.value))
        #expect(abs(one.value - all.value) <= dust, "seed \(seed), round \(round)")
        leastInPlay = min(leastInPlay, resting.resting?.countInPlay ?? .max)
        if !one.isBoxed, let result = resting.last {
          let proof = resting.proof(result, resting.cuts, bound: one.value + model.constant)
          let proven = try #require(BoundVerifier(model).bound(proof))
          #expect(abs(proven - proof.bound) <= 1e-6 * abs(proof.bound), "seed \(seed)")
        }
        (purchased, actions) = (all.purchased, all.decision.actions)
      }
      #expect(leastInPlay < model.actionCosts.count / 2, "most rest")
    }
  }
}

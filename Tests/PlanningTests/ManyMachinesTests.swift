import CloudCosts
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
    machines: Int, hours: Int, seed: UInt64, policy: Policy = Policy()
  ) -> PlanningProblem {
    var random = SeededGenerator(seed: seed)
    var rows: [PriceRow] = []
    for family in 0..<2 {
      for size in sizes.indices {
        let price = [0.096, 0.085][family] * Double(1 << size)
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
      var actions = [1, 2].map { CandidateAction(target: sku(family, size - $0), reason: "") }
      actions.append(
        CandidateAction(
          target: sku(1 - family, size - 1), reason: "", cost: Double(i % 5) * 0.1))
      if i % 7 == 0 { actions.append(CandidateAction(target: nil, reason: "", cost: 40)) }
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
          expected[h * model.skus.count + machine.from] -= shares[place]
          if let to = machine.targets[a] { expected[h * model.skus.count + to] += shares[place] }
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
          #expect(abs(found - max(0, expected[hour * model.skus.count + g])) < 1e-9)
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
}

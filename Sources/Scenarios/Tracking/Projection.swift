import Billing
import CloudCosts

/// What a plan was expected to save, with all that is needed to compare it with what came: kept
/// when the plan is proposed, since its files go on changing.
package struct Projection: Sendable {
  /// The futures' mean, or the one future, after the plan's machine actions.
  package var demand: Demand
  /// As planned with: licences apart, known changes of price allowed for.
  package var prices: PriceBookParts
  package var sharing: Sharing
  package var costOfCapital: Double
  /// What was owned when it was planned.
  package var owned: [Commitment]
  /// What the plan buys, at its prices, in the order of the document.
  package var lines: [Commitment]
  /// By calendar month of the window; what is expected where there are several futures.
  package var months: [ProjectedMonth]
  /// How many futures were planned for.
  package var futures: Int
  /// What providers were promised to be spent.
  package var spendCommitments: [SpendCommitment] = []
  /// What was owned and is given up: what was paid for it counts for what was promised.
  package var givenUp: [GivingUp] = []

  package init(
    demand: Demand, prices: PriceBookParts, sharing: Sharing, costOfCapital: Double,
    owned: [Commitment], lines: [Commitment], months: [ProjectedMonth], futures: Int
  ) {
    self.demand = demand
    self.prices = prices
    self.sharing = sharing
    self.costOfCapital = costOfCapital
    self.owned = owned
    self.lines = lines
    self.months = months
    self.futures = futures
  }
}

/// A calendar month of a projection: bills with and without what the plan buys.
package struct ProjectedMonth: Hashable, Sendable {
  package var month: CalendarMonth
  /// Hours of it inside the plan's window.
  package var hours: Int
  /// With all lines, and with none.
  package var withAll: Money
  package var withNone: Money
  /// Without each line, all others bought.
  package var without: [Money]
  /// All usage on demand: at the 5th percentile of the futures, in the mean, at the 95th.
  package var onDemand: [Money]

  package init(
    month: CalendarMonth, hours: Int, withAll: Money, withNone: Money, without: [Money],
    onDemand: [Money]
  ) {
    self.month = month
    self.hours = hours
    self.withAll = withAll
    self.withNone = withNone
    self.without = without
    self.onDemand = onDemand
  }
}

extension ScenarioRunner {
  /// What a plan's document claims to save, billed again from the scenario's files with and without
  /// each line; nothing is solved.
  ///
  /// - Throws: `FindingsError` where the files cannot be read, or do not offer what the plan buys.
  package func projection(
    _ claim: PlanClaim, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> Projection {
    let (before, _, findings) = try inputs(ofRun: claim.run)
    let resolved = try claim.known(before)
    let inputs = before.givingUp(claimed: claim.givenUp)
    do {
      return try ProjectionMaker(inputs, resolved).projection(progress: progress)
    } catch {
      throw FindingsError(findings + PlanFindings.explaining(error, inputs))
    }
  }
}

private struct ProjectionMaker {
  let inputs: ScenarioInputs
  let lines: [Commitment]
  let actions: [ChosenAction]
  let biller: PathBiller

  init(_ inputs: ScenarioInputs, _ resolved: PlanClaim.Resolved) {
    self.inputs = inputs
    lines = resolved.purchases
    actions = resolved.actions
    biller = PathBiller(inputs, judge: inputs.judge)
  }

  func projection(progress: (String) -> Void) throws -> Projection {
    let all = try months(lines)
    let none = try months([])
    var without: [[Money]] = []
    for index in lines.indices {
      progress("billing without line \(index + 1) of \(lines.count)")
      var others = lines
      others.remove(at: index)
      without.append(try months(others))
    }
    let usage = try onDemand()
    let demand = biller.paths.mean.applying(actions)
    var projection = Projection(
      demand: demand, prices: prices(demand), sharing: inputs.sharing,
      costOfCapital: inputs.policy.costOfCapital, owned: inputs.owned, lines: lines,
      months: demand.window.months.enumerated().map { index, entry in
        ProjectedMonth(
          month: entry.month, hours: entry.hours.count, withAll: all[index], withNone: none[index],
          without: without.map { $0[index] }, onDemand: usage[index])
      },
      futures: biller.paths.paths.count)
    projection.spendCommitments = inputs.spendCommitments
    projection.givenUp = inputs.givenUp
    return projection
  }

  private func months(_ bought: [Commitment]) throws -> [Money] {
    try biller.bills(actions: actions, under: inputs.owned + bought).bill.monthly.map(\.effective)
  }

  /// Of each month, all usage on demand: 5th percentile of the futures, mean, 95th.
  private func onDemand() throws -> [[Money]] {
    let bills = try biller.bills(actions: actions, under: [])
    let probabilities = biller.paths.probabilities
    return bills.bill.monthly.enumerated().map { index, month in
      let sorted = zip(bills.months.map { $0[index] }, probabilities).sorted { $0.0 < $1.0 }
      func quantile(_ share: Double) -> Money {
        var sum = 0.0
        for (cost, probability) in sorted {
          sum += probability
          if sum >= share - 1e-9 { return cost }
        }
        return sorted.last?.0 ?? month.effective
      }
      return [quantile(0.05), month.effective, quantile(0.95)]
    }
  }

  /// Of where there is usage: prices on demand, and rates of what is bought and owned.
  private func prices(_ demand: Demand) -> PriceBookParts {
    struct Place: Hashable {
      var provider: Provider
      var region: String
    }
    let places = Set(
      demand.groups.map { Place(provider: $0.sku.provider, region: $0.sku.region) })
    return inputs.prices.parts(of: Set((inputs.owned + lines).map(\.terms))) {
      places.contains(Place(provider: $0.provider, region: $0.region))
    }
  }
}

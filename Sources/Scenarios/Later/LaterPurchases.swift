import CloudCosts
import Forecast
import Planning

/// What a run without a policy or forecast of its own would buy next: purchases on one date to
/// come, if usage goes as expected until then.
package struct LaterStep: Hashable, Sendable {
  package var date: Hour
  /// Empty: nothing more is worth buying by then.
  package var purchases: [Commitment]
}

/// What the steps to come are planned from.
package struct Tranches: Sendable {
  /// What is known today, with the groups that are planned for.
  package var history: Demand
  package var forecast: ForecastSettings
}

/// Plans the next three months of a default run: the first day of a walk is bought now, the rest
/// only if usage goes on.
///
/// Each date is planned by the same code as a date of a backtest (`PlannerWalk`): the history, with
/// what is expected up to the date behind it, makes the futures, and what was bought by then is
/// owned. Nothing of it is decided today: on the date the run is made again with what came.
struct LaterPurchases {
  let inputs: ScenarioInputs
  let tranches: Tranches

  static let months = 3
  /// Lines below this share of the on-demand cost are not worth a signature.
  static let least = 0.005

  init?(_ inputs: ScenarioInputs) {
    guard let tranches = inputs.tranches, let paths = inputs.paths,
      paths.groups == tranches.history.groups, inputs.ladder == nil, inputs.sharing.sharesAll,
      inputs.spendCommitments.isEmpty, inputs.givenUp.isEmpty, !GooglePlanner.applies(to: inputs)
    else { return nil }
    self.inputs = inputs
    self.tranches = tranches
  }

  /// - Parameter bought: what the plan buys today.
  /// - Returns: a step a month; nil where the policy leaves no plan for one of them.
  func steps(after bought: [Commitment]) throws -> [LaterStep]? {
    let start = inputs.demand.window.start
    var bought = bought
    var steps: [LaterStep] = []
    for month in 1...Self.months {
      let date = start.adding(months: month)
      guard date < inputs.demand.window.end else { break }
      let step: [Commitment]
      do {
        step = try walk(to: date).decide(
          date, held: (inputs.owned + bought).filter { $0.start <= date && $0.end > date },
          spent: bought)
      } catch is PlanningError {
        return nil
      }
      let worth = step.filter { $0.effectiveHourly >= Self.least * onDemand }
      bought += worth
      steps.append(LaterStep(date: date, purchases: worth))
    }
    return steps
  }

  /// The walk of one date: what is expected until then has come.
  private func walk(to date: Hour) -> PlannerWalk {
    let past = tranches.history
    let expected = inputs.demand.restricted(to: HourWindow(from: past.window.end, to: date))
    let known = Demand(
      window: HourWindow(from: past.window.start, to: date), groups: past.groups,
      quantities: past.groups.indices.flatMap { past.hours(of: $0) + expected.hours(of: $0) })
    var settings = BacktestSettings.Planner()
    settings.paths = tranches.forecast.paths ?? settings.paths
    var forecast = tranches.forecast
    forecast.horizonMonths = nil
    forecast.paths = settings.paths
    forecast.namesSuccessors = true
    return PlannerWalk(
      history: known, members: Array(known.groups.indices), prices: inputs.prices,
      offers: inputs.offers, policy: inputs.policy, risk: inputs.risk, settings: settings,
      forecast: forecast, dates: [], every: 730, stop: inputs.effort.stop)
  }

  /// Of an hour, everything on demand.
  private var onDemand: Double {
    let demand = inputs.demand
    return demand.groups.indices.reduce(0) { sum, g in
      sum + demand.hours(of: g).reduce(0, +)
        * (inputs.prices.onDemandPrice(of: demand.groups[g].sku) ?? 0)
    } / Double(max(1, demand.window.hours))
  }
}

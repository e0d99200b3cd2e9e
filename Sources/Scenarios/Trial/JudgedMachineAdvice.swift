import Billing
import CloudCosts
import Ingest
import Rightsizing

/// Advice on machines, a provider's or ours, by what it saves under the commitments that are owned
/// and by the hours that it would have left above capacity.
package struct JudgedMachineAdvice: Hashable, Sendable {
  /// `Compute Optimizer`; `Plimsoll` for our own.
  package var source: String
  /// The file; empty for our own.
  package var file: String
  package var machines: Int
  /// Machines that it cannot be judged for: no price, a type that is not known, no measurement.
  package var leftOut: [String]
  /// Against what is owned and used as it is, by two bills.
  package var saving: Money
  /// At on-demand prices.
  package var savingOnDemand: Money
  /// As the provider states it, for the hours of the window; nil: it does not.
  package var claimed: Money?
  /// Machine-hours measured of these machines, and those above the new capacity.
  package var hours: Int
  package var hoursAbove: Int

  /// 0 to 1.
  package var shareAbove: Double { hours == 0 ? 0 : Double(hoursAbove) / Double(hours) }
}

extension JudgedMachineAdvice {
  /// Every provider's, and, next to them, ours of the outcome that buys nothing.
  static func judge(
    _ advice: [MachineRecommendations], _ history: UtilizationHistory, _ run: ScenarioRun,
    _ inputs: ScenarioInputs, _ rules: RightsizingRules
  ) throws -> [JudgedMachineAdvice] {
    guard !advice.isEmpty else { return [] }
    let bench = AdviceBench(history: history, inputs: inputs, rules: rules)
    var judged = try advice.map(bench.judge)
    if let ours = run.outcomes.first(where: { $0.kind == .rightsized })?.plan {
      judged.append(
        try bench.judge(
          ours.actions.map(\.action), source: "Plimsoll", file: "", leftOut: [], claimed: nil))
    }
    return judged
  }
}

/// Judges any advice alike.
private struct AdviceBench {
  let history: UtilizationHistory
  let inputs: ScenarioInputs
  let rules: RightsizingRules

  func judge(_ advice: MachineRecommendations) throws -> JudgedMachineAdvice {
    let window = inputs.demand.window
    let machines =
      inputs.paths == nil
      // Where usage is what it was each counts for all of itself.
      ? MachineHours(history, window: window, isShrinking: true)
      : MachineHours(history, future: window)
    let series = Dictionary(
      history.series.map { ($0.resource.id, $0) }, uniquingKeysWith: { first, _ in first })
    var actions: [ChosenAction] = []
    var leftOut: [String] = []
    var claimed: Double?
    for entry in advice.entries {
      let group = entry.resource.group
      var target: SKU?
      if let type = entry.target {
        target = group.sku
        target?.instanceType = type
      }
      guard let measured = series[entry.resource.id],
        target.map({ inputs.prices.onDemandPrice(of: $0) != nil }) ?? true
      else {
        leftOut.append(entry.resource.id)
        continue
      }
      var chosen = ChosenAction(
        resource: entry.resource, runningHours: machines.running(measured),
        action: CandidateAction(target: target, reason: advice.source))
      chosen.alongside = machines.alongside(group)
      actions.append(chosen)
      if let monthly = entry.monthlySaving {
        claimed = (claimed ?? 0) + monthly * Double(window.hours) / 730
      }
    }
    return try judge(
      actions, source: advice.source, file: advice.file, leftOut: leftOut,
      claimed: claimed.map { Money(rounding: $0) })
  }

  func judge(
    _ actions: [ChosenAction], source: String, file: String, leftOut: [String], claimed: Money?
  ) throws -> JudgedMachineAdvice {
    let biller = PathBiller(inputs, judge: inputs.judge)
    func saving(_ owned: [Commitment]) throws -> Money {
      try biller.bills(under: owned).bill.cost
        - biller.bills(actions: actions, under: owned).bill.cost
    }
    let series = Dictionary(
      history.series.map { ($0.resource.id, $0) }, uniquingKeysWith: { first, _ in first })
    let rightsizer = Rightsizer(prices: inputs.prices, rules: rules)
    var (hours, above) = (0, 0)
    for action in actions {
      guard let target = action.action.target, let measured = series[action.resource.id],
        let fit = rightsizer.fit(measured, to: target)
      else { continue }
      hours += fit.hours
      above += fit.hoursAbove
    }
    return JudgedMachineAdvice(
      source: source, file: file, machines: actions.count, leftOut: leftOut,
      saving: try saving(inputs.owned), savingOnDemand: try saving([]), claimed: claimed,
      hours: hours, hoursAbove: above)
  }
}

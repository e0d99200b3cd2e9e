import CloudCosts
import Scenarios

/// One plan of a document: what a person would buy.
package struct PlanSelection: Sendable {
  package var scenario: String
  package var currency: String
  package var window: RunDocument.Window
  package var run: String
  package var outcome: RunDocument.Outcome
  package var plan: RunDocument.Plan
}

extension RunDocument.Run {
  /// The outcome to recommend; nil where nothing was decided.
  var recommended: RunDocument.Outcome? {
    Recommendation.best(
      of: outcomes.filter { $0.plan != nil }, kind: { OutcomeKind(rawValue: $0.name) },
      cost: \.cost)
  }

  func outcome(_ name: String) -> RunDocument.Outcome? { outcomes.first { $0.name == name } }
}

extension RunDocument {
  /// The plan of a run (by default the first) and an outcome (by default the recommended one).
  package func select(run name: String? = nil, outcome outcomeName: String? = nil)
    throws(FindingsError) -> PlanSelection
  {
    guard let run = name.map({ name in runs.first { $0.name == name } }) ?? runs.first else {
      throw RunDocument.unknown("run", name ?? "", among: runs.map(\.name))
    }
    let planned = run.outcomes.filter { $0.plan != nil }.map(\.name)
    guard let outcomeName else {
      guard let recommendation = recommendation(of: run) else {
        throw RunDocument.unknown("outcome with a plan", "", among: planned)
      }
      return recommendation
    }
    guard let outcome = run.outcome(outcomeName), let plan = outcome.plan else {
      throw RunDocument.unknown("outcome with a plan", outcomeName, among: planned)
    }
    return selection(run: run, outcome: outcome, plan: plan)
  }

  /// The recommended plan of a run; nil where nothing was decided.
  func recommendation(of run: Run) -> PlanSelection? {
    guard let outcome = run.recommended, let plan = outcome.plan else { return nil }
    return selection(run: run, outcome: outcome, plan: plan)
  }

  private func selection(run: Run, outcome: Outcome, plan: Plan) -> PlanSelection {
    PlanSelection(
      scenario: scenario, currency: currency, window: window, run: run.name, outcome: outcome,
      plan: plan)
  }

  private static func unknown(_ what: String, _ name: String, among known: [String])
    -> FindingsError
  {
    let option = what == "run" ? "--run" : "--outcome"
    return FindingsError([
      Finding(
        .error, rule: "plan.unknown-" + (what == "run" ? "run" : "outcome"), place: option,
        message: "there is no \(what)" + (name.isEmpty ? "" : " named \"\(name)\""),
        remedy: known.isEmpty
          ? "Run a scenario that compares `committed` or `combined`."
          : "Use one of: \(known.joined(separator: ", ")).")
    ])
  }
}

import Billing
import CloudCosts

extension PlanFindings {
  /// What each plan gives up, in a sentence that can be acted on.
  static func givingUp(_ run: ScenarioRun) -> [Finding] {
    run.outcomes.flatMap { outcome -> [Finding] in
      guard let plan = outcome.plan, let decision = plan.givingUpDecision else { return [] }
      let entries = plan.givenUp.map(\.givingUp)
      let place = "\(run.name): \(outcome.kind.rawValue)"
      var findings: [Finding] = []
      if !entries.isEmpty {
        let names = entries.map { "\($0.commitment.id) (\($0.way.rawValue))" }
        let purchases = plan.purchases.count
        let until = entries.map(\.until).min() ?? outcome.bill.window.start
        findings.append(
          Finding(
            .note, rule: "plan.give-up", place: place,
            message: "Give up \(names.joined(separator: ", ")), buy "
              + (purchases == 0
                ? "nothing" : "\(purchases) purchase\(purchases == 1 ? "" : "s")")
              + ": the bill is \(decision.saves.naturallyFormatted()) lower than that of the best"
              + " plan that keeps all. \(decision.searched)",
            remedy: "By \(until) at the latest: "
              + entries.map { "\($0.commitment.id): \($0.words) before \($0.until)" }
              .joined(separator: "; ") + "."))
      }
      if !decision.notLookedAt.isEmpty {
        findings.append(
          Finding(
            .note, rule: "plan.not-looked-at", place: place,
            message: "\(decision.notLookedAt.count) more of what is owned could be given up or"
              + " exchanged and was not looked at:"
              + " \(decision.notLookedAt.prefix(5).joined(separator: ", ")). The bound is that of"
              + " plans that do not.",
            remedy: "Nothing; or run again when the others are given up."))
      }
      return findings
    }
  }
}

extension GivingUpDecision {
  fileprivate var searched: String {
    "\(combinations) combination\(combinations == 1 ? " was" : "s were") planned and billed."
  }
}

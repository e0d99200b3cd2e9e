import Billing
import CloudCosts

/// What switching renewals of owned commitments off would save, with the best plan at hand.
///
/// A renewing commitment goes on in every outcome, at its price. Whether it should is a decision
/// too: the judge bills the window without its renewals, all else the same.
struct RenewalAdvice {
  let inputs: ScenarioInputs

  func findings(_ run: ScenarioRun) throws -> [Finding] {
    // Where a plan may switch renewals off, it has decided.
    guard !inputs.givingUpPolicy.ways.contains(.renewalOff) else { return [] }
    let renewals = Dictionary(
      grouping: inputs.owned.compactMap { commitment in
        commitment.renewalOf.map { (id: $0, commitment: commitment) }
      }, by: \.id)
    guard !renewals.isEmpty else { return [] }
    let buying = run.outcomes.filter { [.current, .committed, .combined].contains($0.kind) }
    let best = buying.min { $0.bill.cost < $1.bill.cost }
    let purchases = best?.plan?.purchases.map(\.purchase.commitment) ?? []
    let actions = best?.plan?.actions.map(\.action) ?? []
    let inputs = inputs.givingUp(best?.plan?.givenUp.map(\.givingUp) ?? [])
    let biller = PathBiller(inputs, judge: inputs.judge)
    func cost(_ owned: [Commitment]) throws -> Money {
      try biller.bills(actions: actions, under: owned + purchases).bill.cost
    }
    let all = try cost(inputs.owned)
    return try renewals.sorted { $0.key < $1.key }.compactMap { id, entries in
      guard let first = entries.map(\.commitment).min(by: { $0.start < $1.start }) else {
        return nil
      }
      let saved = try all - cost(inputs.owned.filter { $0.renewalOf != id })
      return finding(id, first, saved, of: best?.kind)
    }
  }

  private func finding(
    _ id: Commitment.ID, _ first: Commitment, _ saved: Money, of kind: OutcomeKind?
  ) -> Finding {
    let years = first.terms.term.years
    let hourly = Money(rounding: first.effectiveHourly).formatted(decimals: 4)
    let outcome = kind.map { " with the outcome \($0.rawValue)" } ?? ""
    let message =
      "\(id) renews at \(first.start) for \(years) year\(years == 1 ? "" : "s") at \(hourly) an hour,"
      + " its price of today."
    guard saved > .zero else {
      return Finding(
        .note, rule: "plan.renewal", place: id,
        message: message + " In the window that saves"
          + " \((Money.zero - saved).naturallyFormatted())\(outcome).",
        remedy: "Leave it on.")
    }
    return Finding(
      .warning, rule: "plan.switch-renewal-off", place: id,
      message: message
        + " Switched off, the window costs \(saved.naturallyFormatted()) less\(outcome).",
      remedy: "Switch its renewal off before \(first.start).")
  }
}

import CloudCosts
import Planning

/// A policy that nothing satisfies, in words: which limits clash, and how far each would have to
/// give way.
struct ClashText {
  private let clashing: [ClashingLimit]
  private let inputs: ScenarioInputs

  init(_ clashing: [ClashingLimit], _ inputs: ScenarioInputs) {
    self.clashing = clashing
    self.inputs = inputs
  }

  var finding: Finding {
    Finding(
      .error, rule: "policy.infeasible", place: inputs.policyPlace,
      message: "No plan satisfies the policy of '\(inputs.name)': \(clash)", remedy: remedy)
  }

  private var clash: String {
    let limits = clashing.map { inputs.policy.describing($0.row) }.uniqued()
    if let pinned { return pinned }
    let verb = limits.count == 1 ? "cannot be kept" : "cannot be kept together"
    return "\(limits.joined(separator: ", ")) \(verb)."
  }

  /// A floor that is not below the cap of the same share, for what it is.
  private var pinned: String? {
    for limit in clashing {
      guard let floor = limit.knob, floor.isFloor, let cap = floor.opposite,
        let least = inputs.policy[floor], let most = inputs.policy[cap]
      else { continue }
      if least > most { return "\(floor.key): \(least) is above \(cap.key): \(most)." }
      if least == most {
        return
          "\(floor.key) and \(cap.key) are both \(least), so that coverage must be exactly that, and "
          + "no purchases in whole units come to it."
      }
    }
    return nil
  }

  private var remedy: String {
    let ways = clashing.compactMap(way)
    let stuck = clashing.filter { $0.nearest == nil }.map { $0.knob?.key ?? $0.key }.uniqued()
    guard !ways.isEmpty else {
      return
        "Relax several of these limits, or allow more offers: giving way on one of them alone was not "
        + "found to help."
    }
    let order = ways.count > 1 ? "Cheapest first: " : ""
    let rest =
      stuck.isEmpty
      ? "" : " Giving way on \(stuck.joined(separator: ", ")) alone was not found to help."
    return order + ways.joined(separator: "; or ") + ". Or allow more offers." + rest
  }

  /// `min_coverage: 0.9 would have to fall to 0.43 (the plan then costs 1,234 USD)`.
  private func way(_ limit: ClashingLimit) -> String? {
    guard let knob = limit.knob, let value = limit.value, let nearest = limit.nearest else {
      return nil
    }
    let cost = limit.cost.map {
      " (the plan then costs \(Money(rounding: $0).naturallyFormatted()) \(inputs.prices.currency))"
    }
    let others = clashing.count > 1 ? ", all else as it is" : ""
    return "\(knob.key): \(text(value, knob)) would have to \(knob.isFloor ? "fall" : "rise") to "
      + "\(text(nearest, knob))\(others)\(cost ?? "")"
  }

  private func text(_ value: Double, _ knob: PolicyKnob) -> String {
    knob.isWhole ? "\(Int(value))" : "\(value)"
  }
}

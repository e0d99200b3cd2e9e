import CloudCosts
import Planning

/// A policy that nothing satisfies, in words: which limits clash, and how far each would have to give way.
struct ClashText {
  private let clashing: [ClashingLimit]
  private let inputs: ScenarioInputs

  init(_ clashing: [ClashingLimit], _ inputs: ScenarioInputs) {
    self.clashing = clashing
    self.inputs = inputs
  }

  var finding: Finding {
    let limits = clashing.map { inputs.policy.describing($0.row) }.uniqued()
    let verb = limits.count == 1 ? "cannot be kept" : "cannot be kept together"
    let advice = clashing.compactMap(advice).uniqued()
    return Finding(
      .error, rule: "policy.infeasible", place: inputs.policyPlace,
      message: "No plan satisfies the policy of '\(inputs.name)': "
        + "\(limits.joined(separator: ", ")) \(verb).",
      remedy: advice.isEmpty
        ? "Relax one of these limits, or allow more offers."
        : advice.joined(separator: "; or ") + ". Or allow more offers.")
  }

  /// `min_coverage: 0.9 would have to fall to 0.43 (the plan then costs 1,234 USD)`.
  private func advice(_ limit: ClashingLimit) -> String? {
    guard let key = PolicyLimit(row: limit.row), let value = limit.value,
      let nearest = limit.nearest
    else { return nil }
    let cost = limit.cost.map {
      " (the plan then costs \(Money(rounding: $0).naturallyFormatted()) \(inputs.prices.currency))"
    }
    let others = clashing.count > 1 ? ", all else as it is" : ""
    return "\(key.rawValue): \(value) would have to \(key.isFloor ? "fall" : "rise") to "
      + "\(nearest)\(others)\(cost ?? "")"
  }
}

extension Array where Element: Hashable {
  /// The same, each element once, in the order of first appearance.
  fileprivate func uniqued() -> [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}

import CloudCosts
import Planning

/// The best allocation keeps the policy, and no plan was found that keeps it on the bill.
struct LimitsNotKept: Error {
  /// What the bill of the nearest plan misses.
  var readings: [LimitReading]

  /// - Parameter readings: of all limits.
  init(_ readings: [LimitReading]) { self.readings = readings.filter { !$0.isKept } }

  func finding(_ inputs: ScenarioInputs) -> Finding {
    let limits = readings.map { reading in
      let asked = Self.percent(reading.limit)
      return "\(inputs.policy.describing(reading.row)) "
        + "(billed \(Self.percent(reading.billed)) for \(asked))"
    }
    return Finding(
      .error, rule: "policy.not-kept-on-bill", place: inputs.policyPlace,
      message: "No plan was found that keeps the policy of '\(inputs.name)' on the bill: "
        + "\(limits.joined(separator: ", ")). The best allocation of commitments would keep it; the "
        + "provider applies them in its own order.",
      remedy: "Ask for no more than what is billed above, allow more to be bought, or offer "
        + "commitments that cover that usage alone (reservations, plans of one family).")
  }

  /// `47.3 %`.
  private static func percent(_ share: Double) -> String {
    Money(rounding: share * 100).formatted(decimals: 1) + " %"
  }
}

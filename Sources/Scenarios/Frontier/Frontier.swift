import CloudCosts

/// What a frontier is drawn over: any limit of the policy, by its key, or `risk`.
package enum FrontierAxis: Hashable, Sendable {
  case limit(PolicyKnob)
  /// What is at stake if usage falls.
  ///
  /// With one demand path no measure of risk over paths says anything. So this traces plans from
  /// the most cautious to the boldest by the share of usage that may be covered (`max_coverage`),
  /// and every point says what its plan costs if usage falls (`Frontier.Downside`).
  case risk

  /// The limit that is moved.
  package var limit: PolicyKnob {
    switch self {
    case .limit(let knob): knob
    case .risk: .limit(.maxCoverage)
    }
  }
}

extension FrontierAxis: RawRepresentable {
  package init?(rawValue: String) {
    if rawValue == "risk" {
      self = .risk
    } else {
      guard let knob = PolicyKnob(key: rawValue) else { return nil }
      self = .limit(knob)
    }
  }

  package var rawValue: String {
    switch self {
    case .limit(let knob): knob.key
    case .risk: "risk"
    }
  }
}

extension FrontierAxis: CaseIterable {
  /// All that need no name of usage; `min_coverage_by.family.m5` is one that does.
  package static let allCases = PolicyKnob.unnamed.map(FrontierAxis.limit) + [.risk]
}

extension FrontierAxis: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let axis = FrontierAxis(rawValue: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(text) is no limit of a policy")
    }
    self = axis
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// Cost and savings against one limit of the policy, from the tightest to where it no longer
/// limits.
package struct Frontier: Hashable, Sendable {
  package var scenario: String
  package var run: String
  /// ISO 4217 code.
  package var currency: String
  package var window: HourWindow
  package var axis: FrontierAxis
  /// What the policy sets the limit to; nil: nothing.
  package var policyValue: Double?
  /// The bill with everything on demand.
  package var onDemand: Money
  /// The bill with what is owned and nothing else.
  package var current: Money
  /// Ascending by limit. The loosest (the last of a cap, the first of a floor) is the plan without
  /// the limit, at what that plan comes to.
  package var points: [Point]
  /// Limits at which no plan satisfies the rest of the policy.
  package var infeasible: [Double]
  /// Whether the trace was stopped before all points were solved.
  package var isStoppedEarly: Bool
  package var findings: [Finding]

  /// One plan of the frontier, as the judge bills it.
  package struct Point: Hashable, Sendable {
    /// In the limit's unit.
    package var limit: Double
    package var cost: Money
    /// Against everything on demand.
    package var savings: Money
    /// The optimizer's; never rises as the limit gives way.
    package var objective: Double
    package var bound: Double
    package var status: Certificate.Status
    /// Paid on first days.
    package var upfront: Double
    /// Currency units per hour.
    package var hourlyCommitment: Double
    package var threeYearShare: Double
    package var coverage: Double
    /// Nil where there is no commitment.
    package var utilization: Double?
    package var downside: [Downside]

    /// (bill − bound) / bill; with a measure of risk the objective is what the bill is minimised
    /// by.
    package var gap: Double {
      let billed = max(cost.value, objective)
      return billed == 0 ? 0 : max(0, billed - bound) / abs(billed)
    }
  }

  /// The same purchases when usage falls in every hour.
  package struct Downside: Hashable, Sendable {
    /// 0.3: usage falls by 30 %.
    package var drop: Double
    package var cost: Money
    /// Against the bill of the same fallen usage with what is owned and nothing else; negative: a
    /// loss.
    package var savings: Money

    package init(drop: Double, cost: Money, savings: Money) {
      self.drop = drop
      self.cost = cost
      self.savings = savings
    }
  }

  /// Falls of usage that every point is billed at.
  package static let drops = [0.2, 0.3, 0.5]
}

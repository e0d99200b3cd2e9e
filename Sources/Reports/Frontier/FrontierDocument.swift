import CloudCosts
import Scenarios

/// What `plimsoll frontier --json` prints: a frontier as plain numbers and texts.
package struct FrontierDocument: Hashable, Sendable, Codable {
  package var scenario: String
  package var run: String
  package var currency: String
  package var window: RunDocument.Window
  package var over: FrontierAxis
  /// The key of the policy that is moved.
  package var limit: String
  /// What the policy sets it to.
  package var policyValue: Double?
  @JSONNumber package var onDemand: Money
  @JSONNumber package var current: Money
  package var isStoppedEarly: Bool
  package var points: [Point]
  /// Limits at which no plan satisfies the rest of the policy.
  package var infeasible: [Double]
  package var findings: [RunDocument.Note]

  package struct Point: Hashable, Sendable, Codable {
    package var limit: Double
    @JSONNumber package var cost: Money
    @JSONNumber package var savings: Money
    @JSONNumber package var objective: Money
    @JSONNumber package var bound: Money
    package var gap: Double
    package var status: Certificate.Status
    @JSONNumber package var upfront: Money
    @JSONNumber package var hourlyCommitment: Money
    package var threeYearShare: Double
    package var coverage: Double
    package var utilization: Double?
    package var downside: [Downside]

    private enum CodingKeys: String, CodingKey {
      case limit, cost, savings, objective, bound, gap, status, upfront
      case hourlyCommitment = "hourly_commitment"
      case threeYearShare = "three_year_share"
      case coverage, utilization, downside
    }
  }

  /// The same purchases when usage falls; `savings` is against what is owned at the same fallen
  /// usage.
  package struct Downside: Hashable, Sendable, Codable {
    package var drop: Double
    @JSONNumber package var cost: Money
    @JSONNumber package var savings: Money
  }

  private enum CodingKeys: String, CodingKey {
    case scenario, run, currency, window, over, limit
    case policyValue = "policy_value"
    case onDemand = "on_demand"
    case current
    case isStoppedEarly = "stopped_early"
    case points, infeasible, findings
  }

  package init(_ frontier: Frontier) {
    scenario = frontier.scenario
    run = frontier.run
    currency = frontier.currency
    window = RunDocument.Window(
      from: frontier.window.start.iso8601, to: frontier.window.end.iso8601)
    over = frontier.axis
    limit = frontier.axis.limit.key
    policyValue = frontier.policyValue
    onDemand = frontier.onDemand
    current = frontier.current
    isStoppedEarly = frontier.isStoppedEarly
    points = frontier.points.map(Point.init)
    infeasible = frontier.infeasible
    findings = frontier.findings.map(RunDocument.Note.init)
  }

  /// The document as text; the same bytes for the same frontier.
  package func json() throws -> String { try OrderedJSON.text(self) }

  var limitText: LimitText {
    LimitText(unit: over.limit.unit, amounts: AmountText(currency: currency, minus: "−"))
  }

  /// What the frontier is drawn over, in words.
  var title: String {
    "Cost against \(over.limit.noun)"
  }

  /// What must be said next to the figures.
  var remarks: [String] {
    var remarks = [
      "Every point is a plan of its own, solved and billed; the \(over.limit.isFloor ? "first" : "last") is "
        + "the plan without the limit.",
      "At −30 %: what its purchases would still save, against what is owned, if usage fell by 30 % in "
        + "every hour; below zero is a loss.",
    ]
    if over == .risk {
      remarks.append(
        "There is one demand path, so no measure of risk over paths is defined. The risk shown here is what "
          + "is at stake: plans from cautious to bold, by max_coverage, and what each comes to if usage "
          + "falls.")
    }
    if !infeasible.isEmpty {
      let values = infeasible.map(limitText.value).joined(separator: ", ")
      remarks.append("No plan satisfies the rest of the policy at \(values).")
    }
    if isStoppedEarly { remarks.append("Stopped early: points are missing, or not optimal.") }
    return remarks
  }
}

extension FrontierDocument.Point {
  init(_ point: Frontier.Point) {
    self.init(
      limit: point.limit, cost: point.cost, savings: point.savings,
      objective: Money(rounding: point.objective), bound: Money(rounding: point.bound),
      gap: RunDocument.rounded(point.gap), status: point.status,
      upfront: Money(rounding: point.upfront),
      hourlyCommitment: Money(rounding: point.hourlyCommitment),
      threeYearShare: RunDocument.rounded(point.threeYearShare),
      coverage: RunDocument.rounded(point.coverage),
      utilization: point.utilization.map(RunDocument.rounded),
      downside: point.downside.map {
        .init(drop: $0.drop, cost: $0.cost, savings: $0.savings)
      })
  }

  /// What it saves at a fall of usage.
  func savings(at drop: Double) -> Money? { downside.first { $0.drop == drop }?.savings }
}

import CloudCosts

extension RunDocument {
  /// What the optimizer advises, with the proof of how good it is.
  public struct Plan: Hashable, Sendable, Codable {
    public var status: Certificate.Status
    public var stop: Certificate.Stop
    public var method: Certificate.Method
    /// The cost of a feasible allocation under this plan.
    @JSONNumber public var objective: Money
    /// No plan under this policy costs less.
    @JSONNumber public var bound: Money
    /// (objective − bound) / objective.
    public var gap: Double
    /// (cost − objective) / cost.
    public var billingGap: Double
    public var seconds: Double
    public var rounds: Int
    public var cuts: Int
    public var solver: String
    /// What its purchases still cost after the window ends.
    @JSONNumber public var lockedBeyondWindow: Money
    /// Its purchases' whole price, to the end of their terms.
    @JSONNumber public var totalCommitted: Money
    /// What they are expected to waste after the window: in the objective, not in the bill. Absent where the window is
    /// no forecast.
    public var chargeBeyondWindow: Double?
    public var purchases: [Purchase]
    public var actions: [Action]
    /// Nil where it was not asked for.
    public var sensitivity: [Sensitivity]?
    /// Lines that were not worth signing; nil where there are none.
    public var leftOut: [LeftOut]?
    /// What the plan costs more without them.
    public var leftOutCost: Double?
    /// What other rules of buying come to; nil where none were tried.
    public var compared: [Rival]?
    /// Multipliers that prove the bound to `plimsoll verify`.
    public var proof: Proof?

    private enum CodingKeys: String, CodingKey {
      case status, stop, method, objective, bound, gap
      case billingGap = "billing_gap"
      case seconds, rounds, cuts, solver
      case lockedBeyondWindow = "locked_beyond_window"
      case totalCommitted = "total_committed"
      case chargeBeyondWindow = "charge_beyond_window"
      case purchases, actions, sensitivity
      case leftOut = "left_out"
      case leftOutCost = "left_out_cost"
      case compared, proof
    }
  }

  /// What is done with one machine.
  public struct Action: Hashable, Sendable {
    public var resource: String
    public var provider: Provider
    public var account: String
    public var region: String
    public var from: String
    /// Nil: it is terminated.
    public var to: String?
    /// At on-demand prices, over the window.
    @JSONNumber public var savings: Money
    public var reason: String
  }
}

extension RunDocument.Action: Codable {
  private enum CodingKeys: String, CodingKey {
    case resource, provider, account, region, from, to, savings, reason
  }

  // Written out because `to` is null where a machine goes away, and not absent.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(resource, forKey: .resource)
    try keyed.encode(provider, forKey: .provider)
    try keyed.encode(account, forKey: .account)
    try keyed.encode(region, forKey: .region)
    try keyed.encode(from, forKey: .from)
    try keyed.encode(to, forKey: .to)
    try keyed.encode(_savings, forKey: .savings)
    try keyed.encode(reason, forKey: .reason)
  }
}

extension RunDocument.Plan {
  /// Whether the search ended before it had the gap that was asked for. A gap may be wider than that
  /// although the search went to its end: where Google's sustained use discount keeps the bound low.
  var isStoppedEarly: Bool { status != .optimal && stop != .gapReached }
}

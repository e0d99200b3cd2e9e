import CloudCosts

extension RunDocument {
  /// What the optimizer advises, with the proof of how good it is.
  package struct Plan: Hashable, Sendable, Codable {
    package var status: Certificate.Status
    package var stop: Certificate.Stop
    package var method: Certificate.Method
    /// The cost of the best known allocation under this plan that keeps the policy.
    @JSONNumber package var objective: Money
    /// No plan that keeps the policy has a lower objective or bill.
    @JSONNumber package var bound: Money
    /// (cost − bound) / cost; with a measure of risk, of what is minimised.
    package var gap: Double
    /// The part of it that the search left: (objective − bound) / cost.
    package var searchGap: Double?
    /// The part of it that is the provider's order and sizes in use: (cost − objective) / cost.
    package var billingGap: Double
    /// What the bill makes of limits on coverage and utilisation; absent where there are none.
    package var limits: [Limit]?
    package var seconds: Double
    package var rounds: Int
    package var cuts: Int
    package var solver: String
    /// What its purchases still cost after the window ends.
    @JSONNumber package var lockedBeyondWindow: Money
    /// Its purchases' whole price, to the end of their terms.
    @JSONNumber package var totalCommitted: Money
    /// What they are expected to waste after the window: in the objective, not in the bill. Absent
    /// where the window is no forecast.
    package var chargeBeyondWindow: Double?
    /// The hours that it was made for; absent where these are the outcome's. Objective, bound, gap
    /// and limits are of them.
    package var horizon: Horizon?
    package var purchases: [Purchase]
    package var actions: [Action]
    /// In which order to carry it out; nil where nothing is done with machines.
    package var work: [WorkStep]?
    /// Nil where it was not asked for.
    package var sensitivity: [Sensitivity]?
    /// What of the owned commitments it gives up; nil where nothing may be.
    package var givenUp: [GivenUp]?
    package var givingUp: GivingUpSearch?
    /// Lines that were not worth signing; nil where there are none.
    package var leftOut: [LeftOut]?
    /// What the plan costs more without them.
    package var leftOutCost: Double?
    /// What other rules of buying come to; nil where none were tried.
    package var compared: [Rival]?
    /// What to buy in the months to come if usage goes as expected; nil where that was not planned.
    package var later: [LaterStep]?
    /// What finance asks before it signs; nil in documents of older versions.
    package var review: Review?
    /// Multipliers that prove the bound to `plimsoll verify`.
    package var proof: Proof?

    private enum CodingKeys: String, CodingKey {
      case status, stop, method, objective, bound, gap
      case searchGap = "search_gap"
      case billingGap = "billing_gap"
      case limits, seconds, rounds, cuts, solver
      case lockedBeyondWindow = "locked_beyond_window"
      case totalCommitted = "total_committed"
      case chargeBeyondWindow = "charge_beyond_window"
      case horizon, purchases, actions, work, sensitivity
      case givenUp = "given_up"
      case givingUp = "giving_up"
      case leftOut = "left_out"
      case leftOutCost = "left_out_cost"
      case compared, later, review, proof
    }
  }

  /// A limit on coverage or utilisation, and the share that the bill has.
  package struct Limit: Hashable, Sendable, Codable {
    /// The key, and what of it: `min_coverage_by family c5`.
    package var limit: String
    package var asked: Double
    package var billed: Double
    package var kept: Bool
  }

  /// What is done with one machine.
  package struct Action: Hashable, Sendable {
    package var resource: String
    package var provider: Provider
    package var account: String
    package var region: String
    package var from: String
    /// Nil: it is terminated.
    package var to: String?
    /// At on-demand prices, over the window.
    @JSONNumber package var savings: Money
    package var reason: String
    /// What kind of change; nil in documents of older versions.
    package var kind: ActionKind?
    /// When it is done; nil: at the first hour.
    package var start: String?
    /// 0 to 4; nil where nothing was measured that could be missed.
    package var risk: Int?
    /// The share of measured hours whose peak is above the new capacity, and the ends of its band.
    package var shareAbove: Double?
    package var band: [Double]?
    /// Hours of work.
    package var effort: Double?
    /// Currency units, once.
    package var oneOffCost: Double?
    /// What the plan's bill would be higher without it, commitments as they are; negative where it
    /// only pays together with others.
    package var worth: Double?
  }
}

extension RunDocument.Action: Codable {
  private enum CodingKeys: String, CodingKey {
    case resource, provider, account, region, from, to, savings, reason, kind, start, risk
    case shareAbove = "share_above"
    case band, effort
    case oneOffCost = "one_off_cost"
    case worth
  }

  // Written out because `to` is null where a machine goes away, and not absent.
  package func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(resource, forKey: .resource)
    try keyed.encode(provider, forKey: .provider)
    try keyed.encode(account, forKey: .account)
    try keyed.encode(region, forKey: .region)
    try keyed.encode(from, forKey: .from)
    try keyed.encode(to, forKey: .to)
    try keyed.encode(_savings, forKey: .savings)
    try keyed.encode(reason, forKey: .reason)
    try keyed.encodeIfPresent(kind, forKey: .kind)
    try keyed.encodeIfPresent(start, forKey: .start)
    try keyed.encodeIfPresent(risk, forKey: .risk)
    try keyed.encodeIfPresent(shareAbove, forKey: .shareAbove)
    try keyed.encodeIfPresent(band, forKey: .band)
    try keyed.encodeIfPresent(effort, forKey: .effort)
    try keyed.encodeIfPresent(oneOffCost, forKey: .oneOffCost)
    try keyed.encodeIfPresent(worth, forKey: .worth)
  }
}

extension RunDocument.Plan {
  /// What its changes of machines cost once; no part of the bill.
  var costOfWork: Money {
    actions.compactMap(\.oneOffCost).map(Money.init(rounding:)).total()
  }

  /// (bill − objective) / objective: billingGap is a share of the bill.
  var aboveObjective: Double { billingGap < 1 ? billingGap / (1 - billingGap) : 0 }

  /// Whether the search ended before it had the gap that was asked for. A gap may be wider than
  /// that although the search went to its end: where the provider's order costs more than the best
  /// allocation.
  var isStoppedEarly: Bool {
    status != .optimal && stop != .gapReached && stop != .billingOrder
  }
}

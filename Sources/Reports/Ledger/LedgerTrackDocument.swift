import Billing
import CloudCosts
import Ledger
import Scenarios

/// Projected against realised saving: `plimsoll ledger track`.
public struct LedgerTrackDocument: Hashable, Sendable, Codable {
  public var ledger: String
  public var history: String
  public var window: RunDocument.Window
  public var currency: String
  /// Of all proposals.
  public var total: Variance
  /// The same with the causes in reverse order.
  public var reversed: Variance
  public var proposals: [Proposal]
  public var accuracy: Accuracy
  public var alerts: [LedgerAlertsDocument.Alert]
  public var findings: [RunDocument.Note]

  /// A difference and its causes: projected + usage + mix + price + purchases + timing = realised,
  /// to the millionth.
  public struct Variance: Hashable, Sendable, Codable {
    @JSONNumber public var projected: Money
    @JSONNumber public var realised: Money
    @JSONNumber public var difference: Money
    @JSONNumber public var usage: Money
    @JSONNumber public var mix: Money
    @JSONNumber public var price: Money
    @JSONNumber public var purchases: Money
    @JSONNumber public var timing: Money
  }

  public struct Proposal: Hashable, Sendable, Codable {
    public var id: Int
    public var scenario: String
    public var window: RunDocument.Window
    /// Hours by which the projection was moved; 0: none.
    public var movedHours: Int
    public var total: Variance
    /// What purchases save together beyond the sum of what each saves.
    public var overlap: Variance
    public var purchases: [Purchase]
    public var usage: [Level]

    private enum CodingKeys: String, CodingKey {
      case id, scenario, window
      case movedHours = "moved_hours"
      case total, overlap, purchases, usage
    }
  }

  public struct Purchase: Hashable, Sendable, Codable {
    public var id: String
    public var state: LedgerEntry.State
    public var what: String
    public var savings: Variance
    /// Of the window, and of its last thirty days; nil where it was not bought.
    public var utilization: Double?
    public var recentUtilization: Double?

    private enum CodingKeys: String, CodingKey {
      case id, state, what, savings, utilization
      case recentUtilization = "recent_utilization"
    }
  }

  /// A month's usage on demand at the projected prices.
  public struct Level: Hashable, Sendable, Codable {
    public var month: String
    public var hours: Int
    @JSONNumber public var projected: Money
    @JSONNumber public var low: Money
    @JSONNumber public var high: Money
    @JSONNumber public var actual: Money
  }

  /// How right projections were.
  public struct Accuracy: Hashable, Sendable, Codable {
    public var projections: Int
    public var realisedShare: Double?
    public var meanError: Double?
    public var meanUsageError: Double?

    private enum CodingKeys: String, CodingKey {
      case projections
      case realisedShare = "realised_share"
      case meanError = "mean_error"
      case meanUsageError = "mean_usage_error"
    }
  }

  public init(_ tracking: LedgerTracking, path: String, alerts: [LedgerAlert]) {
    ledger = path
    history = tracking.history
    window = .init(tracking.window)
    currency = tracking.proposals.first?.proposal.currency ?? ""
    total = Variance(tracking.total)
    reversed = Variance(tracking.reversed)
    proposals = tracking.proposals.map(Proposal.init)
    let accuracy = tracking.accuracy
    self.accuracy = Accuracy(
      projections: accuracy.projections,
      realisedShare: accuracy.realisedShare.map(RunDocument.rounded),
      meanError: accuracy.meanError.map(RunDocument.rounded),
      meanUsageError: accuracy.meanLevelError.map(RunDocument.rounded))
    self.alerts = LedgerAlertsDocument(alerts).alerts
    findings = tracking.findings.map(RunDocument.Note.init)
  }

  public func json() throws -> String { try OrderedJSON.text(self) }
}

extension RunDocument.Window {
  init(_ window: HourWindow) {
    self.init(from: window.start.iso8601, to: window.end.iso8601)
  }
}

extension LedgerTrackDocument.Variance {
  init(_ variance: SavingsVariance) {
    self.init(
      projected: variance.projected, realised: variance.realised, difference: variance.difference,
      usage: variance.usage, mix: variance.mix, price: variance.price,
      purchases: variance.purchases, timing: variance.timing)
  }
}

extension LedgerTrackDocument.Proposal {
  fileprivate init(_ tracking: ProposalTracking) {
    let tracked = tracking.tracked
    self.init(
      id: tracking.proposal.id, scenario: tracking.proposal.scenario,
      window: .init(tracked.window), movedHours: tracked.shift, total: .init(tracked.total),
      overlap: .init(tracked.overlap),
      purchases: tracking.entries.enumerated().map { line, entry in
        LedgerTrackDocument.Purchase(
          id: "\(entry.id)", state: entry.state, what: LedgerDocument.Purchase(entry).what,
          savings: .init(tracked.lines[line]),
          utilization: tracking.use(line).map { RunDocument.rounded($0.utilization) },
          recentUtilization: tracking.recentUse(line).map { RunDocument.rounded($0.utilization) })
      },
      usage: tracked.levels.map {
        LedgerTrackDocument.Level(
          month: $0.month.description, hours: $0.hours, projected: $0.projected, low: $0.low,
          high: $0.high, actual: $0.actual)
      })
  }
}

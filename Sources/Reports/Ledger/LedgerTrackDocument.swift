import Billing
import CloudCosts
import Ledger
import Scenarios

/// Projected against realised saving: `plimsoll ledger track`.
package struct LedgerTrackDocument: Hashable, Sendable, Codable {
  package var ledger: String
  package var history: String
  package var window: RunDocument.Window
  package var currency: String
  /// Of all proposals.
  package var total: Variance
  /// The same with the causes in reverse order.
  package var reversed: Variance
  package var proposals: [Proposal]
  package var accuracy: Accuracy
  package var alerts: [LedgerAlertsDocument.Alert]
  package var findings: [RunDocument.Note]

  /// A difference and its causes: projected + usage + mix + price + purchases + timing = realised,
  /// to the millionth.
  package struct Variance: Hashable, Sendable, Codable {
    @JSONNumber package var projected: Money
    @JSONNumber package var realised: Money
    @JSONNumber package var difference: Money
    @JSONNumber package var usage: Money
    @JSONNumber package var mix: Money
    @JSONNumber package var price: Money
    @JSONNumber package var purchases: Money
    @JSONNumber package var timing: Money
  }

  package struct Proposal: Hashable, Sendable, Codable {
    package var id: Int
    package var scenario: String
    package var window: RunDocument.Window
    /// Hours by which the projection was moved; 0: none.
    package var movedHours: Int
    package var total: Variance
    /// What purchases save together beyond the sum of what each saves.
    package var overlap: Variance
    package var purchases: [Purchase]
    package var usage: [Level]

    private enum CodingKeys: String, CodingKey {
      case id, scenario, window
      case movedHours = "moved_hours"
      case total, overlap, purchases, usage
    }
  }

  package struct Purchase: Hashable, Sendable, Codable {
    package var id: String
    package var state: LedgerEntry.State
    package var what: String
    package var savings: Variance
    /// Of the window, and of its last thirty days; nil where it was not bought.
    package var utilization: Double?
    package var recentUtilization: Double?

    private enum CodingKeys: String, CodingKey {
      case id, state, what, savings, utilization
      case recentUtilization = "recent_utilization"
    }
  }

  /// A month's usage on demand at the projected prices.
  package struct Level: Hashable, Sendable, Codable {
    package var month: String
    package var hours: Int
    @JSONNumber package var projected: Money
    @JSONNumber package var low: Money
    @JSONNumber package var high: Money
    @JSONNumber package var actual: Money
  }

  /// How right projections were.
  package struct Accuracy: Hashable, Sendable, Codable {
    package var projections: Int
    package var realisedShare: Double?
    package var meanError: Double?
    package var meanUsageError: Double?

    private enum CodingKeys: String, CodingKey {
      case projections
      case realisedShare = "realised_share"
      case meanError = "mean_error"
      case meanUsageError = "mean_usage_error"
    }
  }

  package init(_ tracking: LedgerTracking, path: String, alerts: [LedgerAlert]) {
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

  package func json() throws -> String { try OrderedJSON.text(self) }
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

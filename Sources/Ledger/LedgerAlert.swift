import Billing
import CloudCosts
import Scenarios

/// Something about what was bought that somebody has to look at now.
package struct LedgerAlert: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case underUsed = "under-used"
    case endsSoon = "ends-soon"
    case returnClosing = "return-closing"
    case forecastBroken = "forecast-broken"
    case betterPlan = "better-plan"
    /// To be approved or bought, and the day is past.
    case overdue
  }

  package var kind: Kind
  /// `3.2`, `proposal 3`, or a scenario.
  package var subject: String
  package var message: String
  package var remedy: String

  package init(kind: Kind, subject: String, message: String, remedy: String) {
    self.kind = kind
    self.subject = subject
    self.message = message
    self.remedy = remedy
  }
}

/// When to raise alerts.
package struct AlertRules: Hashable, Sendable {
  /// Of what a commitment costs, the share that has to be used in the last thirty days.
  package var leastUtilization = 0.9
  /// Days before an end.
  package var endDays = 30
  /// Hours before the return window closes.
  package var returnHours = 72
  /// How far usage may be from one future; of several it may be between the 5th and the 95th
  /// percentile, and by as much outside.
  package var mostDeviation = 0.1

  package init() {}

  /// What the calendar alone tells.
  package func alerts(_ contents: LedgerContents, at now: Hour) -> [LedgerAlert] {
    contents.queue(at: now).compactMap { task in
      let subject = "\(task.purchase)"
      switch task.kind {
      case .ends where task.isOverdue:
        return LedgerAlert(
          kind: .endsSoon, subject: subject, message: "it ended at \(task.by)",
          remedy: "Note it: plimsoll ledger expired \(subject); and plan what follows it.")
      case .ends where task.by <= now + endDays * 24:
        return LedgerAlert(
          kind: .endsSoon, subject: subject,
          message: "it ends at \(task.by), in \(max(0, task.by - now) / 24) days",
          remedy: "Plan what follows it: plimsoll run SCENARIO.")
      case .returnBy where task.by <= now + returnHours:
        return LedgerAlert(
          kind: .returnClosing, subject: subject,
          message: "it can be returned until \(task.by), \(task.by - now) hours from now",
          remedy: "Look at its use now: plimsoll ledger track HISTORY; or let it go on.")
      case .buy where task.isOverdue, .approve where task.isOverdue:
        let verb = task.kind == .buy ? "bought" : "approved"
        return LedgerAlert(
          kind: .overdue, subject: subject,
          message: "it was to begin at \(task.by), and is not yet \(verb)",
          remedy: task.kind == .buy
            ? "Buy it, or plan anew: what a delay costs is in the plan's report."
            : "Approve or reject it: plimsoll ledger approve \(subject) --by NAME.")
      default: return nil
      }
    }
  }

  /// What a comparison with a history tells.
  package func alerts(_ tracking: LedgerTracking) -> [LedgerAlert] {
    tracking.proposals.flatMap { underUsed($0) + forecastBroken($0) }
  }

  private func underUsed(_ tracking: ProposalTracking) -> [LedgerAlert] {
    tracking.entries.indices.compactMap { line in
      guard let use = tracking.recentUse(line), use.amortized > .zero,
        use.utilization < leastUtilization
      else { return nil }
      let subject = "\(tracking.entries[line].id)"
      return LedgerAlert(
        kind: .underUsed, subject: subject,
        message:
          "\(Self.percent(use.utilization)) of it was used in the last thirty days, less than"
          + " \(Self.percent(leastUtilization)); \(use.unused.formatted()) were paid for nothing",
        remedy:
          "Move usage to what it covers, or return, exchange or sell it where that is possible.")
    }
  }

  private func forecastBroken(_ tracking: ProposalTracking) -> [LedgerAlert] {
    // A few days say nothing of a month.
    let whole = tracking.tracked.levels.filter { $0.hours >= 168 && $0.projected > .zero }
    guard let last = whole.last else { return [] }
    let (low, high) = (
      last.low.value * (1 - mostDeviation), last.high.value * (1 + mostDeviation)
    )
    guard last.actual.value < low || last.actual.value > high else { return [] }
    let share = last.actual.value / last.projected.value
    return [
      LedgerAlert(
        kind: .forecastBroken, subject: "proposal \(tracking.proposal.id)",
        message:
          "usage in \(last.month) was \(Self.percent(share)) of what the plan expected, outside"
          + " of what its futures allow for",
        remedy: "Plan anew with this history: plimsoll run SCENARIO.")
    ]
  }

  private static func percent(_ share: Double) -> String {
    Money(rounding: share * 100).formatted(decimals: 1) + " %"
  }
}

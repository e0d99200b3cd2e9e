import CloudCosts

/// A purchase of the ledger, as its events leave it.
package struct LedgerEntry: Sendable {
  package enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// Not yet approved by as many people as are asked for.
    case proposed
    case approved, rejected, bought, returned, expired
  }

  package var id: PurchaseID
  package var proposal: LedgerProposal
  /// As proposed, at the plan's price.
  package var planned: Commitment
  /// What it was expected to save over the plan's window, against the bill without it.
  package var projected: Money
  /// When to look again whether it pays: the window's end, or half its term.
  package var review: Hour
  /// In order.
  package var events: [LedgerEvent]

  package var state: State {
    events.reduce(.proposed) { state, event in
      switch event.kind {
      case .approved: approvals.count >= approvers && state == .proposed ? .approved : state
      case .rejected: .rejected
      case .bought: .bought
      case .returned: .returned
      case .expired: .expired
      case .proposed, .tracked, .noted: state
      }
    }
  }

  /// How many people have to approve.
  package var approvers: Int {
    events.compactMap(\.details.approvers).reduce(proposal.approvers, max)
  }

  /// Who approved, each once.
  package var approvals: [String] {
    events.lazy.filter { $0.kind == .approved }.map(\.by).reduce(into: []) { names, name in
      if !names.contains(where: { $0.isSamePerson(as: name) }) { names.append(name) }
    }
  }

  /// What makes buying twice impossible; nil until it is approved.
  package var token: String? { events.last { $0.details.token != nil }?.details.token }

  /// The provider's id; nil until it is bought.
  package var providerID: String? {
    events.last { $0.kind == .bought }?.details.providerID
  }

  /// As it was really bought, and returned or ended; nil where it was not.
  ///
  /// - Parameter billed: the same by the provider's id as the bill has it, which wins.
  package func bought(billed: [Commitment.ID: Commitment] = [:]) -> Commitment? {
    guard let event = events.last(where: { $0.kind == .bought }) else { return nil }
    if let id = event.details.providerID, var known = billed[id] {
      known.end = min(known.end, ended ?? known.end)
      return known
    }
    var commitment = planned
    commitment.id = event.details.providerID ?? "\(id)"
    commitment.start = event.details.start.flatMap(Hour.init(iso8601:)) ?? planned.start
    commitment.end =
      event.details.end.flatMap(Hour.init(iso8601:))
      ?? commitment.start + (planned.end - planned.start)
    commitment.prepaid = HourWindow(from: commitment.start, to: commitment.end)
    if let ended { commitment.end = max(commitment.start, min(commitment.end, ended)) }
    commitment.apply(event.details)
    return commitment
  }

  /// When it was returned, or ended before its time.
  private var ended: Hour? {
    events.last { $0.kind == .returned || $0.kind == .expired }?.details.end
      .flatMap(Hour.init(iso8601:))
  }

  /// Until when it can be returned; nil where it cannot.
  package var returnableUntil: Hour? { bought().flatMap { ReturnablePlans(of: $0)?.until } }
}

extension Commitment {
  /// The amount and the price that were really paid.
  fileprivate mutating func apply(_ details: LedgerEvent.Details) {
    switch subject {
    case .reservation(let sku, let zone, let count, let upfront, let hourly):
      subject = .reservation(
        sku: sku, zone: zone, count: details.amount ?? count, upfront: details.upfront ?? upfront,
        hourly: details.hourly ?? hourly)
    case .savingsPlan(let scope, let hourly):
      subject = .savingsPlan(scope: scope, hourlyCommitment: details.amount ?? hourly)
    }
  }
}

extension String {
  /// Whether two names are of one person: case and space do not make two.
  func isSamePerson(as other: String) -> Bool { key == other.key }

  private var key: String {
    lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// A plan that was proposed.
package struct LedgerProposal: Hashable, Sendable {
  package var id: Int
  package var scenario: String
  package var run: String
  package var outcome: String
  package var currency: String
  /// The plan.json as it was named, and its digest.
  package var plan: String
  package var planSHA256: String
  /// Where the scenario was.
  package var source: String
  /// What was planned for.
  package var window: HourWindow
  /// How many people have to approve each purchase.
  package var approvers: Int
  package var at: String
  package var by: String
}

/// All that a ledger holds.
package struct LedgerContents: Sendable {
  /// What tells it from other ledgers.
  package var id: String
  package var proposals: [LedgerProposal]
  /// In order.
  package var entries: [LedgerEntry]
  package var events: [LedgerEvent]

  package func entry(_ id: PurchaseID) -> LedgerEntry? { entries.first { $0.id == id } }

  /// The purchases of a proposal, by line.
  package func entries(of proposal: Int) -> [LedgerEntry] {
    entries.filter { $0.id.proposal == proposal }
  }
}

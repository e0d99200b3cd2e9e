import CloudCosts
import Ledger

/// What a ledger holds, as `plimsoll ledger list --json` prints it.
package struct LedgerDocument: Hashable, Sendable, Codable {
  package var ledger: String
  package var proposals: [Proposal]
  package var purchases: [Purchase]

  package struct Proposal: Hashable, Sendable, Codable {
    package var id: Int
    package var scenario: String
    package var run: String
    package var outcome: String
    package var currency: String
    package var plan: String
    package var planSHA256: String
    package var window: RunDocument.Window
    package var at: String
    package var by: String
    package var approvers: Int

    private enum CodingKeys: String, CodingKey {
      case id, scenario, run, outcome, currency, plan
      case planSHA256 = "plan_sha256"
      case window, at, by, approvers
    }
  }

  /// A purchase as its events leave it.
  package struct Purchase: Hashable, Sendable, Codable {
    package var id: String
    package var state: LedgerEntry.State
    package var what: String
    package var product: Product
    package var account: String
    /// Instances, or currency units per hour.
    package var amount: Double
    @JSONNumber package var upfront: Money
    /// As bought where it was, else as planned.
    package var start: String
    package var end: String
    /// Against the bill without it, over the plan's window.
    @JSONNumber package var projectedSavings: Money
    package var approvals: [String]
    package var approvers: Int
    /// Nil until it is approved.
    package var clientToken: String?
    /// Nil until it is bought.
    package var providerID: String?
    package var events: [Event]

    private enum CodingKeys: String, CodingKey {
      case id, state, what, product, account, amount, upfront, start, end
      case projectedSavings = "projected_savings"
      case approvals, approvers
      case clientToken = "client_token"
      case providerID = "provider_id"
      case events
    }
  }

  package struct Event: Hashable, Sendable, Codable {
    package var at: String
    package var kind: LedgerEvent.Kind
    package var by: String
    package var why: String
  }

  /// - Parameter states: only purchases in one of these; nil: all.
  package init(_ contents: LedgerContents, path: String, states: Set<LedgerEntry.State>? = nil) {
    ledger = path
    proposals = contents.proposals.map(Proposal.init)
    purchases = contents.entries.filter { states?.contains($0.state) ?? true }.map(Purchase.init)
  }

  /// Of purchases that something was just recorded about.
  package init(_ entries: [LedgerEntry], path: String) {
    ledger = path
    proposals = []
    purchases = entries.map(Purchase.init)
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}

extension LedgerDocument.Proposal {
  fileprivate init(_ proposal: LedgerProposal) {
    self.init(
      id: proposal.id, scenario: proposal.scenario, run: proposal.run, outcome: proposal.outcome,
      currency: proposal.currency, plan: proposal.plan, planSHA256: proposal.planSHA256,
      window: .init(from: proposal.window.start.iso8601, to: proposal.window.end.iso8601),
      at: proposal.at, by: proposal.by, approvers: proposal.approvers)
  }
}

extension LedgerDocument.Purchase {
  init(_ entry: LedgerEntry) {
    let commitment = entry.bought() ?? entry.planned
    let line = RunDocument.Purchase(commitment)
    self.init(
      id: "\(entry.id)", state: entry.state, what: line.amountAndSubject(entry.proposal.currency),
      product: commitment.terms.product, account: commitment.account, amount: commitment.amount,
      upfront: line.upfront, start: line.start, end: line.end, projectedSavings: entry.projected,
      approvals: entry.approvals, approvers: entry.approvers, clientToken: entry.token,
      providerID: entry.providerID,
      events: entry.events.map { .init(at: $0.at, kind: $0.kind, by: $0.by, why: $0.why) })
  }
}

extension RunDocument.Purchase {
  /// A commitment by itself: what it costs and saves is not said.
  init(_ commitment: Commitment) {
    self.init(
      .init(
        purchase: .init(commitment: commitment, reason: ""), cost: .zero, savings: .zero,
        utilization: 0, breakEvenMonths: nil))
  }

  /// `12 × m5.xlarge us-east-1, Standard RI, 1 y no upfront`.
  func amountAndSubject(_ currency: String) -> String {
    "\(quantityText(AmountText(currency: currency))) \(subjectText), \(shortProduct), \(termText)"
  }
}

/// What `plimsoll ledger list` and the recording commands print.
package struct LedgerTable: Sendable {
  package let text: String

  package init(_ document: LedgerDocument) {
    guard !document.purchases.isEmpty else {
      text = "No purchase.\n"
      return
    }
    var lines: [String] = []
    for proposal in document.proposals {
      lines += Printable.wrapped(
        "Proposal \(proposal.id): \(proposal.scenario), \(proposal.run), \(proposal.outcome), for"
          + " \(proposal.window.from.prefix(10)) to \(proposal.window.to.prefix(10)); by"
          + " \(proposal.by), \(proposal.at.prefix(10))")
    }
    if !lines.isEmpty { lines.append("") }
    var table = TextTable([
      .init(header: "", alignsRight: false), .init(header: "state", alignsRight: false),
      .init(header: "purchase", alignsRight: false, isFlexible: true),
      .init(header: "start", alignsRight: false), .init(header: "end", alignsRight: false),
      .init(header: "expected to save"), .init(header: "by", alignsRight: false, isFlexible: true),
    ])
    for purchase in document.purchases {
      table.append([
        purchase.id, purchase.stateText, purchase.what, String(purchase.start.prefix(10)),
        String(purchase.end.prefix(10)), purchase.projectedSavings.naturallyFormatted(),
        purchase.events.last { $0.kind != .tracked && $0.kind != .noted }?.by ?? "",
      ])
    }
    text = (lines + table.lines()).joined(separator: "\n") + "\n"
  }
}

extension LedgerDocument.Purchase {
  /// `proposed 1/2` where more than one has to approve.
  fileprivate var stateText: String {
    state == .proposed && approvers > 1
      ? "\(state.rawValue) \(approvals.count)/\(approvers)" : state.rawValue
  }
}

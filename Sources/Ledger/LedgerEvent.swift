import CloudCosts
import Foundation
import Ingest

/// Something that happened to a purchase, or to a whole proposal: a row that is never changed.
package struct LedgerEvent: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case proposed, approved, rejected, bought, returned, expired
    /// Compared with a history.
    case tracked
    /// A remark that changes nothing.
    case noted
  }

  /// 1, 2, 3, … without a gap.
  package var id: Int
  /// ISO 8601, in UTC.
  package var at: String
  package var kind: Kind
  package var proposal: Int
  /// Nil: of the whole proposal.
  package var line: Int?
  package var by: String
  package var why: String
  package var details: Details
  var seal: String

  /// What an event says beyond who, when and why.
  package struct Details: Hashable, Sendable, Codable {
    /// The provider's id of what was bought.
    package var providerID: String?
    /// What was really bought, where it is not what was proposed.
    package var amount: Double?
    package var upfront: Double?
    package var hourly: Double?
    /// ISO 8601.
    package var start: String?
    package var end: String?
    /// How many people have to approve, from now on.
    package var approvers: Int?
    /// Of an approval that completes the number: what makes buying twice impossible.
    package var token: String?
    /// Of `proposed`: digests of what the proposal holds, and of its purchases.
    package var contents: String?
    package var purchases: String?
    package var tracking: TrackingRecord?

    package init() {}

    private enum CodingKeys: String, CodingKey {
      case providerID = "provider_id"
      case amount, upfront, hourly, start, end, approvers, token, contents, purchases, tracking
    }
  }
}

/// What somebody wants to add to the ledger about one purchase.
package struct LedgerAct: Sendable {
  package var kind: LedgerEvent.Kind
  package var purchase: PurchaseID
  package var by: String
  package var why: String
  package var details: LedgerEvent.Details

  package init(
    _ kind: LedgerEvent.Kind, _ purchase: PurchaseID, by: String, why: String = "",
    details: LedgerEvent.Details = LedgerEvent.Details()
  ) {
    self.kind = kind
    self.purchase = purchase
    self.by = by
    self.why = why
    self.details = details
  }
}

/// A purchase's name in a ledger: proposal and line, `3.2`.
package struct PurchaseID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var proposal: Int
  package var line: Int

  package init(proposal: Int, line: Int) {
    self.proposal = proposal
    self.line = line
  }

  /// Nil where the text is no name.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let proposal = parts[0], let line = parts[1], proposal > 0, line > 0
    else { return nil }
    self.init(proposal: proposal, line: line)
  }

  package var description: String { "\(proposal).\(line)" }

  package static func < (a: PurchaseID, b: PurchaseID) -> Bool {
    (a.proposal, a.line) < (b.proposal, b.line)
  }
}

extension LedgerEvent.Details {
  /// The same bytes for the same details.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}

extension LedgerEvent {
  /// What an event is sealed with: the seal before it, and all that it says.
  static func seal(
    after seal: String, id: Int, at: String, kind: String, proposal: Int, line: Int?, by: String,
    why: String, details: String
  ) -> String {
    let parts = [
      seal, "\(id)", at, kind, "\(proposal)", line.map { "\($0)" } ?? "", by, why, details,
    ]
    return SHA256.text(ofParts: parts)
  }
}

import CloudCosts
import Foundation
import Ingest

/// Something that happened to a purchase, or to a whole proposal: a row that is never changed.
public struct LedgerEvent: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case proposed, approved, rejected, bought, returned, expired
    /// Compared with a history.
    case tracked
    /// A remark that changes nothing.
    case noted
  }

  /// 1, 2, 3, … without a gap.
  public var id: Int
  /// ISO 8601, in UTC.
  public var at: String
  public var kind: Kind
  public var proposal: Int
  /// Nil: of the whole proposal.
  public var line: Int?
  public var by: String
  public var why: String
  public var details: Details
  var seal: String

  /// What an event says beyond who, when and why.
  public struct Details: Hashable, Sendable, Codable {
    /// The provider's id of what was bought.
    public var providerID: String?
    /// What was really bought, where it is not what was proposed.
    public var amount: Double?
    public var upfront: Double?
    public var hourly: Double?
    /// ISO 8601.
    public var start: String?
    public var end: String?
    /// How many people have to approve, from now on.
    public var approvers: Int?
    /// Of an approval that completes the number: what makes buying twice impossible.
    public var token: String?
    /// Of `proposed`: digests of what the proposal holds, and of its purchases.
    public var contents: String?
    public var purchases: String?
    public var tracking: TrackingRecord?

    public init() {}

    private enum CodingKeys: String, CodingKey {
      case providerID = "provider_id"
      case amount, upfront, hourly, start, end, approvers, token, contents, purchases, tracking
    }
  }
}

/// What somebody wants to add to the ledger about one purchase.
public struct LedgerAct: Sendable {
  public var kind: LedgerEvent.Kind
  public var purchase: PurchaseID
  public var by: String
  public var why: String
  public var details: LedgerEvent.Details

  public init(
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
public struct PurchaseID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public var proposal: Int
  public var line: Int

  public init(proposal: Int, line: Int) {
    self.proposal = proposal
    self.line = line
  }

  /// Nil where the text is no name.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let proposal = parts[0], let line = parts[1], proposal > 0, line > 0
    else { return nil }
    self.init(proposal: proposal, line: line)
  }

  public var description: String { "\(proposal).\(line)" }

  public static func < (a: PurchaseID, b: PurchaseID) -> Bool {
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

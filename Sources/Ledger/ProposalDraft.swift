import CloudCosts
import Foundation
import Ingest
import Scenarios

/// A plan on its way into the ledger.
package struct ProposalDraft: Sendable {
  package var proposal: LedgerProposal
  package var projection: Projection
  /// The plan.json, byte by byte.
  package var document: Data
  package var why: String

  /// - Parameters:
  ///   - plan: the path of the document, as it was named.
  ///   - document: what is in it.
  ///   - source: where its scenario is.
  package init(
    plan: String, document: Data, source: String, scenario: String, run: String, outcome: String,
    currency: String, projection: Projection, approvers: Int, by: String, why: String
  ) {
    proposal = LedgerProposal(
      id: 0, scenario: scenario, run: run, outcome: outcome, currency: currency, plan: plan,
      planSHA256: SHA256.text(of: document), source: source,
      window: projection.demand.window, approvers: max(1, approvers), at: "", by: by)
    self.projection = projection
    self.document = document
    self.why = why
  }

  /// What a line is expected to save over the plan's window.
  func projected(_ line: Int) -> Money {
    projection.months.map { $0.without[line] - $0.withAll }.total()
  }

  /// When to look again: half a year after it begins, or when the plan's window ends before that.
  func review(_ line: Commitment) -> Hour {
    let end = projection.demand.window.end
    let half = line.start.adding(months: 6)
    return end > line.start ? min(end, half) : half
  }

  struct Packed {
    var document: Data
    var projection: Data
    var usage: Data
    /// Of all three.
    var digest: String
  }

  func packed() throws(FindingsError) -> Packed {
    do {
      let stored = try StoredProjection.packed(projection)
      guard let text = Zipped.packed(Array(document)) else { throw CocoaError(.fileWriteUnknown) }
      return Packed(
        document: text, projection: stored.projection, usage: stored.usage,
        digest: SHA256.text(of: text + stored.projection + stored.usage))
    } catch {
      throw FindingsError([
        Finding(
          .error, rule: "ledger.not-packed", place: proposal.plan,
          message: "the projection could not be packed: \(error.localizedDescription)",
          remedy: "Free memory, and try again.")
      ])
    }
  }
}

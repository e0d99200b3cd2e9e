import CloudCosts
import Foundation
import GRDB
import Ingest
import Scenarios
import Synchronization

/// Who approved what, what was bought, and what came of it: an SQLite file that is only added to.
///
/// Everything that one call adds is there or none of it, and when the call returns it is on the
/// disk.
package final class Ledger: Sendable {
  /// Where it is.
  package let path: String
  /// Another one after a fault of the disk.
  private let connection: Mutex<DatabaseQueue>
  private var queue: DatabaseQueue { connection.withLock { $0 } }

  /// - Parameter mayCreate: whether one is made where there is none.
  package convenience init(path: String, mayCreate: Bool = false) throws(FindingsError) {
    try self.init(path: path, mayCreate: mayCreate, patience: 10)
  }

  /// - Parameter patience: seconds to wait for another program that writes.
  package init(path: String, mayCreate: Bool, patience: Double) throws(FindingsError) {
    self.path = path
    connection = Mutex(try LedgerFile.open(path, mayCreate: mayCreate, patience: patience))
  }

  /// Limits the file's size, in pages: for tests of a full disk.
  package func limit(pages: Int) throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
  }

  /// All that it holds.
  ///
  /// - Throws: where a seal does not fit: somebody changed it by other means.
  package func contents() throws(FindingsError) -> LedgerContents {
    try access { try self.queue.read { try LedgerRows.contents($0, self.path) } }
  }

  /// The projection of a proposal.
  package func projection(of proposal: Int) throws(FindingsError) -> Projection {
    try access {
      try self.queue.read { db in
        let sql = "SELECT document, projection, usage FROM proposal WHERE id = ?"
        let row = try db.first(of: "proposal", sql, [proposal]) {
          (try $0.data("document"), try $0.data("projection"), try $0.data("usage"))
        }
        guard case (let document, let projection, let usage)? = row else {
          throw FindingsError([LedgerFile.damaged(self.path, "proposal \(proposal) is gone")])
        }
        let event = try LedgerRows.contents(db, self.path).events
          .first { $0.kind == .proposed && $0.proposal == proposal }
        guard event?.details.contents == SHA256.text(of: document + projection + usage) else {
          throw LedgerRows.changed(self.path, "the projection of proposal \(proposal)")
        }
        return try StoredProjection.projection(projection, usage, place: self.path)
      }
    }
  }

  /// The plan of a proposal, as its file was.
  package func document(of proposal: Int) throws(FindingsError) -> Data {
    try access {
      try self.queue.read { db in
        let sql = "SELECT document FROM proposal WHERE id = ?"
        let data = try db.first(of: "proposal", sql, [proposal]) { try $0.data("document") }
        guard let data, let text = Zipped.unpacked(data) else {
          throw FindingsError([LedgerFile.damaged(self.path, "the plan of \(proposal) is gone")])
        }
        return Data(text)
      }
    }
  }

  /// Adds a proposal with its purchases.
  ///
  /// - Returns: the purchases' names. Throws: where the same plan was proposed already.
  package func propose(_ draft: ProposalDraft) throws(FindingsError) -> [PurchaseID] {
    let packed = try draft.packed()
    return try write { db in
      try self.begin(db)
      let contents = try LedgerRows.contents(db, self.path)
      let proposal = draft.proposal
      if let same = contents.proposals.first(where: { $0.isSame(as: proposal) }) {
        throw FindingsError([
          Finding(
            .error, rule: "ledger.proposed", place: proposal.plan,
            message: "this plan was proposed already, as \(same.id), by \(same.by) at \(same.at)",
            remedy: "See plimsoll ledger list; a plan that is made anew can be proposed anew.")
        ])
      }
      let id = contents.proposals.count + 1
      try LedgerRows.insert(proposal, packed, id: id, db)
      let lines = try draft.projection.lines.enumerated().map { index, line in
        LedgerRows.Line(
          number: index + 1, commitment: try StoredCommitment(line).json(),
          projected: Int64(clamping: draft.projected(index).micros),
          review: draft.review(line).sinceEpoch)
      }
      for line in lines { try LedgerRows.insert(line, proposal: id, db) }
      var details = LedgerEvent.Details()
      details.contents = packed.digest
      details.purchases = LedgerRows.digest(lines)
      details.approvers = proposal.approvers
      try LedgerRows.append(
        .proposed, proposal: id, line: nil, by: proposal.by, why: draft.why, details, db)
      return draft.projection.lines.indices.map { PurchaseID(proposal: id, line: $0 + 1) }
    }
  }

  /// Adds what happened to purchases, all of it or, where a rule forbids anything, none.
  ///
  /// - Returns: the purchases as they are then, in the order of the acts.
  /// - Throws: everything that forbids it, at once.
  @discardableResult
  package func record(_ acts: [LedgerAct]) throws(FindingsError) -> [LedgerEntry] {
    try write { db in
      var contents = try LedgerRows.contents(db, self.path)
      var findings: [Finding] = []
      for act in acts {
        if let finding = LedgerRules(contents: contents).problem(act) {
          findings.append(finding)
          continue
        }
        var details = act.details
        if act.kind == .approved, let entry = contents.entry(act.purchase) {
          details.token = entry.token(completing: act, ledger: contents.id)
        }
        try LedgerRows.append(
          act.kind, proposal: act.purchase.proposal, line: act.purchase.line, by: act.by,
          why: act.why, details, db)
        contents = try LedgerRows.contents(db, self.path)
      }
      guard findings.isEmpty else { throw FindingsError(findings) }
      return acts.compactMap { contents.entry($0.purchase) }
    }
  }

  /// Notes what a comparison with a history found, for the accuracy of past projections.
  package func record(
    _ tracking: [(proposal: Int, record: TrackingRecord)], by: String
  ) throws(FindingsError) {
    try write { db in
      for (proposal, record) in tracking {
        var details = LedgerEvent.Details()
        details.tracking = record
        try LedgerRows.append(
          .tracked, proposal: proposal, line: nil, by: by, why: "", details, db)
      }
    }
  }

  /// The first row: what makes this ledger's tokens its own.
  private func begin(_ db: Database) throws {
    guard try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM ledger") == 0 else { return }
    try db.execute(
      sql: "INSERT INTO ledger (id, made_at, version) VALUES (?, ?, ?)",
      arguments: [UUID().uuidString, Provenance.now(), Release.version])
  }

  private func write<T>(_ body: (Database) throws -> T) throws(FindingsError) -> T {
    var before = 0
    return try access {
      var result: T?
      do {
        try self.queue.inTransaction(.immediate) { db in
          before = try LedgerRows.lastEvent(db)
          result = try body(db)
          return .commit
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
        throw FindingsError([self.diskFault(error, before)])
      }
      guard let result else {
        throw FindingsError([LedgerFile.damaged(self.path, "nothing was recorded")])
      }
      return result
    }
  }

  /// What a fault of the disk left of a transaction.
  ///
  /// In WAL mode a commit is written and then synchronized. Where only the latter fails, SQLite
  /// reports an error, and whoever opens the ledger next finds the commit there
  /// (https://sqlite.org/wal.html, "How WAL works": a transaction is committed by its frame).
  private func diskFault(_ error: DatabaseError, _ before: Int) -> Finding {
    let after = try? connection.withLock { connection in
      // Who has it open goes on without what was not confirmed.
      try connection.close()
      // A closed connection crashes who reads; an empty one has an error for all.
      connection = try DatabaseQueue()
      connection = try LedgerFile.open(path, mayCreate: false, patience: 1)
      return try connection.read { try LedgerRows.lastEvent($0) }
    }
    if after == before { return LedgerFile.finding(error, path) }
    return LedgerFile.unconfirmed(path, error, isRecorded: after != nil)
  }

  private func access<T>(_ body: () throws -> T) throws(FindingsError) -> T {
    do {
      return try body()
    } catch let error as FindingsError {
      throw error
    } catch {
      throw FindingsError([LedgerFile.finding(error, path)])
    }
  }
}

extension LedgerProposal {
  fileprivate func isSame(as other: LedgerProposal) -> Bool {
    planSHA256 == other.planSHA256 && run == other.run && outcome == other.outcome
  }
}

extension LedgerEntry {
  /// The token that comes with an approval where it is the last that is needed.
  ///
  /// In the form of a UUID, which all providers take for a client token; the same for the same
  /// approval, and another after the purchase was proposed anew.
  func token(completing act: LedgerAct, ledger: String) -> String? {
    let needed = max(approvers, act.details.approvers ?? 1)
    guard approvals.count + 1 >= needed else { return nil }
    return ClientToken.text(of: [ledger, "\(id)", "\(events.count)"])
  }
}

import CloudCosts
import Foundation
import GRDB
import Ingest
import Scenarios

/// Rows of a ledger to values and back.
enum LedgerRows {
  static func contents(_ db: Database, _ path: String) throws -> LedgerContents {
    let events = try events(db, path)
    let proposals = try proposals(db, events)
    var entries: [LedgerEntry] = []
    let byProposal = Dictionary(grouping: events, by: \.proposal)
    let lines = try lines(db)
    for proposal in proposals {
      let own = lines[proposal.id] ?? []
      let events = byProposal[proposal.id] ?? []
      guard events.first(where: { $0.kind == .proposed })?.details.purchases == digest(own) else {
        throw changed(path, "a purchase of proposal \(proposal.id)")
      }
      for line in own {
        let stored = try JSONDecoder().decode(
          StoredCommitment.self, from: Data(line.commitment.utf8))
        entries.append(
          LedgerEntry(
            id: PurchaseID(proposal: proposal.id, line: line.number), proposal: proposal,
            planned: try stored.commitment(place: path),
            projected: Money(micros: Int128(line.projected)),
            review: Hour(sinceEpoch: line.review),
            events: events.filter { $0.line == nil || $0.line == line.number }))
      }
    }
    return LedgerContents(
      id: try String.fetchOne(db, sql: "SELECT id FROM ledger") ?? "", proposals: proposals,
      entries: entries, events: events)
  }

  /// A row of a purchase.
  struct Line {
    var number: Int
    var commitment: String
    var projected: Int64
    var review: Int
  }

  private static func lines(_ db: Database) throws -> [Int: [Line]] {
    var lines: [Int: [Line]] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT * FROM purchase ORDER BY proposal, line") {
      lines[row["proposal"], default: []].append(
        Line(
          number: row["line"], commitment: row["commitment"], projected: row["projected"],
          review: row["review"]))
    }
    return lines
  }

  /// Of a proposal's purchases.
  static func digest(_ lines: [Line]) -> String {
    let parts = lines.flatMap {
      ["\($0.number)", $0.commitment, "\($0.projected)", "\($0.review)"]
    }
    return SHA256.text(ofParts: parts)
  }

  /// All events, once it is certain that their seals fit.
  private static func events(_ db: Database, _ path: String) throws -> [LedgerEvent] {
    var events: [LedgerEvent] = []
    var seal = ""
    for row in try Row.fetchAll(db, sql: "SELECT * FROM event ORDER BY id") {
      let (id, at, name): (Int, String, String) = (row["id"], row["at"], row["kind"])
      let (proposal, line): (Int, Int?) = (row["proposal"], row["line"])
      let (by, why, details): (String, String, String) = (row["by"], row["why"], row["details"])
      let expected = LedgerEvent.seal(
        after: seal, id: id, at: at, kind: name, proposal: proposal, line: line, by: by, why: why,
        details: details)
      seal = row["seal"]
      guard seal == expected, id == events.count + 1,
        let kind = LedgerEvent.Kind(rawValue: name)
      else { throw changed(path, "event \(id)") }
      events.append(
        LedgerEvent(
          id: id, at: at, kind: kind, proposal: proposal, line: line, by: by, why: why,
          details: try JSONDecoder().decode(
            LedgerEvent.Details.self, from: Data(details.utf8)),
          seal: seal))
    }
    return events
  }

  static func changed(_ path: String, _ what: String) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "ledger.changed", place: path,
        message: "\(what) is not what was recorded: the ledger was changed by other means",
        remedy: "Restore a copy; it was written by nobody who is named in it.")
    ])
  }

  private static func proposals(
    _ db: Database, _ events: [LedgerEvent]
  ) throws -> [LedgerProposal] {
    let sql = """
      SELECT id, scenario, run, outcome, currency, plan, plan_sha256, source, window_start,
        window_hours, approvers FROM proposal ORDER BY id
      """
    return try Row.fetchAll(db, sql: sql).map { row in
      let id: Int = row["id"]
      let event = events.first { $0.kind == .proposed && $0.proposal == id }
      return LedgerProposal(
        id: id, scenario: row["scenario"], run: row["run"], outcome: row["outcome"],
        currency: row["currency"], plan: row["plan"], planSHA256: row["plan_sha256"],
        source: row["source"],
        window: HourWindow(
          start: Hour(sinceEpoch: row["window_start"]), hours: row["window_hours"]),
        approvers: row["approvers"], at: event?.at ?? "", by: event?.by ?? "")
    }
  }

  static func insert(
    _ proposal: LedgerProposal, _ packed: ProposalDraft.Packed, id: Int, _ db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO proposal (id, scenario, run, outcome, currency, plan, plan_sha256, source,
          window_start, window_hours, approvers, document, projection, usage)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, proposal.scenario, proposal.run, proposal.outcome, proposal.currency, proposal.plan,
        proposal.planSHA256, proposal.source, proposal.window.start.sinceEpoch,
        proposal.window.hours, proposal.approvers, packed.document, packed.projection,
        packed.usage,
      ])
  }

  static func insert(_ line: Line, proposal: Int, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO purchase (proposal, line, commitment, projected, review)
        VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [proposal, line.number, line.commitment, line.projected, line.review])
  }

  static func append(
    _ kind: LedgerEvent.Kind, proposal: Int, line: Int?, by: String, why: String,
    _ details: LedgerEvent.Details, _ db: Database
  ) throws {
    let last = try Row.fetchOne(db, sql: "SELECT id, seal FROM event ORDER BY id DESC LIMIT 1")
    let id: Int = (last?["id"] ?? 0) + 1
    let at = Provenance.now()
    let json = try details.json()
    let seal = LedgerEvent.seal(
      after: last?["seal"] ?? "", id: id, at: at, kind: kind.rawValue, proposal: proposal,
      line: line, by: by, why: why, details: json)
    try db.execute(
      sql: """
        INSERT INTO event (id, at, kind, proposal, line, by, why, details, seal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [id, at, kind.rawValue, proposal, line, by, why, json, seal])
  }
}

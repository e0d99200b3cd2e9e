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
      id: try db.first(of: "ledger", "SELECT id FROM ledger") { try $0.text("id") } ?? "",
      proposals: proposals, entries: entries, events: events)
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
    try db.forEach(of: "purchase", "SELECT * FROM purchase ORDER BY proposal, line") { row in
      lines[try row.count("proposal"), default: []].append(
        Line(
          number: try row.count("line"), commitment: try row.text("commitment"),
          projected: try row.int64("projected"), review: try row.hour("review").sinceEpoch))
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
    try db.forEach(of: "event", "SELECT * FROM event ORDER BY id") { row in
      let (id, at, name) = (try row.count("id"), try row.text("at"), try row.text("kind"))
      let (proposal, line) = (try row.count("proposal"), try row.optional("line", row.count))
      let (by, why) = (try row.text("by"), try row.text("why"))
      let details = try row.text("details")
      let expected = LedgerEvent.seal(
        after: seal, id: id, at: at, kind: name, proposal: proposal, line: line, by: by, why: why,
        details: details)
      seal = try row.text("seal")
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
        remedy: "Restore a copy; its writer is none of those who are named in it.")
    ])
  }

  private static func proposals(
    _ db: Database, _ events: [LedgerEvent]
  ) throws -> [LedgerProposal] {
    let sql = """
      SELECT id, scenario, run, outcome, currency, plan, plan_sha256, source, window_start,
        window_hours, approvers FROM proposal ORDER BY id
      """
    return try db.all(of: "proposal", sql) { row in
      let id = try row.count("id")
      let event = events.first { $0.kind == .proposed && $0.proposal == id }
      return LedgerProposal(
        id: id, scenario: try row.text("scenario"), run: try row.text("run"),
        outcome: try row.text("outcome"), currency: try row.text("currency"),
        plan: try row.text("plan"), planSHA256: try row.text("plan_sha256"),
        source: try row.text("source"),
        window: HourWindow(
          start: try row.hour("window_start"),
          hours: try row.int("window_hours", in: 0...CheckedRow.mostHours)),
        approvers: try row.count("approvers"), at: event?.at ?? "", by: event?.by ?? "")
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

  /// The number of the newest event; 0 where there is none.
  static func lastEvent(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT MAX(id) FROM event") ?? 0
  }

  static func append(
    _ kind: LedgerEvent.Kind, proposal: Int, line: Int?, by: String, why: String,
    _ details: LedgerEvent.Details, _ db: Database
  ) throws {
    let sql = "SELECT id, seal FROM event ORDER BY id DESC LIMIT 1"
    let last = try db.first(of: "event", sql) {
      (id: try $0.count("id"), seal: try $0.text("seal"))
    }
    let id = (last?.id ?? 0) + 1
    let at = Provenance.now()
    let json = try details.json()
    let seal = LedgerEvent.seal(
      after: last?.seal ?? "", id: id, at: at, kind: kind.rawValue, proposal: proposal,
      line: line, by: by, why: why, details: json)
    try db.execute(
      sql: """
        INSERT INTO event (id, at, kind, proposal, line, by, why, details, seal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [id, at, kind.rawValue, proposal, line, by, why, json, seal])
  }
}

import CloudCosts
import Foundation
import GRDB
import Testing

@testable import Ledger

/// A purchase's life, and that nothing of it can be taken back.
@Suite struct LedgerLifeTests {
  private func rules(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch let error as FindingsError {
      return error.findings.map(\.rule)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func fromProposalToTheEnd() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    var entry = try #require(try ledger.contents().entry(.first))
    #expect(entry.state == .proposed)
    // 744 hours × 10 instances × (1 − 0.6).
    #expect(entry.projected == Money(rounding: 2976))
    #expect(entry.token == nil)
    entry = try ledger.record([LedgerAct(.approved, .first, by: "bob")])[0]
    #expect(entry.state == .approved)
    let token = try #require(entry.token)
    #expect(
      token.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    entry = try ledger.record([.bought(.first, "ri-1", start: Sample.january.start + 24)])[0]
    #expect(entry.state == .bought && entry.providerID == "ri-1" && entry.token == token)
    let bought = try #require(entry.bought())
    #expect(bought.start == Sample.january.start + 24)
    #expect(bought.end == bought.start + 8760 && bought.id == "ri-1")
    var details = LedgerEvent.Details()
    details.end = (Sample.january.start + 100).iso8601
    entry = try ledger.record([
      LedgerAct(.returned, .first, by: "cleo", why: "too large", details: details)
    ])[0]
    #expect(entry.state == .returned && entry.bought()?.end == Sample.january.start + 100)
    // Read back by another connection, whole.
    let again = try Ledger(path: folder.path("l.db")).contents()
    #expect(again.events.map(\.kind) == [.proposed, .approved, .bought, .returned])
    #expect(again.events.map(\.by) == ["ann", "bob", "cleo", "cleo"])
    #expect(again.entry(.second)?.state == .proposed)
  }

  @Test func twoPeopleAreTwo() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"), approvers: 2)
    let first = try ledger.record([LedgerAct(.approved, .first, by: "Bob  Ross")])[0]
    #expect(first.state == .proposed && first.token == nil)
    #expect(
      rules { try ledger.record([LedgerAct(.approved, .first, by: "bob ross ")]) }
        == ["ledger.same-approver"])
    #expect(rules { try ledger.record([.bought(.first, "ri-1")]) } == ["ledger.wrong-state"])
    let second = try ledger.record([LedgerAct(.approved, .first, by: "cleo")])[0]
    #expect(second.state == .approved && second.token != nil)
  }

  @Test func anApprovalMayAskForMore() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    var details = LedgerEvent.Details()
    details.approvers = 2
    let first = try ledger.record([
      LedgerAct(.approved, .first, by: "bob", details: details)
    ])[0]
    #expect(first.state == .proposed && first.approvers == 2)
  }

  @Test func everythingThatIsWrongIsSaidAtOnceAndNothingIsRecorded() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    let found = rules {
      try ledger.record([
        LedgerAct(.approved, .first, by: "bob"), LedgerAct(.rejected, .second, by: "bob"),
        LedgerAct(.returned, .second, by: "bob"), .bought(PurchaseID(proposal: 7, line: 1), "x"),
        LedgerAct(.approved, .second, by: ""),
      ])
    }
    #expect(
      found == [
        "ledger.no-reason", "ledger.wrong-state", "ledger.unknown-purchase", "ledger.no-name",
      ])
    #expect(try ledger.contents().events.count == 1)
  }

  @Test func anIdIsOfOnePurchase() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    try ledger.record([
      LedgerAct(.approved, .first, by: "bob"), LedgerAct(.approved, .second, by: "bob"),
      .bought(.first, "ri-1"),
    ])
    #expect(rules { try ledger.record([.bought(.second, "ri-1")]) } == ["ledger.same-id"])
    #expect(rules { try ledger.record([.bought(.second, "")]) } == ["ledger.no-id"])
    #expect(rules { try ledger.record([.bought(.first, "ri-2")]) } == ["ledger.wrong-state"])
  }

  @Test func aPlanIsProposedOnce() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    let projection = try ledger.projection(of: 1)
    #expect(rules { _ = try ledger.propose(Sample.draft(projection)) } == ["ledger.proposed"])
    let ids = try ledger.propose(Sample.draft(projection, document: "{\"a\": 1}"))
    #expect(ids == [PurchaseID(proposal: 2, line: 1), PurchaseID(proposal: 2, line: 2)])
    #expect(try ledger.document(of: 2) == Data("{\"a\": 1}".utf8))
  }

  /// By any program that opens the file.
  @Test(arguments: [
    "UPDATE event SET by = 'eve'", "DELETE FROM event", "UPDATE proposal SET approvers = 1",
    "DELETE FROM purchase", "DELETE FROM proposal", "UPDATE ledger SET id = 'x'",
  ])
  func nothingIsChangedOrDeleted(sql: String) throws {
    let folder = try Folder()
    _ = try Sample.ledger(folder.path("l.db"))
    let queue = try DatabaseQueue(path: folder.path("l.db"))
    let error = #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
    #expect(error?.message == "a ledger is only ever added to")
  }

  @Test func whatIsChangedBehindTheTriggersShows() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    try ledger.record([LedgerAct(.approved, .first, by: "bob")])
    let queue = try DatabaseQueue(path: folder.path("l.db"))
    try queue.write { db in
      try db.execute(sql: "DROP TRIGGER no_update_of_event")
      try db.execute(sql: "UPDATE event SET by = 'eve' WHERE kind = 'approved'")
    }
    #expect(rules { _ = try ledger.contents() } == ["ledger.changed"])
    #expect(
      rules { try ledger.record([LedgerAct(.approved, .second, by: "bob")]) } == ["ledger.changed"])
  }

  @Test func purchasesAndProjectionsAreSealedToo() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    let queue = try DatabaseQueue(path: folder.path("l.db"))
    try queue.write { db in
      try db.execute(sql: "DROP TRIGGER no_update_of_proposal")
      try db.execute(sql: "UPDATE proposal SET usage = x'00'")
    }
    #expect(rules { _ = try ledger.projection(of: 1) } == ["ledger.changed"])
    try queue.write { db in
      try db.execute(sql: "DROP TRIGGER no_update_of_purchase")
      try db.execute(sql: "UPDATE purchase SET projected = 1 WHERE line = 2")
    }
    #expect(rules { _ = try ledger.contents() } == ["ledger.changed"])
  }

  @Test func whatIsNoLedgerIsLeftAlone() throws {
    let folder = try Folder()
    let path = folder.path("notes.txt")
    try Data("dear diary".utf8).write(to: URL(fileURLWithPath: path))
    #expect(rules { _ = try Ledger(path: path, mayCreate: true) } == ["ledger.not-a-ledger"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("dear diary".utf8))
    let other = folder.path("other.db")
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE t (x)") }
    #expect(rules { _ = try Ledger(path: other, mayCreate: true) } == ["ledger.not-a-ledger"])
    #expect(rules { _ = try Ledger(path: folder.path("none.db")) } == ["ledger.missing"])
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.db")))
  }

  /// The migrator makes its own table before all else; a process may die right after.
  @Test func oneWhoseMakerDiedIsMade() throws {
    let folder = try Folder()
    let path = folder.path("l.db")
    try DatabaseQueue(path: path).write {
      try $0.execute(
        sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    #expect(rules { _ = try Ledger(path: path) } == ["ledger.missing"])
    #expect(try Ledger(path: path, mayCreate: true).contents().events.isEmpty)
    _ = try Ledger(path: path)
    let other = folder.path("other.db")
    try DatabaseQueue(path: other).write {
      try $0.execute(
        sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of others')")
      try $0.execute(sql: "CREATE TABLE t (x)")
    }
    #expect(rules { _ = try Ledger(path: other, mayCreate: true) } == ["ledger.not-a-ledger"])
  }

  @Test func aLaterVersionIsNotTouched() throws {
    let folder = try Folder()
    let path = folder.path("l.db")
    _ = try Sample.ledger(path)
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9')")
    }
    #expect(rules { _ = try Ledger(path: path) } == ["ledger.newer"])
  }

  @Test func whatIsToBeDone() throws {
    let folder = try Folder()
    let ledger = try Sample.ledger(folder.path("l.db"))
    let start = Sample.january.start
    var tasks = try ledger.contents().queue(at: start + -48)
    #expect(tasks.map(\.kind) == [.approve, .approve] && tasks.allSatisfy { $0.by == start })
    try ledger.record([
      LedgerAct(.approved, .first, by: "bob"), LedgerAct(.approved, .second, by: "bob"),
      .bought(.second, "sp-1"),
    ])
    tasks = try ledger.contents().queue(at: start + 1)
    // The plan's window ends with January; a plan of $2/h may be returned for seven days.
    #expect(tasks.map(\.kind) == [.buy, .returnBy, .review, .ends])
    #expect(tasks[0].isOverdue && tasks[1].by == start + 168)
    #expect(tasks[2].by == Sample.january.end && tasks[3].by == start + 8760)
    #expect(
      try ledger.contents().queue(at: start + 1, within: 10).map(\.kind) == [.buy, .returnBy])
    let alerts = AlertRules().alerts(try ledger.contents(), at: start + 100)
    #expect(alerts.map(\.kind) == [.overdue, .returnClosing])
    let late = AlertRules().alerts(try ledger.contents(), at: start + (8760 - 20 * 24))
    #expect(late.map(\.kind) == [.overdue, .endsSoon])
  }
}

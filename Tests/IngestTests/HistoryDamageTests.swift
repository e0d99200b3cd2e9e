import CloudCosts
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ingest

/// A history that was damaged is never believed, and one that is being written is never half.
@Suite struct HistoryDamageTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "history-damage-\(UUID().uuidString)")
  private var path: String { folder.appending(path: "h.db").path }

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func close() { try? FileManager.default.removeItem(at: folder) }

  private func file(_ name: String = "a.csv") -> ImportedFile { .made("/bills/\(name)", days: 3) }

  private func write(_ file: ImportedFile) throws {
    let writer = try HistoryWriter(path: path)
    try writer.replace(file)
    try writer.commit()
  }

  /// Changes rows against their schema's rules, and takes the seal off.
  private func damage(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: sql)
      try db.execute(sql: "PRAGMA user_version = 0")
    }
    try queue.close()
  }

  /// All that can be read of it, as one text; or the rules of what is wrong.
  private func contents(_ path: String) -> (text: String?, rules: [String]) {
    do throws(FindingsError) {
      let history = try History(path: path)
      let usage = try history.usage()
      let text =
        "\(try history.sources()) \(try history.costs()) \(try history.commitments()) "
        + "\(try history.totals()) \(try history.findings()) "
        + "\(usage.map { "\($0.demand.quantities)" } ?? "")"
      return (text, [])
    } catch {
      return (nil, error.findings.map(\.rule))
    }
  }

  /// Also where a checksum fits: what no bill can hold is no number.
  @Test(arguments: [
    (1e12, true), (-1e12, true), (1.1e12, false), (-1e300, false), (.infinity, false),
    (.nan, false),
  ])
  func absurdNumbersAreNoticed(value: Double, isNumber: Bool) {
    var sums = [1.0, 2, 3]
    let are = HistoryBlob.data([0, value]).withUnsafeBytes { blob in
      sums.withUnsafeMutableBufferPointer { HistoryBlob.add(blob, to: $0, at: 1) }
    }
    #expect(are == isNumber)
    #expect(sums[0] == 1 && sums[1] == 2)
  }

  @Test func damageIsNoticed() throws {
    defer { close() }
    try write(file())
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let whole = contents(path).text
    #expect(whole != nil)
    var random = SeededGenerator(seed: 20)
    let damaged = folder.appending(path: "damaged.db")
    var refused = 0
    for trial in 0..<300 {
      var copy = bytes
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch trial % 3 {
      case 0: copy[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: copy.removeLast(bytes.count - place)
      default: copy.insert(UInt8.random(in: 0...255, using: &random), at: place)
      }
      try Data(copy).write(to: damaged)
      let found = contents(damaged.path)
      refused += found.rules.isEmpty ? 0 : 1
      #expect(found.text == nil || found.text == whole, "trial \(trial), byte \(place)")
      #expect(Set(found.rules).isSubset(of: ["history.damaged", "history.not-a-history"]))
    }
    #expect(refused >= 290)
  }

  /// Also where the first bytes are not those of a database any more: it is not read as text.
  @Test func aDamagedHeadIsNoOtherFile() throws {
    defer { close() }
    try write(file())
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    for place in [0, 7, 15] {
      var copy = bytes
      copy[place] ^= 0x81
      try Data(copy).write(to: URL(filePath: path))
      #expect(HistoryFile.isHistory(path))
      #expect(contents(path).rules == ["history.damaged"], "byte \(place)")
    }
    let text = String(repeating: "Plim, ", count: 100)
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(!HistoryFile.isHistory(path))
  }

  /// A history of an earlier version has no checksum: every value is looked at.
  @Test(arguments: [
    "UPDATE series SET quantity = x'000000000000f87f' || substr(quantity, 9)",
    "UPDATE series SET quantity = substr(quantity, 9)",
    "UPDATE series SET first_hour = -100000000", "UPDATE series SET hours = 100000000",
    "UPDATE series SET first_hour = 9223372036854775807",
    "UPDATE cost SET day = 'row contents'", "UPDATE cost SET class = 'row contents'",
    "UPDATE cost SET quantity = 1e308", "UPDATE cost SET rows = 1.5",
    "UPDATE source SET bytes = 'row contents'", "UPDATE total SET month = '2024-13'",
    "UPDATE subject SET tags = '{'", "UPDATE commitment SET seen_hours = -1",
    "UPDATE finding SET severity = 'row contents'", "DELETE FROM subject", "DROP TABLE finding",
    "ALTER TABLE cost ADD COLUMN more",
  ])
  func valuesAreChecked(_ sql: String) throws {
    defer { close() }
    try write(file())
    try damage(sql)
    let found = contents(path)
    #expect(found.rules == ["history.damaged"])
    // Nor is it gone on from.
    let error = #expect(throws: FindingsError.self) { try write(file("b.csv")) }
    #expect(error?.findings.map(\.rule) == ["history.damaged"])
    #expect(error?.findings.contains { $0.message.contains("row contents") } == false)
    #expect(error?.findings.allSatisfy { $0.remedy.contains("import the bills again") } == true)
  }

  /// Of which file a commitment is known, and when accounts were last charged, is checked too.
  @Test(arguments: [
    "UPDATE commitment SET source = 'row contents'", "UPDATE commitment SET id = x'ff'",
    "UPDATE cost SET day = 'row contents'", "UPDATE cost SET day = 9223372036854775807",
    "UPDATE cost SET source = 'row contents'", "UPDATE subject SET account = x'ff'",
  ])
  func whatIsOwnedIsChecked(_ sql: String) throws {
    defer { close() }
    try write(file())
    try damage(sql)
    let error = #expect(throws: FindingsError.self) {
      _ = try History(path: path).ownership()
    }
    #expect(error?.findings.map(\.rule) == ["history.damaged"])
    #expect(error?.findings.contains { $0.message.contains("row contents") } == false)
  }

  @Test func whatSQLiteChangedIsNoLongerVouchedFor() throws {
    defer { close() }
    try write(file())
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "UPDATE cost SET billed = billed + 1") }
    try queue.close()
    #expect(contents(path).rules == ["history.damaged"])
  }

  /// Old until it is new; and for its owner alone.
  @Test func theHistoryIsNeverHalf() throws {
    defer { close() }
    let writer = try HistoryWriter(path: path)
    try writer.replace(file())
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.commit()
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let before = try Data(contentsOf: URL(filePath: path))
    do {
      let discarded = try HistoryWriter(path: path)
      try discarded.replace(file("b.csv"))
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["h.db"])
    try write(file("b.csv"))
    #expect(try History(path: path).sources().map(\.path) == ["/bills/a.csv", "/bills/b.csv"])
  }

  @Test func oneImportAtATime() throws {
    defer { close() }
    try write(file())
    let first = try HistoryWriter(path: path)
    let error = #expect(throws: FindingsError.self) { _ = try HistoryWriter(path: path) }
    #expect(error?.findings.map(\.rule) == ["history.busy"])
    try first.replace(file("b.csv"))
    try first.commit()
    // Two first imports: the second does not take the first one's place.
    let other = folder.appending(path: "other.db").path
    let one = try HistoryWriter(path: other)
    let two = try HistoryWriter(path: other)
    try one.commit()
    let late = #expect(throws: FindingsError.self) { try two.commit() }
    #expect(late?.findings.map(\.rule) == ["history.busy"])
  }

  /// The history is made where a link leads to, also where nothing is there yet.
  @Test func aLinkIsFollowed() throws {
    defer { close() }
    let place = folder.appending(path: "place")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "place/second.db")
    try FileManager.default.createSymbolicLink(
      atPath: place.appending(path: "second.db").path, withDestinationPath: "third.db")
    for name in ["a.csv", "b.csv"] { try write(file(name)) }
    #expect(try History(path: path).sources().map(\.path) == ["/bills/a.csv", "/bills/b.csv"])
    let left = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    #expect(left == ["second.db", "third.db"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == "place/second.db")
  }

  @Test func leftoversOfTheDeadAreRemoved() throws {
    defer { close() }
    let old = Date(timeIntervalSinceNow: -3600)
    for name in ["mine-dead", "mine-held", "mine-young", "theirs"] {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      if name != "mine-young" {
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: url.path)
      }
    }
    let held = Leftover(holding: folder.appending(path: "mine-held").path)
    Leftover.sweep(folder.path, prefix: "mine-")
    withExtendedLifetime(held) {}
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["mine-held", "mine-young", "theirs"])
  }

  @Test func childrenTellHowTheyEnded() throws {
    #expect(try Child.run("/bin/sh", ["-c", "exit 3"]) == 3)
    #expect(try Child.run("/bin/sh", ["-c", "kill -9 $$"]) == 128 + 9)
  }
}

import TestSupport
import Testing

@testable import Ingest

/// Keys are distinguished whatever order they come in; a file's own order is only a guess.
@Suite struct KeyTableTests {
  private static func number(_ key: [String], in table: inout KeyTable, next: inout Int) -> Int {
    table.begin()
    for field in key {
      Array(field.utf8).withUnsafeBytes { table.append(Field(trimming: $0)) }
    }
    if let known = table.lookup() { return known }
    table.store(next)
    next += 1
    return next - 1
  }

  @Test func sameNumberForSameKeyInAnyOrder() {
    // Keys that begin alike, that are parts of each other, and that only a separator tells apart.
    let keys = [
      ["a", "b"], ["a", "bc"], ["ab", ""], ["", "ab"], ["a", ""], ["", ""], ["a"], ["a", "b", ""],
      ["a", "b", "c"], ["é", "b"], ["aws", "eu-west-1", "m5.large"],
      ["aws", "eu-west-1", "m5.larger"], ["aws", "eu-west-2", "m5.large"],
    ]
    var random = SeededGenerator(seed: 3)
    var table = KeyTable()
    var next = 0
    var known: [[String]: Int] = [:]
    var order = keys
    for round in 0..<200 {
      // The same order over and over, now and then another one, keys twice in a row and left out.
      if round % 10 == 0 { order.shuffle(using: &random) }
      for key in order where Int.random(in: 0..<8, using: &random) > 0 {
        for _ in 0..<Int.random(in: 1...2, using: &random) {
          let found = Self.number(key, in: &table, next: &next)
          #expect(known[key] == nil || known[key] == found)
          known[key] = found
        }
      }
    }
    #expect(Set(known.values).count == keys.count)
    #expect(next == keys.count)
  }

  @Test func manyKeysOutgrowTheirSlots() {
    var table = KeyTable()
    var next = 0
    for _ in 0..<3 {
      for key in 0..<5_000 {
        #expect(Self.number(["key", "\(key)"], in: &table, next: &next) == key)
      }
    }
  }
}

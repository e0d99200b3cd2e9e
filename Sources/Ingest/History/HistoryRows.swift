import CloudCosts
import Foundation
import GRDB

/// The tables' rows as values.
enum HistoryRows {
  static func sources(_ db: Database) throws -> [(id: Int64, source: HistorySource)] {
    var sources: [(id: Int64, source: HistorySource)] = []
    try db.forEach(of: "source", "SELECT * FROM source ORDER BY id") { row in
      let first = try row.optional("first_hour", row.hour)
      let hours = try row.optional("hours") { try row.int($0, in: 0...CheckedRow.mostHours) }
      var window: HourWindow?
      if let first, let hours { window = HourWindow(start: first, hours: hours) }
      sources.append(
        (
          try row.int64("id"),
          HistorySource(
            path: try row.text("path"), format: try row.text("format"),
            bytes: try row.count("bytes"), fingerprint: try row.text("fingerprint"),
            rows: try row.count("rows"), currency: try row.text("currency"),
            grain: try row.name("grain"), window: window)
        ))
    }
    return sources
  }

  /// Groups of a provider that this version does not know are left out.
  static func groups(_ db: Database) throws -> [Int64: UsageGroup] {
    var groups: [Int64: UsageGroup] = [:]
    var skus: Set<SKU> = []
    try db.forEach(of: "usage_group", "SELECT * FROM usage_group") { row in
      guard let provider = Provider(rawValue: try row.text("provider")) else { return }
      let sku = SKU(
        provider: provider, region: try row.text("region"),
        instanceType: try row.text("instance_type"),
        operatingSystem: try row.text("operating_system"), tenancy: try row.text("tenancy"),
        zone: try row.text("zone"))
      groups[try row.int64("id")] = UsageGroup(
        account: try row.text("account"), sku: skus.insert(sku).memberAfterInsert)
    }
    return groups
  }

  static func subjects(_ db: Database) throws -> [Int64: ChargeSubject] {
    let groups = try groups(db)
    var subjects: [Int64: ChargeSubject] = [:]
    try db.forEach(of: "subject", "SELECT * FROM subject") { row in
      let group = try row.optional("usage_group", row.int64)
      guard let tags = tags(try row.text("tags")) else { throw row.damage("tags") }
      // A history of an earlier version has no such column until something is imported into it.
      let meter = row.row.hasColumn("meter") ? try row.text("meter") : ""
      subjects[try row.int64("id")] = ChargeSubject(
        provider: try row.text("provider"), account: try row.text("account"),
        service: try row.text("service"), region: try row.text("region"),
        group: group.flatMap { groups[$0] }, meter: meter, tags: tags)
    }
    return subjects
  }

  /// Nil where the row's month is none.
  static func total(_ row: CheckedRow) throws -> HistoryTotal {
    let parts = try row.text("month").split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2, (1970...2199).contains(parts[0]), (1...12).contains(parts[1]) else {
      throw row.damage("month")
    }
    return HistoryTotal(
      month: CalendarMonth(year: parts[0], month: parts[1]), service: try row.text("service"),
      chargeClass: try row.optional("class") { try row.name($0) }, rule: try row.text("rule"),
      rows: try row.count("rows"), list: try row.money("list"),
      contracted: try row.money("contracted"), billed: try row.money("billed"),
      effective: try row.money("effective"))
  }

  static func commitments(_ db: Database) throws -> [HistoryCommitment] {
    var entries: [HistoryCommitment] = []
    try db.forEach(of: "commitment", "SELECT * FROM commitment ORDER BY id, source") { row in
      entries.append(try HistoryCommitment(row))
    }
    return entries
  }

  /// Tags as one JSON object with sorted keys; empty for none.
  static func text(of tags: [String: String]) -> String {
    guard !tags.isEmpty else { return "" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(tags)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Nil for what `text` does not write.
  static func tags(_ text: String) -> [String: String]? {
    guard !text.isEmpty else { return [:] }
    return try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))
  }
}

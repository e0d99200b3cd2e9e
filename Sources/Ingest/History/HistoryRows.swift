import CloudCosts
import Foundation
import GRDB

/// The tables' rows as values.
enum HistoryRows {
  static func sources(_ db: Database) throws -> [(id: Int64, source: HistorySource)] {
    try Row.fetchAll(db, sql: "SELECT * FROM source ORDER BY id").map { row in
      let first: Int? = row["first_hour"]
      let hours: Int? = row["hours"]
      var window: HourWindow?
      if let first, let hours { window = HourWindow(start: Hour(sinceEpoch: first), hours: hours) }
      return (
        row["id"],
        HistorySource(
          path: row["path"], format: row["format"], bytes: row["bytes"],
          fingerprint: row["fingerprint"], rows: row["rows"], currency: row["currency"],
          grain: HistorySource.Grain(rawValue: row["grain"]) ?? .hourly, window: window)
      )
    }
  }

  /// Groups of a provider that this version does not know are left out.
  static func groups(_ db: Database) throws -> [Int64: UsageGroup] {
    var groups: [Int64: UsageGroup] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT * FROM usage_group") {
      guard let provider = Provider(rawValue: row["provider"]) else { continue }
      groups[row["id"]] = UsageGroup(
        account: row["account"],
        sku: SKU(
          provider: provider, region: row["region"], instanceType: row["instance_type"],
          operatingSystem: row["operating_system"], tenancy: row["tenancy"], zone: row["zone"]))
    }
    return groups
  }

  static func subjects(_ db: Database) throws -> [Int64: ChargeSubject] {
    let groups = try groups(db)
    var subjects: [Int64: ChargeSubject] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT * FROM subject") {
      let group: Int64? = row["usage_group"]
      var subject = ChargeSubject(
        provider: row["provider"], account: row["account"], service: row["service"],
        region: row["region"], group: group.flatMap { groups[$0] }, tags: tags(row["tags"]))
      // A history of an earlier version has no such column until something is imported into it.
      if row.hasColumn("meter") { subject.meter = row["meter"] }
      subjects[row["id"]] = subject
    }
    return subjects
  }

  /// Nil where the row's month is none.
  static func total(_ row: Row) -> HistoryTotal? {
    let parts = (row["month"] as String).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    return HistoryTotal(
      month: CalendarMonth(year: parts[0], month: parts[1]), service: row["service"],
      chargeClass: (row["class"] as String?).flatMap(ChargeClass.init(rawValue:)),
      rule: row["rule"], rows: row["rows"], list: money(row, "list"),
      contracted: money(row, "contracted"), billed: money(row, "billed"),
      effective: money(row, "effective"))
  }

  static func commitments(_ db: Database) throws -> [HistoryCommitment] {
    try Row.fetchAll(db, sql: "SELECT * FROM commitment ORDER BY id, source").map { row in
      var entry = HistoryCommitment(
        id: row["id"], provider: row["provider"], account: row["account"],
        seen: HourWindow(start: Hour(sinceEpoch: row["seen_first"]), hours: row["seen_hours"]))
      entry.name = row["name"]
      entry.type = row["type"]
      entry.category = row["category"]
      entry.product = (row["product"] as String?).flatMap(Product.init(rawValue:))
      entry.region = row["region"]
      entry.zone = row["zone"]
      entry.instanceType = row["instance_type"]
      entry.operatingSystem = row["operating_system"]
      entry.tenancy = row["tenancy"]
      entry.term = (row["term_years"] as Int?).map(Term.init(years:))
      entry.payment = (row["payment"] as String?).flatMap(PaymentOption.init(rawValue:))
      entry.quantity = row["quantity"]
      entry.hourlyCommitment = row["hourly_commitment"]
      entry.start = (row["start_hour"] as Int?).map(Hour.init(sinceEpoch:))
      entry.end = (row["end_hour"] as Int?).map(Hour.init(sinceEpoch:))
      return entry
    }
  }

  /// Money of a row of `cost` or `total`.
  static func money(_ row: Row, _ column: String) -> Money {
    Money(micros: Int128(row[column] as Int64))
  }

  /// Tags as one JSON object with sorted keys; empty for none.
  static func text(of tags: [String: String]) -> String {
    guard !tags.isEmpty else { return "" }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(tags)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  static func tags(_ text: String) -> [String: String] {
    guard !text.isEmpty else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:]
  }
}

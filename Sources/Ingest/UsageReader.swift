import CloudCosts

/// A usage history: how much of each group ran in each hour, and where the file says so.
package struct UsageHistory: Sendable {
  /// Only groups with usage inside the window.
  package var demand: Demand
  /// For each group of the demand, the first line inside the window on which it is used.
  package var firstLines: [Int]
  /// The file, as its user calls it.
  package var file: String
  /// Whose usage it is by the column `tag`; nil where there is none.
  package var tags: UsageTags?

  package init(demand: Demand, firstLines: [Int], file: String) {
    self.demand = demand
    self.firstLines = firstLines
    self.file = file
  }
}

enum UsageColumn: Int, ServiceColumn {
  case timestamp, provider, account, region, instanceType, operatingSystem, tenancy, quantity
  case zone, tag, service, unit, engine, license, deployment

  static let headings = [
    "timestamp", "provider", "account", "region", "instance_type", "operating_system", "tenancy",
    "quantity", "zone", "tag", "service", "unit", "engine", "license", "deployment",
  ]
  static let required: [UsageColumn] = [.timestamp, .provider, .region, .instanceType, .quantity]
}

/// Reads usage files.
package enum UsageReader {
  /// Reads a whole usage file.
  ///
  /// - Parameter window: which hours to keep; nil for the file's own span. Rows outside it are
  ///   checked like the others and then left out.
  /// - Returns: the history, and the findings of every line. Time: linear in bytes. Memory: the
  ///   demand, twice.
  package static func read(_ file: InputFile, window: HourWindow? = nil) -> Reading<UsageHistory> {
    var log = FindingLog(file: file.name, kind: "usage")
    guard var table = Table<UsageColumn>.open(file, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var builder = UsageBuilder(window: window)
    while table.next(&log) {
      guard let row = row(table, builder: &builder, log: &log) else { continue }
      builder.add(row, log: &log)
    }
    let history = log.hasErrors ? nil : builder.finish(&log)
    if let start = history?.demand.window.start, !Hour.isLikely(start) {
      log.add(
        .warning, "unlikely-date", line: nil,
        "usage starts at \(start), in no year of a cloud: no commitment of today meets it",
        remedy: Hour.unlikelyRemedy)
    }
    return Reading(value: history, findings: log.finished())
  }

  /// The row in numbers; nil, with findings, where a field cannot be used. Every field is looked
  /// at.
  private static func row(
    _ table: borrowing Table<UsageColumn>, builder: inout UsageBuilder, log: inout FindingLog
  ) -> UsageRow? {
    let line = table.line
    let hour = builder.hours.hour(table[.timestamp], line: line, log: &log)
    let group = builder.group(of: table, log: &log)
    let quantity = log.number(
      table[.quantity], "quantity", line: line, most: builder.largestQuantity(ofGroup: group))
    guard let hour, let group, let quantity else { return nil }
    return UsageRow(line: line, hour: hour, group: group, quantity: quantity)
  }
}

/// One line of usage: so many instance-hours of a group in an hour.
struct UsageRow {
  var line: Int
  var hour: Hour
  /// The builder's number of the group.
  var group: Int
  var quantity: Double
}

/// Reads the timestamps of a column in which neighbours are mostly equal.
struct HourColumn {
  private var last: [UInt8] = []
  private var lastHour: Hour?

  mutating func hour(_ field: Field, line: Int, log: inout FindingLog) -> Hour? {
    if let lastHour, isLast(field) { return lastHour }
    guard let hour = log.hour(field, "timestamp", line: line) else { return nil }
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: field.bytes)
    lastHour = hour
    return hour
  }

  private func isLast(_ field: Field) -> Bool {
    guard last.count == field.bytes.count else { return false }
    return last.withUnsafeBytes { last in
      for index in 0..<last.count where last[index] != field.bytes[index] { return false }
      return true
    }
  }
}

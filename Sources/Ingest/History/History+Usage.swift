import CloudCosts
import GRDB

/// Usage out of a history.
package struct HistoryUsage: Sendable {
  /// Instance-hours, never below 0; groups without any are left out.
  package var demand: Demand
  /// The part of the demand of which only the day is known, in the same shape; empty where every
  /// row was hourly.
  package var uncertain: [Double]
  /// Group-hours in which corrections took back more than was used; they count as 0.
  package var negativeHours: Int
}

extension History {
  /// The demand of all files together.
  ///
  /// - Parameter window: nil: from the first to the last hour of usage.
  /// - Returns: nil where there is no usage. Time: linear in the numbers stored (8,760 × 500 is
  ///   35 MB). Memory: the demand, twice where groups are left out.
  package func usage(window: HourWindow? = nil) throws(FindingsError) -> HistoryUsage? {
    try read { db in
      guard let window = try window ?? span(db) else { return nil }
      let groups = try HistoryRows.groups(db)
      let order = groups.sorted { $0.value < $1.value }
      guard window.hours > 0, !order.isEmpty else { return nil }
      var positions: [Int64: Int] = [:]
      for (index, entry) in order.enumerated() { positions[entry.key] = index }
      let (cells, isTooLarge) = order.count.multipliedReportingOverflow(by: window.hours)
      guard !isTooLarge else { throw CheckedRow.Damage(table: "series", column: "hours") }
      var sums = [Double](repeating: 0, count: cells)
      let isSpread =
        try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM series WHERE uncertain IS NOT NULL)") ?? false
      var uncertain = [Double](repeating: 0, count: isSpread ? cells : 0)
      try db.forEach(
        of: "series",
        """
        SELECT usage_group, first_hour, hours, quantity, uncertain FROM series
        WHERE first_hour < ? AND first_hour + hours > ? ORDER BY source, usage_group
        """, [window.end.sinceEpoch, window.start.sinceEpoch]
      ) { row in
        guard let position = positions[try row.int64("usage_group")] else { return }
        let offset = try row.hour("first_hour") - window.start
        let range = position * window.hours..<(position + 1) * window.hours
        try add(row, "quantity", to: &sums, range, at: offset)
        if isSpread { try add(row, "uncertain", to: &uncertain, range, at: offset) }
      }
      return compact(
        HistoryUsage(
          demand: Demand(window: window, groups: order.map(\.value), quantities: sums),
          uncertain: uncertain, negativeHours: 0))
    }
  }

  private func add(
    _ row: CheckedRow, _ column: String, to sums: inout [Double], _ range: Range<Int>,
    at offset: Int
  ) throws {
    let hours = try row.int("hours", in: 0...CheckedRow.mostHours)
    try row.row.withUnsafeData(named: column) { data in
      guard let data else {
        if column == "quantity" { throw row.damage(column) }
        return
      }
      guard data.count == hours * 8 else { throw row.damage(column) }
      let areNumbers = data.withUnsafeBytes { blob in
        sums.withUnsafeMutableBufferPointer { all in
          HistoryBlob.add(
            blob, to: UnsafeMutableBufferPointer(rebasing: all[range]), at: offset)
        }
      }
      guard areNumbers else { throw row.damage(column) }
    }
  }

  private func span(_ db: Database) throws -> HourWindow? {
    var window: HourWindow?
    let sql = "SELECT MIN(first_hour) AS first_hour, MAX(first_hour + hours) AS hours FROM series"
    try db.forEach(of: "series", sql) { row in
      guard let first = try row.optional("first_hour", row.hour),
        let last = try row.optional("hours", row.hour)
      else { return }
      guard first < last, last - first <= CheckedRow.mostHours else { throw row.damage("hours") }
      window = HourWindow(start: first, hours: last - first)
    }
    return window
  }

  /// Sets what is below 0 to 0, and leaves out groups without usage.
  private func compact(_ usage: HistoryUsage) -> HistoryUsage? {
    var usage = usage
    let hours = usage.demand.window.hours
    let groups = usage.demand.groups
    var kept: [Int] = []
    for group in groups.indices {
      var isUsed = false
      for cell in group * hours..<(group + 1) * hours {
        // Sums of corrections leave dust of some 1e-12.
        if usage.demand.quantities[cell] < 1e-9 {
          if usage.demand.quantities[cell] < -1e-9 { usage.negativeHours += 1 }
          usage.demand.quantities[cell] = 0
        } else {
          isUsed = true
        }
      }
      if isUsed { kept.append(group) }
    }
    guard !kept.isEmpty else { return nil }
    guard kept.count < groups.count else { return usage }
    func pick(_ values: [Double]) -> [Double] {
      values.isEmpty ? [] : kept.flatMap { values[$0 * hours..<($0 + 1) * hours] }
    }
    usage.uncertain = pick(usage.uncertain)
    usage.demand = Demand(
      window: usage.demand.window, groups: kept.map { groups[$0] },
      quantities: pick(usage.demand.quantities))
    return usage
  }
}

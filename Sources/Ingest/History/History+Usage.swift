import CloudCosts
import GRDB

/// Usage out of a history.
public struct HistoryUsage: Sendable {
  /// Instance-hours, never below 0; groups without any are left out.
  public var demand: Demand
  /// The part of the demand of which only the day is known, in the same shape; empty where every row
  /// was hourly.
  public var uncertain: [Double]
  /// Group-hours in which corrections took back more than was used; they count as 0.
  public var negativeHours: Int
}

extension History {
  /// The demand of all files together.
  ///
  /// - Parameter window: nil: from the first to the last hour of usage.
  /// - Returns: nil where there is no usage. Time: linear in the numbers stored (8,760 × 500 is
  ///   35 MB). Memory: the demand, twice where groups are left out.
  public func usage(window: HourWindow? = nil) throws(FindingsError) -> HistoryUsage? {
    try read { db in
      guard let window = try window ?? span(db) else { return nil }
      let groups = try HistoryRows.groups(db)
      let order = groups.sorted { $0.value < $1.value }
      guard window.hours > 0, !order.isEmpty else { return nil }
      var positions: [Int64: Int] = [:]
      for (index, entry) in order.enumerated() { positions[entry.key] = index }
      let cells = order.count * window.hours
      var sums = [Double](repeating: 0, count: cells)
      let isSpread =
        try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM series WHERE uncertain IS NOT NULL)") ?? false
      var uncertain = [Double](repeating: 0, count: isSpread ? cells : 0)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT usage_group, first_hour, quantity, uncertain FROM series
          WHERE first_hour < ? AND first_hour + hours > ? ORDER BY source, usage_group
          """, arguments: [window.end.sinceEpoch, window.start.sinceEpoch])
      while let row = try rows.next() {
        guard let position = positions[row[0]] else { continue }
        let offset = (row[1] as Int) - window.start.sinceEpoch
        let range = position * window.hours..<(position + 1) * window.hours
        try add(row, 2, to: &sums, range, at: offset)
        if isSpread { try add(row, 3, to: &uncertain, range, at: offset) }
      }
      return compact(
        HistoryUsage(
          demand: Demand(window: window, groups: order.map(\.value), quantities: sums),
          uncertain: uncertain, negativeHours: 0))
    }
  }

  private func add(
    _ row: Row, _ column: Int, to sums: inout [Double], _ range: Range<Int>, at offset: Int
  ) throws {
    try row.withUnsafeData(atIndex: column) { data in
      guard let data else { return }
      data.withUnsafeBytes { blob in
        sums.withUnsafeMutableBufferPointer { all in
          HistoryBlob.add(
            blob, to: UnsafeMutableBufferPointer(rebasing: all[range]), at: offset)
        }
      }
    }
  }

  private func span(_ db: Database) throws -> HourWindow? {
    let row = try Row.fetchOne(
      db, sql: "SELECT MIN(first_hour) AS first, MAX(first_hour + hours) AS last FROM series")
    guard let first: Int = row?["first"], let last: Int = row?["last"] else { return nil }
    return HourWindow(start: Hour(sinceEpoch: first), hours: last - first)
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

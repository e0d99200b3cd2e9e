import CloudCosts

extension UtilizationSeries {
  /// The hours of a window (as indices) in which the machine ran.
  package func runningHours(in window: HourWindow) -> [Int] {
    hours.lazy.filter { window.start <= $0 && $0 < window.end }.map { $0 - window.start }
  }
}

extension UtilizationHistory {
  /// Errors where more machines ran in an hour than the demand has instance-hours of their group:
  /// resizing them all would leave less than nothing.
  ///
  /// One finding a group, with rule `utilization.exceeds-usage`; hours outside the demand's window
  /// are not compared. O(groups × hours + measurements).
  package func exceedances(of demand: Demand) -> [Finding] {
    var machines: [UsageGroup: [Int]] = [:]
    for (s, series) in series.enumerated() {
      machines[series.resource.group, default: []].append(s)
    }
    let rows = Dictionary(
      demand.groups.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return machines.keys.sorted().compactMap { group in
      var running = [Int](repeating: 0, count: demand.window.hours)
      for s in machines[group] ?? [] {
        for h in series[s].runningHours(in: demand.window) { running[h] += 1 }
      }
      let row = rows[group]
      func usage(_ hour: Int) -> Double { row.map { demand[$0, hour] } ?? 0 }
      // Exports round instance-hours; a millionth is not a machine.
      let hours = running.indices.filter { Double(running[$0]) > usage($0) + 1e-6 }
      guard let first = hours.first else { return nil }
      let ids = (machines[group] ?? []).map { series[$0].resource.id }
      let names = ids.prefix(3).joined(separator: ", ") + (ids.count > 3 ? ", …" : "")
      return Finding(
        .error, rule: "utilization.exceeds-usage", place: "\(group)",
        message: "\(running[first]) machine(s) of \(group) ran at \(demand.window.start + first), "
          + "but the usage has \(usage(first)) instance-hours there (\(hours.count) such hour(s); "
          + "machines \(names)).",
        remedy: "Check the instance type, account and region of these machines, or bring usage "
          + "that includes them.")
    }
  }
}

import CloudCosts

/// The hours whose peak needs more than a type has, with the band in which their share lies.
struct AboveCapacity {
  private(set) var hours = 0
  private(set) var count = 0
  private(set) var band = 0.0...1.0

  /// - Parameters:
  ///   - cpu: percent of the new processors for a percent of the old ones; memory likewise.
  ///   - network, disk: the new capacity in gigabit and megabyte per second; nil: unknown.
  ///   - throttled: hours (indices of the load) without CPU credits.
  init(
    _ load: Load, cpu: Double, memory: Double, network: Double?, disk: Double?,
    throttled: Set<Int>
  ) {
    let dust = 1 + 1e-9
    var days: [Int] = []
    var inDay = 0
    for h in load.cpu.indices where load.cpu[h].isFinite {
      var isAbove = load.cpu[h] * cpu > 100 * dust || throttled.contains(h)
      // NaN is above nothing.
      if load.memory[h] * memory > 100 * dust, memory > 1 { isAbove = true }
      if let network, h < load.network.count, load.network[h] > network * dust { isAbove = true }
      if let disk, h < load.disk.count, load.disk[h] > disk * dust { isAbove = true }
      if isAbove {
        count += 1
        inDay += 1
      }
      hours += 1
      if hours % 24 == 0 {
        days.append(inDay)
        inDay = 0
      }
    }
    band = Self.band(count, of: hours, days: days)
  }

  /// Wilson's interval of 95 %, its sample shrunk by how much bad hours come in bad days: the
  /// variance of days over what independent hours would have.
  ///
  /// Source: Wilson 1927; the design effect of cluster samples (Kish 1965).
  static func band(_ count: Int, of hours: Int, days: [Int]) -> ClosedRange<Double> {
    guard hours > 0 else { return 0...1 }
    let p = Double(count) / Double(hours)
    var n = Double(hours)
    if days.count > 1, p > 0, p < 1 {
      let mean = days.reduce(0.0) { $0 + Double($1) } / Double(days.count)
      let variance =
        days.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        / Double(days.count - 1)
      n /= max(1, variance / (24 * p * (1 - p)))
    }
    let z = 1.96
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, middle - half)...min(1, max(p, middle + half))
  }
}

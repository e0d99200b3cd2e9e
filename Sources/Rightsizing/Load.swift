import CloudCosts

/// What a machine's history says about it: the few figures that rules are about.
struct Load {
  /// Hours whose processor use is known.
  var hours: Int
  var cpuPercentile: Double
  var cpuMax: Double
  /// Nil where too few hours are known.
  var memoryMax: Double?

  /// Nil where fewer than the asked hours are known.
  init?(_ series: UtilizationSeries, rules: RightsizingRules) {
    let cpu = series.cpuMax.filter(\.isFinite).sorted()
    guard let highest = cpu.last, cpu.count >= rules.minHistoryHours else { return nil }
    hours = cpu.count
    cpuMax = highest
    cpuPercentile = Load.percentile(rules.cpuPercentile, ofSorted: cpu)
    let memory = series.memoryMax.filter(\.isFinite)
    memoryMax = memory.count >= rules.minHistoryHours ? memory.max() : nil
  }

  /// The nearest-rank percentile: the smallest value that at least p % of the values do not exceed.
  /// It is always a value that occurred.
  static func percentile(_ p: Double, ofSorted values: [Double]) -> Double {
    let share = min(max(p.isFinite ? p : 100, 0), 100)
    let rank = Int((share * Double(values.count) / 100).rounded(.up))
    return values[min(max(rank, 1), values.count) - 1]
  }
}

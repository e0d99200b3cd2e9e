import CloudCosts

/// What a machine's history says about it: each metric in the order of time and in order of size.
struct Load {
  /// Percent of all processors, in the order of time; NaN where unknown.
  let cpu: [Double]
  let cpuAverage: [Double]
  /// Percent; NaN where unknown.
  let memory: [Double]
  /// Gigabit per second.
  let network: [Double]
  /// Megabyte per second.
  let disk: [Double]
  private let sorted: [ActionFit.Metric: [Double]]

  /// Hours whose processor use is known.
  var hours: Int { sorted[.cpu]?.count ?? 0 }

  /// Nil where fewer than the asked hours are known of the processors.
  init?(_ series: UtilizationSeries, rules: RightsizingRules) {
    // A processor above its nominal clock reads as more than 100 %.
    cpu = series.cpuMax.map { $0 > 100 ? 100 : $0 }
    cpuAverage = series.cpuAvg
    memory = series.memoryMax.map { $0 > 100 ? 100 : $0 }
    network = series.networkMax.map { $0 / 1000 }
    disk = series.diskMax
    var sorted: [ActionFit.Metric: [Double]] = [:]
    for (metric, values) in [
      (ActionFit.Metric.cpu, cpu), (.memory, memory), (.network, network), (.disk, disk),
    ] {
      let known = values.filter(\.isFinite)
      if known.count >= max(1, rules.minHistoryHours) { sorted[metric] = known.sorted() }
    }
    guard sorted[.cpu] != nil else { return nil }
    self.sorted = sorted
  }

  /// Whether enough hours of a metric are known.
  func isKnown(_ metric: ActionFit.Metric) -> Bool { sorted[metric] != nil }

  /// In the metric's own unit; nil where too few hours are known.
  func percentile(_ p: Double, of metric: ActionFit.Metric) -> Double? {
    sorted[metric].map { Load.percentile(p, ofSorted: $0) }
  }

  /// The nearest-rank percentile: the smallest value that at least p % of the values do not exceed.
  /// It is always a value that occurred.
  static func percentile(_ p: Double, ofSorted values: [Double]) -> Double {
    let share = min(max(p.isFinite ? p : 100, 0), 100)
    let rank = Int((share * Double(values.count) / 100).rounded(.up))
    return values[min(max(rank, 1), values.count) - 1]
  }
}

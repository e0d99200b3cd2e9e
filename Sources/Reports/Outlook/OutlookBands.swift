import CloudCosts
import Scenarios

/// How finely an outlook is reported.
package enum OutlookStep: String, CaseIterable, Sendable, Codable {
  case hour, day, week, month
}

/// The 10, 50 and 90 % quantiles over paths, step by step, of the mean of each step.
struct OutlookBands {
  static let shares = [0.1, 0.5, 0.9]
  /// The hours of the horizon that each step has.
  let steps: [Range<Int>]
  private let paths: DemandPaths

  init(_ paths: DemandPaths, by step: OutlookStep) {
    self.paths = paths
    let window = paths.window
    switch step {
    case .hour: steps = (0..<window.hours).map { $0..<$0 + 1 }
    case .day: steps = Self.days(window)
    case .week: steps = Self.weeks(window)
    case .month: steps = window.months.map(\.hours)
    }
  }

  static func days(_ window: HourWindow) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var lower = 0
    while lower < window.hours {
      let left = 24 - (window.start.sinceEpoch + lower) % 24
      result.append(lower..<min(window.hours, lower + left))
      lower += left
    }
    return result
  }

  /// Seven days each, from the first hour on. Days that are left at the end are reported by no
  /// week: without a weekend they would be too high. A window that is shorter is one.
  static func weeks(_ window: HourWindow) -> [Range<Int>] {
    guard window.hours >= 168 else { return [0..<window.hours] }
    return (0..<window.hours / 168).map { $0 * 168..<($0 + 1) * 168 }
  }

  /// Of a sum of groups, each with its weight.
  func quantiles(of weights: [(group: Int, weight: Double)]) -> [[Double]] {
    let means = paths.paths.map { path in
      steps.map { hours in Self.mean(path, hours, weights) }
    }
    return steps.indices.map { step in
      let sorted = zip(means.map { $0[step] }, paths.probabilities).sorted { $0.0 < $1.0 }
      return Self.shares.map { Self.quantile(sorted, $0) }
    }
  }

  static func mean(
    _ demand: Demand, _ hours: Range<Int>, _ weights: [(group: Int, weight: Double)]
  ) -> Double {
    var sum = 0.0
    for (group, weight) in weights {
      let row = group * demand.window.hours
      for h in hours { sum += weight * demand.quantities[row + h] }
    }
    return sum / Double(max(1, hours.count))
  }

  /// The least value at which so much probability is reached.
  static func quantile(_ sorted: [(value: Double, probability: Double)], _ share: Double)
    -> Double
  {
    var reached = 0.0
    for (value, probability) in sorted {
      reached += probability
      if reached >= share - 1e-9 { return value }
    }
    return sorted.last?.value ?? 0
  }
}

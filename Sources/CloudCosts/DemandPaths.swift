/// Ways in which demand may go over one window, each with its probability.
///
/// All paths have the same window and the same groups in the same order, so that what is correlated
/// between groups stays correlated: a path is one future of everything.
package struct DemandPaths: Hashable, Sendable {
  /// Never empty; same window and groups in each.
  package let paths: [Demand]
  /// One for each path; they add up to 1.
  package let probabilities: [Double]

  /// - Precondition: at least one path, all of the same window and groups; a probability for each.
  package init(paths: [Demand], probabilities: [Double]) {
    precondition(!paths.isEmpty && paths.count == probabilities.count)
    precondition(paths.allSatisfy { $0.window == paths[0].window && $0.groups == paths[0].groups })
    self.paths = paths
    self.probabilities = probabilities
  }

  /// Paths that are equally likely.
  package init(_ paths: [Demand]) {
    let share = 1 / Double(max(1, paths.count))
    self.init(paths: paths, probabilities: Array(repeating: share, count: paths.count))
  }

  /// The one path of a future that is taken as known.
  package init(_ demand: Demand) { self.init([demand]) }

  package var window: HourWindow { paths[0].window }
  package var groups: [UsageGroup] { paths[0].groups }

  /// The hours of another window in every path; hours without demand are 0.
  package func restricted(to window: HourWindow) -> DemandPaths {
    guard window != self.window else { return self }
    return DemandPaths(
      paths: paths.map { $0.restricted(to: window) }, probabilities: probabilities)
  }

  /// The probability-weighted mean of the paths, hour by hour.
  package var mean: Demand {
    guard paths.count > 1 else { return paths[0] }
    var quantities = [Double](repeating: 0, count: paths[0].quantities.count)
    for (path, probability) in zip(paths, probabilities) {
      for i in quantities.indices { quantities[i] += probability * path.quantities[i] }
    }
    return Demand(window: window, groups: groups, quantities: quantities)
  }
}

/// When machines run, stretch by stretch, in runs of hours without a break: what actions move is
/// then a difference of two prefix sums.
struct MachineRuns: Sendable {
  /// The number of actions, all machines together.
  let actionCount: Int
  /// SKUs that an action takes usage from or gives it to, ascending.
  let skus: [Int]
  private let machines: [Model.Machine]
  /// For each stretch and machine, its runs.
  private let runs: [[[Range<Int>]]]

  init(_ model: Model, stretches: [Range<Int>]) {
    machines = model.machines
    actionCount = machines.reduce(0) { $0 + $1.targets.count }
    skus = Set(machines.flatMap { [$0.from] + $0.targets.compactMap { $0 } }).sorted()
    let machines = self.machines
    var runs = stretches.map { _ in
      [[Range<Int>]](repeating: [], count: machines.count)
    }
    for (i, machine) in machines.enumerated() {
      var s = 0
      for run in Self.runs(of: machine.runningHours) {
        var lower = run.lowerBound
        while lower < run.upperBound, s < stretches.count {
          guard lower < stretches[s].upperBound else {
            s += 1
            continue
          }
          let upper = min(run.upperBound, stretches[s].upperBound)
          runs[s][i].append(lower..<upper)
          lower = upper
        }
      }
    }
    self.runs = runs
  }

  private static func runs(of hours: [Int]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    for position in hours.indices
    where position + 1 == hours.count || hours[position + 1] != hours[position] + 1 {
      result.append(hours[start]..<hours[position] + 1)
      start = position + 1
    }
    return result
  }

  /// Hands each action its two SKUs and its hours in a stretch.
  func forEachMove(in s: Int, _ body: (_ action: Int, _ from: Int, _ to: Int?, Range<Int>) -> Void)
  {
    var action = 0
    for (machine, runs) in zip(machines, runs[s]) {
      for target in machine.targets {
        for run in runs { body(action, machine.from, target, run) }
        action += 1
      }
    }
  }

  /// What each action changes in a stretch: Σ_h (π_to − π_from).
  ///
  /// - Parameter worth: π of each of `skus` in each hour of the stretch: `worth[i * hours.count +
  ///   t]`.
  func coefficients(in s: Int, of hours: Range<Int>, worth: [Double]) -> [Double] {
    let count = hours.count + 1
    var sums = [Double](repeating: 0, count: skus.count * count)
    for i in skus.indices {
      for t in 0..<hours.count {
        sums[i * count + t + 1] = sums[i * count + t] + worth[i * hours.count + t]
      }
    }
    let place = Dictionary(uniqueKeysWithValues: skus.enumerated().map { ($1, $0 * count) })
    var places = [Int](repeating: 0, count: (skus.last ?? -1) + 1)
    for (sku, start) in place { places[sku] = start }
    var result = [Double](repeating: 0, count: actionCount)
    forEachMove(in: s) { action, from, to, run in
      let (lower, upper) = (run.lowerBound - hours.lowerBound, run.upperBound - hours.lowerBound)
      let lost = sums[places[from] + upper] - sums[places[from] + lower]
      let gained = to.map { sums[places[$0] + upper] - sums[places[$0] + lower] } ?? 0
      result[action] += gained - lost
    }
    return result
  }
}

/// What actions move, stretch by stretch, in runs of hours without a break: the worth of a move is
/// then a difference of two prefix sums.
struct MachineRuns: Sendable {
  /// The number of actions, all machines together.
  let actionCount: Int
  /// SKUs that an action takes usage from or gives it to, ascending.
  let skus: [Int]
  /// The different shares of an hour that machines run (`Model.Machine.share`).
  private let shares: [[Double]]
  /// What an action moves, in what share of an hour; nil: whole hours.
  private let moves: [Move]
  /// For each stretch and action, the runs of its hours.
  private let runs: [[[Range<Int>]]]

  private struct Move: Sendable {
    var action: Int
    var from: Int
    var to: Int?
    var share: Int?
  }

  init(_ model: Model, stretches: [Range<Int>]) {
    var shares: [[Double]] = []
    var shareOf: [Int: Int] = [:]
    var moves: [Move] = []
    var hours: [[Int]] = []
    for machine in model.machines {
      let share = machine.share.map { share in
        // Machines of a group have the same.
        if let known = shareOf[machine.from], shares[known] == share { return known }
        shares.append(share)
        shareOf[machine.from] = shares.count - 1
        return shares.count - 1
      }
      for a in machine.targets.indices {
        for move in machine.moves(a) {
          moves.append(Move(action: hours.count, from: move.from, to: move.to, share: share))
        }
        hours.append(model.inAllPaths(machine.hours[a]))
      }
    }
    self.shares = shares
    self.moves = moves
    actionCount = hours.count
    skus = Set(moves.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) }).sorted()
    var runs = stretches.map { _ in [[Range<Int>]](repeating: [], count: hours.count) }
    for (action, hours) in hours.enumerated() {
      var s = 0
      for run in Self.runs(of: hours) {
        var lower = run.lowerBound
        while lower < run.upperBound, s < stretches.count {
          guard lower < stretches[s].upperBound else {
            s += 1
            continue
          }
          let upper = min(run.upperBound, stretches[s].upperBound)
          runs[s][action].append(lower..<upper)
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

  /// Hands each move its two SKUs, its hours in a stretch, and how much of each hour is moved.
  func forEachMove(
    in s: Int,
    _ body: (
      _ action: Int, _ from: Int, _ to: Int?, _ hours: Range<Int>, _ share: (Int) -> Double
    ) -> Void
  ) {
    let whole: (Int) -> Double = { _ in 1 }
    for move in moves {
      let share = move.share.map { shares[$0] }
      for run in runs[s][move.action] {
        if let share {
          body(move.action, move.from, move.to, run) { share[$0] }
        } else {
          body(move.action, move.from, move.to, run, whole)
        }
      }
    }
  }

  /// What each action changes in a stretch: Σ_h share_h (π_to − π_from).
  ///
  /// - Parameter worth: π of each of `skus` in each hour of the stretch: `worth[i * hours.count +
  ///   t]`.
  func coefficients(in s: Int, of hours: Range<Int>, worth: [Double]) -> [Double] {
    let count = hours.count + 1
    var places = [Int](repeating: 0, count: (skus.last ?? -1) + 1)
    for (i, sku) in skus.enumerated() { places[sku] = i }
    // One block of prefix sums for whole hours, then one for each list of shares.
    let block = skus.count * count
    var sums = [Double](repeating: 0, count: block * (shares.count + 1))
    var isMade = [Bool](repeating: false, count: skus.count * (shares.count + 1))
    func make(_ i: Int, _ share: Int?) -> Int {
      let layer = share.map { $0 + 1 } ?? 0
      let start = layer * block + i * count
      guard !isMade[layer * skus.count + i] else { return start }
      isMade[layer * skus.count + i] = true
      for t in 0..<hours.count {
        let weight = share.map { shares[$0][hours.lowerBound + t] } ?? 1
        sums[start + t + 1] = sums[start + t] + weight * worth[i * hours.count + t]
      }
      return start
    }
    var result = [Double](repeating: 0, count: actionCount)
    for move in moves where !runs[s][move.action].isEmpty {
      let lost = make(places[move.from], move.share)
      let gained = move.to.map { make(places[$0], move.share) }
      for run in runs[s][move.action] {
        let (lower, upper) = (run.lowerBound - hours.lowerBound, run.upperBound - hours.lowerBound)
        result[move.action] -= sums[lost + upper] - sums[lost + lower]
        if let gained { result[move.action] += sums[gained + upper] - sums[gained + lower] }
      }
    }
    return result
  }
}

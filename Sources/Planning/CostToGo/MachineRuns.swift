/// What actions move, stretch by stretch, in runs of hours without a break: the worth of a move is
/// then a difference of two prefix sums.
///
/// Actions of one kind move the same usage in the same hours, as machines of one type that run all
/// the time do. No hour can tell them apart, so a cut has one coefficient for each kind.
struct MachineRuns: Sendable {
  /// The number of actions, all machines together.
  let actionCount: Int
  /// The kind of each action.
  let kinds: [Int]
  /// The number of kinds.
  let kindCount: Int
  /// Kinds that move usage from one SKU to another (or to none), whatever their hours, and the
  /// share of all hours that an action of each moves.
  let flows: [[(kind: Int, share: Double)]]
  /// SKUs that an action takes usage from or gives it to, ascending.
  let skus: [Int]
  /// The different shares of an hour that machines run (`Model.Machine.share`).
  private let shares: [[Double]]
  /// What actions move, kind by kind, in what share of an hour; nil: whole hours.
  private let moves: [Move]
  /// The kind of each of `moves`, and the moves of each kind.
  private let kindOf: [Int]
  private let movesOf: [Range<Int>]
  /// For each stretch and move, the runs of its hours.
  private let runs: [[[Range<Int>]]]

  /// The hours of a path in which stretches lie.
  private let windowHours: [Range<Int>]

  private struct Move: Hashable, Sendable {
    var from: Int
    var to: Int?
    var share: Int?
  }

  /// What an action moves, and when, move by move.
  private struct Kind: Hashable {
    var moves: [Move]
    var hours: [[Range<Int>]]
  }

  init(_ model: Model, stretches: [Range<Int>]) {
    var shares: [[Double]] = []
    var shareOf: [Int: Int] = [:]
    var places: [Kind: Int] = [:]
    var known: [Kind] = []
    var kinds: [Int] = []
    for machine in model.machines {
      let share = machine.share.map { share in
        // Machines of a group have the same.
        if let known = shareOf[machine.from], shares[known] == share { return known }
        shares.append(share)
        shareOf[machine.from] = shares.count - 1
        return shares.count - 1
      }
      for a in machine.targets.indices {
        let moves = machine.moves[a]
        let whole = Self.runs(of: model.inAllPaths(machine.hours[a]))
        let kind = Kind(
          moves: moves.map { Move(from: $0.from, to: $0.to, share: share) },
          hours: moves.map { $0.hours.map { Self.runs(of: model.inAllPaths($0)) } ?? whole })
        if places[kind] == nil {
          places[kind] = known.count
          known.append(kind)
        }
        kinds.append(places[kind] ?? 0)
      }
    }
    self.shares = shares
    self.kinds = kinds
    actionCount = kinds.count
    kindCount = known.count
    moves = known.flatMap(\.moves)
    kindOf = known.enumerated().flatMap { kind, moved in moved.moves.map { _ in kind } }
    var ends = 0
    movesOf = known.map { kind in
      defer { ends += kind.moves.count }
      return ends..<ends + kind.moves.count
    }
    skus = Set(moves.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) }).sorted()
    runs = Self.runs(known.flatMap(\.hours), in: stretches)
    windowHours = stretches.map { stretch in
      let lower = model.windowHour(stretch.lowerBound)
      return lower..<lower + stretch.count
    }
    flows = Self.flows(known, hours: max(1, model.hours))
  }

  private static func flows(_ kinds: [Kind], hours: Int) -> [[(kind: Int, share: Double)]] {
    var places: [[Int?]: Int] = [:]
    var flows: [[(kind: Int, share: Double)]] = []
    for (k, kind) in kinds.enumerated() {
      let path = kind.moves.flatMap { [$0.from, $0.to] }
      let share = Double(length(of: kind.hours)) / Double(hours)
      guard share > 0 else { continue }
      if let place = places[path] {
        flows[place].append((k, share))
      } else {
        places[path] = flows.count
        flows.append([(k, share)])
      }
    }
    return flows
  }

  /// How many hours lie in some of these.
  private static func length(of runs: [[Range<Int>]]) -> Int {
    var (count, end) = (0, 0)
    for run in runs.joined().sorted(by: { $0.lowerBound < $1.lowerBound }) {
      count += max(0, run.upperBound - max(run.lowerBound, end))
      end = max(end, run.upperBound)
    }
    return count
  }

  /// How many actions of each kind are taken.
  func taken(_ actions: [Double]) -> [Double] {
    var taken = [Double](repeating: 0, count: kindCount)
    for (action, share) in actions.enumerated() where share != 0 { taken[kinds[action]] += share }
    return taken
  }

  /// Kinds that no hour of a slot can tell apart: there they move the same usage in the same hours.
  /// Those that move nothing there are left out.
  ///
  /// - Parameter slots: stretches that are looked at together.
  /// - Returns: for each slot its classes of kinds, each ascending.
  func classes(in slots: [[Int]]) -> [[[Int]]] {
    // Actions change the same hours of each path.
    var known: [[Range<Int>]: [[Int]]] = [:]
    return slots.map { stretches in
      let hours = stretches.map { windowHours[$0] }
      if let classes = known[hours] { return classes }
      var places: [Kind: Int] = [:]
      var classes: [[Int]] = []
      for kind in movesOf.indices {
        let active = movesOf[kind].map { move in stretches.flatMap { runs[$0][move] } }
        guard active.contains(where: { !$0.isEmpty }) else { continue }
        let key = Kind(moves: Array(moves[movesOf[kind]]), hours: active)
        if let place = places[key] {
          classes[place].append(kind)
        } else {
          places[key] = classes.count
          classes.append([kind])
        }
      }
      known[hours] = classes
      return classes
    }
  }

  /// For each stretch and move, the runs of its hours that lie in the stretch.
  private static func runs(
    _ moves: [[Range<Int>]], in stretches: [Range<Int>]
  ) -> [[[Range<Int>]]] {
    var runs = stretches.map { _ in [[Range<Int>]](repeating: [], count: moves.count) }
    for (move, hours) in moves.enumerated() {
      var s = 0
      for run in hours {
        var lower = run.lowerBound
        while lower < run.upperBound, s < stretches.count {
          guard lower < stretches[s].upperBound else {
            s += 1
            continue
          }
          let upper = min(run.upperBound, stretches[s].upperBound)
          runs[s][move].append(lower..<upper)
          lower = upper
        }
      }
    }
    return runs
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
      _ kind: Int, _ from: Int, _ to: Int?, _ hours: Range<Int>, _ share: (Int) -> Double
    ) -> Void
  ) {
    let whole: (Int) -> Double = { _ in 1 }
    for (m, move) in moves.enumerated() {
      let share = move.share.map { shares[$0] }
      for run in runs[s][m] {
        if let share {
          body(kindOf[m], move.from, move.to, run) { share[$0] }
        } else {
          body(kindOf[m], move.from, move.to, run, whole)
        }
      }
    }
  }

  /// What an action of each kind changes in a stretch: Σ_h share_h (π_to − π_from).
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
    var result = [Double](repeating: 0, count: kindCount)
    for (m, move) in moves.enumerated() where !runs[s][m].isEmpty {
      let kind = kindOf[m]
      let lost = make(places[move.from], move.share)
      let gained = move.to.map { make(places[$0], move.share) }
      for run in runs[s][m] {
        let lower = run.lowerBound - hours.lowerBound
        let upper = run.upperBound - hours.lowerBound
        result[kind] -= sums[lost + upper] - sums[lost + lower]
        if let gained { result[kind] += sums[gained + upper] - sums[gained + lower] }
      }
    }
    return result
  }
}

import MIP

/// Which machines rest while a relaxation of the master is solved, and which are in play.
///
/// A program in which each of thousands of machines may change takes as many iterations as there
/// are machines, and each iteration looks at all of them. Most machines have one answer at all
/// prices near the right ones: they rest at it. With the multipliers y of all rows but the choice
/// of one action, each machine alone makes of its actions
///
///     r_ia = cost_ia − Σ_rows y_row coefficient_row,ia        m_i = min(0, min_a r_ia)
///
/// so with all machines in play no answer is better than the one found by more than
///
///     Σ_i (Σ_a r_ia z_ia − m_i)        over those that rest at z
///
/// Those that miss something come into play, until what all of them miss is dust. It is taken off
/// the value, which so is what the multipliers prove.
struct RestingMachines {
  /// From how many machines on.
  static let many = 200
  /// What may be missed, as a share of the value.
  static let dust = 1e-8
  /// How many machines with a clear answer stay in play, those first whose answer is least clear.
  private static let leastInPlay = 100
  /// The share of all that comes into play at once.
  private static let wakened = 0.125
  /// After so many solves in a row machines only come into play.
  static let patience = 30

  /// Of each machine the places of its actions.
  private let places: [Range<Int>]
  private let choices: [RowID]
  private let actions: [VariableID]
  /// Of each machine those that change with it, itself too.
  private let together: [[Int]]
  /// Whether all actions are held by someone else.
  var isHeld = false
  /// Where each action rests.
  private(set) var values: [Double]
  /// Of each action; of a machine with one in play the others rest at 0.
  private(set) var isInPlay: [Bool]

  init(_ model: Model, actions: [VariableID], choices: [RowID]) {
    places = zip(model.machines, model.actionStarts).map { $1..<$1 + $0.targets.count }
    self.choices = choices
    self.actions = actions
    var fleets: [String: [Int]] = [:]
    for (i, machine) in model.machines.enumerated() {
      fleets[machine.candidate.resource.fleet, default: []].append(i)
    }
    together = model.machines.enumerated().map { i, machine in
      let fleet = machine.candidate.resource.fleet
      return fleet.isEmpty ? [i] : fleets[fleet] ?? [i]
    }
    values = actions.map { _ in 0 }
    isInPlay = actions.map { _ in false }
  }

  var isAnyResting: Bool { isInPlay.contains(false) }

  mutating func wakeAll() { isInPlay = actions.map { _ in true } }

  /// Rests at other values, those of a point that is known to be feasible.
  mutating func move(to other: [Double]) {
    values = other
    for range in places where range.contains(where: { isInPlay[$0] }) {
      for a in range where values[a] > 0 { isInPlay[a] = true }
    }
  }

  /// What the bounds of all actions are to be.
  var bounds: (lower: [Double], upper: [Double]) {
    (
      zip(values, isInPlay).map { $1 ? 0 : $0 },
      zip(values, isInPlay).map { $1 ? 1 : $0 }
    )
  }

  /// Of each of a machine's actions r_ia.
  private func worth(_ result: LPResult, _ i: Int) -> [Double] {
    let choice = result.row(choices[i])?.dual ?? 0
    return places[i].map { result.reducedCosts[actions[$0].index] + choice }
  }

  /// What a machine misses because some of its actions rest, and its best action.
  struct Missed {
    var machine: Int
    var action: Int
    var amount: Double
  }

  func missed(_ result: LPResult) -> [Missed] {
    places.indices.compactMap { i in
      let worth = worth(result, i)
      var (now, isPlaying) = (0.0, false)
      var (best, action) = (0.0, places[i].lowerBound)
      for (a, worth) in zip(places[i], worth) {
        if isInPlay[a] {
          if !isPlaying { now = 0 }
          isPlaying = true
          now = min(now, worth)
        } else if !isPlaying {
          now += values[a] * worth
        }
        if worth < best { (best, action) = (worth, a) }
      }
      return now > best && !isInPlay[action]
        ? Missed(machine: i, action: action, amount: now - best) : nil
    }
  }

  /// Lets machines rest at an answer that is whole and clear, but for some.
  ///
  /// - Returns: their actions, each with the row of its machine.
  mutating func settle(_ result: LPResult) -> [(variable: VariableID, row: RowID)] {
    var left: [(variable: VariableID, row: RowID)] = []
    var clear: [(machine: Int, margin: Double)] = []
    var isClear = places.map { !$0.contains { isInPlay[$0] } }
    for i in places.indices where !isClear[i] {
      for a in places[i] { values[a] = min(1, max(0, result.values[actions[a].index])) }
      if let margin = margin(result, i) { clear.append((i, margin)) }
    }
    clear.sort { ($1.margin, $0.machine) < ($0.margin, $1.machine) }
    clear.removeLast(min(clear.count, Self.leastInPlay))
    for one in clear { isClear[one.machine] = true }
    for (i, _) in clear where together[i].allSatisfy({ isClear[$0] }) {
      for a in places[i] {
        isInPlay[a] = false
        values[a] = values[a].rounded()
        left.append((actions[a], choices[i]))
      }
    }
    return left
  }

  /// By how much a machine's next best answer is worse than its own; nil where that is not whole.
  private func margin(_ result: LPResult, _ i: Int) -> Double? {
    var (best, next) = (0.0, Double.infinity)
    for (a, worth) in zip(places[i], worth(result, i)) {
      guard min(values[a], 1 - values[a]) < 1e-9 else { return nil }
      if worth < best { (best, next) = (worth, best) } else { next = min(next, worth) }
    }
    return next - best
  }

  /// Brings those into play that miss most: the best action and what is done now. Of those that
  /// change together all actions are.
  mutating func wake(_ missed: [Missed]) {
    let most = max(Self.leastInPlay, Int(Self.wakened * Double(places.count)))
    let order = missed.sorted { ($1.amount, $0.machine) < ($0.amount, $1.machine) }
    for one in order.prefix(most) {
      let fleet = together[one.machine]
      for i in fleet {
        for a in places[i] where fleet.count > 1 || a == one.action || values[a] > 0 {
          isInPlay[a] = true
        }
      }
    }
  }

  /// How many variables a solve has to look at.
  var countInPlay: Int { isInPlay.count { $0 } }
}

extension Master {
  /// The program's relaxation inside the box, and by how much an answer with all machines in play
  /// may be better.
  ///
  /// - Parameter allowed: how much that may be, in the master's money.
  func relaxation(
    clock: Stopwatch, effort: PlanningEffort, allowed: Double
  ) throws -> (result: LPResult, missed: Double) {
    var solves = 0
    while true {
      let result = try solver.solveRelaxation(
        timeLimit: effort.timeLeft(clock), interrupt: effort.stop.interrupt,
        size: sizeInPlay)
      guard var resting, !resting.isHeld else { return (result, 0) }
      solves += 1
      if result.status == .infeasible, resting.isAnyResting {
        try wakeAll()
        continue
      }
      guard result.status == .optimal else { return (result, 0) }
      let missed = resting.missed(result)
      let total = missed.reduce(0) { $0 + $1.amount }
      let isDone = total <= max(allowed, RestingMachines.dust * abs(result.objective))
      let settles = isDone || solves < RestingMachines.patience
      let left = settles ? resting.settle(result) : []
      if !isDone { resting.wake(missed) }
      self.resting = resting
      try rest()
      try solver.leaveBasis(left)
      if isDone { return (result, total) }
    }
  }

  /// Variables and rows that an answer may differ in; nil where nothing rests, or nothing was
  /// answered yet.
  private var sizeInPlay: Int? {
    guard let resting, !resting.isHeld, last != nil else { return nil }
    return resting.countInPlay + cuts.count + capacities.count
  }

  /// Gives actions the bounds of those that rest and those in play.
  func rest() throws {
    guard let resting, !resting.isHeld else { return }
    let (lower, upper) = resting.bounds
    try solver.setBounds(of: actions, lower: lower, upper: upper)
  }

  /// All machines are in play.
  func wakeAll() throws {
    resting?.wakeAll()
    try rest()
  }

  /// Machines rest at the actions of a point that the box is around.
  func rest(at actions: [Double]) throws {
    resting?.move(to: actions)
    try rest()
  }
}

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
  private(set) var isInPlay: [Bool]

  init(_ model: Model, actions: [VariableID], choices: [RowID]) {
    places = zip(model.machines, model.actionStarts).map { $1..<$1 + $0.targets.count }
    self.actions = actions
    self.choices = choices
    var fleets: [String: [Int]] = [:]
    for (i, machine) in model.machines.enumerated() {
      fleets[machine.candidate.resource.fleet, default: []].append(i)
    }
    together = model.machines.enumerated().map { i, machine in
      let fleet = machine.candidate.resource.fleet
      return fleet.isEmpty ? [i] : fleets[fleet] ?? [i]
    }
    values = actions.map { _ in 0 }
    isInPlay = places.map { _ in false }
  }

  var isAnyResting: Bool { isInPlay.contains(false) }

  mutating func wakeAll() { isInPlay = places.map { _ in true } }

  /// Rests at other values, those of a point that is known to be feasible.
  mutating func move(to other: [Double]) { values = other }

  /// What the bounds of all actions are to be.
  var bounds: (lower: [Double], upper: [Double]) {
    var (lower, upper) = (values, values)
    for (i, range) in places.enumerated() where isInPlay[i] {
      for a in range { (lower[a], upper[a]) = (0, 1) }
    }
    return (lower, upper)
  }

  /// Of each machine its actions' r_ia.
  private func worth(_ result: LPResult, _ i: Int) -> [Double] {
    let choice = result.row(choices[i])?.dual ?? 0
    return places[i].map { result.reducedCosts[actions[$0].index] + choice }
  }

  /// Those that rest and miss something, with how much.
  func missed(_ result: LPResult) -> [(machine: Int, amount: Double)] {
    places.indices.compactMap { i in
      guard !isInPlay[i] else { return nil }
      let worth = worth(result, i)
      let now = zip(places[i], worth).reduce(0) { $0 + values[$1.0] * $1.1 }
      let amount = now - min(0, worth.min() ?? 0)
      return amount > 0 ? (i, amount) : nil
    }
  }

  /// Lets machines rest at an answer that is whole and clear, but for some.
  mutating func settle(_ result: LPResult) {
    var clear: [(machine: Int, margin: Double)] = []
    for i in places.indices where isInPlay[i] {
      for a in places[i] { values[a] = min(1, max(0, result.values[actions[a].index])) }
      guard let margin = margin(result, i) else { continue }
      clear.append((i, margin))
    }
    clear.sort { ($1.margin, $0.machine) < ($0.margin, $1.machine) }
    var isClear = isInPlay.map { !$0 }
    for one in clear.dropLast(Self.leastInPlay) { isClear[one.machine] = true }
    for one in clear where isClear[one.machine] {
      guard together[one.machine].allSatisfy({ isClear[$0] }) else { continue }
      isInPlay[one.machine] = false
      for a in places[one.machine] { values[a] = values[a].rounded() }
    }
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

  /// Brings those into play that miss most, each with those that change with it.
  mutating func wake(_ missed: [(machine: Int, amount: Double)]) {
    let most = max(Self.leastInPlay, Int(Self.wakened * Double(places.count)))
    let order = missed.sorted { ($1.amount, $0.machine) < ($0.amount, $1.machine) }
    for one in order.prefix(most) {
      for i in together[one.machine] { isInPlay[i] = true }
    }
  }
}

extension Master {
  /// The program's relaxation inside the box, and by how much an answer with all machines in play
  /// may be better.
  func relaxation(
    clock: Stopwatch, effort: PlanningEffort
  ) throws -> (result: LPResult, missed: Double) {
    var solves = 0
    while true {
      let result = try solver.solveRelaxation(
        timeLimit: effort.timeLeft(clock), interrupt: effort.stop.interrupt)
      guard var resting, !resting.isHeld else { return (result, 0) }
      solves += 1
      if result.status == .infeasible, resting.isAnyResting {
        try wakeAll()
        continue
      }
      guard result.status == .optimal else { return (result, 0) }
      let missed = resting.missed(result)
      let total = missed.reduce(0) { $0 + $1.amount }
      let isDone = total <= RestingMachines.dust * abs(result.objective)
      if isDone || solves < RestingMachines.patience { resting.settle(result) }
      if !isDone { resting.wake(missed) }
      self.resting = resting
      try rest()
      if isDone { return (result, total) }
    }
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

import MIP

/// Actions that a slot's cuts give one coefficient: any kind of them, and what adds up to how many
/// are taken.
struct CountedActions {
  var kind: Int
  var variables: [VariableID]
}

/// Sums of actions as variables: cuts count thousands of machines by a few dozen terms.
///
///     n_K = Σ_{ia of a kind in K} z_ia
///
/// A set of kinds that much of another set is in, as where more and more machines run, is that
/// one's sum and what differs.
struct ActionSums {
  /// For each kind its actions.
  private var actions: [[VariableID]]
  private var sums: [[Int]: VariableID] = [:]
  /// The sets with a sum, by any kind in them.
  private var setsOf: [[[Int]]]
  private var made = 0

  /// Fewer are counted one by one: a row for each pair would be more work than the terms that it
  /// saves.
  private static let many = 8

  init(_ machines: MachineRuns, _ actions: [VariableID]) {
    self.actions = Array(repeating: [], count: machines.kindCount)
    for (action, kind) in zip(actions, machines.kinds) { self.actions[kind].append(action) }
    setsOf = Array(repeating: [], count: machines.kindCount)
  }

  /// How many actions are of some kinds.
  func count(of kinds: [Int]) -> Int { kinds.reduce(0) { $0 + actions[$1].count } }

  /// What adds up to how many actions of some kinds are taken: one sum, or the actions themselves
  /// where they are few.
  ///
  /// - Parameter kinds: ascending.
  mutating func variables(of kinds: [Int], _ program: inout Program) -> [VariableID] {
    if let sum = sums[kinds] { return [sum] }
    guard count(of: kinds) >= Self.many else { return kinds.flatMap { actions[$0] } }
    let terms = terms(of: kinds, &program)
    let sum = program.addVariable("taken[\(made)]")
    program.addRow("taken[\(made)]", terms + [Term(-1, sum)], lower: 0, upper: 0)
    made += 1
    sums[kinds] = sum
    for kind in kinds { setsOf[kind].append(kinds) }
    return [sum]
  }

  private mutating func terms(of kinds: [Int], _ program: inout Program) -> [Term] {
    guard kinds.count > 1 else { return actions[kinds[0]].map { Term(1, $0) } }
    let wanted = Set(kinds)
    var best = kinds.count
    var nearest: (sum: VariableID, more: Set<Int>, less: Set<Int>)?
    var looked: Set<[Int]> = []
    for known in [kinds[0], kinds[kinds.count - 1]].flatMap({ setsOf[$0] })
    where looked.insert(known).inserted {
      let other = Set(known)
      let (more, less) = (wanted.subtracting(other), other.subtracting(wanted))
      guard let sum = sums[known], more.count + less.count + 1 < best else { continue }
      best = more.count + less.count + 1
      nearest = (sum, more, less)
    }
    var terms = nearest.map { [Term(1, $0.sum)] } ?? []
    for kind in nearest?.more.sorted() ?? kinds {
      terms += variables(of: [kind], &program).map { Term(1, $0) }
    }
    for kind in nearest?.less.sorted() ?? [] {
      terms += variables(of: [kind], &program).map { Term(-1, $0) }
    }
    return terms
  }
}

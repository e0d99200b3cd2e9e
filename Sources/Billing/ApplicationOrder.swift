import CloudCosts

/// Which commitment meets which usage first: the provider's rules, worked out once a bill, so that
/// an hour is only a walk along the steps.
///
/// Reservations and savings plans have one shape here: a capacity an hour, and the units of it that
/// one instance-hour of a group takes (normalised units; the plan's rate).
struct ApplicationOrder {
  /// One chance of a group's usage to be covered by a queue's commitments.
  struct Step {
    /// Lower goes first: 0 for reservations, the negated saving for plans.
    var priority: Int
    /// Capacity that one instance-hour takes.
    var units: Double
    var group: Int32
    var queue: Int32

    /// Plans: highest saving, then lowest rate. Reservations: smallest size. Then the order of
    /// groups and commitments, which is theirs and not that of their files.
    static func goesBefore(_ a: Step, _ b: Step) -> Bool {
      if a.priority != b.priority { return a.priority < b.priority }
      if a.units != b.units { return a.units < b.units }
      return a.group == b.group ? a.queue < b.queue : a.group < b.group
    }
  }

  /// Steps that are walked together: a tier's chances with one kind of audience.
  struct Pass {
    var tier: ApplicationTier
    var turn: Audience.Turn
    var steps: [Step] = []
    /// Interchangeable commitments (ranks), used up one after the other.
    var queues: [[Int]] = []
  }

  /// The commitments by rank: in the order in which interchangeable ones are used up.
  let commitments: [Commitment]
  /// Per rank.
  let capacity: [Double]
  private(set) var passes: [Pass] = []

  /// Columns of units per group: one for each kind of commitment.
  private var tables: [[Double]] = []
  private var tableOfTerms: [OfferTerms: Int] = [:]
  /// Per rank.
  private var tableOfCommitment: [Int] = []

  init(_ commitments: [Commitment], usage: UsageIndex, prices: PriceBook, sharing: Sharing) {
    self.commitments = commitments
    capacity = commitments.map(\.hourlyCapacity)
    let tiers = commitments.map(ApplicationTier.init)
    let scopes = commitments.map(CommitmentScope.init)
    tables = [usage.groups.map { _ in 1 }, usage.reservationUnits]
    tableOfCommitment = scopes.map { scope in table(of: scope, usage: usage, prices: prices) }
    for tier in ApplicationTier.allCases {
      let members = commitments.indices.filter { tiers[$0] == tier && capacity[$0] > 0 }
      for turn in Audience.Turn.allCases {
        let audiences = members.map { Audience(of: commitments[$0], at: turn, sharing) }
        addPass(
          of: zip(members, audiences).compactMap { rank, audience in
            audience.map { (rank, $0) }
          }, in: Pass(tier: tier, turn: turn), scopes: scopes, sharing: sharing, usage: usage)
      }
    }
  }

  /// The units of a commitment's capacity that one instance-hour of a group takes.
  func units(ofGroup group: Int, underRank rank: Int) -> Double {
    tables[tableOfCommitment[rank]][group]
  }

  private mutating func table(
    of scope: CommitmentScope, usage: UsageIndex, prices: PriceBook
  ) -> Int {
    switch scope {
    case .exactly: return 0
    case .reservation: return 1
    case .plan(let terms, _):
      if let known = tableOfTerms[terms] { return known }
      tables.append(usage.rates(prices.savingsPlanRates[terms] ?? [:]))
      tableOfTerms[terms] = tables.count - 1
      return tables.count - 1
    }
  }

  private struct QueueKey: Hashable {
    var scope: CommitmentScope
    var audience: Audience
  }

  private mutating func addPass(
    of members: [(rank: Int, audience: Audience)], in empty: Pass, scopes: [CommitmentScope],
    sharing: Sharing, usage: UsageIndex
  ) {
    var pass = empty
    var queueOfKey: [QueueKey: Int] = [:]
    for (rank, audience) in members {
      let key = QueueKey(scope: scopes[rank], audience: audience)
      if let queue = queueOfKey[key] {
        pass.queues[queue].append(rank)
        continue
      }
      let queue = pass.queues.count
      queueOfKey[key] = queue
      pass.queues.append([rank])
      let table = tables[tableOfCommitment[rank]]
      for g in usage.groups(in: scopes[rank]) where !table[g].isNaN {
        guard audience.contains(usage.groups[g].account, sharing) else { continue }
        pass.steps.append(
          Step(
            priority: priority(of: scopes[rank], rate: table[g], onDemand: usage.onDemand[g]),
            units: table[g], group: Int32(g), queue: Int32(queue)))
      }
    }
    guard !pass.steps.isEmpty else { return }
    pass.steps.sort(by: Step.goesBefore)
    passes.append(pass)
  }

  /// The saving in billionths of the on-demand price, negated: percentages that are equal on paper
  /// (25 % of 0.04, 25 % of 0.004) must tie, and in binary they do not.
  private func priority(of scope: CommitmentScope, rate: Double, onDemand: Double) -> Int {
    guard case .plan = scope, onDemand > 0 else { return 0 }
    return -Int(((1 - rate / onDemand) * 1e9).rounded())
  }
}

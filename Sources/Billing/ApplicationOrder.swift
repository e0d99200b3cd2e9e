import CloudCosts

/// Which commitment meets which usage first: the provider's rules, worked out once a bill, so that
/// an hour is only a walk along the steps.
///
/// Reservations and savings plans have one shape here: a capacity an hour, and the units of it that
/// one instance-hour of a line of usage takes (normalised units; the plan's rate). A line is a
/// group, or the vCPUs or the memory of one (`UsageIndex`).
struct ApplicationOrder {
  /// One chance of a group's usage to be covered by a queue's commitments.
  struct Step {
    /// Lower goes first: 0 for reservations, the negated saving for plans.
    var priority: Int
    /// Capacity that one instance-hour takes.
    var units: Double
    /// What equal priorities are ordered by: the units, of a whole machine where plans pay for its
    /// parts.
    var size: Double
    var group: Int32
    var queue: Int32

    /// Plans: highest saving, then lowest rate. Reservations: smallest size. Then the order of
    /// groups and commitments, which is theirs and not that of their files.
    static func goesBefore(_ a: Step, _ b: Step) -> Bool {
      if a.priority != b.priority { return a.priority < b.priority }
      if a.size != b.size { return a.size < b.size }
      return a.group == b.group ? a.queue < b.queue : a.group < b.group
    }
  }

  /// Steps that are walked together: a tier's chances with one kind of audience.
  struct Pass {
    var tier: ApplicationTier
    var turn: Audience.Turn
    var steps: [Step] = []
    /// Interchangeable pools (ranks), used up one after the other.
    var queues: [[Int]] = []
    /// Whether no group is in two queues, as with reservations of different families; then each
    /// queue's steps are together.
    var areQueuesApart = false

    /// Puts those queues of some that cover less before those that cover more: a Valkey node is
    /// covered by a reservation of its own engine before one of Redis, which is good for both. (No
    /// provider says so; the other way round the narrower one would be of no use next to the
    /// wider.)
    mutating func putNarrowFirst(_ some: [Int]) {
      var sizes = queues.map { _ in 0 }
      for step in steps { sizes[Int(step.queue)] += 1 }
      var places = queues.indices.map { Int32($0) }
      for (place, queue) in zip(some, some.sorted { (sizes[$0], $0) < (sizes[$1], $1) }) {
        places[queue] = Int32(place)
      }
      let old = queues
      for (queue, place) in places.enumerated() { queues[Int(place)] = old[queue] }
      for i in steps.indices { steps[i].queue = places[Int(steps[i].queue)] }
    }
  }

  /// What commitments bring, by rank: in the order in which interchangeable ones are used up.
  let pools: [CommittedPool]
  /// The commitments in the same order, each with the ranks of its pools.
  let members: [(commitment: Commitment, ranks: Range<Int>)]
  /// Per rank.
  let capacity: [Double]
  private(set) var passes: [Pass] = []

  /// What lines take: a column for each kind of commitment.
  private struct Table {
    /// Units that an instance-hour takes.
    var units: [Double]
    /// See `Step.size`.
    var sizes: [Double]
  }

  private var tables: [Table] = []
  private var tableOfTerms: [OfferTerms: Int] = [:]
  /// Per rank.
  private var tableOfPool: [Int] = []

  init(_ commitments: [Commitment], usage: UsageIndex, prices: PriceBook, sharing: Sharing) {
    var pools: [CommittedPool] = []
    members = commitments.map { commitment in
      let first = pools.count
      pools += CommittedPool.pools(of: commitment)
      return (commitment, first..<pools.count)
    }
    self.pools = pools
    capacity = pools.map(\.capacity)
    let tiers = pools.map { ApplicationTier(of: $0.commitment) }
    let scopes = pools.map(\.scope)
    tables = [usage.groups.map { _ in 1 }, usage.reservationUnits].map {
      Table(units: $0, sizes: $0)
    }
    tableOfPool = scopes.map { scope in table(of: scope, usage: usage, prices: prices) }
    for tier in ApplicationTier.allCases {
      let members = pools.indices.filter { tiers[$0] == tier && capacity[$0] > 0 }
      for turn in Audience.Turn.allCases {
        let chances = members.compactMap { rank in
          Audience(of: pools[rank].commitment, at: turn, sharing).map { (rank: rank, audience: $0) }
        }
        for width in Set(chances.map { $0.audience.width(sharing) }).sorted() {
          addPass(
            of: chances.filter { $0.audience.width(sharing) == width },
            in: Pass(tier: tier, turn: turn), scopes: scopes, sharing: sharing, usage: usage)
        }
      }
    }
  }

  /// The units of a pool's capacity that one instance-hour of a line takes.
  func units(ofGroup group: Int, underRank rank: Int) -> Double {
    tables[tableOfPool[rank]].units[group]
  }

  private mutating func table(
    of scope: CommitmentScope, usage: UsageIndex, prices: PriceBook
  ) -> Int {
    switch scope {
    case .exactly, .rigid: return 0
    case .reservation: return 1
    case .plan(let terms, _):
      if let known = tableOfTerms[terms] { return known }
      let rates = usage.rates(prices.savingsPlanRates[terms] ?? [:], prices)
      tables.append(Table(units: zip(rates, usage.shares).map { $0 * $1 }, sizes: rates))
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
      let table = tables[tableOfPool[rank]]
      for g in usage.groups(in: scopes[rank]) where !table.units[g].isNaN {
        guard audience.contains(usage.groups[g].account, sharing) else { continue }
        pass.steps.append(
          Step(
            priority: priority(
              of: scopes[rank], rate: table.sizes[g], onDemand: usage.machinePrices[g]),
            units: table.units[g], size: table.sizes[g], group: Int32(g), queue: Int32(queue)))
      }
    }
    guard !pass.steps.isEmpty else { return }
    pass.areQueuesApart = Set(pass.steps.map(\.group)).count == pass.steps.count
    if !pass.areQueuesApart {
      pass.putNarrowFirst(
        pass.queues.indices.filter {
          if case .reservation? = pass.queues[$0].first.map({ scopes[$0] }) { true } else { false }
        })
    }
    pass.steps.sort { [isApart = pass.areQueuesApart] a, b in
      isApart && a.queue != b.queue ? a.queue < b.queue : Step.goesBefore(a, b)
    }
    passes.append(pass)
  }

  /// The saving in billionths of the on-demand price, negated: percentages that are equal on paper
  /// (25 % of 0.04, 25 % of 0.004) must tie, and in binary they do not.
  private func priority(of scope: CommitmentScope, rate: Double, onDemand: Double) -> Int {
    guard case .plan = scope, onDemand > 0 else { return 0 }
    return -Int(((1 - rate / onDemand) * 1e9).rounded())
  }
}

import CloudCosts

extension Judge {
  /// What commitments leave on demand, hour by hour: the walk of `bill`, without its rows.
  ///
  /// For searches that look at the same usage under many commitments. All of one tier is applied
  /// before any of the next (`Commitment.isAppliedLast`), so what is left under the commitments of
  /// some tiers is the usage that later tiers meet.
  ///
  /// - Parameter only: hours to look at; nil: all. Others stay 0.
  /// - Returns: instance-hours of the demand's groups, in their order. Of a machine that is billed
  ///   in parts (Google) the larger part counts.
  /// - Throws: `FindingsError` as `bill` does.
  public func leftover(
    _ demand: Demand, under commitments: [Commitment], only: [Bool]? = nil
  ) throws -> Demand {
    let usage = try usage(demand)
    let order = ApplicationOrder(
      commitments.map(prices.priced).sorted(by: Commitment.appliesBefore), usage: usage,
      prices: prices, sharing: sharing)
    var walk = LeftoverWalk(order: order, usage: usage)
    var result = Demand(
      window: demand.window, groups: demand.groups,
      quantities: Array(repeating: 0, count: demand.quantities.count))
    let lives = order.pools.map {
      demand.window.indices(from: $0.commitment.start, to: $0.commitment.end)
    }
    let cuts = Set(lives.flatMap { [$0.lowerBound, $0.upperBound] } + [0, demand.window.hours])
      .sorted()
    for (lower, upper) in zip(cuts, cuts.dropFirst()) {
      walk.activate(lives.map { $0.contains(lower) })
      for hour in lower..<upper where only?[hour] ?? true { walk.run(hour, demand, &result) }
    }
    return result
  }
}

extension Commitment {
  /// Whether the provider applies it after all narrower ones: a plan that is for usage of several
  /// families.
  public var isAppliedLast: Bool { ApplicationTier(of: self) == .widePlan }
}

/// Usage of single hours, run down the steps of the order.
private struct LeftoverWalk {
  let order: ApplicationOrder
  let usage: UsageIndex
  private var passes: [ActivePass] = []
  private var active: [Int] = []
  private var remaining: [Double]
  private var left: [Double]
  /// What a pass notes of the hour; nobody asks for it here.
  private var covered: [Double]

  init(order: ApplicationOrder, usage: UsageIndex) {
    self.order = order
    self.usage = usage
    remaining = usage.groups.map { _ in 0 }
    left = order.pools.map { _ in 0 }
    covered = Array(repeating: 0, count: order.pools.count * usage.groups.count)
  }

  mutating func activate(_ isActive: [Bool]) {
    active = isActive.indices.filter { isActive[$0] }
    for rank in left.indices { left[rank] = 0 }
    passes = order.passes.compactMap { ActivePass($0, isActive: isActive) }
  }

  mutating func run(_ hour: Int, _ demand: Demand, _ result: inout Demand) {
    let hours = demand.window.hours
    for (line, row) in usage.rows.enumerated() {
      remaining[line] = max(0, demand.quantities[row * hours + hour])
    }
    for rank in active { left[rank] = order.capacity[rank] }
    for p in passes.indices {
      _ = passes[p].walk(
        remaining: &remaining, left: &left, covered: &covered, capacity: order.capacity,
        prices: usage.onDemand)
    }
    for (line, row) in usage.rows.enumerated() {
      result.quantities[row * hours + hour] = max(
        result.quantities[row * hours + hour], remaining[line])
    }
  }
}

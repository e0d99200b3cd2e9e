import CloudCosts

/// What commitments leave on demand, hour by hour: the walk of `bill`, without its rows.
///
/// For searches that look at the same usage under many commitments. All of one tier is applied
/// before any of the next (`Commitment.isAppliedLast`), so what is left under the commitments of
/// some tiers is the usage that later tiers meet.
extension Judge {
  /// Instance-hours of the demand's groups, in their order.
  ///
  /// Of a machine that is billed in parts (Google) the larger part counts.
  /// - Throws: `FindingsError` as `bill` does.
  package func leftover(_ demand: Demand, under commitments: [Commitment]) throws -> Demand {
    var result = [Double](repeating: 0, count: demand.quantities.count)
    let hours = demand.window.hours
    try walk(demand, under: commitments, only: nil) { tile, usage in
      for (line, row) in usage.rows.enumerated() {
        for h in 0..<tile.count {
          let place = row * hours + tile.firstHour + h
          result[place] = max(result[place], tile.quantities[h * usage.rows.count + line])
        }
      }
    }
    return Demand(window: demand.window, groups: demand.groups, quantities: result)
  }

  /// What it costs at on-demand prices, hour by hour.
  ///
  /// - Parameter only: hours to look at; nil: all. Others stay 0.
  /// - Throws: `FindingsError` as `bill` does.
  package func leftoverCost(
    _ demand: Demand, under commitments: [Commitment], only: [Bool]? = nil
  ) throws -> [Double] {
    var result = [Double](repeating: 0, count: demand.window.hours)
    try walk(demand, under: commitments, only: only) { tile, usage in
      let count = usage.rows.count
      for h in 0..<tile.count where only?[tile.firstHour + h] ?? true {
        var cost = 0.0
        for line in 0..<count { cost += tile.quantities[h * count + line] * usage.onDemand[line] }
        result[tile.firstHour + h] = cost
      }
    }
    return result
  }

  /// Hands out tiles of what is left.
  private func walk(
    _ demand: Demand, under commitments: [Commitment], only: [Bool]?,
    _ body: (borrowing HourTile, UsageIndex) -> Void
  ) throws {
    let usage = try usage(demand)
    let order = ApplicationOrder(
      commitments.map(prices.priced).sorted(by: Commitment.appliesBefore), usage: usage,
      prices: prices, sharing: sharing)
    var passes = LeftoverPasses(order: order, usage: usage)
    var tile = HourTile(rows: usage.rows, hours: demand.window.hours)
    let lives = order.pools.map {
      demand.window.indices(from: $0.commitment.start, to: $0.commitment.end)
    }
    let cuts = Set(lives.flatMap { [$0.lowerBound, $0.upperBound] } + [0, demand.window.hours])
      .sorted()
    for (lower, upper) in zip(cuts, cuts.dropFirst()) {
      passes.activate(lives.map { $0.contains(lower) })
      for first in stride(from: lower, to: upper, by: tile.capacity) {
        let hours = first..<min(first + tile.capacity, upper)
        if let only, !hours.contains(where: { only[$0] }) { continue }
        tile.load(hours, of: demand)
        passes.run(&tile, only)
        body(tile, usage)
      }
    }
  }
}

extension Commitment {
  /// Whether the provider applies it after all narrower ones: a plan that is for usage of several
  /// families.
  package var isAppliedLast: Bool { ApplicationTier(of: self) == .widePlan }
}

/// The steps of the order that are active, applied to the hours of a tile.
private struct LeftoverPasses {
  private let order: ApplicationOrder
  private let prices: [Double]
  private var passes: [ActivePass] = []
  private var active: [Int] = []
  private var remaining: [Double]
  private var left: [Double]
  /// What a pass notes of the hour; it is not asked for here.
  private var covered: [Double]

  init(order: ApplicationOrder, usage: UsageIndex) {
    self.order = order
    prices = usage.onDemand
    remaining = usage.groups.map { _ in 0 }
    left = order.pools.map { _ in 0 }
    covered = Array(repeating: 0, count: order.pools.count * usage.groups.count)
  }

  mutating func activate(_ isActive: [Bool]) {
    active = isActive.indices.filter { isActive[$0] }
    for rank in left.indices { left[rank] = 0 }
    passes = order.passes.compactMap { ActivePass($0, isActive: isActive) }
  }

  /// Leaves in the tile what is not covered.
  mutating func run(_ tile: inout HourTile, _ only: [Bool]?) {
    let count = remaining.count
    for row in 0..<tile.count where only?[tile.firstHour + row] ?? true {
      let first = row * count
      for line in 0..<count { remaining[line] = tile.quantities[first + line] }
      for rank in active { left[rank] = order.capacity[rank] }
      _ = passes.walk(&remaining, &left, &covered, capacity: order.capacity, prices: prices)
      tile.replace(hour: row, by: remaining)
    }
  }
}

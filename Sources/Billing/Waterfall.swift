import CloudCosts

/// The hours themselves: usage runs down the steps of the order, and what no commitment catches is
/// on demand. Sums are kept until somebody closes the month.
///
/// O(hours × (groups + steps)); no hour allocates, hashes or compares strings.
struct Waterfall {
  private let order: ApplicationOrder
  private let onDemandPrices: [Double]
  private let groupCount: Int

  /// Instance-hours since the last reset: by rank, then group.
  private(set) var covered: [Double]
  /// Instance-hours on demand since the last reset, by line; a "group" is a line of usage here.
  private(set) var onDemand: [Double]
  /// Capacity that nothing used since the last reset, by rank.
  private(set) var unused: [Double]
  /// Per hour of the window, currency units.
  private(set) var hourlyCovered: [Double]
  /// What is on demand, hour by hour, as far as a discount depends on it.
  private(set) var sustained: SustainedUseMeter

  // What the active commitments leave of the order.
  private var active: [Int] = []
  private var passes: [ActivePass] = []

  // The hour at hand.
  private var remaining: [Double]
  private var left: [Double]

  init(order: ApplicationOrder, usage: UsageIndex, hours: Int, discountsSustainedUse: Bool) {
    self.order = order
    onDemandPrices = usage.onDemand
    groupCount = usage.groups.count
    covered = [Double](repeating: 0, count: order.pools.count * groupCount)
    onDemand = [Double](repeating: 0, count: groupCount)
    unused = [Double](repeating: 0, count: order.pools.count)
    hourlyCovered = [Double](repeating: 0, count: hours)
    sustained = SustainedUseMeter(usage: usage, hours: hours, isOn: discountsSustainedUse)
    remaining = [Double](repeating: 0, count: groupCount)
    left = [Double](repeating: 0, count: order.pools.count)
  }

  /// Sets which commitments (ranks, ascending) apply in the hours that follow.
  mutating func activate(_ ranks: [Int]) {
    guard ranks != active || passes.isEmpty else { return }
    active = ranks
    var isActive = [Bool](repeating: false, count: order.pools.count)
    for rank in ranks { isActive[rank] = true }
    for rank in left.indices { left[rank] = 0 }
    passes = order.passes.compactMap { ActivePass($0, isActive: isActive) }
  }

  /// Forgets the sums, for the next month.
  mutating func reset() {
    for i in covered.indices { covered[i] = 0 }
    for i in onDemand.indices { onDemand[i] = 0 }
    for i in unused.indices { unused[i] = 0 }
  }

  /// Bills the hours of a tile under the active commitments.
  mutating func run(_ tile: HourTile) {
    for row in 0..<tile.count {
      let first = row * groupCount
      for g in 0..<groupCount { remaining[g] = tile.quantities[first + g] }
      for rank in active { left[rank] = order.capacity[rank] }
      hourlyCovered[tile.firstHour + row] = passes.walk(
        &remaining, &left, &covered, capacity: order.capacity, prices: onDemandPrices)
      for g in 0..<groupCount { onDemand[g] += remaining[g] }
      sustained.note(remaining, hour: tile.firstHour + row)
      for rank in active { unused[rank] += left[rank] }
    }
  }
}

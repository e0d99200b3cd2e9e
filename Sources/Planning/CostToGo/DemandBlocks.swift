/// Demand in blocks of eight hours, stretch by stretch: SKU `g` of block `b` is at `b *
/// skuCount + g`.
///
/// Blocks do not reach over the ends of stretches; lanes behind an end hold no demand.
final class DemandBlocks: @unchecked Sendable {
  let layout: Layout
  let skuCount: Int
  let start: UnsafeMutablePointer<Lanes>

  /// Where hours lie.
  struct Layout: Sendable {
    /// The hours of each stretch.
    let stretches: [Range<Int>]
    /// The blocks of each stretch.
    let blocks: [Range<Int>]

    init(_ stretches: [Range<Int>]) {
      self.stretches = stretches
      var next = 0
      blocks = stretches.map { stretch in
        let first = next
        next += (stretch.count + Lanes.scalarCount - 1) / Lanes.scalarCount
        return first..<next
      }
    }

    var count: Int { blocks.last?.upperBound ?? 0 }

    /// The hours of a block of a stretch.
    func hours(ofBlock block: Int, in s: Int) -> Range<Int> {
      let lower = stretches[s].lowerBound + (block - blocks[s].lowerBound) * Lanes.scalarCount
      return lower..<min(lower + Lanes.scalarCount, stretches[s].upperBound)
    }

    /// The block and the lane of an hour of a stretch.
    func place(of hour: Int, in s: Int) -> (block: Int, lane: Int) {
      let offset = hour - stretches[s].lowerBound
      return (blocks[s].lowerBound + offset / Lanes.scalarCount, offset % Lanes.scalarCount)
    }
  }

  init(_ demand: ModelDemand, _ layout: Layout) {
    self.layout = layout
    skuCount = demand.skuCount
    let count = max(1, layout.count * skuCount)
    start = .allocate(capacity: count)
    start.initialize(repeating: .zero, count: count)
    for (s, blocks) in layout.blocks.enumerated() where !blocks.isEmpty {
      let (path, first) = layout.stretches[s].lowerBound.quotientAndRemainder(
        dividingBy: demand.pathHours)
      for g in 0..<skuCount {
        let column = demand.column(g, path: path).dropFirst(first).prefix(
          layout.stretches[s].count)
        for (position, quantity) in column.enumerated() {
          let block = blocks.lowerBound + position / Lanes.scalarCount
          start[block * skuCount + g][position % Lanes.scalarCount] = quantity
        }
      }
    }
  }

  /// - Parameter demand: hour by hour, all of an hour together.
  init(_ demand: [Double], skuCount: Int, _ layout: Layout) {
    self.layout = layout
    self.skuCount = skuCount
    let count = layout.count * skuCount
    start = .allocate(capacity: max(1, count))
    start.initialize(repeating: .zero, count: max(1, count))
    for (s, blocks) in layout.blocks.enumerated() {
      for block in blocks {
        for (lane, hour) in layout.hours(ofBlock: block, in: s).enumerated() {
          for g in 0..<skuCount {
            start[block * skuCount + g][lane] = demand[hour * skuCount + g]
          }
        }
      }
    }
  }

  private init(copying other: DemandBlocks) {
    layout = other.layout
    skuCount = other.skuCount
    let count = max(1, layout.count * skuCount)
    start = .allocate(capacity: count)
    start.initialize(from: other.start, count: count)
  }

  deinit { start.deallocate() }

  /// The same demand after actions: shares of machines leave a SKU and join another.
  func moving(_ shares: [Double], of runs: MachineRuns) -> DemandBlocks {
    guard shares.contains(where: { $0 != 0 }) else { return self }
    let moved = DemandBlocks(copying: self)
    let taken = runs.taken(shares)
    for s in layout.stretches.indices {
      runs.forEachMove(in: s) { kind, from, to, hours, part in
        guard taken[kind] != 0 else { return }
        for hour in hours {
          let share = taken[kind] * part(hour)
          let (block, lane) = layout.place(of: hour, in: s)
          moved.start[block * skuCount + from][lane] -= share
          if let to { moved.start[block * skuCount + to][lane] += share }
        }
      }
    }
    // Shares that add up to a machine leave dust.
    for i in 0..<layout.count * skuCount {
      moved.start[i] = Lanes.most(Lanes(), moved.start[i])
    }
    return moved
  }
}

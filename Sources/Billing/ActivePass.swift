/// A pass of the application order, reduced to the commitments that are active.
struct ActivePass {
  private struct Step {
    var units: Double
    var group: Int32
    var queue: Int32
  }

  /// Steps that meet no usage of other blocks, so that a block ends when its queues are used up.
  private struct Block {
    var steps: Range<Int>
    var queues: Int
  }

  private var steps: [Step] = []
  private var blocks: [Block] = []
  /// The ranks of queue q: `members[starts[q]..<starts[q + 1]]`.
  private var members: [Int] = []
  private var starts: [Int] = [0]
  /// Per queue: the first member that may have capacity left in the hour at hand.
  private var cursors: [Int] = []

  /// Nil where none of its commitments is active.
  init?(_ pass: ApplicationOrder.Pass, isActive: [Bool]) {
    var liveQueues = 0
    for queue in pass.queues {
      let activeRanks = queue.filter { isActive[$0] }
      if !activeRanks.isEmpty { liveQueues += 1 }
      members += activeRanks
      starts.append(members.count)
    }
    guard liveQueues > 0 else { return nil }
    cursors = [Int](repeating: 0, count: pass.queues.count)
    for step in pass.steps where starts[Int(step.queue)] < starts[Int(step.queue) + 1] {
      steps.append(Step(units: step.units, group: step.group, queue: step.queue))
    }
    guard pass.areQueuesApart else {
      blocks = [Block(steps: steps.indices, queues: liveQueues)]
      return
    }
    var first = 0
    for last in steps.indices.dropFirst() where steps[last].queue != steps[first].queue {
      blocks.append(Block(steps: first..<last, queues: 1))
      first = last
    }
    blocks.append(Block(steps: first..<steps.count, queues: 1))
  }

  /// Covers what it can of one hour.
  ///
  /// - Parameters:
  ///   - remaining: per group, the instance-hours that nothing covers yet.
  ///   - left: per rank, the capacity that nothing uses yet.
  ///   - covered: instance-hours by rank, then group; what is covered is added.
  /// - Returns: the list price of what it covered.
  mutating func walk(
    remaining: inout [Double], left: inout [Double], covered: inout [Double],
    capacity: [Double], prices: [Double]
  ) -> Double {
    for q in cursors.indices { cursors[q] = starts[q] }
    var coveredOnDemand = 0.0
    for block in blocks {
      coveredOnDemand += walk(
        block, remaining: &remaining, left: &left, covered: &covered, capacity: capacity,
        prices: prices)
    }
    return coveredOnDemand
  }

  private mutating func walk(
    _ block: Block, remaining: inout [Double], left: inout [Double], covered: inout [Double],
    capacity: [Double], prices: [Double]
  ) -> Double {
    let groupCount = remaining.count
    var coveredOnDemand = 0.0
    var live = block.queues
    for index in block.steps {
      let step = steps[index]
      let g = Int(step.group)
      let usage = remaining[g]
      guard usage > 0 else { continue }
      let q = Int(step.queue)
      let end = starts[q + 1]
      var cursor = cursors[q]
      guard cursor < end else { continue }
      var need = usage
      while cursor < end {
        let rank = members[cursor]
        let free = left[rank]
        let wanted = need * step.units
        if wanted < free {
          left[rank] = ActivePass.snapped(free - wanted, of: capacity[rank])
          covered[rank * groupCount + g] += need
          need = 0
          break
        }
        if free > 0 {
          let hours = free / step.units
          left[rank] = 0
          covered[rank * groupCount + g] += hours
          need = ActivePass.snapped(need - hours, of: need)
        }
        cursor += 1
      }
      cursors[q] = cursor
      remaining[g] = need
      coveredOnDemand += (usage - need) * prices[g]
      if cursor == end {
        live -= 1
        if live == 0 { break }
      }
    }
    return coveredOnDemand
  }

  /// 0 for a remainder that is only rounding noise: 1e-12 of the whole.
  private static func snapped(_ remainder: Double, of whole: Double) -> Double {
    remainder > 1e-12 * whole ? remainder : 0
  }
}

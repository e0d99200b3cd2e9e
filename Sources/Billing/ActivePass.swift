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

  /// An hour at hand. Bounds are not checked here: an hour has as many steps as the order has, and
  /// a year 8,760 hours.
  struct HourState {
    /// Per group, the instance-hours that nothing covers yet.
    let remaining: UnsafeMutableBufferPointer<Double>
    /// Per rank, the capacity that nothing uses yet.
    let left: UnsafeMutableBufferPointer<Double>
    /// Instance-hours by rank, then group; what is covered is added.
    let covered: UnsafeMutableBufferPointer<Double>
    let capacity: UnsafeBufferPointer<Double>
    let prices: UnsafeBufferPointer<Double>
  }

  /// Covers what it can of one hour.
  ///
  /// - Returns: the list price of what it covered.
  mutating func walk(_ hour: HourState) -> Double {
    for q in cursors.indices { cursors[q] = starts[q] }
    return cursors.withUnsafeMutableBufferPointer { [steps, starts, members, blocks] cursors in
      steps.withUnsafeBufferPointer { steps in
        starts.withUnsafeBufferPointer { starts in
          members.withUnsafeBufferPointer { members in
            let queues = Queues(members: members, starts: starts, cursors: cursors)
            return blocks.reduce(0) { sum, block in
              sum + ActivePass.walk(steps[block.steps], block.queues, queues, hour)
            }
          }
        }
      }
    }
  }

  private struct Queues {
    let members: UnsafeBufferPointer<Int>
    let starts: UnsafeBufferPointer<Int>
    let cursors: UnsafeMutableBufferPointer<Int>
  }

  private static func walk(
    _ steps: Slice<UnsafeBufferPointer<Step>>, _ liveQueues: Int, _ queues: Queues,
    _ hour: HourState
  ) -> Double {
    let groupCount = hour.remaining.count
    var coveredOnDemand = 0.0
    var live = liveQueues
    for step in steps {
      let g = Int(step.group)
      let usage = hour.remaining[g]
      guard usage > 0 else { continue }
      let q = Int(step.queue)
      let end = queues.starts[q + 1]
      var cursor = queues.cursors[q]
      guard cursor < end else { continue }
      var need = usage
      while cursor < end {
        let rank = queues.members[cursor]
        let free = hour.left[rank]
        let wanted = need * step.units
        if wanted < free {
          hour.left[rank] = snapped(free - wanted, of: hour.capacity[rank])
          hour.covered[rank * groupCount + g] += need
          need = 0
          break
        }
        if free > 0 {
          let hours = free / step.units
          hour.left[rank] = 0
          hour.covered[rank * groupCount + g] += hours
          need = snapped(need - hours, of: need)
        }
        cursor += 1
      }
      queues.cursors[q] = cursor
      hour.remaining[g] = need
      coveredOnDemand += (usage - need) * hour.prices[g]
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

extension [ActivePass] {
  /// Covers what they can of one hour, one after the other.
  ///
  /// - Parameters: as in `ActivePass.HourState`.
  /// - Returns: the list price of what they covered.
  mutating func walk(
    _ remaining: inout [Double], _ left: inout [Double], _ covered: inout [Double],
    capacity: [Double], prices: [Double]
  ) -> Double {
    var sum = 0.0
    remaining.withUnsafeMutableBufferPointer { remaining in
      left.withUnsafeMutableBufferPointer { left in
        covered.withUnsafeMutableBufferPointer { covered in
          capacity.withUnsafeBufferPointer { capacity in
            prices.withUnsafeBufferPointer { prices in
              let hour = ActivePass.HourState(
                remaining: remaining, left: left, covered: covered, capacity: capacity,
                prices: prices)
              for p in indices { sum += self[p].walk(hour) }
            }
          }
        }
      }
    }
    return sum
  }
}

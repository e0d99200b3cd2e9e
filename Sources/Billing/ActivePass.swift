/// A pass of the application order, reduced to the commitments that are active.
struct ActivePass {
  private struct Step {
    var units: Double
    var group: Int32
    var queue: Int32
  }

  private var steps: [Step] = []
  /// The ranks of queue q: `members[starts[q]..<starts[q + 1]]`.
  private var members: [Int] = []
  private var starts: [Int] = [0]
  /// Per queue: the first member that may have capacity left in the hour at hand.
  private var cursors: [Int] = []
  private var liveQueues = 0

  /// Nil where none of its commitments is active.
  init?(_ pass: ApplicationOrder.Pass, isActive: [Bool]) {
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
    let groupCount = remaining.count
    var coveredOnDemand = 0.0
    var live = liveQueues
    for q in cursors.indices { cursors[q] = starts[q] }
    for step in steps {
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

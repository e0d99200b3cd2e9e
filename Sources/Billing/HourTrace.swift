import CloudCosts

/// One hour of a bill, step by step: which commitment met which usage, in which order and by which
/// rule, what stayed on demand and why, and what was paid for and not used.
package struct HourTrace: Sendable {
  /// A commitment meets the usage of a group.
  package struct Application: Sendable {
    package var rule: ApplicationRule
    package var commitment: Commitment
    package var group: UsageGroup
    /// What of its machines; nil: all.
    package var part: MachinePart?
    /// Instance-hours that it covers.
    package var instanceHours: Double
    /// Currency units per instance-hour: what the commitment costs for them, and on demand.
    package var rate: Double
    package var onDemandPrice: Double
  }

  /// Usage that nothing covers.
  package struct Leftover: Sendable {
    package var group: UsageGroup
    /// What of its machines; nil: all.
    package var part: MachinePart?
    package var instanceHours: Double
    package var onDemandPrice: Double
    package var reason: String
  }

  /// The part of a commitment that nothing uses in this hour.
  package struct Waste: Sendable {
    package var commitment: Commitment
    /// Currency units; 0 where all is used.
    package var unused: Double
    /// Currency units of the hour, used or not.
    package var cost: Double
  }

  package var hour: Hour
  /// In the order in which they happen.
  package var applications: [Application]
  package var onDemand: [Leftover]
  /// All commitments that are active in the hour.
  package var commitments: [Waste]
}

/// The rule by which a commitment has its turn.
package struct ApplicationRule: Hashable, Sendable {
  /// What kind of commitment this is the turn of: `regional reservations`.
  package var tier: String
  /// Whose usage is met: `owner's usage`.
  package var audience: String
  /// The order inside the turn.
  package var order: String
  /// The provider's page that says so.
  package var source: String
}

extension Judge {
  /// The hour, step by step; the same steps as in `bill`.
  ///
  /// - Throws: `FindingsError` as `bill` does.
  package func trace(
    _ demand: Demand, under commitments: [Commitment], at hour: Hour
  ) throws -> HourTrace {
    let demand = demand.restricted(to: HourWindow(start: hour, hours: 1))
    let usage = try usage(demand)
    let order = ApplicationOrder(
      commitments.sorted(by: Commitment.appliesBefore), usage: usage, prices: prices,
      sharing: sharing)
    var tracer = HourTracer(order: order, usage: usage, sharing: sharing, hour: hour)
    return tracer.trace(usage.rows.map { max(0, demand[$0, 0]) })
  }
}

/// Walks the passes of one hour and notes what each step covers.
private struct HourTracer {
  let order: ApplicationOrder
  let usage: UsageIndex
  let sharing: Sharing
  let hour: Hour
  let isActive: [Bool]
  var left: [Double]

  init(order: ApplicationOrder, usage: UsageIndex, sharing: Sharing, hour: Hour) {
    self.order = order
    self.usage = usage
    self.sharing = sharing
    self.hour = hour
    let active = order.pools.map { $0.commitment.start <= hour && hour < $0.commitment.end }
    isActive = active
    left = zip(active, order.capacity).map { $0 ? $1 : 0 }
  }

  mutating func trace(_ quantities: [Double]) -> HourTrace {
    var remaining = quantities
    var applications: [HourTrace.Application] = []
    let groupCount = usage.groups.count
    for pass in order.passes {
      guard let active = ActivePass(pass, isActive: isActive) else { continue }
      var passes = [active]
      var covered = [Double](repeating: 0, count: order.pools.count * groupCount)
      _ = passes.walk(
        &remaining, &left, &covered, capacity: order.capacity, prices: usage.onDemand)
      for step in pass.steps {
        for rank in pass.queues[Int(step.queue)] {
          let g = Int(step.group)
          let hours = covered[rank * groupCount + g]
          guard hours > 0 else { continue }
          applications.append(application(rank, g, hours, pass))
        }
      }
    }
    return HourTrace(
      hour: hour, applications: applications,
      onDemand: remaining.indices.filter { remaining[$0] > 0 }.map { g in
        HourTrace.Leftover(
          group: usage.groups[g], part: usage.parts[g], instanceHours: remaining[g],
          onDemandPrice: usage.onDemand[g],
          reason: reason(g))
      },
      commitments: order.members.filter { isActive[$0.ranks.lowerBound] }.map { member in
        let cost = member.commitment.effectiveHourly
        let isUsable = member.ranks.contains { order.capacity[$0] > 0 }
        let unused = member.ranks.map { left[$0] * order.pools[$0].unitPrice }.reduce(0, +)
        return HourTrace.Waste(
          commitment: member.commitment, unused: isUsable ? unused : cost, cost: cost)
      })
  }

  private func application(
    _ rank: Int, _ g: Int, _ hours: Double, _ pass: ApplicationOrder.Pass
  ) -> HourTrace.Application {
    let commitment = order.pools[rank].commitment
    return HourTrace.Application(
      rule: pass.tier.rule(pass.turn, of: commitment, sharing), commitment: commitment,
      group: usage.groups[g], part: usage.parts[g], instanceHours: hours,
      rate: order.units(ofGroup: g, underRank: rank) * order.pools[rank].unitPrice,
      onDemandPrice: usage.onDemand[g])
  }

  /// Why usage of a group stays on demand: what could have covered it, and what was in the way.
  private func reason(_ g: Int) -> String {
    var usedUp: [String] = []
    var others: [String] = []
    for (rank, pool) in order.pools.enumerated() where usage.groups(in: pool.scope).contains(g) {
      let commitment = pool.commitment
      if commitment.end <= hour {
        others.append("\(commitment.id) ended at \(commitment.end)")
      } else if hour < commitment.start {
        others.append("\(commitment.id) starts only at \(commitment.start)")
      } else if order.units(ofGroup: g, underRank: rank).isNaN {
        others.append("\(commitment.id) has no rate for it that is below on demand")
      } else if !mayMeet(commitment, usage.groups[g].account) {
        let barrier = commitment.barrier(to: usage.groups[g].account, sharing)
        others.append("\(commitment.id) \(barrier)")
      } else {
        usedUp.append(commitment.id)
      }
    }
    let parts = (usedUp.isEmpty ? [] : ["used up: \(usedUp.joined(separator: ", "))"]) + others
    return parts.isEmpty ? "no commitment is for this usage" : parts.joined(separator: "; ")
  }

  private func mayMeet(_ commitment: Commitment, _ account: String) -> Bool {
    Audience.Turn.allCases.contains { turn in
      Audience(of: commitment, at: turn, sharing)?.contains(account, sharing) ?? false
    }
  }
}

import Dispatch

/// What is left on demand for given purchases and actions, stretch by stretch, with cuts.
///
/// Given purchases and actions, hours are independent of each other. The window is cut into
/// contiguous stretches; each has its own cost-to-go θ_s and its own cuts
///
///     θ_s ≥ Σ_{h in s} ( Σ_g π_gh (d_gh + Σ_ia δ_iagh z_ia) − Σ_k λ_kh Q_kh )
///
/// with λ and π from `HourOracle`: linear in purchases and actions, and valid whatever λ is.
struct CostToGo: Sendable {
  let model: Model
  let oracle: HourOracle
  let stretches: [Range<Int>]
  /// What the master program calls capacity: a pool in hours in which the same instruments are
  /// active.
  let capacities: [Capacity]
  /// For each stretch, the hours in which what is owned does not change.
  private let blocks: [[Block]]
  /// For each stretch and pool, the index into `capacities`; several where purchases overlap.
  private let activeCapacities: [[Int]]

  struct Capacity: Hashable, Sendable {
    var pool: Int
    var active: Range<Int>
  }

  private struct Block: Sendable {
    var hours: Range<Int>
    var owned: [Double]
  }

  /// A lower bound of one stretch's cost-to-go, linear in capacities and actions.
  struct Cut: Sendable {
    var stretch: Int
    var constant: Double
    /// For each of `capacities`; 0 or negative.
    var capacity: [Double]
    /// For each action of each machine, in order.
    var actions: [Double]
  }

  /// What an evaluation finds.
  struct Evaluation: Sendable {
    /// One for each stretch, tight at the evaluated point.
    var cuts: [Cut]
    /// The cuts' values at the evaluated point.
    var values: [Double]
    /// For each of `capacities`, the share of its hours in which one more would be used.
    var scarcity: [Double]

    var total: Double { values.reduce(0, +) }
  }

  init(_ model: Model) {
    self.model = model
    oracle = HourOracle(model)
    let keys = Set(model.instruments.map { Capacity(pool: $0.pool, active: $0.active) })
    capacities = keys.sorted {
      ($0.pool, $0.active.lowerBound, $0.active.upperBound)
        < ($1.pool, $1.active.lowerBound, $1.active.upperBound)
    }
    stretches = CostToGo.stretches(of: model)
    let capacities = self.capacities
    activeCapacities = stretches.map { stretch in
      capacities.indices.filter { capacities[$0].active.contains(stretch.lowerBound) }
    }
    blocks = stretches.map { CostToGo.blocks(of: model, in: $0) }
  }

  /// Contiguous stretches of about a twenty-fourth of the window, at most 365 hours, that no
  /// purchase starts or ends inside of.
  private static func stretches(of model: Model) -> [Range<Int>] {
    var bounds: Set = [0, model.hours]
    for instrument in model.instruments {
      bounds.insert(instrument.active.lowerBound)
      bounds.insert(instrument.active.upperBound)
    }
    let target = max(1, min(365, max(24, model.hours / 24)))
    let sorted = bounds.sorted()
    return zip(sorted, sorted.dropFirst()).flatMap { lower, upper in
      let parts = max(1, (upper - lower + target / 2) / target)
      return (0..<parts).map { part in
        lower + (upper - lower) * part / parts..<lower + (upper - lower) * (part + 1) / parts
      }
    }
  }

  private static func blocks(of model: Model, in stretch: Range<Int>) -> [Block] {
    var bounds: Set = [stretch.lowerBound, stretch.upperBound]
    for owned in model.pools.flatMap(\.owned) {
      for bound in [owned.hours.lowerBound, owned.hours.upperBound] where stretch.contains(bound) {
        bounds.insert(bound)
      }
    }
    let sorted = bounds.sorted()
    return zip(sorted, sorted.dropFirst()).map { lower, upper in
      let owned = model.pools.map { pool in
        pool.owned.reduce(0) { $0 + ($1.hours.contains(lower) ? $1.capacity : 0) }
      }
      return Block(hours: lower..<upper, owned: owned)
    }
  }

  // MARK: Evaluation

  /// Cuts at a point.
  ///
  /// - Parameters:
  ///   - purchased: capacity bought, for each of `capacities`.
  ///   - actions: 0 … 1 for each action of each machine, in order.
  func evaluate(purchased: [Double], actions: [Double]) -> Evaluation {
    let demand = self.demand(under: actions)
    let results = perStretch { s in
      self.cut(stretch: s, purchased: purchased, demand: demand)
    }
    var cuts = results.map(\.cut)
    if !model.machines.isEmpty {
      for s in cuts.indices {
        cuts[s].actions = actionCoefficients(stretch: s, worth: results[s].worth)
        // The cut was made at d(z); its constant is for z = 0.
        cuts[s].constant -= zip(cuts[s].actions, actions).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    var scarce = [Double](repeating: 0, count: capacities.count)
    for result in results {
      for c in scarce.indices { scarce[c] += result.scarce[c] }
    }
    for c in scarce.indices { scarce[c] /= Double(max(1, capacities[c].active.count)) }
    return Evaluation(cuts: cuts, values: results.map(\.value), scarcity: scarce)
  }

  /// What a feasible allocation leaves on demand: an upper bound of the cost-to-go.
  func allocate(purchased: [Double], actions: [Double]) -> Double {
    let demand = self.demand(under: actions)
    let parts = perStretch { s -> Double in
      let scratch = HourOracle.Scratch(self.oracle)
      var total = 0.0
      self.forEachHour(of: s, purchased: purchased, demand: demand) { _, demand, capacity in
        total += self.oracle.allocate(demand: demand, capacity: capacity, scratch)
      }
      return total
    }
    return parts.reduce(0, +)
  }

  /// Runs the work of each stretch on all cores; the order of the results does not depend on it.
  private func perStretch<Result: Sendable>(
    _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let count = stretches.count
    return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      nonisolated(unsafe) let slots = buffer
      DispatchQueue.concurrentPerform(iterations: count) { s in
        slots.initializeElement(at: s, to: body(s))
      }
      initialized = count
    }
  }

  /// Hands each hour of a stretch its demand and its capacity.
  private func forEachHour(
    of s: Int, purchased: [Double], demand: [Double],
    _ body: (Int, UnsafePointer<Double>, UnsafePointer<Double>) -> Void
  ) {
    demand.withUnsafeBufferPointer { demand in
      for block in blocks[s] {
        var capacity = block.owned
        for c in activeCapacities[s] { capacity[capacities[c].pool] += purchased[c] }
        capacity.withUnsafeBufferPointer { capacity in
          guard let demand = demand.baseAddress, let capacity = capacity.baseAddress else { return }
          for h in block.hours { body(h, demand + h * oracle.skuCount, capacity) }
        }
      }
    }
  }

  private struct StretchResult: Sendable {
    var cut: Cut
    var value: Double
    var scarce: [Double]
    /// π, hour by hour; empty where there are no machines.
    var worth: [Double]
  }

  private func cut(stretch s: Int, purchased: [Double], demand: [Double]) -> StretchResult {
    let scratch = HourOracle.Scratch(oracle)
    let keepsWorth = !model.machines.isEmpty
    var value = 0.0
    var lambdaSums = [Double](repeating: 0, count: oracle.poolCount)
    var scarceHours = [Double](repeating: 0, count: oracle.poolCount)
    var worth: [Double] = []
    if keepsWorth { worth.reserveCapacity(stretches[s].count * oracle.skuCount) }
    forEachHour(of: s, purchased: purchased, demand: demand) { _, demand, capacity in
      value += oracle.prices(demand: demand, capacity: capacity, scratch)
      for k in 0..<oracle.poolCount {
        lambdaSums[k] += scratch.lambda[k]
        if scratch.lambda[k] > 0 { scarceHours[k] += 1 }
      }
      if keepsWorth { worth.append(contentsOf: scratch.worth) }
    }
    var coefficients = [Double](repeating: 0, count: capacities.count)
    var scarce = coefficients
    var constant = value
    for c in activeCapacities[s] {
      coefficients[c] = -lambdaSums[capacities[c].pool]
      scarce[c] = scarceHours[capacities[c].pool]
      constant -= coefficients[c] * purchased[c]
    }
    return StretchResult(
      cut: Cut(stretch: s, constant: constant, capacity: coefficients, actions: []),
      value: value, scarce: scarce, worth: worth)
  }

  // MARK: Actions

  /// The number of actions, all machines together.
  var actionCount: Int { model.machines.reduce(0) { $0 + $1.targets.count } }

  private func demand(under actions: [Double]) -> [Double] {
    guard actions.contains(where: { $0 != 0 }) else { return model.demand }
    var demand = model.demand
    var index = 0
    for machine in model.machines {
      for target in machine.targets {
        let share = actions[index]
        index += 1
        guard share != 0 else { continue }
        for h in machine.candidate.runningHours {
          demand[h * oracle.skuCount + machine.from] -= share
          if let target { demand[h * oracle.skuCount + target] += share }
        }
      }
    }
    // Shares that add up to a machine leave dust.
    for i in demand.indices where demand[i] < 0 { demand[i] = 0 }
    return demand
  }

  private func actionCoefficients(stretch s: Int, worth: [Double]) -> [Double] {
    let stretch = stretches[s]
    var result: [Double] = []
    result.reserveCapacity(actionCount)
    for machine in model.machines {
      for target in machine.targets {
        var sum = 0.0
        for h in machine.candidate.runningHours where stretch.contains(h) {
          let row = (h - stretch.lowerBound) * oracle.skuCount
          sum += (target.map { worth[row + $0] } ?? 0) - worth[row + machine.from]
        }
        result.append(sum)
      }
    }
    return result
  }
}

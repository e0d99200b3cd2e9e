import Dispatch

/// What is left on demand for given purchases and actions, stretch by stretch, with cuts.
///
/// Given purchases and actions, hours are independent of each other. The window is cut into
/// contiguous stretches; each has its own cost-to-go θ_sc for each class of usage c, its own use
/// W_sk of the pools whose use the policy asks for, and its own cuts
///
///     Σ_c w_c θ_sc − Σ_k ν_k W_sk  ≥  Σ_{h in s} ( Σ_g π_gh (d_gh + Σ_ia δ_iagh z_ia) − Σ_k λ_kh Q_kh )
///
/// with λ and π from `HourOracle` at prices w_c p_g and rewards ν_k: linear in purchases and
/// actions, and valid whatever λ, w ≥ 0 and ν ≥ 0 are. Where the policy has no such rows there is
/// one class, w is 1 and ν is 0.
struct CostToGo: Sendable {
  let model: Model
  /// That of all hours.
  let oracle: HourOracle
  /// That of each of `PriceEras`, and for each stretch its era.
  let oracles: [HourOracle]
  let era: [Int]
  /// In hours of the model: each in one path, those of the first path first.
  let stretches: [Range<Int>]
  /// What has a θ of its own in the master; with one path, the stretches.
  let slots: [Slot]
  let parts: ProviderParts
  /// Contract years of spend commitments as rows over θ.
  let spendCuts: [SpendCut]
  /// What the master program calls capacity: a pool in a stretch of hours in which nothing that
  /// fills it starts or ends.
  let capacities: [Capacity]
  /// For each instrument, the capacities that it fills.
  let filled: [[Int]]
  let machines: MachineRuns
  let layout: DemandBlocks.Layout
  let demand: DemandBlocks
  /// For each stretch, the indices of `capacities` that are active in it.
  let activeCapacities: [[Int]]
  /// Pools with owned capacity, and that capacity hour by hour, in the layout of demand.
  private let ownedPools: [Int]
  private let owned: DemandBlocks

  struct Capacity: Hashable, Sendable {
    var pool: Int
    var active: Range<Int>
  }

  /// How much rows of the policy make of a class of usage, and of the use of a pool.
  struct Weights: Hashable, Sendable {
    /// w_c: 1 is the bill's own weight.
    var classes: [Double]
    /// ν_k.
    var rewards: [Double]

    static func plain(_ model: Model) -> Weights {
      Weights(
        classes: Array(repeating: 1, count: model.classCount),
        rewards: Array(repeating: 0, count: model.pools.count))
    }
  }

  /// A lower bound of one slot's cost-to-go, linear in capacities and actions.
  struct Cut: Sendable {
    /// The slot.
    var stretch: Int
    var constant: Double
    /// For each of `capacities`; 0 or negative.
    var capacity: [Double]
    /// For each kind of action (`MachineRuns.kinds`).
    var actions: [Double]
  }

  /// What an evaluation finds.
  struct Evaluation: Sendable {
    var weights: Weights
    /// Whether sets of pools were scaled for it; see `HourOracle`.
    var isThorough: Bool
    /// One for each slot, tight at the evaluated point.
    var cuts: [Cut]
    /// The cuts' values at the evaluated point.
    var values: [Double]
    /// μ of the widest pools, stretch by stretch, where they were asked for.
    var wide: [[Lanes]] = []
  }

  init(_ model: Model) {
    self.model = model
    oracle = HourOracle(model)
    let capacities = CostToGo.capacities(of: model)
    self.capacities = capacities
    filled = CostToGo.filled(model, capacities)
    let eras = PriceEras(model)
    let stretches = CostToGo.stretches(of: model, eras)
    self.stretches = stretches
    oracles = eras.oracles(model, whole: oracle)
    era = stretches.map { eras.index(of: model.windowHour($0.lowerBound)) }
    parts = ProviderParts(model)
    slots = CostToGo.slots(model, stretches, parts)
    spendCuts = CostToGo.spendCuts(model, slots, stretches, parts)
    layout = DemandBlocks.Layout(stretches)
    demand = DemandBlocks(model.demand, layout)
    activeCapacities = stretches.map { stretch in
      let hour = model.windowHour(stretch.lowerBound)
      return capacities.indices.filter { capacities[$0].active.contains(hour) }
    }
    machines = MachineRuns(model, stretches: stretches)
    ownedPools = model.pools.indices.filter { !model.pools[$0].owned.isEmpty }
    owned = DemandBlocks(
      CostToGo.owned(model, ownedPools), skuCount: ownedPools.count, layout)
  }

  /// Each pool's hours, cut where an instrument of it starts or ends; without those that none
  /// fills.
  private static func capacities(of model: Model) -> [Capacity] {
    var bounds: [Int: Set<Int>] = [:]
    for instrument in model.instruments {
      bounds[instrument.pool, default: []].formUnion([
        instrument.active.lowerBound, instrument.active.upperBound,
      ])
    }
    var active: [Int: [Range<Int>]] = [:]
    for instrument in model.instruments {
      active[instrument.pool, default: []].append(instrument.active)
    }
    return bounds.sorted { $0.key < $1.key }.flatMap { pool, bounds in
      let sorted = bounds.sorted()
      return zip(sorted, sorted.dropFirst()).map { Capacity(pool: pool, active: $0..<$1) }
        .filter { capacity in
          active[pool, default: []].contains { $0.contains(capacity.active.lowerBound) }
        }
    }
  }

  private static func filled(_ model: Model, _ capacities: [Capacity]) -> [[Int]] {
    let byPool = Dictionary(grouping: capacities.indices) { capacities[$0].pool }
    return model.instruments.map { instrument in
      byPool[instrument.pool, default: []].filter {
        instrument.active.contains(capacities[$0].active.lowerBound)
      }
    }
  }

  /// Contiguous stretches of about a twelfth of the window, at most 730 hours, that no
  /// purchase starts or ends inside of, and no price changes.
  private static func stretches(of model: Model, _ eras: PriceEras) -> [Range<Int>] {
    let hours = model.pathHours
    var bounds: Set = [0, hours]
    for era in eras.all { bounds.insert(era.upperBound) }
    for instrument in model.instruments {
      bounds.insert(instrument.active.lowerBound)
      bounds.insert(instrument.active.upperBound)
    }
    for row in model.spendRows {
      bounds.formUnion([row.hours.lowerBound, row.hours.upperBound])
    }
    let target = max(1, min(730, max(24, hours / 12)))
    let sorted = bounds.sorted()
    let first = zip(sorted, sorted.dropFirst()).flatMap { lower, upper in
      let parts = max(1, (upper - lower + target / 2) / target)
      return (0..<parts).map { part in
        lower + (upper - lower) * part / parts..<lower + (upper - lower) * (part + 1) / parts
      }
    }
    return model.risk.probabilities.indices.flatMap { path in
      first.map { path * hours + $0.lowerBound..<path * hours + $0.upperBound }
    }
  }

  /// Owned capacity hour by hour.
  private static func owned(_ model: Model, _ pools: [Int]) -> [Double] {
    var result = [Double](repeating: 0, count: model.hours * pools.count)
    for (position, k) in pools.enumerated() {
      for owned in model.pools[k].owned {
        for path in model.risk.probabilities.indices {
          for h in owned.hours {
            result[(path * model.pathHours + h) * pools.count + position] += owned.capacity
          }
        }
      }
    }
    return result
  }

  /// The capacity that whole purchases bring.
  ///
  /// - Parameter unit: what one of an instrument brings: `\.unit` for bounds, `\.safeUnit` for
  ///   plans.
  func capacity(
    of purchases: [Double], by unit: KeyPath<Instrument, Double> = \.safeUnit
  ) -> [Double] {
    var result = [Double](repeating: 0, count: capacities.count)
    for (j, instrument) in model.instruments.enumerated() where purchases[j] > 0 {
      for c in filled[j] { result[c] += instrument[keyPath: unit] * purchases[j] }
    }
    return result
  }

  // MARK: Evaluation

  /// Cuts at a point.
  ///
  /// - Parameters:
  ///   - purchased: capacity bought, for each of `capacities`.
  ///   - actions: 0 … 1 for each action of each machine, in order.
  func evaluate(
    purchased: [Double], actions: [Double], weights: Weights? = nil, keepsWide: Bool = false,
    isThorough: Bool = true
  ) -> Evaluation {
    let demand = self.demand.moving(actions, of: machines)
    let weights = weights ?? .plain(model)
    let charges = self.charges(weights)
    let results = perStretch { s in
      self.cut(
        stretch: s, purchased: purchased, demand: demand, charges, keepsWide: keepsWide,
        isThorough: isThorough)
    }
    var cuts = slots.enumerated().map { self.cut(of: $0.element, at: $0.offset, results) }
    let values = slots.map { slot in
      zip(slot.stretches, slot.weights).reduce(0) {
        $0 + $1.1 * results[$1.0].value(of: slot.part)
      }
    }
    if machines.actionCount > 0 {
      let taken = machines.taken(actions)
      for s in cuts.indices {
        // The cut was made at d(z); its constant is for z = 0.
        cuts[s].constant -= zip(cuts[s].actions, taken).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    return Evaluation(
      weights: weights, isThorough: isThorough, cuts: cuts, values: values,
      wide: keepsWide ? results.map(\.wide) : [])
  }

  /// The weighted sum of stretches' cuts.
  private func cut(of slot: Slot, at index: Int, _ results: [StretchResult]) -> Cut {
    guard slot.stretches.count > 1 || slot.weights[0] != 1 || slot.part != nil else {
      var cut = results[slot.stretches[0]].cut
      cut.stretch = index
      return cut
    }
    var sum = Cut(
      stretch: index, constant: 0, capacity: Array(repeating: 0, count: capacities.count),
      actions: Array(repeating: 0, count: machines.kindCount))
    for (s, weight) in zip(slot.stretches, slot.weights) {
      let cut = results[s].cut
      sum.constant += weight * results[s].constant(of: slot.part)
      for c in activeCapacities[s] where parts.contains(pool: capacities[c].pool, in: slot.part) {
        sum.capacity[c] += weight * cut.capacity[c]
      }
      for a in cut.actions.indices { sum.actions[a] += weight * cut.actions[a] }
    }
    return sum
  }

  func charges(_ weights: Weights) -> HourOracle.Charges {
    HourOracle.Charges(
      price: model.price.indices.map { model.price[$0] * weights.classes[model.usageClass($0)] },
      reward: weights.rewards, isPlain: weights == .plain(model))
  }

  /// Runs the work of each stretch on all cores; the order of the results does not depend on it.
  func perStretch<Result: Sendable>(
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

  /// Hands each block of a stretch its demand and its capacity.
  func forEachBlock(
    of s: Int, purchased: [Double], _ demand: DemandBlocks,
    _ body: (_ block: Int, _ demand: UnsafePointer<Lanes>, _ capacity: UnsafePointer<Lanes>) -> Void
  ) {
    let capacity = LaneBuffer(oracle.poolCount)
    for c in activeCapacities[s] {
      capacity.start[capacities[c].pool] += Lanes(repeating: purchased[c])
    }
    let bought = ownedPools.map { capacity.start[$0] }
    for block in layout.blocks[s] {
      for (position, k) in ownedPools.enumerated() {
        capacity.start[k] = bought[position] + owned.start[block * ownedPools.count + position]
      }
      body(block, demand.start + block * oracle.skuCount, capacity.start)
    }
  }

  private struct StretchResult: Sendable {
    var cut: Cut
    var value: Double
    var wide: [Lanes]
    /// The values of `ProviderParts` and the constants of their cuts, where they are several.
    var parts: [(value: Double, constant: Double)]

    func value(of part: Int?) -> Double { part.map { parts[$0].value } ?? value }
    func constant(of part: Int?) -> Double { part.map { parts[$0].constant } ?? cut.constant }
  }

  private func cut(
    stretch s: Int, purchased: [Double], demand: DemandBlocks, _ charges: HourOracle.Charges,
    keepsWide: Bool, isThorough: Bool
  ) -> StretchResult {
    let oracle = oracles[era[s]]
    let scratch = HourOracle.Scratch(oracle)
    let sums = LaneBuffer(oracle.poolCount)
    var value = Lanes.zero
    var wide: [Lanes] = []
    let widest = keepsWide ? oracle.tables.widest : []
    wide.reserveCapacity(widest.count * layout.blocks[s].count)
    var worth = WorthTable(machines.skus, hours: stretches[s].count)
    // One part is all usage: its value is that of the stretch.
    var partValues = [Double](repeating: 0, count: parts.count > 1 ? parts.count : 0)
    forEachBlock(of: s, purchased: purchased, demand) { block, demand, capacity in
      value += oracle.prices(
        demand: demand, capacity: capacity, charges, scratch, isThorough: isThorough)
      for k in 0..<oracle.poolCount {
        sums.start[k] += scratch.mu.start[k] + charges.reward[k]
      }
      for k in widest { wide.append(scratch.mu.start[k]) }
      parts.add(
        to: &partValues, demand: demand, capacity: capacity, worth: scratch.worth.start
      ) { scratch.mu.start[$0] + charges.reward[$0] }
      if !machines.skus.isEmpty {
        worth.note(scratch.worth.start, block: block - layout.blocks[s].lowerBound)
      }
    }
    var coefficients = [Double](repeating: 0, count: capacities.count)
    var constant = value.sum()
    for c in activeCapacities[s] {
      coefficients[c] = -sums.start[capacities[c].pool].sum()
      constant -= coefficients[c] * purchased[c]
    }
    let partConstants = partValues.enumerated().map { part, value in
      activeCapacities[s].reduce(value) { sum, c in
        parts.contains(pool: capacities[c].pool, in: part)
          ? sum - coefficients[c] * purchased[c] : sum
      }
    }
    let actions =
      machines.actionCount == 0
      ? [] : machines.coefficients(in: s, of: stretches[s], worth: worth.values)
    return StretchResult(
      cut: Cut(stretch: s, constant: constant, capacity: coefficients, actions: actions),
      value: value.sum(), wide: wide, parts: Array(zip(partValues, partConstants)))
  }

  /// π of the SKUs that actions touch, hour by hour.
  private struct WorthTable {
    private let skus: [Int]
    private let hours: Int
    private(set) var values: [Double]

    init(_ skus: [Int], hours: Int) {
      self.skus = skus
      self.hours = hours
      values = Array(repeating: 0, count: skus.count * hours)
    }

    mutating func note(_ worth: UnsafePointer<Lanes>, block: Int) {
      let first = block * Lanes.scalarCount
      for (i, g) in skus.enumerated() {
        for lane in 0..<min(Lanes.scalarCount, hours - first) {
          values[i * hours + first + lane] = worth[g][lane]
        }
      }
    }
  }
}

import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// The hour's three answers against a linear program: dual value ≤ optimum ≤ allocation.
@Suite struct HourOracleTests {
  /// How pools lie to each other.
  enum Shape: CaseIterable {
    /// Each SKU has its own reservations.
    case lone
    /// Lone reservations inside one Compute plan: still exact.
    case nested
    /// Reservations by family, EC2 Instance plans, two Compute plans with rates of their own.
    case competing
  }

  struct RandomHour {
    var model: Model
    var demand: [Double]
    var capacity: [Double]

    init(seed: UInt64, _ shape: Shape) {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 1...8, using: &random)
      let price = (0..<count).map { _ in Double.random(in: 0.05...2, using: &random) }
      let families = (0..<count).map { _ in Int.random(in: 0..<3, using: &random) }
      demand = (0..<count).map { _ in
        // Hours in which something does not run at all are common.
        Bool.random(using: &random) ? Double.random(in: 0...20, using: &random) : 0
      }
      func plan(_ level: Pool.Level, _ skus: [Int]) -> Pool {
        Pool(
          level: level,
          members: skus.map {
            Pool.Member(sku: $0, use: price[$0] * Double.random(in: 0.4...0.9, using: &random))
          })
      }
      var pools: [Pool] = []
      switch shape {
      case .lone, .nested:
        for g in 0..<count where Bool.random(using: &random) {
          pools.append(Pool(level: .reservation, members: [Pool.Member(sku: g, use: 1)]))
        }
        if shape == .nested { pools.append(plan(.everything, Array(0..<count))) }
      case .competing:
        for family in 0..<3 {
          let skus = (0..<count).filter { families[$0] == family }
          guard !skus.isEmpty else { continue }
          let units = [2.0, 4, 8, 16]
          pools.append(
            Pool(
              level: .reservation,
              members: skus.map {
                Pool.Member(sku: $0, use: units.randomElement(using: &random) ?? 4)
              }))
          if Bool.random(using: &random) { pools.append(plan(.family, skus)) }
        }
        pools.append(plan(.everything, Array(0..<count)))
        pools.append(plan(.everything, Array(0..<count)))
      }
      let demand = self.demand
      capacity = pools.map { pool in
        let whole = pool.members.reduce(0) { $0 + $1.use * demand[$1.sku] }
        return Bool.random(using: &random) ? whole * Double.random(in: 0...1, using: &random) : 0
      }
      model = Model(
        hours: 1,
        skus: (0..<count).map { SKU(provider: .aws, region: "r", instanceType: "t\($0).large") },
        price: price,
        demand: ModelDemand(skuCount: count, pathHours: 1, columns: demand.map { [$0][...] }),
        pools: pools, instruments: [], machines: [], rows: [],
        constant: 0, eligible: 0)
    }
  }

  struct Answers {
    var dual: Double
    var optimum: Double
    var waterfall: Double
    var allocation: Double
    var isContested: Bool
    /// How many pools are lone.
    var lone: Int
    /// Whether λ and π are what the doc comment says: λ ≥ 0, π = min(p, min a λ).
    var keepsItsWord: Bool

    /// - Parameters:
    ///   - lane: which of the eight hours is asked about; the others have less demand and
    ///     other capacities.
    ///   - used: the SKUs that the oracle is made for; nil: all.
    init(_ hour: RandomHour, lane: Int, used: Set<Int>? = nil) throws {
      let oracle = HourOracle(hour.model, skus: used)
      let scratch = HourOracle.Scratch(oracle)
      let charges = HourOracle.Charges.plain(hour.model)
      let demand = LaneBuffer(hour.demand.count)
      let capacity = LaneBuffer(hour.capacity.count)
      for other in 0..<Lanes.scalarCount {
        for g in hour.demand.indices {
          demand.start[g][other] =
            other == lane ? hour.demand[g] : hour.demand[g] * Double(other) / 9
        }
        for k in hour.capacity.indices {
          capacity.start[k][other] =
            other == lane ? hour.capacity[k] : hour.capacity[k] * Double(other) / 5
        }
      }
      func left() -> Double {
        hour.demand.indices.reduce(0) {
          $0 + scratch.rest.start[$1][lane] * hour.model.price[$1]
        }
      }
      isContested = oracle.isContested
      lone = oracle.tables.lone.count
      let orders = oracle.exchangeOrders(charges)
      oracle.waterfall(demand: demand.start, capacity: capacity.start, scratch)
      waterfall = left()
      oracle.allocate(demand: demand.start, capacity: capacity.start, charges, orders, scratch)
      allocation = left()
      dual =
        oracle.prices(demand: demand.start, capacity: capacity.start, charges, scratch)[lane]
      optimum = try HourProgram.optimum(
        hour.model, demand: hour.demand, capacity: hour.capacity)
      var worth = hour.model.price
      keepsItsWord = true
      for (k, pool) in hour.model.pools.enumerated() {
        let lambda = scratch.mu.start[k][lane]
        keepsItsWord = keepsItsWord && lambda >= 0 && lambda.isFinite
        for member in pool.members {
          worth[member.sku] = min(worth[member.sku], member.use * lambda)
        }
      }
      for g in worth.indices where used?.contains(g) ?? true {
        keepsItsWord =
          keepsItsWord && abs(scratch.worth.start[g][lane] - worth[g]) <= 1e-12 * worth[g]
      }
    }
  }

  @Test(arguments: Shape.allCases) func bracketsTheOptimum(_ shape: Shape) throws {
    var shortfall = 0.0
    var excess = 0.0
    let hours = 400
    for seed in 0..<UInt64(hours) {
      let hour = RandomHour(seed: seed, shape)
      let answers = try Answers(hour, lane: Int(seed % 8))
      let list = zip(hour.demand, hour.model.price).reduce(0) { $0 + $1.0 * $1.1 }
      let dust = 1e-9 * max(1, list)
      #expect(answers.keepsItsWord, "seed \(seed)")
      #expect(answers.dual <= answers.optimum + dust, "seed \(seed)")
      #expect(answers.optimum <= answers.allocation + dust, "seed \(seed)")
      #expect(answers.allocation <= answers.waterfall + dust, "seed \(seed)")
      if !answers.isContested {
        #expect(answers.waterfall <= answers.optimum + dust, "seed \(seed)")
        #expect(answers.dual >= answers.optimum - dust, "seed \(seed)")
      }
      shortfall += (answers.optimum - answers.dual) / max(list, 1e-9) / Double(hours)
      excess += (answers.allocation - answers.optimum) / max(list, 1e-9) / Double(hours)
    }
    // Small models have every set of pools scaled, so that λ is the optimum also where pools
    // compete.
    #expect(shortfall < 1e-9, "mean shortfall \(shortfall)")
    #expect(excess < 1e-9, "mean excess \(excess)")
  }

  /// What has no usage is worth nothing to any pool, so an oracle without it answers as well, and
  /// pools that are left with one SKU are lone.
  @Test(arguments: Shape.allCases) func anErasOracleLeavesOutWhatHasNoUsage(
    _ shape: Shape
  ) throws {
    var more = 0
    for seed in 0..<200 as Range<UInt64> {
      let hour = RandomHour(seed: seed, shape)
      let used = Set(hour.demand.indices.filter { hour.demand[$0] > 0 })
      let lane = Int(seed % 8)
      let whole = try Answers(hour, lane: lane)
      let era = try Answers(hour, lane: lane, used: used)
      let dust = 1e-9 * max(1, zip(hour.demand, hour.model.price).reduce(0) { $0 + $1.0 * $1.1 })
      #expect(era.keepsItsWord, "seed \(seed)")
      #expect(abs(era.dual - whole.optimum) <= dust, "seed \(seed)")
      #expect(abs(era.allocation - whole.optimum) <= dust, "seed \(seed)")
      if era.lone > whole.lone { more += 1 }
    }
    #expect(shape != .competing || more > 50)
  }

  @Test func crossingIsTheWeightedQuantile() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let count = Int.random(in: 1...60, using: &random)
      // Few different ratios: ties are what selection gets wrong.
      let ratio = (0..<count).map { _ in Double(Int.random(in: 0...4, using: &random)) }
      let weight = (0..<count).map { _ in Double(Int.random(in: 0...3, using: &random)) }
      let total = weight.reduce(0, +)
      let capacity = Double.random(in: 0...1, using: &random) * total
      let pairs = Array(zip(ratio, weight))
      func value(_ lambda: Double) -> Double {
        pairs.reduce(-lambda * capacity) { $0 + $1.1 * min($1.0, lambda) }
      }
      let best = ([0] + pairs.map(\.0)).map(value).max() ?? 0
      let ratios = LaneBuffer(count)
      let weights = LaneBuffer(count)
      for m in 0..<count {
        ratios.start[m] = Lanes(repeating: ratio[m])
        weights.start[m] = Lanes(repeating: weight[m])
      }
      let found = WeightedSelection.crossing(
        ratios.start, weights.start, count: count, total: Lanes(repeating: total),
        capacity: Lanes(repeating: capacity), wanted: SIMDMask(repeating: total > capacity),
        guess: Lanes(repeating: Double.random(in: 0...4, using: &random)),
        room: WeightedSelection.Room(count))
      for lane in 0..<Lanes.scalarCount where total > capacity {
        #expect(abs(value(found[lane]) - best) < 1e-12)
      }
    }
  }
}

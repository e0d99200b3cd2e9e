import Billing
import CloudCosts
import TestSupport
import Testing

/// What must hold of every bill, on random organisations.
@Suite struct PropertyTests {
  static let seeds: [UInt64] = Array(1...12)

  @Test(arguments: seeds, [false, true])
  func agreesWithTheRulesWrittenPlainly(_ seed: UInt64, shares: Bool) throws {
    let plain = RandomWorld(seed: seed, hours: shares ? 100 : 400)
    let world = shares ? plain.sharing(seed: seed) : plain
    let bill = try Judge(prices: world.prices, sharing: world.sharing)
      .bill(world.demand, under: world.commitments)
    let expected = ReferenceJudge(prices: world.prices, sharing: world.sharing)
      .result(world.demand, world.commitments)
    var onDemand: [UsageGroup: Double] = [:]
    for row in bill.rows where row.kind == .onDemand {
      if let group = row.group { onDemand[group, default: 0] += row.instanceHours }
    }
    for group in world.demand.groups {
      #expect(abs((onDemand[group] ?? 0) - (expected.onDemand[group] ?? 0)) < 1e-6, "\(group)")
    }
    for use in bill.commitments {
      let id = use.commitment.id
      #expect(abs(use.used.value - (expected.used[id] ?? 0)) < 1e-4, "\(id)")
      #expect(abs(use.coveredOnDemand.value - (expected.coveredOnDemand[id] ?? 0)) < 1e-4, "\(id)")
    }
  }

  @Test(arguments: seeds)
  func neverDearerThanOnDemandAndWaste(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed).sharing(seed: seed)
    let judge = Judge(prices: world.prices, sharing: world.sharing)
    let bill = try judge.bill(world.demand, under: world.commitments)
    let onDemand = try judge.bill(world.demand, under: [])
    let rounding = Money(micros: Int128(bill.rows.count))
    #expect(bill.cost <= onDemand.cost + bill.cost(of: .unusedCommitment) + rounding)
    #expect(bill.rows.allSatisfy { $0.effective >= .zero && $0.list >= .zero })
    #expect(bill.coverage >= 0 && bill.coverage <= 1)
    #expect(bill.utilization >= 0 && bill.utilization <= 1)
  }

  @Test(arguments: seeds)
  func orderOfRowsIsIrrelevant(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed)
    var random = SeededGenerator(seed: seed &+ 99)
    let bill = try Judge(prices: world.prices).bill(world.demand, under: world.commitments)
    let order = world.demand.groups.indices.shuffled(using: &random)
    let demand = Demand(
      window: world.demand.window, groups: order.map { world.demand.groups[$0] },
      quantities: order.flatMap { Array(world.demand.hours(of: $0)) })
    let shuffled = try Judge(prices: PriceBook(rows: world.priceRows.shuffled(using: &random)))
      .bill(demand, under: world.commitments.shuffled(using: &random))
    #expect(shuffled.rows == bill.rows)
    #expect(shuffled.payments == bill.payments)
    #expect(
      shuffled.commitments.sorted { $0.commitment.id < $1.commitment.id }
        == bill.commitments.sorted { $0.commitment.id < $1.commitment.id })
  }

  @Test(arguments: seeds)
  func commitmentsKeepTheOrderTheyWereGivenIn(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed, hours: 48)
    let bill = try Judge(prices: world.prices).bill(world.demand, under: world.commitments)
    #expect(bill.commitments.map(\.commitment) == world.commitments)
  }

  @Test(arguments: seeds)
  func everyHourOfUsageIsBilledOnce(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed)
    let bill = try Judge(prices: world.prices).bill(world.demand, under: world.commitments)
    for (g, group) in world.demand.groups.enumerated() {
      let billed = bill.rows.filter { $0.group == group }.reduce(0) { $0 + $1.instanceHours }
      let used = world.demand.hours(of: g).reduce(0, +)
      #expect(abs(billed - used) < 1e-7 * max(1, used), "\(group)")
    }
    let hourly = bill.hourlyOnDemand.reduce(0, +)
    #expect(abs(hourly - bill.contracted.value) < 1e-3)
    #expect(abs(bill.hourlyCovered.reduce(0, +) - bill.coveredOnDemand.value) < 1e-3)
    #expect(
      zip(bill.hourlyCovered, bill.hourlyOnDemand).allSatisfy { $0 >= 0 && $0 <= $1 * (1 + 1e-12) })
  }

  @Test(arguments: seeds)
  func accountsAddUpToTheWhole(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed)
    let judge = Judge(prices: world.prices)
    let bill = try judge.bill(world.demand, under: world.commitments)
    var parts = Money.zero
    for account in RandomWorld.accounts {
      let indices = world.demand.groups.indices.filter {
        world.demand.groups[$0].account == account
      }
      let demand = Demand(
        window: world.demand.window, groups: indices.map { world.demand.groups[$0] },
        quantities: indices.flatMap { Array(world.demand.hours(of: $0)) })
      let own = bill.rows.filter { $0.group?.account == account }
      // Its rows, covered or not, list what its usage alone would cost on demand.
      let alone = try judge.bill(demand, under: []).cost
      let difference = own.map(\.list).total() - alone
      #expect(abs(difference.value) <= Double(own.count) * 1e-6)
      parts += own.map(\.effective).total()
    }
    #expect(parts + bill.rows.filter { $0.group == nil }.map(\.effective).total() == bill.cost)
  }

  @Test(arguments: seeds)
  func usedAndUnusedMakeUpTheCommitmentExactly(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed)
    let bill = try Judge(prices: world.prices)
      .bill(world.demand, under: world.commitments, costOfCapital: 0.08)
    for use in bill.commitments {
      let id = use.commitment.id
      let rows = bill.rows.filter { $0.commitment == id && $0.kind != .costOfCapital }
      let cost = use.commitment.amortizedCost(in: bill.window)
      #expect(rows.map(\.effective).total() == cost, "\(id)")
      #expect(use.amortized == cost, "\(id)")
      #expect(use.months.map { $0.used + $0.unused }.total() == cost, "\(id)")
      let capital = bill.rows.filter { $0.commitment == id && $0.kind == .costOfCapital }
      #expect(capital.map(\.effective).total() == use.costOfCapital)
    }
    #expect(bill.monthly.map(\.effective).total() == bill.cost)
    #expect(bill.monthly.map(\.cash).total() == bill.cash)
  }

  /// A step of the waterfall takes min(usage, capacity); less usage and more capacity stay so at
  /// every step, whatever tier, owner or scope the additional commitment has. So the rules have no
  /// counterexample, for any group.
  @Test(arguments: seeds)
  func moreCommitmentNeverRaisesWhatIsLeftOnDemand(_ seed: UInt64) throws {
    let world = RandomWorld(seed: seed, hours: 200, commitments: 24).sharing(seed: seed)
    let judge = Judge(prices: world.prices, sharing: world.sharing)
    var before: [UsageGroup: Double]?
    for count in stride(from: 0, through: 24, by: 4) {
      let bill = try judge.bill(world.demand, under: Array(world.commitments.prefix(count)))
      var left: [UsageGroup: Double] = [:]
      for row in bill.rows where row.kind == .onDemand {
        if let group = row.group { left[group, default: 0] += row.instanceHours }
      }
      for (group, hours) in left {
        #expect(hours <= (before?[group] ?? (before == nil ? hours : 0)) + 1e-6, "\(group)")
      }
      before = left
    }
  }
}

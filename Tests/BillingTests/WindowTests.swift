import Billing
import CloudCosts
import Testing

/// Bills of consecutive windows against the bill of the whole.
@Suite struct WindowTests {
  /// Rule: exact where the windows meet at a month's start, because rows are rounded by month.
  @Test(arguments: PropertyTests.seeds)
  func halvesThatMeetAtAMonthAddUpExactly(_ seed: UInt64) throws {
    let (world, whole) = try bill(seed)
    let december = Hour(year: 2023, month: 12, day: 1)
    let (first, second) = try halves(world, cut: december)
    #expect(first.cost + second.cost == whole.cost)
    #expect(first.list + second.list == whole.list)
    #expect(first.cash + second.cash == whole.cash)
    #expect(first.rows + second.rows == whole.rows)
    #expect(first.payments + second.payments == whole.payments)
  }

  /// Rule: elsewhere the cost of commitments is still exact, because it is the difference of
  /// cumulative amounts; usage is rounded twice in the month that is cut.
  @Test(arguments: PropertyTests.seeds)
  func halvesThatMeetAnywhereAddUpToRounding(_ seed: UInt64) throws {
    let (world, whole) = try bill(seed)
    let (first, second) = try halves(world, cut: RandomWorld.start + 700 + Int(seed))
    let rounding = Double(whole.rows.count) * 1.5e-6
    #expect(abs((first.cost + second.cost - whole.cost).value) <= rounding)
    #expect(abs((first.list + second.list - whole.list).value) <= rounding)
    #expect(abs((first.cash + second.cash - whole.cash).value) <= rounding)
    for ((a, b), use) in zip(zip(first.commitments, second.commitments), whole.commitments) {
      #expect(a.amortized + b.amortized == use.amortized)
      #expect(a.costOfCapital + b.costOfCapital == use.costOfCapital)
    }
  }

  @Test func hoursOutsideTheHistoryCostNothing() throws {
    let world = RandomWorld(seed: 3)
    let judge = Judge(prices: world.prices)
    let whole = try judge.bill(world.demand, under: [])
    let wider = HourWindow(start: RandomWorld.start + -100, hours: world.demand.window.hours + 200)
    let bill = try judge.bill(world.demand.restricted(to: wider), under: [])
    #expect(bill.rows == whole.rows)
    #expect(bill.hourlyOnDemand.prefix(100).allSatisfy { $0 == 0 })
  }

  private func bill(_ seed: UInt64) throws -> (RandomWorld, Bill) {
    let world = RandomWorld(seed: seed)
    return (
      world,
      try Judge(prices: world.prices)
        .bill(world.demand, under: world.commitments, costOfCapital: 0.05)
    )
  }

  private func halves(_ world: RandomWorld, cut: Hour) throws -> (Bill, Bill) {
    let window = world.demand.window
    let judge = Judge(prices: world.prices)
    func part(_ window: HourWindow) throws -> Bill {
      try judge.bill(
        world.demand.restricted(to: window), under: world.commitments, costOfCapital: 0.05)
    }
    return (
      try part(HourWindow(from: window.start, to: cut)),
      try part(HourWindow(from: cut, to: window.end))
    )
  }
}

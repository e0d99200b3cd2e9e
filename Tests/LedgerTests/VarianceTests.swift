import Billing
import CloudCosts
import Foundation
import Scenarios
import TestSupport
import Testing

@testable import Ledger

/// Projected against realised, by hand and on random worlds.
@Suite struct VarianceTests {
  private static func actual(
    _ demand: Demand, _ prices: PriceBook = Sample.book(), owned: [Commitment] = []
  ) -> ActualUsage {
    ActualUsage(demand: demand, prices: prices, owned: owned)
  }

  private static func money(_ amount: Double) -> Money { Money(rounding: amount) }

  /// Ten reservations at 0.6 for ten machines at 1.0. What came: eight machines at 0.9, bought a
  /// day late. January has 744 hours.
  @Test func byHand() throws {
    let line = Sample.reservation(10)
    let projection = try Sample.projection(Sample.demand([Sample.sku: 10]), [line])
    var bought = line
    bought.start = line.start + 24
    bought.end = line.end + 24
    let tracker = SavingsTracker(
      projection, Self.actual(Sample.demand([Sample.sku: 8]), Sample.book(0.9)), bought: [bought])
    let tracked = try #require(try tracker.result())
    let total = tracked.total
    #expect(total.projected == Self.money(744 * 10 * 0.4))
    // Eight are covered, ten are paid for: 8 × 1.0 − 10 × 0.6 in each hour.
    #expect(total.usage == Self.money(744 * 2.0 - 744 * 4.0))
    #expect(total.mix == .zero)
    // 8 × 0.9 − 10 × 0.6.
    #expect(total.price == Self.money(744 * 1.2 - 744 * 2.0))
    #expect(total.purchases == .zero)
    #expect(total.timing == Self.money(720 * 1.2 - 744 * 1.2))
    #expect(total.realised == Self.money(720 * 1.2))
    #expect(tracked.lines == [total] && tracked.overlap == .zero)
    // The other way round: timing at the projected usage and price, and so on.
    #expect(tracked.reversed.timing == Self.money(-24 * 4.0))
    #expect(tracked.reversed.price == Self.money(720 * 10 * -0.1))
    #expect(tracked.reversed.usage == Self.money(720 * 1.2 - 720 * 3.0))
  }

  /// A contract that all usage on demand just fills takes back whatever is saved.
  @Test func whatIsPromisedIsNotSaved() throws {
    var projection = try Sample.projection(
      Sample.demand([Sample.sku: 10]), [Sample.reservation(10)])
    // A year of which January is a part by its hours: 7,440 of it, and half of that.
    func tracked(_ share: Double) throws -> TrackedSavings {
      projection.spendCommitments = [
        SpendCommitment(
          name: "edp", provider: .aws,
          window: HourWindow(
            from: Sample.january.start, to: Hour(year: 2027, month: 1, day: 1)),
          amount: share * 87_600)
      ]
      return try #require(
        try SavingsTracker(
          projection, Self.actual(Sample.demand([Sample.sku: 10])), bought: [Sample.reservation(10)]
        ).result())
    }
    #expect(try tracked(1).total.realised == .zero)
    // Down to eight tenths of it, two tenths are saved.
    #expect(try tracked(0.8).total.realised == Self.money(744 * 10 * 0.2))
    #expect(try tracked(0.5).total.realised == Self.money(744 * 10 * 0.4))
  }

  /// The same level, of which half moves to a type that the reservations do not cover.
  @Test func mixByHand() throws {
    let projection = try Sample.projection(
      Sample.demand([Sample.sku: 10]), [Sample.reservation(10)])
    let came = Sample.demand([Sample.sku: 5, Sample.other: 5])
    let tracked = try #require(
      try SavingsTracker(
        projection, Self.actual(came), bought: [Sample.reservation(10)]
      ).result())
    #expect(tracked.total.usage == .zero && tracked.total.price == .zero)
    #expect(tracked.total.mix == Self.money(744 * (5 - 6) - 744 * 4.0))
    #expect(tracked.levels.map(\.actual) == [Self.money(7440)])
  }

  /// One line rejected, of the other half: what was not bought is a cause of its own.
  @Test func whatWasNotBoughtByHand() throws {
    let lines = [Sample.reservation(6), Sample.reservation(4, id: "buy-2")]
    let demand = Sample.demand([Sample.sku: 10])
    let projection = try Sample.projection(demand, lines)
    let tracked = try #require(
      try SavingsTracker(
        projection, Self.actual(demand), bought: [Sample.reservation(3), nil]
      ).result())
    #expect(tracked.total.projected == Self.money(744 * 10 * 0.4))
    #expect(tracked.total.purchases == Self.money(744 * (3 - 10) * 0.4))
    #expect(tracked.total.realised == Self.money(744 * 3 * 0.4))
    #expect(tracked.lines[1].projected == Self.money(744 * 4 * 0.4))
    #expect(tracked.lines[1].realised == .zero)
  }

  /// Of several futures it is what is expected that was promised, and a month that is cut counts by
  /// its hours.
  @Test func severalFutures() throws {
    let demand = Sample.demand([Sample.sku: 10])
    var projection = try Sample.projection(demand, [Sample.reservation(10)])
    projection.futures = 24
    projection.months[0].withNone = Self.money(7000)
    projection.months[0].withAll = Self.money(5000)
    projection.months[0].without = [Self.money(7000)]
    let half = HourWindow(start: Sample.january.start, hours: 372)
    let tracked = try #require(
      try SavingsTracker(
        projection, Self.actual(demand.restricted(to: half)), bought: [Sample.reservation(10)]
      ).result())
    #expect(tracked.total.projected == Self.money(1000))
    // What the futures' mean saves more than the mean of the futures is usage.
    #expect(tracked.total.usage == Self.money(372 * 4.0 - 1000))
    #expect(tracked.total.realised == Self.money(372 * 4.0))
  }

  /// A plan of a past month, bought in the next year: the same weeks again.
  @Test func aPastWindowComesAgain() throws {
    let projection = try Sample.projection(
      Sample.demand([Sample.sku: 10]), [Sample.reservation(10)])
    let start = Hour(year: 2027, month: 1, day: 1)
    let came = Sample.demand([Sample.sku: 10], window: HourWindow(start: start, hours: 744))
    let tracked = try #require(
      try SavingsTracker(
        projection, Self.actual(came), bought: [Sample.reservation(10, start: start)]
      ).result())
    #expect(tracked.shift == 52 * 168)
    // 364 days later it begins on 2026-12-31; the history on the day after.
    #expect(tracked.window == HourWindow(start: start, hours: 720))
    #expect(tracked.total.projected == Self.money(720 * 4.0))
    #expect(tracked.total.realised == tracked.total.projected)
  }

  @Test func nothingToCompare() throws {
    let projection = try Sample.projection(
      Sample.demand([Sample.sku: 10]), [Sample.reservation(10)])
    let later = HourWindow(start: Hour(year: 2030, month: 1, day: 1), hours: 24)
    let tracker = SavingsTracker(
      projection, Self.actual(Sample.demand([Sample.sku: 1], window: later)),
      bought: [Sample.reservation(10)])
    #expect(try tracker.result() == nil)
  }

  /// Parts add up to the millionth, for every line and in all, in both orders; and the first and
  /// the last are bills that the judge makes by itself.
  @Test(arguments: 0..<20) func partsAddUp(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
    func demand() -> Demand {
      var demand = Sample.demand([Sample.sku: 1, Sample.other: 1])
      for index in demand.quantities.indices { demand.quantities[index] = number(0...20) }
      return demand
    }
    let lines = [
      Sample.reservation(number(1...12).rounded()), Sample.savingsPlan(number(0.5...6)),
      Sample.reservation(number(1...5).rounded(), of: Sample.other, id: "buy-3"),
    ]
    let projection = try Sample.projection(
      demand(), lines, owned: [Sample.reservation(2, id: "owned")])
    var bought: [Commitment?] = lines
    bought[0]?.start = lines[0].start + Int(number(0...400))
    bought[1]?.end = lines[1].start + Int(number(100...700))
    if seed.isMultiple(of: 3) { bought[2] = nil }
    let came = Self.actual(
      demand(), Sample.book(number(0.8...1.2), other: number(0.8...1.2)),
      owned: seed.isMultiple(of: 2) ? [] : [Sample.reservation(3, id: "owned")])
    let tracked = try #require(
      try SavingsTracker(projection, came, bought: bought).result())
    for variance in [tracked.total, tracked.reversed, tracked.overlap] + tracked.lines {
      let parts = [
        variance.usage, variance.mix, variance.price, variance.purchases, variance.timing,
      ].total()
      #expect(variance.projected + parts == variance.realised)
      #expect(parts == variance.difference)
    }
    let summed = tracked.lines.reduce(tracked.overlap, +)
    #expect(summed == tracked.total)
    let judge = Judge(prices: came.prices)
    let with = try judge.bill(came.demand, under: came.owned + bought.compactMap(\.self)).cost
    let without = try judge.bill(came.demand, under: came.owned).cost
    #expect(tracked.total.realised == without - with)
    #expect(tracked.reversed.realised == without - with)
    #expect(tracked.bill.cost == with)
  }

  /// What is kept comes back as it was, and so do the comparisons made of it.
  @Test func aProjectionIsKeptWhole() throws {
    let folder = try Folder()
    let ledger = try Ledger(path: folder.path("l.db"), mayCreate: true)
    var dated = Sample.sku
    dated.pricedFrom = Sample.january.start + 300
    var prices = Sample.book().parts(of: [Sample.planTerms]) { _ in true }
    prices.onDemand[dated] = 1.25
    prices.priceDates[Sample.sku] = [Sample.january.start + 300]
    prices.listOnDemand[Sample.sku] = 1.5
    prices.paidShares[.aws] = 0.95
    var projection = try Sample.projection(
      Sample.demand([Sample.sku: 1.0 / 3, Sample.other: 7]),
      [Sample.reservation(10), Sample.savingsPlan(2.5)])
    projection.prices = prices
    projection.sharing = Sharing(
      mode: .restrictedGroup, groups: ["web": ["1", "2"]], off: ["3"])
    projection.sharing.commitments = ["owned": .group("web")]
    var owned = Sample.reservation(2, id: "owned")
    owned.reach = .groupFirst("web")
    owned.renews = true
    owned.coversOtherSizes = false
    owned.paidShare = 0.9
    owned.prepaid = HourWindow(start: owned.start + -100, hours: 8760)
    projection.spendCommitments = [
      SpendCommitment(
        name: "edp", provider: .aws, window: HourWindow(start: owned.start, hours: 17520),
        amount: 1_000_000, other: 5, period: .contract)
    ]
    projection.spendCommitments[0].known = SpendCommitment.Known(
      spent: 1000, until: owned.start + 5000)
    projection.prices.usageShares = [.aws: 0.8]
    projection.givenUp = [
      GivingUp(
        commitment: Sample.reservation(3, id: "gone"), way: .sell, at: owned.start,
        until: owned.start + 48, remaining: 7, received: 5, loss: 2)
    ]
    projection.owned = [owned]
    projection.costOfCapital = 0.08
    projection.futures = 24
    _ = try ledger.propose(Sample.draft(projection))
    let back = try Ledger(path: folder.path("l.db")).projection(of: 1)
    #expect(back.demand == projection.demand)
    #expect(back.prices == projection.prices)
    #expect(back.sharing == projection.sharing)
    #expect(back.spendCommitments == projection.spendCommitments)
    #expect(back.givenUp == projection.givenUp)
    #expect(back.owned == projection.owned && back.lines == projection.lines)
    #expect(back.months == projection.months)
    #expect(back.futures == 24 && back.costOfCapital == 0.08)
  }

  @Test func trackedResultsAreKeptAndMeasured() throws {
    let folder = try Folder()
    let ledger = try Ledger(path: folder.path("l.db"), mayCreate: true)
    let demand = Sample.demand([Sample.sku: 10])
    _ = try ledger.propose(
      Sample.draft(try Sample.projection(demand, [Sample.reservation(10)])))
    try ledger.record([LedgerAct(.approved, .first, by: "bob"), .bought(.first, "ri-1")])
    let usage = folder.path("usage.csv")
    var text = "timestamp,provider,account,region,instance_type,quantity\n"
    for hour in 0..<744 {
      let time = (Sample.january.start + hour).iso8601
      text += "\(time),aws,1,eu-west-1,m5.large,7\n"
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: usage))
    let history = try ActualUsageReader(path: usage).read()
    let tracking = try LedgerTracker(ledger).track(history, named: "usage.csv")
    #expect(tracking.total.projected == Self.money(744 * 4.0))
    #expect(tracking.total.realised == Self.money(744 * 1.0))
    #expect(tracking.total.usage == Self.money(744 * -3.0))
    #expect(tracking.findings.map(\.rule) == ["track.no-prices"])
    let alerts = AlertRules().alerts(tracking)
    #expect(alerts.map(\.kind) == [.underUsed, .forecastBroken])
    #expect(alerts[0].message.contains("70.0 %"))
    try ledger.record(tracking.records, by: "cron")
    let record = try #require(try ledger.contents().events.last?.details.tracking)
    #expect(record.projected == 2_976_000_000 && record.realised == 744_000_000)
    let accuracy = try LedgerTracker(ledger).track(history, named: "usage.csv").accuracy
    #expect(accuracy.projections == 1)
    #expect(accuracy.realisedShare == 0.25 && accuracy.meanError == 0.75)
    #expect(abs((accuracy.meanLevelError ?? 0) - 0.3) < 1e-9)
  }
}

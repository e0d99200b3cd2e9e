import CloudCosts
import Forecast
import Foundation
import Planning
import Testing

@testable import Scenarios

/// The optimizer walked over a history.
@Suite struct PlannerWalkTests {
  private static let start = Hour(year: 2023, month: 1, day: 2)
  private static let types = ["c5.large", "c6g.large", "r5.xlarge"]

  private static func rows(_ type: String, _ price: Double) -> [PriceRow] {
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: type)
    func row(_ product: Product, _ term: Term, _ share: Double) -> PriceRow {
      PriceRow(
        sku: sku, product: product, term: term, payment: .noUpfront, hourly: price * share)
    }
    return [
      PriceRow(sku: sku, product: .onDemand, hourly: price),
      row(.computeSavingsPlan, .oneYear, 0.75), row(.computeSavingsPlan, .threeYears, 0.55),
      row(.standardRI, .oneYear, 0.62), row(.standardRI, .threeYears, 0.43),
    ]
  }

  private static let prices = PriceBook(
    rows: rows("c5.large", 0.1) + rows("c6g.large", 0.08) + rows("r5.xlarge", 0.25))

  /// 40 weeks; c5 until c6g comes, `later` says what runs from week 30 on.
  private static func demand(later: Double = 1) -> Demand {
    let hours = 40 * 168
    return Demand(
      window: HourWindow(start: start, hours: hours),
      groups: types.map {
        UsageGroup(sku: SKU(provider: .aws, region: "us-east-1", instanceType: $0))
      },
      quantities: types.indices.flatMap { type in
        (0..<hours).map { hour in
          let week = Double(hour) / 168
          let rhythm = hour / 24 % 7 >= 5 ? 0.7 : (8..<18).contains(hour % 24) ? 1.3 : 0.9
          let new = 1 / (1 + exp(-0.4 * (week - 20)))
          let level = [100 * (1 - new), 100 * new, 20][type]
          return (level * rhythm * (week >= 30 ? later : 1)).rounded()
        }
      })
  }

  private static func walk(
    _ demand: Demand, members: [Int] = [0, 1, 2], policy: Policy = Policy(),
    offers: OfferFilter = OfferFilter(),
    dates: [Int] = Array(stride(from: 12 * 168, to: 40 * 168, by: 4 * 168))
  ) -> PlannerWalk {
    var settings = BacktestSettings.Planner()
    settings.paths = 6
    settings.horizonMonths = 24
    settings.hindsightHoursPerStep = 1
    var forecast = ForecastSettings(method: .bootstrap, paths: 6)
    forecast.namesSuccessors = true
    return PlannerWalk(
      history: demand, members: members, prices: prices, offers: offers, policy: policy,
      risk: nil, settings: settings, forecast: forecast, dates: dates, every: 4 * 168,
      stop: StopSignal())
  }

  @Test func whatComesLaterChangesNothingBefore() throws {
    let (one, other) = (Self.demand(), Self.demand(later: 3))
    let first = try Self.walk(one).purchases { _ in }
    let second = try Self.walk(other).purchases { _ in }
    let edge = Self.start + 30 * 168
    #expect(first.filter { $0.start <= edge } == second.filter { $0.start <= edge })
    #expect(first != second)
    #expect(!first.isEmpty)
    // Only at its dates, and for whole terms.
    for purchase in first {
      #expect((purchase.start - Self.start) % (4 * 168) == 0)
      #expect(purchase.end - purchase.start == purchase.terms.term.hours)
    }
    #expect(Set(first.map(\.id)).count == first.count)
  }

  @Test func nothingIsBoughtForWhatHasNoNameYet() throws {
    // Plans are good for any name, so reservations alone are on sale.
    let offers = OfferFilter(products: [.standardRI])
    let bought = try Self.walk(Self.demand(), offers: offers).purchases { _ in }
    let reserved = bought.compactMap { purchase in
      if case .reservation(let sku, _, _, _, _) = purchase.subject { sku.instanceType } else { nil }
    }
    #expect(!reserved.isEmpty)
    #expect(Set(reserved).isSubset(of: Self.types))
  }

  @Test func othersUsageIsSeenAndNotDecidedOn() throws {
    let bought = try Self.walk(Self.demand(), members: [2]).purchases { _ in }
    #expect(!bought.isEmpty)
    let hourly = bought.reduce(0) { $0 + $1.effectiveHourly }
    // No more than the peak of r5 alone, on demand.
    #expect(hourly < 20 * 1.3 * 0.25)
  }

  @Test func limitsOnSumsHoldForTheWholeWalk() throws {
    let free = try Self.walk(Self.demand()).purchases { _ in }
    #expect(free.reduce(0) { $0 + $1.effectiveHourly } > 3)
    var policy = Policy(maxHourlyCommitment: 3)
    let bought = try Self.walk(Self.demand(), policy: policy).purchases { _ in }
    #expect(bought.reduce(0) { $0 + $1.effectiveHourly } <= 3 + 1e-6)
    #expect(!bought.isEmpty)
    policy.maxHourlyCommitment = 0
    #expect(try Self.walk(Self.demand(), policy: policy).purchases { _ in }.isEmpty)
  }

  @Test func samplesTakeEveryHourOfTheWeek() {
    let window = HourWindow(start: Self.start, hours: 168 * 73)
    let group = UsageGroup(sku: SKU(provider: .aws, region: "us-east-1", instanceType: "c5.large"))
    let demand = Demand(
      window: window, groups: [group], quantities: (0..<window.hours).map { Double($0 % 168) })
    let sample = demand.sampled(every: 73)
    #expect(Set(sample.quantities).count == 168)
    #expect(demand.sampled(every: 1) == demand)
    let paths = (0..<3).map { demand.sampled(every: 73, path: $0) }
    #expect(Set(paths.map { $0[0, 0] }).count == 3)
    #expect(paths.allSatisfy { $0.window.hours == 168 })
  }
}

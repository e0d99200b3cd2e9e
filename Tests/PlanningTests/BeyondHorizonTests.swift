import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Planning

/// What purchases are charged for the years behind the horizon.
@Suite struct BeyondHorizonTests {
  private static let start = Hour(year: 2024, month: 1, day: 1)
  private static let skus = ["m5.large", "c5.large"].map {
    SKU(provider: .aws, region: "us-east-1", instanceType: $0)
  }

  private static func rows(_ sku: SKU) -> [PriceRow] {
    func row(_ product: Product, _ term: Term, _ hourly: Double) -> PriceRow {
      PriceRow(sku: sku, product: product, term: term, payment: .noUpfront, hourly: hourly)
    }
    return [
      PriceRow(sku: sku, product: .onDemand, hourly: 0.1),
      row(.standardRI, .oneYear, 0.07), row(.standardRI, .threeYears, 0.05),
      row(.computeSavingsPlan, .threeYears, 0.06),
    ]
  }

  /// A year of two paths: m5 stays, or is replaced by c5 half-way; both together never change.
  private static func problem(charges: Bool, paths count: Int = 2) -> PlanningProblem {
    let hours = 8760
    let groups = skus.reversed().map { UsageGroup(sku: $0) }
    let paths = (0..<count).map { path in
      Demand(
        window: HourWindow(start: start, hours: hours), groups: groups,
        quantities: [false, true].flatMap { isM5 in
          (0..<hours).map { hour in (path == 1 && hour >= hours / 2) != isM5 ? 10.0 : 0 }
        })
    }
    var problem = PlanningProblem(
      paths: DemandPaths(paths), prices: PriceBook(rows: skus.flatMap(rows)))
    if count == 1 { problem.paths = nil }
    problem.chargesBeyond = charges
    return problem
  }

  private static func reservation(_ term: Term, after hours: Int = 0) -> Commitment {
    Commitment(
      id: "", terms: OfferTerms(product: .standardRI, term: term, payment: .noUpfront),
      subject: .reservation(sku: skus[0], zone: nil, count: 1, upfront: 0, hourly: 0.05),
      start: start + hours, end: start + hours + term.hours)
  }

  /// What follows all usage and is at the bottom of it, by a limit, is used until usage has fallen
  /// to that.
  @Test func whatIsUnderTheShareIsUsedWhileUsageIsAboveIt() {
    var problem = Self.problem(charges: true, paths: 1)
    // Falls to six tenths within the year.
    for g in problem.demand.groups.indices {
      for h in 4380..<8760 { problem.demand[g, h] *= 0.6 }
    }
    let plan = Commitment(
      id: "",
      terms: OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 0.5),
      start: Self.start, end: Self.start + 26_280)
    #expect(BeyondHorizon(problem).charge(plan) > 1000)
    problem.policy.maxThreeYearShare = 0.8
    let some = BeyondHorizon(problem).charge(plan)
    #expect(some > 100)
    problem.policy.maxThreeYearShare = 0.6
    #expect(abs(BeyondHorizon(problem).charge(plan)) < 1e-6)
    // What is bound to a family reaches all of it.
    let bound = Self.reservation(.threeYears)
    #expect(BeyondHorizon(problem).charge(bound) > 100)
  }

  @Test func whatMayBeGivenUpIsCharged() {
    let beyond = BeyondHorizon(Self.problem(charges: true))
    // Half of the paths lose it in the first year; of the next two years, half and half again.
    let kept = (1...17_520).reduce(0.0) { $0 + 0.5 * pow(0.5, Double($1) / 8760) }
    let expected = 0.05 * (17_520 - kept)
    #expect(abs(beyond.charge(Self.reservation(.threeYears)) - expected) < 1e-6 * expected)
    // Bought when it is decided who stays, it is used as at the end.
    let late = beyond.charge(Self.reservation(.threeYears, after: 5000))
    let whole = (1...22_520).reduce(0.0) { $0 + pow(0.5, Double($1) / 8760) }
    #expect(abs(late - 0.05 * (22_520 - whole)) < 1e-6 * late)
    #expect(beyond.charge(Self.reservation(.oneYear)) == 0)
  }

  @Test func whatFollowsUsageIsNot() {
    let beyond = BeyondHorizon(Self.problem(charges: true))
    let plan = Commitment(
      id: "",
      terms: OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 1),
      start: Self.start, end: Self.start + 26_280)
    #expect(beyond.charge(plan) == 0)
    #expect(BeyondHorizon(Self.problem(charges: false)).charge(Self.reservation(.threeYears)) == 0)
    let one = BeyondHorizon(Self.problem(charges: true, paths: 1))
    #expect(one.charge(Self.reservation(.threeYears)) == 0)
  }

  /// A reservation for three years is cheapest inside the year; what it wastes behind it decides
  /// for the plan.
  @Test func theProgramReckonsWithIt() throws {
    let effort = PlanningEffort(gap: 1e-6, timeLimit: 30)
    func bought(_ charges: Bool) throws -> (reserved: Double, planned: Double, Certificate) {
      let plan = try Planner(Self.problem(charges: charges), effort: effort).plan()
      var reserved = 0.0
      var planned = 0.0
      for purchase in plan.purchases.map(\.commitment) where purchase.terms.term == .threeYears {
        if purchase.terms.product == .standardRI { reserved += purchase.effectiveHourly }
        if purchase.terms.product == .computeSavingsPlan { planned += purchase.effectiveHourly }
      }
      return (reserved, planned, plan.certificate)
    }
    let free = try bought(false)
    let charged = try bought(true)
    #expect(charged.reserved < free.reserved || charged.planned >= free.planned)
    #expect(charged.planned > 0.5)
    #expect(charged.2.objective >= free.2.objective - 1e-6)
    #expect(charged.2.bound <= charged.2.objective)
  }
}

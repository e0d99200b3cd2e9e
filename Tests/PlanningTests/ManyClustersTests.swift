import CloudCosts
import MIP
import TestSupport
import Testing

@testable import Planning

/// Many families that only Compute plans join: clusters that are solved and rounded alone.
@Suite struct ManyClustersTests {
  /// Families of one size each, with whole instances at all hours, and both terms of both products
  /// on sale.
  static func problem(
    families: Int = 60, hours: Int = 30, seed: UInt64 = 7
  ) -> PlanningProblem {
    var random = SeededGenerator(seed: seed)
    var rows: [PriceRow] = []
    var groups: [UsageGroup] = []
    var levels: [Double] = []
    for f in 0..<families {
      let sku = SKU(
        provider: .aws, region: "us-east-1", instanceType: "x\(String(1000 + f)).large")
      groups.append(UsageGroup(account: "", sku: sku))
      levels.append(Double.random(in: 2...30, using: &random))
      let price = Double.random(in: 0.05...1, using: &random)
      rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
      for (product, term, least, most) in [
        (Product.standardRI, Term.oneYear, 0.58, 0.68), (.standardRI, .threeYears, 0.4, 0.5),
        (.computeSavingsPlan, .oneYear, 0.66, 0.76), (.computeSavingsPlan, .threeYears, 0.48, 0.58),
      ] {
        rows.append(
          PriceRow(
            sku: sku, product: product, term: term, payment: .noUpfront,
            hourly: price * Double.random(in: least...most, using: &random)))
      }
    }
    let quantities = levels.flatMap { level in
      (0..<hours).map { _ in (level * Double.random(in: 0.4...1.2, using: &random)).rounded() }
    }
    return PlanningProblem(
      demand: Demand(
        window: HourWindow(start: RandomInstance.start, hours: hours), groups: groups,
        quantities: quantities),
      prices: PriceBook(rows: rows), owned: [], policy: Policy(maxThreeYearShare: 0.5),
      candidates: [])
  }

  /// The bound of clusters is that of the whole program's relaxation, and never above it.
  @Test func boundIsThatOfTheExtensiveForm() throws {
    let model = try AgreementTests.model(Self.problem(hours: 10))
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-5, timeLimit: 60), clock: Stopwatch())
    let separable = try #require(decomposition.separable)
    #expect(separable.clusters.count == 60)
    _ = try decomposition.relax(to: 1e-5, from: decomposition.firstPoint(WarmStart()))
    let form = ExtensiveForm(model, name: "many")
    let relaxation = try Solver(form.program).solveRelaxation()
    let least = relaxation.objective
    #expect(relaxation.status == .optimal)
    #expect(decomposition.bound <= least * (1 + 1e-9))
    #expect(decomposition.bound >= least * (1 - 2e-5))
    let proof = try #require(decomposition.proof)
    let proven = try #require(BoundVerifier(model).bound(proof))
    #expect(proven >= proof.bound - 1e-7 * least && proven <= least * (1 + 1e-9))
  }

  /// Whole units for clusters cost none of them more at the widest pools' prices than what was
  /// rounded to the nearest, some of them less, and no other unit up or down would be better.
  @Test func clustersAreRoundedToWhatTheyCostLeastWith() throws {
    let model = try AgreementTests.model(Self.problem(hours: 24))
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-4, timeLimit: 60), clock: Stopwatch())
    let point = try decomposition.relax(to: 1e-4, from: decomposition.firstPoint(WarmStart()))
    let separable = try #require(decomposition.separable)
    let rounding = separable.rounding(at: try #require(decomposition.lastClusters.prices))
    let down = Rounding(model).whole(point.decision.purchases) { _ in .down }
    let better = rounding.improved(down)
    let (before, after) = (rounding.costs(down), rounding.costs(better))
    #expect(zip(before, after).allSatisfy { $1 <= $0 + 1e-9 * abs($0) })
    #expect(zip(before, after).contains { $1 < $0 - 1e-6 * abs($0) })
    for (f, instruments) in separable.clusters.instruments.enumerated() {
      for j in instruments where down[j] > 0 && model.instruments[j].grid == 1 {
        for units in [-1.0, 1] {
          var other = down
          other[j] += units
          guard other[j] <= model.instruments[j].upper else { continue }
          #expect(rounding.costs(other)[f] >= after[f] - 1e-9 * abs(after[f]), "\(f), \(j)")
        }
      }
    }
  }

  @Test func planKeepsGapPolicyAndProof() throws {
    let problem = Self.problem(hours: 48, seed: 11)
    let plan = try Planner(problem, effort: PlanningEffort(gap: 1e-3, timeLimit: 60)).plan()
    #expect(plan.certificate.gap <= 1e-3 && plan.certificate.status == .optimal)
    #expect(plan.purchases.count > 30)
    let hourly = plan.purchases.map(\.commitment.effectiveHourly).reduce(0, +)
    let three = plan.purchases.filter { $0.commitment.terms.term == .threeYears }
      .map(\.commitment.effectiveHourly).reduce(0, +)
    #expect(three > 0 && three <= 0.5 * hourly * (1 + 1e-6))
  }
}

import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Planning

/// Families of five sizes in which reservations, EC2 Instance plans and several Compute plans
/// compete: what an allocation makes of an hour is near the optimum
/// of the hour's linear program, although there are too many pools to try every set of them.
@Suite struct FamiliesOfSizesTests {
  /// Prices in proportion to size, rounded as published ones are.
  private static func problem(families: Int, hours: Int, seed: UInt64) -> PlanningProblem {
    var random = SeededGenerator(seed: seed)
    var rows: [PriceRow] = []
    var groups: [UsageGroup] = []
    var quantities: [Double] = []
    func rounded(_ price: Double) -> Double { (price * 1e6).rounded() / 1e6 }
    for f in 0..<families {
      let unit = 0.01 + 0.05 * Double.random(in: 0...1, using: &random)
      let rates: [(Product, Term, Double)] = [
        (.standardRI, .oneYear, Double.random(in: 0.6...0.66, using: &random)),
        (.standardRI, .threeYears, Double.random(in: 0.38...0.45, using: &random)),
        (.ec2InstanceSavingsPlan, .oneYear, Double.random(in: 0.61...0.67, using: &random)),
        (.ec2InstanceSavingsPlan, .threeYears, Double.random(in: 0.4...0.46, using: &random)),
        (.computeSavingsPlan, .oneYear, Double.random(in: 0.7...0.76, using: &random)),
        (.computeSavingsPlan, .threeYears, Double.random(in: 0.48...0.55, using: &random)),
      ]
      for (s, size) in ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"].enumerated() {
        let sku = SKU(
          provider: .aws, region: "us-east-1", instanceType: "x\(String(100 + f)).\(size)")
        let price = rounded(unit * Double(4 << s))
        groups.append(UsageGroup(account: "", sku: sku))
        rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
        for (product, term, rate) in rates {
          rows.append(
            PriceRow(
              sku: sku, product: product, term: term, payment: .noUpfront,
              hourly: rounded(price * rate)))
          guard product == .computeSavingsPlan else { continue }
          rows.append(
            PriceRow(
              sku: sku, product: product, term: term, payment: .allUpfront,
              hourly: rounded(price * rate * 0.96)))
        }
        let level = Double.random(in: 2...40, using: &random)
        quantities += (0..<hours).map { h in
          let swing = 1 + 0.3 * sin(2 * .pi * Double(h % 24) / 24 + Double(f))
          return (level * swing * Double.random(in: 0.7...1.3, using: &random)).rounded()
        }
      }
    }
    return PlanningProblem(
      demand: Demand(
        window: HourWindow(start: RandomInstance.start, hours: hours), groups: groups,
        quantities: quantities),
      prices: PriceBook(rows: rows), policy: Policy(maxThreeYearShare: 0.5))
  }

  @Test(arguments: [22, 24] as [UInt64])
  func hoursAreNearTheirOptimum(_ seed: UInt64) throws {
    let model = try AgreementTests.model(Self.problem(families: 24, hours: 48, seed: seed))
    let decomposition = try Decomposition(
      model, effort: PlanningEffort(gap: 1e-4, timeLimit: 60), clock: Stopwatch())
    let point = try decomposition.relax(to: 1e-4, from: decomposition.firstPoint(WarmStart()))
    let costToGo = decomposition.costToGo
    #expect(costToGo.oracle.tables.widest.count > 1 && !costToGo.oracle.tables.isSmall)
    let held = costToGo.evaluate(purchased: point.purchased, actions: []).values.reduce(0, +)
    let allocated = costToGo.allocate(purchased: point.purchased, actions: []).total
    let exact = try Self.exact(costToGo, point.purchased)
    let all = point.value
    #expect(held <= exact * (1 + 1e-9) && exact <= allocated * (1 + 1e-9))
    #expect(allocated - exact <= 1e-6 * all)
  }

  /// The optimum of every hour's linear program.
  static func exact(_ costToGo: CostToGo, _ purchased: [Double]) throws -> Double {
    let oracle = costToGo.oracle
    let charges = costToGo.charges(.plain(costToGo.model))
    let covers = oracle.tables.covers
    var sum = 0.0
    for s in costToGo.stretches.indices {
      var programs: [Planning.HourProgram] = []
      costToGo.forEachBlock(of: s, purchased: purchased, costToGo.demand) { _, demand, capacity in
        for lane in 0..<Lanes.scalarCount {
          programs.append(
            Planning.HourProgram(
              demand: (0..<oracle.skuCount).map { demand[$0][lane] },
              // Crumbs of capacity are more than GLPK's tolerances can tell apart.
              capacity: (0..<oracle.poolCount).map { (capacity[$0][lane] * 1e6).rounded() / 1e6 },
              charges
            ) { g in
              covers.range(g).map { (Int(covers.pool.start[$0]), covers.use.start[$0]) }
            })
        }
      }
      for program in programs {
        let rest = try #require(program.solution()).rest
        sum += rest.indices.reduce(0) { $0 + rest[$1] * charges.price[$1] }
      }
    }
    return sum
  }
}

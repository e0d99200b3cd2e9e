import CloudCosts
import TestSupport
import Testing

@testable import Planning

/// Rows over purchases that stand in for `min_utilization` in large programs: no purchases that are
/// used enough in the provider's order miss one of them, whatever shares a family's usage.
@Suite struct UtilizationRowsTests {
  /// Two families on two systems: reservations of all sizes and of one, plans of a family that save
  /// differently by system, and two plans for everything.
  private static func problem(hours: Int, seed: UInt64) -> PlanningProblem {
    var random = SeededGenerator(seed: seed)
    var rows: [PriceRow] = []
    var groups: [UsageGroup] = []
    var quantities: [Double] = []
    for family in ["m5", "c5"] {
      for system in ["Linux", "Windows"] {
        let unit = Double.random(in: 0.04...0.06, using: &random) * (system == "Linux" ? 1 : 1.9)
        let rates: [(Product, Term, Double)] = [
          (.standardRI, .threeYears, Double.random(in: 0.38...0.6, using: &random)),
          (.ec2InstanceSavingsPlan, .threeYears, Double.random(in: 0.4...0.7, using: &random)),
          (.computeSavingsPlan, .oneYear, Double.random(in: 0.7...0.85, using: &random)),
          (.computeSavingsPlan, .threeYears, Double.random(in: 0.48...0.8, using: &random)),
        ]
        for (s, size) in ["large", "xlarge", "2xlarge"].enumerated() {
          let sku = SKU(
            provider: .aws, region: "us-east-1", instanceType: "\(family).\(size)",
            operatingSystem: system)
          let price = unit * Double(2 << s)
          groups.append(UsageGroup(account: "", sku: sku))
          rows.append(PriceRow(sku: sku, product: .onDemand, hourly: price))
          for (product, term, rate) in rates {
            rows.append(
              PriceRow(
                sku: sku, product: product, term: term, payment: .noUpfront, hourly: price * rate))
          }
          let level = Double.random(in: 2...30, using: &random)
          let spread = Double.random(in: 0.1...1, using: &random)
          quantities += (0..<hours).map { _ in
            (level * (1 + spread * Double.random(in: -1...1, using: &random))).rounded()
          }
        }
      }
    }
    return PlanningProblem(
      demand: Demand(
        window: HourWindow(start: RandomInstance.start, hours: hours), groups: groups,
        quantities: quantities),
      prices: PriceBook(rows: rows))
  }

  @Test(arguments: 31...38 as ClosedRange<UInt64>) func nothingThatIsUsedEnoughMissesARow(
    _ seed: UInt64
  ) throws {
    let model = try AgreementTests.model(Self.problem(hours: 60, seed: seed))
    let costToGo = CostToGo(model)
    var random = SeededGenerator(seed: seed)
    var (reached, tried) = (0, 0)
    for share in [0.75, 0.9] {
      let rows = UtilizationRows(model, share).all
      #expect(rows.contains { $0.name.contains("after narrower ones") })
      let keeper = UseKeeper(costToGo, floor: share)
      for _ in 0..<300 {
        var decision = Decision.nothing(model)
        for (j, instrument) in model.instruments.enumerated()
        where Double.random(in: 0...1, using: &random) < 0.4 {
          // What is too much is cut, so these end where they are just used enough.
          let part = Bool.random(using: &random) ? 1 : Double.random(in: 0...1, using: &random)
          decision.purchases[j] = instrument.amount(
            steps: (part * instrument.upper / instrument.grid).rounded(.down))
        }
        guard let kept = keeper.kept(decision)?.decision else { continue }
        tried += 1
        for row in rows {
          let activity = row.instruments.reduce(0) {
            $0 + $1.coefficient * kept.purchases[$1.index]
          }
          #expect(activity <= row.upper * (1 + 1e-9), "\(row.name) at \(share)")
          if row.name.contains("after"), activity > 0.97 * row.upper { reached += 1 }
        }
      }
    }
    // They are near enough to say something.
    #expect(tried > 60 && reached > 0)
  }
}

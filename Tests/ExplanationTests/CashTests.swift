import Billing
import CloudCosts
import Planning
import TestSupport
import Testing

@testable import Scenarios

/// Cash is said where it is much and the policy says nothing about it.
@Suite struct CashTests {
  private static let m5 = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")

  private static func findings(
    _ policy: Policy = Policy(), monthly: Double = 0.0624, upfront: Double = 0.06
  ) throws -> [Finding] {
    let window = HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 8760)
    let rows = [
      PriceRow(sku: m5, product: .onDemand, hourly: 0.1),
      PriceRow(
        sku: m5, product: .standardRI, term: .oneYear,
        payment: upfront < 0.06 ? .partialUpfront : .allUpfront, upfront: upfront * 8760,
        hourly: 0.06 - upfront),
      PriceRow(
        sku: m5, product: .standardRI, term: .oneYear, payment: .noUpfront,
        hourly: monthly),
    ]
    let inputs = ScenarioInputs(
      name: "base",
      demand: Demand(
        window: window, groups: [UsageGroup(account: "", sku: m5)],
        quantities: [Double](repeating: 100, count: 8760)),
      prices: PriceBook(rows: rows), owned: [], candidates: [], offers: OfferFilter(),
      policy: policy, effort: PlanningEffort(), compare: [.committed])
    var planner = OutcomePlanner(inputs)
    return PlanFindings(try planner.run { _ in }, isOnly: true, inputs: inputs).findings
      .filter { $0.rule == "plan.cash" }
  }

  /// 100 instances at 0.06 are 52,560 a year, all of it upfront; at 0.0624 by the month they are
  /// 2,102.40 more, on 26,280 lent for a year: 8 %.
  @Test func muchCashIsSaidWithWhatItEarns() throws {
    let finding = try #require(try Self.findings().first)
    #expect(finding.rule == "plan.cash" && finding.severity == .warning)
    #expect(finding.message.contains("52,560 USD are paid upfront, 100 % of what a year costs"))
    #expect(finding.message.contains("about 2,102 USD more over their terms"))
    #expect(finding.message.contains("a yearly interest of 8.0 %"))
  }

  /// A third of a year's bill is what partial payment usually asks for.
  @Test func littleCashIsNotSaid() throws {
    #expect(try Self.findings(upfront: 0.02).isEmpty)
    #expect(try !Self.findings(upfront: 0.04).isEmpty)
  }

  @Test func aPolicyThatSpeaksOfCashIsEnough() throws {
    #expect(try Self.findings(Policy(maxUpfront: 1e9)).isEmpty)
    #expect(try Self.findings(Policy(costOfCapital: 0.01)).isEmpty)
    // By the month it is cheaper: nothing is paid upfront.
    #expect(try Self.findings(monthly: 0.05).isEmpty)
  }
}

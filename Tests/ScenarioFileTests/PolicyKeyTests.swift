import CloudCosts
import Planning
import Testing

@testable import Scenarios

@Suite struct PolicyKeyTests {
  private func report(_ yaml: String) throws -> String {
    try ScenarioFolder(ScenarioFolder.least + yaml).report()
  }

  @Test func everyFamilyHasItsKey() {
    // What is done with machines is limited next to their rules; a column says what goes together.
    let keys = ScenarioSchema.keys(of: "policy") + ScenarioSchema.keys(of: "rightsizing")
    #expect(PolicyFamily.allCases.filter { !keys.contains($0.rawValue) } == [.together])
  }

  @Test func everyLimitIsRead() throws {
    let folder = try ScenarioFolder(
      ScenarioFolder.least
        + """
        policy:
          max_upfront_per_month: 100
          max_expiring_per_month: 4
          min_purchase: 0.5
          max_purchases: 3
          max_break_even_months: 9
          min_utilization: 0.8
          min_coverage_by: {family: {m5: 0.25}}
          max_coverage_by: {family: {m5: 0.75}, account: {"": 0.5, gone: null}}
          exclude: {families: [], accounts: 0123, regions: [eu-west-1, eu-west-1]}
        """.replacing("families: [], ", with: ""))
    let reading = folder.load()
    let policy = try #require(reading.value?.scenarios.first).scenario.policy
    var expected = Policy()
    expected.maxUpfrontPerMonth = 100
    expected.maxExpiringPerMonth = 4
    expected.minPurchase = 0.5
    expected.maxPurchases = 3
    expected.maxBreakEvenMonths = 9
    expected.minUtilization = 0.8
    expected.minCoverageBy = UsageShares(families: ["m5": 0.25])
    expected.maxCoverageBy = UsageShares(families: ["m5": 0.75], accounts: ["": 0.5])
    expected.exclude = UsageExclusion(accounts: ["0123"], regions: ["eu-west-1"])
    #expect(policy == expected)
    #expect(reading.findings.map(\.rule) == Array(repeating: "scenario.no-such-usage", count: 2))
  }

  @Test func whatMayBeGivenUpIsRead() throws {
    let folder = try ScenarioFolder(
      ScenarioFolder.least
        + "policy: {may: [return, trade-in], sale_price: 0.4, refunded: 1000}\n")
    let scenario = try #require(folder.load().value?.scenarios.first).scenario
    #expect(
      scenario.givingUp
        == GivingUpPolicy(ways: [.returning, .tradeIn], salePrice: 0.4, refunded: 1000))
    let none = try #require(try ScenarioFolder(ScenarioFolder.least).load().value?.scenarios.first)
    #expect(none.scenario.givingUp == GivingUpPolicy())
    #expect(try report("policy: {may: [sel]}\n").contains("policy.may does not know 'sel'"))
  }

  @Test func namesThatNothingIsUsedOf() throws {
    #expect(
      try report(
        """
        policy:
          min_coverage_by: {family: {m6: 0.5}}
          exclude:
            accounts: [web]
        """) == """
          warning scenario.no-such-usage scenario.yaml:5: policy.min_coverage_by.family names the \
          family 'm6', and usage.csv has no usage of it inside the window: it has no effect
            did you mean 'm5'?
          warning scenario.no-such-usage scenario.yaml:7: policy.exclude.accounts names the account \
          'web', and usage.csv has no usage of it inside the window: it has no effect
            nothing, if that is meant
          """)
  }

  @Test func badValues() throws {
    #expect(
      try report(
        """
        policy:
          max_upfront_per_month: -1
          max_purchases: 1.5
          max_break_even_months: 0
          min_coverage_by: {famly: {m5: 1}, family: {m5: 80, c5: half}, account: 0.5}
          max_coverage_by: 0.5
          exclude: {families: {m5: true}, regions: [[a]]}
        """) == """
          error scenario.out-of-range scenario.yaml:5: policy.max_upfront_per_month is '-1'; it must \
          be 0 or more
            write a number that is 0 or more
          error scenario.out-of-range scenario.yaml:6: policy.max_purchases is '1.5'; it must be \
          whole, and 0 or more
            write a number that is whole, and 0 or more
          error scenario.out-of-range scenario.yaml:7: policy.max_break_even_months is '0'; it must \
          be whole, and 1 or more
            write a number that is whole, and 1 or more
          error scenario.unknown-key scenario.yaml:8: 'policy.min_coverage_by.famly' is no key of a \
          scenario
            did you mean 'family'? It must be one of family, account
          error scenario.out-of-range scenario.yaml:8: policy.min_coverage_by.family.m5 is '80'; it \
          must be a number from 0 to 1
            write a plain number from 0 to 1
          error scenario.wrong-type scenario.yaml:8: policy.min_coverage_by.family.c5 is 'half'; it \
          must be a number from 0 to 1
            write a plain number from 0 to 1
          error scenario.wrong-type scenario.yaml:8: policy.min_coverage_by.account must be a map of \
          names to shares, here it is '0.5'
            write it as {name: 0.5}
          error scenario.wrong-type scenario.yaml:9: policy.max_coverage_by must be a map of keys, \
          here it is '0.5'
            write the keys family, account
          error scenario.wrong-type scenario.yaml:10: policy.exclude.families must be a list of \
          names, here it is a map
            write it as [a, b]
          error scenario.wrong-type scenario.yaml:10: policy.exclude.regions must be a list of names, \
          here it is a list
            write a name
          """)
  }

  @Test func limitsThatContradict() throws {
    #expect(
      try report(
        """
        policy:
          min_coverage_by: {family: {m5: 0.6}}
          max_coverage_by: {family: {m5: 0.5}}
          exclude: {families: m5}
        """) == """
          error scenario.out-of-range scenario.yaml:5: policy.min_coverage_by.family.m5 0.6 is above \
          policy.max_coverage_by.family.m5 0.5
            lower the one or raise the other
          error scenario.excluded-usage scenario.yaml:5: policy.min_coverage_by.family limits the \
          coverage of 'm5', which policy.exclude leaves out
            remove it here or there
          error scenario.excluded-usage scenario.yaml:6: policy.max_coverage_by.family limits the \
          coverage of 'm5', which policy.exclude leaves out
            remove it here or there
          """)
  }

  /// Rows by the names that the planner gives them.
  @Test func limitsAreToldWithTheirValues() {
    var policy = Policy(maxUpfront: 1300, maxHourlyCommitment: 4)
    policy.maxUpfrontPerMonth = 100
    policy.minPurchase = 0.5
    policy.maxPurchases = 3
    policy.minUtilization = 0.8
    policy.minCoverageBy = UsageShares(families: ["m5": 0.25], accounts: ["my shop": 0.5])
    let expected = [
      "max_upfront": "max_upfront: 1300.0",
      "max_hourly_commitment at hour 8760": "max_hourly_commitment: 4.0",
      "max_upfront_per_month 2023-02": "max_upfront_per_month: 100.0 (2023-02)",
      "min_purchase": "min_purchase: 0.5",
      "max_purchases": "max_purchases: 3",
      "min_utilization sp-compute_1y_no-upfront": "min_utilization: 0.8",
      "min_utilization sp-compute_3y_all-upfront after narrower ones, 1": "min_utilization: 0.8",
      "min_coverage_by family m5": "min_coverage_by.family.m5: 0.25",
      "min_coverage_by account my shop": "min_coverage_by.account.my shop: 0.5",
      "something else": "something else",
    ]
    for (row, text) in expected { #expect(policy.describing(row) == text) }
  }

  @Test func clashesAndLeftOutOffersAreFindings() throws {
    let rows = [
      PriceRow(
        sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"),
        product: .onDemand, hourly: 0.1),
      PriceRow(
        sku: SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large"),
        product: .standardRI, term: .oneYear, payment: .allUpfront, upfront: 0.06 * 8760, hourly: 0),
    ]
    let window = HourWindow(start: Hour(year: 2024, month: 1, day: 1), hours: 2)
    var policy = Policy()
    policy.maxBreakEvenMonths = 7
    var inputs = ScenarioInputs(
      name: "base",
      demand: Demand(
        window: window, groups: [UsageGroup(account: "shop", sku: rows[0].sku)],
        quantities: [1, 1]),
      prices: PriceBook(rows: rows), owned: [], candidates: [], offers: OfferFilter(),
      policy: policy, effort: PlanningEffort(), compare: [.committed])
    // 0.06 · 8760 = 525.60 are repaid after 5,256 hours: 219 days, in August.
    #expect(
      try PlanFindings.leftOut(inputs).map(\.message) == [
        "max_break_even_months: 7 leaves out of 'base' what does not repay its upfront in that time"
          + " even if fully used: Standard RI m5.large us-east-1 1 y all-upfront (8 months)."
      ])
    inputs.policy = Policy()
    inputs.policy.minCoverageBy = UsageShares(accounts: ["shop": 0.5])
    inputs.policy.maxPurchases = 0
    do {
      var planner = OutcomePlanner(inputs)
      _ = try planner.run { _ in }
      Issue.record("there is a plan")
    } catch {
      #expect(
        PlanFindings.explaining(error, inputs).map(\.message) == [
          "No plan satisfies the policy of 'base': max_purchases: 0,"
            + " min_coverage_by.account.shop: 0.5 cannot be kept together."
        ])
    }
  }
}

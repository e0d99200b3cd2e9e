import CloudCosts
import Forecast
import Foundation
import Rightsizing
import Testing

@testable import Scenarios

@Suite struct ScenarioFileTests {
  @Test func everyKeyIsRead() throws {
    let folder = try ScenarioFolder(
      """
      name: a year of web
      currency: EUR
      usage: usage.csv
      prices: prices.csv
      owned: owned.csv
      utilization: utilization.csv
      resources: resources.csv
      window: {from: 2024-01-01T00:00:00Z, to: 2024-01-01T02:00:00Z}
      forecast: {method: repeat, growth: 0.5}
      offers: {products: [sp-compute], terms: [3], payments: [no-upfront, all-upfront]}
      policy: {max_upfront: 1_000, max_hourly_commitment: 4, max_three_year_share: 0.5,
               min_coverage: 0.25, max_coverage: 0.9, cost_of_capital: 0.08,
               risk: {measure: cvar, level: 0.9, weight: 0.3}}
      rightsizing: {max_cpu: 60, max_memory: 75, idle_cpu: 2, min_history_hours: 24,
                    cpu_percentile: 99, allow_unknown_memory: true, max_sizes_down: 2}
      solver: {gap: 0.001, time_limit: 5}
      compare: [combined, on-demand]
      """,
      [
        "owned.csv": "id,provider,product,term_years,payment,hourly_commitment,start,end",
        "resources.csv": "resource,provider,region,instance_type\nweb,aws,us-east-1,m5.large",
        "utilization.csv": "timestamp,resource,cpu_max,cpu_avg\n2024-01-01T00:00:00Z,web,9,8",
      ])
    let reading = folder.load()
    #expect(reading.findings.map(\.rule) == ["scenario.risk-of-one-path"])
    let data = try #require(reading.value?.scenarios.first)
    let scenario = data.scenario
    #expect(reading.value?.name == "a year of web")
    #expect(reading.value?.scenarios.count == 1)
    #expect(scenario.name == "base")
    #expect(scenario.currency == "EUR")
    #expect(scenario.window?.hours == 2)
    #expect(scenario.forecast == ForecastSettings(growth: 0.5))
    #expect(
      scenario.offers
        == OfferFilter(
          products: [.computeSavingsPlan], terms: [.threeYears],
          payments: [.noUpfront, .allUpfront]))
    #expect(
      scenario.policy
        == Policy(
          maxUpfront: 1000, maxHourlyCommitment: 4, maxThreeYearShare: 0.5, minCoverage: 0.25,
          maxCoverage: 0.9, costOfCapital: 0.08))
    #expect(scenario.risk == RiskSettings(measure: .cvar, level: 0.9, weight: 0.3))
    #expect(
      scenario.rightsizing
        == RightsizingRules(
          maxCPU: 60, cpuPercentile: 99, maxMemory: 75, unknownMemory: .allow, idleCPU: 2,
          minHistoryHours: 24, maxSizesDown: 2))
    #expect(scenario.solver == SolverSettings(gap: 0.001, timeLimit: 5))
    #expect(scenario.compare == [.combined, .onDemand])
    #expect(data.utilization?.series.count == 1)
    #expect(data.owned?.commitments == [])
    #expect(data.demand.quantities[0] == 2)
    #expect(abs(data.demand.quantities[1] - 4 * pow(1.5, 1.0 / 8760)) < 1e-12)
  }

  /// What the reference calls the usual value of a key is what leaving it out means.
  @Test func usualLimitsOfRightsizingAreTheDefaults() throws {
    let keys = ScenarioSchema.all.filter {
      $0.section == "rightsizing" && Double($0.usual) != nil
    }
    #expect(keys.map(\.name).contains("memory_percentile"))
    let said = keys.filter { $0.name != "assumed_memory" }.map { "\($0.name): \($0.usual)" }
    let folder = try ScenarioFolder(
      ScenarioFolder.least + "\nrightsizing: {\(said.joined(separator: ", "))}\n")
    let scenario = try #require(folder.load().value?.scenarios.first?.scenario)
    #expect(scenario.rightsizing == RightsizingRules())
  }

  @Test func defaultsFillTheRest() throws {
    let folder = try ScenarioFolder(ScenarioFolder.least)
    let byFolder = try #require(folder.load().value)
    let byFile = try #require(ScenarioFile.load(folder.path + "/scenario.yaml").value)
    #expect(byFolder.scenarios[0].usage.demand == byFile.scenarios[0].usage.demand)
    let scenario = byFolder.scenarios[0].scenario
    // Two hours tell nothing of what comes: what one would sign all the same.
    #expect(scenario.preset == nil)
    #expect(scenario.policy == Policy())
    #expect(scenario.offers == OfferFilter(terms: [.oneYear]))
    #expect(scenario.compare == OutcomeKind.allCases)
    #expect(scenario.currency == "USD")
    #expect(byFolder.scenarios[0].demand.quantities == [2, 4])
  }

  @Test(arguments: [
    (
      "policy: {preset: crawl}", Policy(maxCoverage: 0.6), [Term.oneYear], [PaymentOption.noUpfront]
    ),
    (
      "policy: {preset: walk, max_coverage: 0.5}",
      Policy(maxThreeYearShare: 0.4, maxCoverage: 0.5), [.oneYear, .threeYears],
      PaymentOption.allCases
    ),
    (
      "policy: {preset: run, max_coverage: null}", Policy(maxThreeYearShare: 0.7),
      [.oneYear, .threeYears], PaymentOption.allCases
    ),
    (
      "policy: {preset: crawl}\noffers: {payments: [all-upfront]}", Policy(maxCoverage: 0.6),
      [.oneYear], [.allUpfront]
    ),
    (
      "policy: {preset: crawl}\noffers: {terms: null}", Policy(maxCoverage: 0.6),
      [.oneYear, .threeYears], [.noUpfront]
    ),
  ])
  func explicitKeysWinOverPresets(
    _ yaml: String, _ policy: Policy, _ terms: [Term], _ payments: [PaymentOption]
  ) throws {
    let folder = try ScenarioFolder(ScenarioFolder.least + yaml)
    let scenario = try #require(folder.read().value?.scenarios.first)
    #expect(scenario.policy == policy)
    #expect(scenario.offers.terms == Set(terms))
    #expect(scenario.offers.payments == Set(payments))
  }

  /// What `walk` binds for three years follows usage; what products the scenario names is bought as
  /// it says.
  @Test func walkLocksNothingForThreeYears() throws {
    func allows(_ yaml: String, _ product: Product, _ term: Term) throws -> Bool {
      let folder = try ScenarioFolder(ScenarioFolder.least + yaml)
      return try #require(folder.read().value?.scenarios.first).offers.allows(
        OfferTerms(product: product, term: term, payment: .noUpfront))
    }
    let walk = "policy: {preset: walk}"
    #expect(try allows(walk, .standardRI, .oneYear))
    #expect(try !allows(walk, .standardRI, .threeYears))
    #expect(try !allows(walk, .ec2InstanceSavingsPlan, .threeYears))
    #expect(try allows(walk, .computeSavingsPlan, .threeYears))
    #expect(try allows(walk + "\noffers: {products: [ri-standard]}", .standardRI, .threeYears))
  }

  @Test func presetsStateProducts() throws {
    func products(_ yaml: String) throws -> Set<Product> {
      let folder = try ScenarioFolder(ScenarioFolder.least + yaml)
      return try #require(folder.read().value?.scenarios.first).offers.products
    }
    let flexible = Set(Product.allCases.filter(\.followsUsage))
    #expect(
      flexible.isSuperset(of: [.computeSavingsPlan, .databaseSavingsPlan, .gcpFlexibleCUD]))
    #expect(flexible.isDisjoint(with: [.standardRI, .convertibleRI, .ec2InstanceSavingsPlan]))
    #expect(try products("policy: {preset: crawl}") == flexible)
    #expect(try products("policy: {preset: walk}") == OfferFilter().products)
    #expect(try products("policy: {preset: run}") == OfferFilter().products)
    #expect(
      try products("policy: {preset: walk}\noffers: {products: [ri-standard]}")
        == Set(Product.standardRI.namesakes))
    #expect(
      try products("policy: {preset: walk}\noffers: {products: null}") == OfferFilter().products)
  }

  /// Several futures are no question of a ten-thousandth; what the file says wins.
  @Test func gapIsThatOfTheQuestion() throws {
    let stated = try #require(
      ScenarioFolder(ScenarioFolder.least + "solver: {gap: 0.002}\n").load().value)
    let open = try #require(ScenarioFolder(ScenarioFolder.least).load().value)
    func gaps(_ set: ScenarioSet) -> [Double] {
      [1, 24].map { set.scenarios[0].scenario.solver.gap(futures: $0) }
    }
    #expect(gaps(stated) == [0.002, 0.002])
    #expect(gaps(open) == [1e-4, 5e-4])
  }

  @Test func overridesAreAppliedInOrder() throws {
    let folder = try ScenarioFolder(
      ScenarioFolder.least + """
        policy: {max_upfront: 5, min_coverage: 0.1}
        overrides:
          rich: {policy.max_upfront: 7, solver.gap: 0.01}
          free: {policy.max_upfront: null}
          merged: {policy: {max_coverage: 0.5}}
          listed: {offers.terms: [1], compare: [committed], window.from: 2024-01-01T01:00:00Z,
                   window.to: 2024-01-01T02:00:00Z}
        scenarios: {boom: [rich], both: [rich, free, merged], last: [free, rich], one: listed}
        """)
    let set = try #require(folder.load().value)
    #expect(set.scenarios.map(\.scenario.name) == ["base", "boom", "both", "last", "one"])
    #expect(
      set.scenarios.map(\.scenario.policy) == [
        Policy(maxUpfront: 5, minCoverage: 0.1), Policy(maxUpfront: 7, minCoverage: 0.1),
        Policy(minCoverage: 0.1, maxCoverage: 0.5), Policy(maxUpfront: 7, minCoverage: 0.1),
        Policy(maxUpfront: 5, minCoverage: 0.1),
      ])
    #expect(set.scenarios.map(\.scenario.solver.gap) == [nil, 0.01, 0.01, 0.01, nil])
    #expect(set.scenarios[4].scenario.offers.terms == [.oneYear])
    #expect(set.scenarios[4].scenario.compare == [.committed])
    #expect(
      set.scenarios.map(\.usage.demand.quantities) == [[2, 4], [2, 4], [2, 4], [2, 4], [4]])
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Scenarios

@Suite struct ScenarioFindingsTests {
  private let keys =
    "name, currency, usage, prices, owned, utilization, resources, window, forecast, offers,"
    + " ladder, policy, rightsizing, solver, compare, overrides, scenarios, discounts,"
    + " recommendations, sharing, spend_commitments, machine_recommendations, backtest, limits"
  private let products =
    Product.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")

  /// What the least scenario reports with more lines behind its three.
  private func report(_ yaml: String, _ files: [String: String] = [:]) throws -> String {
    try ScenarioFolder(ScenarioFolder.least + yaml, files).report()
  }

  /// A key that is one of another section is that one, and none that is spelled nearly so.
  @Test func keysOfOtherSectionsAreFound() throws {
    let folder = try ScenarioFolder(
      ScenarioFolder.least + "policy: {max_actions: 3}\nmax_upfront: 5\n"
        + "overrides: {few: {policy.max_risk: 0.001}}\nscenarios: {few: [few]}\n")
    let remedies = folder.load().findings.filter { $0.rule == "scenario.unknown-key" }.map(\.remedy)
    #expect(
      Set(remedies) == [
        "did you mean rightsizing.max_actions?", "did you mean policy.max_upfront?",
        "did you mean 'rightsizing.max_risk'?",
      ], "\(remedies)")
  }

  @Test func unknownKeysComeWithTheNearest() throws {
    let text = try report(
      "polcy: {}\nsolver: {gpa: 0.1}\npolicy:\n  risk: {leevl: 1}\nzzz: 1")
    #expect(
      text == """
        error scenario.unknown-key scenario.yaml:4: 'polcy' is no key of a scenario
          did you mean 'policy'? It must be one of \(keys)
        error scenario.unknown-key scenario.yaml:5: 'solver.gpa' is no key of a scenario
          did you mean 'gap'? It must be one of gap, time_limit, rivals
        error scenario.unknown-key scenario.yaml:7: 'policy.risk.leevl' is no key of a scenario
          did you mean 'level'? It must be one of measure, level, weight
        error scenario.missing-key scenario.yaml:7: the key 'policy.risk.measure' is missing
          name one of expected, cvar, worst, loss, regret
        error scenario.unknown-key scenario.yaml:8: 'zzz' is no key of a scenario
          write one of \(keys)
        """)
  }

  @Test func missingFilesAndMissingKeys() throws {
    let folder = try ScenarioFolder("usage: usage.csv.gz\nowned: nowhere/o.csv\nresources: r.csv")
    #expect(
      folder.report() == """
        error scenario.missing-file scenario.yaml:1: usage names 'usage.csv.gz', and there is no \
        file 'DIR/usage.csv.gz'
          did you mean 'usage.csv'? Paths are relative to the folder of scenario.yaml
        error scenario.missing-file scenario.yaml:2: owned names 'nowhere/o.csv', and there is no \
        file 'DIR/nowhere/o.csv'
          Paths are relative to the folder of scenario.yaml
        error scenario.missing-file scenario.yaml:3: resources names 'r.csv', and there is no file \
        'DIR/r.csv'
          Paths are relative to the folder of scenario.yaml
        error scenario.missing-key scenario.yaml:3: resources is given without utilization
          name both files, or neither
        error scenario.missing-key scenario.yaml: the key 'name' is missing
          add a line such as name: my-scenario
        error scenario.missing-key scenario.yaml: the key 'prices' is missing
          add a line such as prices: prices.csv
        """)
  }

  @Test func wrongTypesAndRanges() throws {
    let text = try report(
      """
      currency: dollars
      window: {from: 2024-01-02T00:00:00Z, to: 2024-01-01T00:00:00Z}
      forecast: {method: steady, growth: -1, paths: 0, horizon: 37}
      policy: {max_upfront: -1, max_three_year_share: 80}
      rightsizing: {max_cpu: 101, min_history_hours: 1.5, allow_unknown_memory: maybe}
      solver: {gap: 0, time_limit: soon}
      """)
    #expect(
      text == """
        error scenario.unknown-value scenario.yaml:4: currency 'dollars' is no ISO 4217 code
          write three capital letters such as USD or EUR
        error scenario.out-of-range scenario.yaml:5: the window from 2024-01-02T00:00:00Z to \
        2024-01-01T00:00:00Z has -24 hours
          let it end after its start, and be no longer than ten years
        error scenario.unknown-value scenario.yaml:6: forecast.method does not know 'steady'
          write one of repeat, hindsight, trend, seasonal, bootstrap, futures
        error scenario.out-of-range scenario.yaml:6: forecast.growth is '-1'; it must be above -1 \
        and up to 10 (0.4 is 40 % a year)
          write a number that is above -1 and up to 10 (0.4 is 40 % a year)
        error scenario.out-of-range scenario.yaml:6: forecast.horizon is '37'; it must be whole, from \
        1 to 36 (calendar months)
          write a number that is whole, from 1 to 36 (calendar months)
        error scenario.out-of-range scenario.yaml:6: forecast.paths is '0'; it must be whole, from 1 \
        to 1000 (futures)
          write a number that is whole, from 1 to 1000 (futures)
        error scenario.out-of-range scenario.yaml:7: policy.max_upfront is '-1'; it must be 0 or more
          write a number that is 0 or more
        error scenario.out-of-range scenario.yaml:7: policy.max_three_year_share is '80'; it must \
        be from 0 to 1
          write a number that is from 0 to 1
        error scenario.out-of-range scenario.yaml:8: rightsizing.max_cpu is '101'; it must be above \
        0 and up to 100 (percent)
          write a number that is above 0 and up to 100 (percent)
        error scenario.wrong-type scenario.yaml:8: rightsizing.allow_unknown_memory must be true or \
        false, here it is 'maybe'
          write true or false, without quotes
        error scenario.out-of-range scenario.yaml:8: rightsizing.min_history_hours is '1.5'; it \
        must be whole, and 0 or more
          write a number that is whole, and 0 or more
        error scenario.out-of-range scenario.yaml:9: solver.gap is '0'; it must be above 0 and \
        below 1 (0.0001 is 0.01 %)
          write a number that is above 0 and below 1 (0.0001 is 0.01 %)
        error scenario.wrong-type scenario.yaml:9: solver.time_limit must be a number, here it is \
        'soon'
          write a plain number that is above 0 (seconds)
        """)
  }

  @Test func badPoliciesAndLists() throws {
    let text = try report(
      """
      policy: {preset: wlak, min_coverage: "0.5", max_coverage: .inf, cost_of_capital: [1],
               risk: {measure: cvar, level: 1}}
      offers: {products: [on-demand], terms: [2], payments: []}
      compare: {a: 1}
      solver: fast
      """)
    #expect(
      text == """
        error scenario.unknown-value scenario.yaml:4: policy.preset does not know 'wlak'
          did you mean 'walk'? It must be one of crawl, walk, run
        error scenario.wrong-type scenario.yaml:4: policy.min_coverage must be a number, here it is \
        the text '0.5'
          write a plain number that is from 0 to 1
        error scenario.wrong-type scenario.yaml:4: policy.max_coverage must be a number, here it is \
        '.inf'
          write a plain number that is from 0 to 1
        error scenario.wrong-type scenario.yaml:4: policy.cost_of_capital must be a number, here it \
        is a list
          write a plain number that is from 0 to 1 (0.08 is 8 % a year)
        error scenario.out-of-range scenario.yaml:5: policy.risk.level is '1'; it must be above 0 \
        and below 1
          write a number that is above 0 and below 1
        error scenario.unknown-value scenario.yaml:6: offers.products does not know 'on-demand'
          write one of \(products)
        error scenario.unknown-value scenario.yaml:6: offers.terms does not know '2'
          write 1, 3 or both
        error scenario.empty-list scenario.yaml:6: offers.payments is an empty list
          name at least one, or remove the key to allow all
        error scenario.wrong-type scenario.yaml:7: compare must be a list of names, here it is a map
          write it as [a, b]
        error scenario.wrong-type scenario.yaml:8: solver must be a map of keys, here it is 'fast'
          write the keys gap, time_limit, rivals
        """)
  }

  @Test func overridesAndScenarios() throws {
    let text = try report(
      """
      policy: {min_coverage: 0.5}
      window: {from: 2024-01-01, too: 2024-01-01T00:00:00Z}
      overrides:
        low: {policy.max_coverage: 0.4}
        typo: {forecast.grwoth: 0.4, name: x}
        unused: {solver.gap: -1}
        flat: 3
      scenarios:
        boom: [low, lwo]
        base: [low]
        bad: {a: 1}
      """)
    #expect(
      text == """
        error scenario.out-of-range scenario.yaml:4: in scenario 'boom': policy.min_coverage 0.5 is \
        above policy.max_coverage 0.4
          lower the one or raise the other
        error scenario.unknown-key scenario.yaml:5: 'window.too' is no key of a scenario
          did you mean 'to'? It must be one of from, to
        error scenario.unknown-key scenario.yaml:8: override 'typo' sets 'forecast.grwoth', which \
        is no key that can be set
          did you mean 'forecast.growth'?
        error scenario.unknown-key scenario.yaml:8: override 'typo' sets 'name', which is no key \
        that can be set
          write a dot path such as policy.max_upfront
        error scenario.out-of-range scenario.yaml:9: in override 'unused': solver.gap is '-1'; it \
        must be above 0 and below 1 (0.0001 is 0.01 %)
          write a number that is above 0 and below 1 (0.0001 is 0.01 %)
        error scenario.wrong-type scenario.yaml:10: overrides.flat must be a map, here it is '3'
          write it as {policy.max_upfront: 1000}
        error scenario.unknown-override scenario.yaml:12: scenario 'boom' uses 'lwo', which is not \
        under overrides
          did you mean 'low'? It must be one of low, typo, unused, flat
        error scenario.reserved-name scenario.yaml:13: 'base' is the name of the scenario without \
        overrides
          choose another name
        error scenario.wrong-type scenario.yaml:14: scenarios.bad must be a list of overrides, here \
        it is a map
          write it as bad: [override, override]
        error scenario.missing-key scenario.yaml: the key 'window.to' is missing
          add a line such as to: 2023-02-01T00:00:00Z
        """)
  }

  @Test func everythingIsToldAtOnce() throws {
    let text = try report(
      "polcy: {}\nowned: owned.csv",
      [
        "usage.csv": ScenarioFolder.usage + "\n2024-01-01T01:00:00Z,aws,us-east-1,m5.large,x",
        "prices.csv": ScenarioFolder.prices + "\naws,us-east-1,m5.large,spot,,,0,0.07",
        "owned.csv": "id,provider,product,term_years,payment,start",
      ])
    #expect(
      text == """
        error scenario.unknown-key scenario.yaml:4: 'polcy' is no key of a scenario
          did you mean 'policy'? It must be one of \(keys)
        error usage.not-a-number usage.csv:4: quantity 'x' is not a number
          write a plain decimal number such as 12.5
        error prices.unknown-product prices.csv:4: product 'spot' is unknown
          write one of on-demand, \(products)
        error owned.missing-column owned.csv:1: there is no column 'end'
          add it; the header is id,provider,account,region,instance_type,operating_system,tenancy,\
        zone,product,term_years,payment,quantity,hourly_commitment,upfront,hourly,start,end,\
        scope,currency,size_flexibility,renews,service,unit,engine,license,deployment
        """)
  }

  @Test func aPriceThatMissesIsToldOnce() throws {
    let text = try report(
      "overrides: {a: {solver.gap: 0.1}}\nscenarios: {one: [a], two: [a]}",
      ["prices.csv": ScenarioFolder.prices.replacing("m5.large", with: "m6.large")])
    #expect(
      text == """
        error prices.missing usage.csv:2: aws us-east-1 m5.large Linux default is used, and \
        prices.csv has no on-demand price for aws us-east-1 m5.large Linux default
          add a row with the product on-demand to prices.csv; or is it 'm6.large'?
        """)
  }

  @Test func moreMachinesThanUsageAreTold() throws {
    let folder = try ScenarioFolder(
      ScenarioFolder.least + "utilization: utilization.csv\nresources: resources.csv",
      [
        "resources.csv": """
        resource,provider,region,instance_type
        a,aws,us-east-1,m5.large
        b,aws,us-east-1,m5.large
        c,aws,us-east-1,m5.large
        """,
        "utilization.csv": """
        timestamp,resource,cpu_max,cpu_avg
        2024-01-01T00:00:00Z,a,30,12
        2024-01-01T00:00:00Z,b,30,12
        2024-01-01T00:00:00Z,c,30,12
        """,
      ])
    #expect(folder.findings().map(\.rule) == ["utilization.exceeds-usage"])
  }
}

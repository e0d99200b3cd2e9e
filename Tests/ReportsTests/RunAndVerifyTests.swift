import CloudCosts
import Foundation
import Scenarios
import TestSupport
import Testing

@testable import Reports

/// What `run` writes, `verify` calls sound: of fleets in several clouds, under limits, discounts and
/// sharing that each take another way through both.
@Suite struct RunAndVerifyTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var seed: UInt64
    var keys: String
    var discounts = ""
    var testDescription: String { keys }
  }

  static let cases = [
    Case(seed: 1, keys: "policy: {min_utilization: 0.9, max_coverage: 0.6, min_purchase: 0.3}"),
    Case(
      seed: 2,
      keys: """
        policy: {min_utilization: 0.9}
        sharing: {mode: organization, off: [b]}
        """),
    Case(
      seed: 3,
      keys: """
        policy: {min_purchase: 0.3, max_coverage_by: {family: {c5: 0.5}}}
        sharing: {mode: restricted-group, groups: {x: [a, b]}}
        """),
    Case(
      seed: 4, keys: "policy: {min_utilization: 0.9, max_coverage_by: {family: {m5: 0.5}}}",
      discounts: "percent,provider,applies_to\n9,aws,bill\n"),
    Case(seed: 5, keys: "policy: {min_coverage: 0.5, max_three_year_share: 0.3}"),
    Case(seed: 6, keys: "policy: {max_coverage: 0.6, max_purchases: 4}"),
    Case(
      seed: 7,
      keys: """
        policy: {min_coverage_by: {account: {a: 0.5}}, exclude: {accounts: [b]}}
        sharing: {mode: prioritized-group, groups: {x: [a, c]}, off: [b]}
        """, discounts: "percent,provider,product,applies_to\n20,gcp,on-demand,price\n"),
    Case(seed: 8, keys: "policy: {max_coverage_by: {family: {n1: 0.4}}}"),
  ]

  private static let types: [(provider: String, region: String, type: String, price: Double)] = [
    ("aws", "us-east-1", "m5.large", 0.096), ("aws", "us-east-1", "c5.large", 0.085),
    ("aws", "us-east-1", "m5.xlarge", 0.192), ("azure", "eastus", "Standard_D4s_v5", 0.192),
    ("gcp", "us-central1", "n1-standard-4", 0.19), ("gcp", "us-central1", "e2-standard-4", 0.134),
  ]

  private static func files(_ test: Case) -> [String: String] {
    var random = SeededGenerator(seed: test.seed)
    var prices = "provider,region,instance_type,product,term_years,payment,upfront,hourly\n"
    var usage = "timestamp,provider,account,region,instance_type,quantity\n"
    for (provider, region, type, price) in types {
      func row(_ product: String, _ term: Int?, _ share: Double) {
        let terms = term.map { "\($0),no-upfront,\(product.contains("plan") ? "" : "0")" } ?? ",,"
        prices += "\(provider),\(region),\(type),\(product),\(terms),\(price * share)\n"
      }
      row("on-demand", nil, 1)
      for (term, share) in [(1, 0.63), (3, 0.42)] {
        switch provider {
        case "aws":
          row("ri-standard", term, share * Double.random(in: 0.95...1.05, using: &random))
          row("sp-compute", term, share + 0.1)
        case "azure": row("azure-reservation", term, share)
        default: row("gcp-cud-resource", term, share)
        }
      }
    }
    prices = prices.replacing("sp-compute,1,no-upfront,0,", with: "sp-compute,1,no-upfront,,")
      .replacing("sp-compute,3,no-upfront,0,", with: "sp-compute,3,no-upfront,,")
    let rows = types.flatMap { type in
      ["a", "b", "c"].shuffled(using: &random).prefix(2).map {
        (type, $0, Double.random(in: 2...20, using: &random))
      }
    }
    for hour in 0..<48 {
      let time =
        "2025-09-\(hour < 24 ? "01" : "02")T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00Z"
      for (type, account, level) in rows {
        let count = (level * Double.random(in: 0.4...1.6, using: &random)).rounded()
        usage += "\(time),\(type.provider),\(account),\(type.region),\(type.type),\(Int(count))\n"
      }
    }
    return ["usage.csv": usage, "prices.csv": prices, "discounts.csv": test.discounts]
      .filter { !$0.value.isEmpty }
  }

  @Test(arguments: cases)
  func whatIsWrittenIsSound(_ test: Case) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("run-and-verify-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in Self.files(test) {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let scenario = """
      name: sound
      usage: usage.csv
      prices: prices.csv
      \(test.discounts.isEmpty ? "" : "discounts: discounts.csv")
      forecast: {method: hindsight}
      \(test.keys)
      solver: {gap: 0.001, time_limit: 30}
      compare: [on-demand, committed]
      """
    let path = folder.appendingPathComponent("scenario.yaml")
    try Data(scenario.utf8).write(to: path)
    let document = RunDocument(try ScenarioRunner(path: path.path).run())
    #expect(document.runs[0].outcomes.last?.plan?.purchases.isEmpty == false)
    let read = try RunDocument.read(Data(try document.json().utf8), place: "plan.json")
    let verification = try ScenarioRunner(path: path.path).verify(read.runClaims())
    let found = try VerificationDocument(verification, of: read)
    #expect(found.problems + found.plans.flatMap(\.problems) == [])
  }
}

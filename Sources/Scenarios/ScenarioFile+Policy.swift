import CloudCosts
import Ingest

/// Reads the section `policy`.
struct PolicyParser {
  let preset: Preset?
  let policy: Policy
  let risk: RiskSettings?
  /// The families, accounts and regions that limits name.
  let named: [NamedUsage]

  /// - Parameter assumed: the preset, whatever the section says; nil: the section's.
  init(_ section: ScenarioSection, assuming assumed: Preset? = nil) {
    preset = assumed ?? section.choice("preset")
    var policy = preset?.policy ?? Policy()
    // What stands beside the preset wins over it, also `null`: no limit.
    if section.states("max_upfront") { policy.maxUpfront = section.limit("max_upfront") }
    if section.states("max_hourly_commitment") {
      policy.maxHourlyCommitment = section.limit("max_hourly_commitment")
    }
    if section.states("max_three_year_share") {
      policy.maxThreeYearShare = section.share("max_three_year_share")
    }
    if section.states("min_coverage") { policy.minCoverage = section.share("min_coverage") }
    if section.states("max_coverage") { policy.maxCoverage = section.share("max_coverage") }
    policy.costOfCapital =
      section.number("cost_of_capital", "from 0 to 1 (0.08 is 8 % a year)") {
        (0...1).contains($0)
      } ?? 0
    if let least = policy.minCoverage, let most = policy.maxCoverage, least > most {
      section.findings.add(
        .error, "out-of-range",
        line: (section.entry("min_coverage") ?? section.entry("max_coverage"))?.line,
        "policy.min_coverage \(least) is above policy.max_coverage \(most)"
          + (section.states("max_coverage") ? "" : ", which the preset sets"),
        remedy: "lower the one or raise the other")
    }
    policy.maxUpfrontPerMonth = section.limit("max_upfront_per_month")
    policy.maxExpiringPerMonth = section.limit("max_expiring_per_month")
    policy.minPurchase = section.limit("min_purchase")
    policy.maxPurchases = section.count("max_purchases", from: 0)
    policy.maxBreakEvenMonths = section.count("max_break_even_months", from: 1)
    policy.minUtilization = section.share("min_utilization")
    policy.leastWorth = section.share("least_worth") ?? 0
    var usage = PolicyUsageParser(section)
    policy.minCoverageBy = usage.shares("min_coverage_by")
    policy.maxCoverageBy = usage.shares("max_coverage_by")
    policy.exclude = usage.exclusion()
    usage.checkClashes(policy)
    named = usage.named
    risk = PolicyParser.risk(section)
    self.policy = policy
  }

  private static func risk(_ policy: ScenarioSection) -> RiskSettings? {
    guard let entry = policy.entry("risk") else { return nil }
    let section = policy.section("risk")
    if section.entry("measure") == nil {
      let names = RiskSettings.Measure.allCases.map(\.rawValue).joined(separator: ", ")
      section.findings.add(
        .error, "missing-key", line: entry.line, "the key 'policy.risk.measure' is missing",
        remedy: "name one of \(names)")
    }
    let measure: RiskSettings.Measure? = section.choice("measure")
    let level = section.number("level", "above 0 and below 1") { $0 > 0 && $0 < 1 }
    let weight = section.share("weight")
    guard let measure else { return nil }
    var settings = RiskSettings(measure: measure)
    // The largest regret of all, where no level is named.
    settings.level = level ?? (measure == .regret ? 1 : settings.level)
    settings.weight = weight ?? settings.weight
    return settings
  }
}

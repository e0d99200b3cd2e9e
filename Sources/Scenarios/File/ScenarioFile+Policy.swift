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
    // What is written next to the preset wins over it, also `null`: no limit.
    for limit in PolicyLimit.allCases where section.states(limit.rawValue) {
      policy[limit] = limit.isShare ? section.share(limit.rawValue) : section.limit(limit.rawValue)
    }
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
    policy.maxPurchases = section.count("max_purchases", from: 0)
    policy.maxBreakEvenMonths = section.count("max_break_even_months", from: 1)
    policy.leastWorth = section.share("least_worth") ?? 0
    policy.sizeCost = section.share("size_cost")
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

import Ingest

/// The keys that a scenario file knows, section by section.
enum ScenarioSchema {
  /// Keys of the file itself; a section's keys are in `sections`.
  static let keys = [
    "name", "currency", "usage", "prices", "owned", "utilization", "resources", "window",
    "forecast", "offers", "ladder", "policy", "rightsizing", "solver", "compare", "overrides",
    "scenarios", "discounts", "recommendations", "sharing", "backtest",
    "spend_commitments",
  ]

  /// The keys of each section, by its dot path.
  static let sections: [String: [String]] = [
    "window": ["from", "to"],
    "forecast": ["method", "growth", "horizon", "paths", "seed", "block_weeks", "changes"],
    "forecast.changes": [
      "change", "account", "region", "family", "instance_type", "date", "months", "rate", "to",
      "ratio", "share", "provider", "operating_system", "factor", "percent", "applies_to",
    ],
    "offers": ["products", "terms", "payments"],
    "ladder": ["every", "count", "until"],
    "policy": [
      "preset", "max_upfront", "max_hourly_commitment", "max_three_year_share", "min_coverage",
      "max_coverage", "cost_of_capital", "risk", "max_upfront_per_month",
      "max_expiring_per_month", "min_purchase", "max_purchases", "max_break_even_months",
      "min_utilization", "min_coverage_by", "max_coverage_by", "exclude", "least_worth",
    ],
    "policy.min_coverage_by": ["family", "account"],
    "policy.max_coverage_by": ["family", "account"],
    "policy.exclude": ["families", "accounts", "regions"],
    "policy.risk": ["measure", "level", "weight"],
    "rightsizing": [
      "max_cpu", "max_memory", "idle_cpu", "min_history_hours", "cpu_percentile",
      "allow_unknown_memory", "max_sizes_down",
    ],
    "solver": ["gap", "time_limit", "rivals"],
    "sharing": ["mode", "groups", "off", "google", "commitments"],
    "spend_commitments": ["name", "provider", "amount", "from", "to", "other"],
    "backtest": [
      "from", "every", "product", "term", "payment", "premium", "pools", "reversed", "only",
      "policies", "planner",
    ],
    "backtest.planner": ["paths", "horizon", "sample", "hindsight_sample", "gap", "presets"],
  ]

  /// Keys that describe the file and not a scenario in it.
  private static let fixed: Set<String> = ["name", "overrides", "scenarios"]

  /// Every dot path that an override may set.
  static let overridable: [String] =
    keys.filter { !fixed.contains($0) }
    + sections.filter { !["forecast.changes", "spend_commitments"].contains($0.key) }.sorted {
      $0.key < $1.key
    }
    .flatMap { section, keys in keys.map { "\(section).\($0)" } }

  /// The keys of a section; those of the file for an empty path.
  static func keys(of path: String) -> [String] { path.isEmpty ? keys : sections[path] ?? [] }
}

import CloudCosts
import Forecast
import Ingest

/// The keys that a scenario file knows, section by section: one table for the parser, `plimsoll
/// keys`, the JSON schema and the documentation.
package enum ScenarioSchema {
  /// All keys, in the order in which people read them.
  package static let all: [ScenarioKey] =
    fileKeys + windowKeys + forecastKeys + offersKeys + ladderKeys + policyKeys + rightsizingKeys
    + solverKeys + limitsKeys + sharingKeys + spendCommitmentKeys + backtestKeys

  /// Keys of the file itself; a section's keys are in `sections`.
  static let keys = names(in: "")

  /// The keys of each section, by its dot path.
  static let sections: [String: [String]] = Dictionary(
    uniqueKeysWithValues: Set(all.map(\.section)).subtracting([""]).map { ($0, names(in: $0)) })

  private static func names(in section: String) -> [String] {
    all.filter { $0.section == section }.map(\.name)
  }

  /// Keys that describe the file and not a scenario in it.
  private static let fixed: Set<String> = ["name", "overrides", "scenarios"]

  /// Every dot path that an override may set.
  static let overridable: [String] = all.filter {
    !fixed.contains($0.path) && !["forecast.changes", "spend_commitments"].contains($0.section)
  }.map(\.path)

  /// The path that a wrong one most likely means: the same key of another section, else what is
  /// spelled nearly so; nil: none is near.
  static func nearest(to path: String) -> String? {
    let key = path.split(separator: ".").last.map(String.init) ?? path
    return elsewhere(key) ?? Spelling.nearest(to: path, in: overridable)
  }

  /// The one path that ends in a key; nil where there is none, or several.
  static func elsewhere(_ key: String) -> String? {
    let paths = overridable.filter { $0.hasSuffix("." + key) }
    return paths.count == 1 ? paths.first : nil
  }

  /// The keys of a section; those of the file for an empty path.
  static func keys(of path: String) -> [String] { path.isEmpty ? keys : sections[path] ?? [] }

  private static let productNames = Product.allCases.filter { $0 != .onDemand }.map(\.rawValue)
  private static let rivalNames = ["none"] + PlanRival.Kind.allCases.map(\.rawValue)
}

// The table.
extension ScenarioSchema {
  private static let fileKeys: [ScenarioKey] = [
    ScenarioKey("", "name", .text, "", "what reports call it"),
    ScenarioKey("", "currency", .text, "USD", "ISO 4217 code of all prices; nothing is converted"),
    ScenarioKey("", "usage", .file, "", "usage CSV, or a history that `plimsoll import` wrote"),
    ScenarioKey(
      "", "prices", .files, "",
      "price files: a CSV of this program's, or ones that providers publish; of a price that several state the first file's counts"
    ),
    ScenarioKey(
      "", "owned", .files, "",
      "what is owned: CSV, lists of the provider's own tool, or a history; several add up"),
    ScenarioKey(
      "", "utilization", .files, "",
      "how busy machines are, with resources: CSV, or JSON of CloudWatch, Azure Monitor or Google Monitoring; a folder means its files"
    ),
    ScenarioKey("", "resources", .file, "", "the machines of utilization"),
    ScenarioKey("", "window", .section, "all hours of usage", "which hours are looked at"),
    ScenarioKey("", "forecast", .section, "", "what is planned for"),
    ScenarioKey("", "offers", .section, "everything on sale", "what may be bought"),
    ScenarioKey("", "ladder", .section, "", "dates to buy at, in addition to the first hour"),
    ScenarioKey("", "policy", .section, "no limit", "what the team allows itself"),
    ScenarioKey("", "rightsizing", .section, "", "when a machine may be resized"),
    ScenarioKey("", "solver", .section, "", "when the solver may stop"),
    ScenarioKey(
      "", "compare", .choices(OutcomeKind.allCases.map(\.rawValue)), "all",
      "which outcomes are computed"),
    ScenarioKey(
      "", "overrides", .map, "", "named changes by dot path: `{less: {forecast.growth: -0.3}}`"),
    ScenarioKey(
      "", "scenarios", .map, "", "named runs: each the base with its overrides, in order"),
    ScenarioKey("", "discounts", .file, "", "negotiated discounts"),
    ScenarioKey(
      "", "recommendations", .files, "",
      "what the provider recommends to buy, judged next to the plan"),
    ScenarioKey(
      "", "sharing", .section, "all accounts share", "AWS: whose usage a commitment may cover"),
    ScenarioKey(
      "", "spend_commitments", .list, "none",
      "amounts that a contract obliges to spend (EDP, MACC), with the shortfall that is paid"),
    ScenarioKey(
      "", "machine_recommendations", .files, "",
      "what the provider recommends to do with machines (Compute Optimizer's export, Azure Advisor, Google Recommender), judged next to the plan"
    ),
    ScenarioKey("", "backtest", .section, "", "how the past is walked over"),
    ScenarioKey(
      "", "limits", .section, "the providers' defaults",
      "quotas of buying that the provider has raised, by the interface that sells"),
  ]

  private static let windowKeys: [ScenarioKey] = [
    ScenarioKey("window", "from", .date, "", "the first hour"),
    ScenarioKey("window", "to", .date, "", "the hour after the last"),
  ]

  private static let forecastKeys: [ScenarioKey] = [
    ScenarioKey(
      "forecast", "method", .choice(ForecastSettings.Method.allCases.map(\.rawValue)), "",
      "how the future is made; the page Forecasts says what each does"),
    ScenarioKey(
      "forecast", "growth", .number("above -1 and up to 10"), "0",
      "yearly growth on top; 0.4 is 40 %"),
    ScenarioKey(
      "forecast", "horizon", .number("whole, 1 to 36"), "12 where the method looks ahead",
      "calendar months after the history"),
    ScenarioKey("forecast", "paths", .number("whole, 1 to 1000"), "by method", "futures"),
    ScenarioKey("forecast", "seed", .count(from: 0), "1", "same seed, same futures"),
    ScenarioKey(
      "forecast", "block_weeks", .number("whole, 1 to 52"), "4",
      "length of the blocks of past weeks"),
    ScenarioKey(
      "forecast", "changes", .list, "none", "known changes: growth, migration, retirement, price"),
    ScenarioKey(
      "forecast.changes", "change", .choice(["growth", "migration", "retirement", "price"]), "",
      "what happens"),
    ScenarioKey("forecast.changes", "account", .text, "", "which usage"),
    ScenarioKey("forecast.changes", "region", .text, "", "which usage"),
    ScenarioKey("forecast.changes", "family", .text, "", "which usage"),
    ScenarioKey("forecast.changes", "instance_type", .text, "", "which usage"),
    ScenarioKey("forecast.changes", "date", .date, "", "from when on"),
    ScenarioKey("forecast.changes", "months", .count(from: 0), "", "how long it takes"),
    ScenarioKey("forecast.changes", "rate", .number("above -1 and up to 10"), "", "growth: a year"),
    ScenarioKey(
      "forecast.changes", "to", .text, "", "migration: the family or type that it goes to"),
    ScenarioKey(
      "forecast.changes", "ratio", .number("above 0"), "",
      "migration: new instances for each old one"),
    ScenarioKey("forecast.changes", "share", .share, "", "migration: how much of it goes"),
    ScenarioKey("forecast.changes", "provider", .text, "", "which usage"),
    ScenarioKey("forecast.changes", "operating_system", .text, "", "which usage"),
    ScenarioKey("forecast.changes", "factor", .number("above 0"), "", "price: new over old"),
    ScenarioKey("forecast.changes", "percent", .number("above -100"), "", "price: change"),
    ScenarioKey(
      "forecast.changes", "applies_to", .choice(["on-demand", "all"]), "", "price: what it is about"
    ),
  ]

  private static let offersKeys: [ScenarioKey] = [
    ScenarioKey("offers", "products", .choices(productNames), "all", "what may be bought"),
    ScenarioKey("offers", "terms", .terms, "[1, 3]", "years"),
    ScenarioKey(
      "offers", "payments", .choices(PaymentOption.allCases.map(\.rawValue)), "all",
      "when it is paid"),
  ]

  private static let ladderKeys: [ScenarioKey] = [
    ScenarioKey(
      "ladder", "every", .choice(Ladder.Step.allCases.map(\.rawValue)), "",
      "how far the dates lie apart"),
    ScenarioKey("ladder", "count", .count(from: 1), "", "how many dates"),
    ScenarioKey("ladder", "until", .date, "", "no date from here on"),
  ]

  private static let policyKeys: [ScenarioKey] =
    [
      ScenarioKey(
        "policy", "preset", .choice(Preset.allCases.map(\.rawValue)), "none",
        "where limits and offers start from; keys next to it win")
    ] + PolicyLimit.allCases.map(ScenarioKey.init) + otherPolicyKeys

  /// Keys that are no limit of one number.
  private static let otherPolicyKeys: [ScenarioKey] = [
    ScenarioKey(
      "policy", "cost_of_capital", .number("from 0 to 1"), "0",
      "yearly interest on what is paid before it is used up"),
    ScenarioKey(
      "policy", "risk", .section, "by preset", "what counts in addition to the expected cost"),
    ScenarioKey("policy", "max_purchases", .count(from: 0), "no limit", "different purchases"),
    ScenarioKey(
      "policy", "max_break_even_months", .count(from: 1), "no limit",
      "offers that repay their upfront later, even fully used, are left out"),
    ScenarioKey(
      "policy", "min_coverage_by", .section, "none", "as min_coverage, for families and accounts"),
    ScenarioKey(
      "policy", "max_coverage_by", .section, "none", "as max_coverage, for families and accounts"),
    ScenarioKey("policy", "exclude", .section, "none", "usage that nothing is bought for"),
    ScenarioKey(
      "policy", "least_worth", .share, "0",
      "purchases that save less than this share of the plan's saving are left out"),
    ScenarioKey(
      "policy", "size_cost", .share, "what solver.gap leaves open",
      "share of the plan's cost that reservations in the sizes in use may cost more than in smaller "
        + "sizes"),
    ScenarioKey(
      "policy", "may", .choices(GivingUpWay.allCases.map(\.rawValue)), "none",
      "what a plan may do with what is owned"),
    ScenarioKey(
      "policy", "sale_price", .share, "0",
      "what a buyer pays for a reservation, as a share of its upfront that is not used up"),
    ScenarioKey(
      "policy", "refunded", .money, "0", "what Azure refunded in the last twelve months"),
    ScenarioKey("policy.min_coverage_by", "family", .map, "", "`{m5: 0.5}`"),
    ScenarioKey("policy.min_coverage_by", "account", .map, "", "`{\"123\": 0.4}`"),
    ScenarioKey("policy.max_coverage_by", "family", .map, "", "`{m5: 0.5}`"),
    ScenarioKey("policy.max_coverage_by", "account", .map, "", "`{\"123\": 0.4}`"),
    ScenarioKey("policy.exclude", "families", .names, "", "instance families"),
    ScenarioKey("policy.exclude", "accounts", .names, "", "accounts"),
    ScenarioKey("policy.exclude", "regions", .names, "", "regions"),
    ScenarioKey(
      "policy.risk", "measure", .choice(RiskSettings.Measure.allCases.map(\.rawValue)), "",
      "what is measured"),
    ScenarioKey(
      "policy.risk", "level", .number("above 0 and below 1"), "0.95",
      "which share of the futures is left out of the worst"),
    ScenarioKey(
      "policy.risk", "weight", .share, "0.5", "how much it counts in addition to the expected cost"),
  ]

  private static let rightsizingKeys: [ScenarioKey] =
    [
      ScenarioKey(
        "rightsizing", "max_cpu", .number("above 0 and up to 100 (percent)"), "90",
        "CPU of the new machine, less than this"),
      ScenarioKey(
        "rightsizing", "max_memory", .number("above 0 and up to 100 (percent)"), "90",
        "memory of the new machine, less than this"),
      ScenarioKey(
        "rightsizing", "max_throughput", .number("above 0 and up to 100 (percent)"), "90",
        "network and disks of the new machine, where measured, less than this"),
      ScenarioKey(
        "rightsizing", "idle_cpu", .number("from 0 to 100 (percent)"), "3",
        "below this a machine may be terminated"),
      ScenarioKey(
        "rightsizing", "min_history_hours", .count(from: 0), "168",
        "hours of measurements that it takes"),
      ScenarioKey(
        "rightsizing", "cpu_percentile", .number("above 0 and up to 100 (percent)"), "99.4",
        "of the hours' highest CPU"),
      ScenarioKey(
        "rightsizing", "memory_percentile", .number("above 0 and up to 100 (percent)"), "99.7",
        "of the hours' highest memory; 100 is the highest of all"),
      ScenarioKey(
        "rightsizing", "unknown_memory", .choice(["keep", "allow", "assume"]), "keep",
        "memory that no one measured: a machine keeps what it has, may lose it, or is taken to use assumed_memory"
      ),
      ScenarioKey(
        "rightsizing", "assumed_memory", .number("above 0 and up to 100 (percent)"), "80",
        "used memory where none was measured and unknown_memory is assume"),
      ScenarioKey(
        "rightsizing", "actions", .choices(ActionKind.allCases.map(\.rawValue)),
        "size, shape, generation, terminate",
        "what may be done with all machines; the column may of resources adds to it"),
      ScenarioKey("rightsizing", "effort", .section, "the usual", "hours of work by action"),
      ScenarioKey("rightsizing", "hourly_rate", .money, "0", "what an hour of work costs, once"),
      ScenarioKey(
        "rightsizing", "max_actions", .count(from: 0), "no limit", "machines that change"),
      ScenarioKey(
        "rightsizing", "max_risk", .share, "no limit",
        "share of the machine-hours of machines with actions that may lie above capacity"),
      ScenarioKey(
        "rightsizing", "max_effort_per_month", .number("from 0 (hours)"), "no limit",
        "work in a calendar month; actions then have dates"),
      ScenarioKey(
        "rightsizing", "allow_unknown_memory", .flag, "false",
        "the older way to write unknown_memory: allow"),
      ScenarioKey(
        "rightsizing", "max_sizes_down", .count(from: 1), "no limit", "how many sizes smaller"),
    ]
    + ActionKind.allCases.map {
      ScenarioKey(
        "rightsizing.effort", $0.rawValue, .number("from 0 (hours)"),
        "\(Int($0.usualEffort))", "work of one machine")
    }

  private static let solverKeys: [ScenarioKey] = [
    ScenarioKey(
      "solver", "gap", .number("above 0 and below 1"), "0.0001; 0.0005 for several futures",
      "(objective - bound) / objective at which it stops"),
    ScenarioKey("solver", "time_limit", .number("above 0 (seconds)"), "60", "for each plan"),
    ScenarioKey(
      "solver", "rivals", .choices(rivalNames), "all",
      "which other rules of buying the plan is compared to"),
  ]

  private static let limitsKeys = PurchaseQuotas.names.map {
    ScenarioKey(
      "limits", $0, .count(from: 0), "the provider's default",
      "instances that may be bought in a month and region")
  }

  private static let sharingKeys: [ScenarioKey] = [
    ScenarioKey(
      "sharing", "mode", .choice(Sharing.Mode.allCases.map(\.rawValue)), "organization",
      "AWS sharing mode"),
    ScenarioKey("sharing", "groups", .map, "", "`{web: [\"111\", \"222\"]}`"),
    ScenarioKey("sharing", "off", .names, "", "accounts that neither give nor take"),
    ScenarioKey("sharing", "google", .text, "", "Google: who may use whose commitments"),
    ScenarioKey(
      "sharing", "commitments", .map, "", "owned commitments by id, each with its scope"),
  ]

  private static let spendCommitmentKeys: [ScenarioKey] = [
    ScenarioKey("spend_commitments", "name", .text, "", "what reports call it"),
    ScenarioKey(
      "spend_commitments", "provider", .choice(Provider.allCases.map(\.rawValue)), "", "with whom"),
    ScenarioKey(
      "spend_commitments", "amount", .money, "",
      "what is to be spent in each contract year, or in the whole contract: see per"),
    ScenarioKey(
      "spend_commitments", "currency", .text, "the scenario's",
      "of the amounts; only the scenario's is computed"),
    ScenarioKey(
      "spend_commitments", "per", .choice(SpendCommitment.Period.allCases.map(\.rawValue)), "year",
      "what amount and other are for: year (twelve months from `from` on, the last one by its hours)"
        + " or contract (from `from` to `to`)"),
    ScenarioKey("spend_commitments", "from", .date, "", "the first hour of the contract"),
    ScenarioKey("spend_commitments", "to", .date, "", "the hour after its last"),
    ScenarioKey(
      "spend_commitments", "other", .money, "0",
      "spending in that time that counts and is not in the usage; see per"),
    ScenarioKey(
      "spend_commitments", "spent", .money, "",
      "what the provider counts of the running contract year up to spent_until"),
    ScenarioKey("spend_commitments", "spent_until", .date, "", "the hour up to which spent goes"),
  ]

  private static let backtestKeys: [ScenarioKey] = [
    ScenarioKey(
      "backtest", "from", .date, "after a year, or half of a history shorter than 13 months",
      "the first date of buying"),
    ScenarioKey(
      "backtest", "every", .count(from: 24), "730", "hours between dates; also day or week"),
    ScenarioKey("backtest", "product", .choice(productNames), "", "what simple policies buy"),
    ScenarioKey("backtest", "term", .terms, "1", "what simple policies buy"),
    ScenarioKey(
      "backtest", "payment", .choice(PaymentOption.allCases.map(\.rawValue)), "no-upfront",
      "what simple policies buy"),
    ScenarioKey(
      "backtest", "premium", .number("above 1 and up to 100"), "",
      "on-demand price over the committed one, where no product is named"),
    ScenarioKey(
      "backtest", "pools", .choice(BacktestSettings.Pools.allCases.map(\.rawValue)), "together",
      "whether all usage is one pool"),
    ScenarioKey("backtest", "reversed", .flag, "false", "walk the history backwards"),
    ScenarioKey("backtest", "only", .names, "", "only these parts of the usage"),
    ScenarioKey(
      "backtest", "policies", .choices(PolicyName.allCases.map(\.rawValue)), "all",
      "which policies walk"),
    ScenarioKey("backtest", "planner", .section, "", "the optimizer's own walk"),
    ScenarioKey(
      "backtest.planner", "paths", .number("whole, 1 to 1000"), "", "futures at each date"),
    ScenarioKey("backtest.planner", "horizon", .number("whole, 1 to 36"), "", "months ahead"),
    ScenarioKey("backtest.planner", "sample", .count(from: 1), "", "plans every so many hours"),
    ScenarioKey(
      "backtest.planner", "hindsight_sample", .count(from: 1), "", "the same for hindsight"),
    ScenarioKey("backtest.planner", "gap", .number("above 0 and below 1"), "", "solver's gap"),
    ScenarioKey(
      "backtest.planner", "seeds", .number("whole, 1 to 100"), "1",
      "walks with so many seeds of the futures, for mean and spread"),
    ScenarioKey(
      "backtest.planner", "presets", .choices(Preset.allCases.map(\.rawValue)), "",
      "walk under these too"),
  ]
}

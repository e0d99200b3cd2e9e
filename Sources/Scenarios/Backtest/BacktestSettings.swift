import CloudCosts

/// How a backtest walks over the history: the keys under `backtest:` of a scenario file.
package struct BacktestSettings: Hashable, Sendable {
  /// What one commitment of the backtest may cover.
  package enum Pools: String, Hashable, Sendable, CaseIterable {
    /// All usage of a provider.
    case together
    /// All usage of a region, as if nothing else could use the commitment.
    case region
    /// Each usage group by itself.
    case each
  }

  /// The first hour of decisions; nil: see `usualStart`.
  package var from: Hour?
  /// Hours between two decisions. 730 is a twelfth of a year of 8,760 hours.
  package var every = 730
  /// What is bought; nil: what covers most, Compute plans or the like.
  package var product: Product?
  package var term = Term.oneYear
  package var payment = PaymentOption.noUpfront
  /// Where set, the price book is put aside: a committed unit costs 1 an hour and usage on demand
  /// this.
  package var premium: Double?
  /// How usage is divided, where the product is a plan or there is one price for all.
  package var pools = Pools.together
  /// The history backwards: growth becomes decline. A stress test.
  package var isReversed = false
  /// Pools whose names contain one of these; empty: all.
  package var only: [String] = []
  /// Empty: all.
  package var policies: [PolicyName] = []
  /// How the optimizer is walked over the history; nil: it is not.
  package var planner: Planner?

  /// How the optimizer decides at a date: the keys under `backtest.planner`.
  package struct Planner: Hashable, Sendable {
    /// Futures at each date.
    package var paths = 24
    /// How far they reach, in months of 730 hours.
    package var horizonMonths = 36
    /// One hour of so many is planned for. 73 is a tenth of a month, and has no factor in common
    /// with a week.
    package var hoursPerStep = 73
    /// The same for hindsight, which has one path.
    package var hindsightHoursPerStep = 5
    /// (objective − bound) / objective at which a plan is good enough.
    package var gap = 1e-3
    /// How many seeds of the futures the walk is made with: the scenario's and those after it.
    package var seeds = 1
    /// Presets of the policy that are walked next to it.
    package var presets: [WalkedPreset] = []

    package init() {}
  }

  /// A preset as a walk has it: with what the scenario states next to it, which wins.
  package struct WalkedPreset: Hashable, Sendable {
    package var preset: Preset
    package var policy: Policy
    package var offers: OfferFilter
    package var risk: RiskSettings
  }

  package init() {}

  /// The fewest hours that there may be to learn from: four weeks.
  static let leastHours = 672

  /// Hours of a history before the first decision: a year, so that a season was seen; of a history
  /// that then leaves nothing to bill, half.
  func usualStart(_ hours: Int) -> Int {
    hours >= Term.oneYear.hours + every
      ? Term.oneYear.hours : max(Self.leastHours, hours / 2)
  }
}

/// The ways of buying that a backtest compares.
package enum PolicyName: String, Hashable, Sendable, Codable, CaseIterable {
  case onDemand = "on-demand"
  case buyYearly = "buy-yearly"
  case flat7 = "flat-7-days"
  case flat30 = "flat-30-days"
  case flat60 = "flat-60-days"
  case floor
  case ladder
  case trendLadder = "trend-ladder"
  case wangLiLiang = "wang-li-liang"
  case crawl
  case walk
  case run
  /// The optimizer with everything on sale.
  case planner
  /// The optimizer under `policy.preset`: crawl, walk or run.
  case plannerCrawl = "planner-crawl"
  case plannerWalk = "planner-walk"
  case plannerRun = "planner-run"
  /// A Python package, where it is installed.
  case finoptim
  /// Where the optimizer walks: hindsight over the one product of the other policies.
  case hindsightOfProduct = "hindsight-one-product"
  case hindsight

  /// The preset that the optimizer walks under; nil: none.
  package var preset: Preset? {
    switch self {
    case .plannerCrawl: .crawl
    case .plannerWalk: .walk
    case .plannerRun: .run
    default: nil
    }
  }

  /// What it does, in words.
  package var title: String {
    switch self {
    case .onDemand: "buys nothing"
    case .buyYearly: "best flat level of the last 30 days, once a term"
    case .flat7: "best flat level of the last 7 days, topped up at every date"
    case .flat30: "best flat level of the last 30 days, topped up at every date"
    case .flat60: "best flat level of the last 60 days, topped up at every date"
    case .floor: "the least usage of the last 30 days, topped up at every date"
    case .ladder: "a quarter of what is missing to the flat level of 30 days, at every date"
    case .trendLadder: "flat level of 28 days, carried a year on where the trend falls"
    case .wangLiLiang: "buys what would have paid for itself in the past term"
    case .crawl: "ours with one product, to 60 % of its level (not policy.preset)"
    case .walk: "ours with one product, to 80 % of its level (not policy.preset)"
    case .run: "ours with one product, to its level (not policy.preset)"
    case .planner: "the optimizer at every date: many futures, everything on sale"
    case .plannerCrawl: "the optimizer under policy.preset: crawl"
    case .plannerWalk: "the optimizer under policy.preset: walk"
    case .plannerRun: "the optimizer under policy.preset: run"
    case .finoptim: "finoptim (PyPI) by the last 30 days, RIs and plans, topped up at every date"
    case .hindsightOfProduct: "knows the future, buys the other policies' product only"
    case .hindsight: "knows the future, buys at the same dates"
    }
  }
}

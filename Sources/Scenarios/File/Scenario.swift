import CloudCosts
import Forecast
import Ingest
import Rightsizing

/// One way in which things may go and be bought: what a scenario file says, checked, with its
/// overrides applied.
package struct Scenario: Sendable {
  /// The run's name: `base`, or the name under `scenarios`.
  package var name: String
  /// ISO 4217 code of the prices' currency.
  package var currency: String
  package var usage: InputFile
  /// Of a price that several state the first counts.
  package var prices: [InputFile]
  package var owned: [InputFile]
  /// Files of measurements; empty: none.
  package var utilization: [InputFile]
  package var resources: InputFile?
  /// Nil: the usage file's own span.
  package var window: HourWindow?
  package var forecast: ForecastSettings
  /// Where the file states it: `scenario.yaml:7`.
  package var forecastPlace: String
  package var offers: OfferFilter
  package var policy: Policy
  /// Where the file states it: `scenario.yaml:11`.
  package var policyPlace: String
  /// What to beware of next to the cost; nil: nothing.
  package var risk: RiskSettings?
  /// Dates for purchases in addition to the first hour; nil: none.
  package var ladder: Ladder?
  package var rightsizing: RightsizingRules
  package var solver: SolverSettings
  /// What the provider sells in a month.
  package var quotas = PurchaseQuotas()
  package var backtest = BacktestSettings()
  /// Without duplicates, in the order of the file.
  package var compare: [OutcomeKind]
  /// What limits and offers start from; nil: from none.
  package var preset: Preset?
  /// Whether the file states no limit in `policy`; `offers` says what may be bought, and not how
  /// much of it is safe.
  var isUnlimited = false
  /// What it says of that itself.
  var stated = StatedOffers()
  /// Whether all limits that it states are shares, which say the same of a year and of three: a
  /// preset, and keys of `Scenario.shares`.
  var statesOnlyShares = false
  /// The families, accounts and regions that limits of the policy name.
  var named: [NamedUsage] = []
  /// What the file says, overrides applied, and what the history decided where it says nothing.
  package var resolved = ScenarioValue.map([:])
  /// Whose usage commitments may cover in addition to their owner's.
  package var sharing = Sharing()
  /// What providers were promised to be spent.
  package var spendCommitments: [SpendCommitment] = []
  /// What may be done with what is owned.
  package var givingUp = GivingUpPolicy()
  /// The accounts that the section `sharing` names.
  var sharingAccounts: [NamedAccount] = []
  /// The commitments whose reach the section `sharing` states, and where.
  var sharingScopes: [ScopedCommitment] = []
}

/// The section `offers` of a file as it is, whatever limits come to hold.
struct StatedOffers: Sendable {
  /// What it leaves on sale.
  var filter = OfferFilter()
  /// Whether it has these keys.
  var products = false
  var terms = false
  var payments = false

  var isAny: Bool { products || terms || payments }

  /// What a preset allows, but for what the file states: that wins.
  func winning(over preset: Preset) -> OfferFilter {
    var offers = preset.offers
    if products {
      offers.products = filter.products
      offers.locksForThreeYears = filter.locksForThreeYears
    }
    if terms { offers.terms = filter.terms }
    if payments { offers.payments = filter.payments }
    return offers
  }
}

/// When the solver may stop.
package struct SolverSettings: Hashable, Sendable {
  /// (objective − bound) / objective, as the file states it; nil: as good as the question is.
  package var gap: Double?
  /// Seconds of wall-clock time, for each plan.
  package var timeLimit: Double
  /// Which other rules of buying plans over several paths, or with a ladder, are compared to: a
  /// solve each.
  package var rivals = Set(PlanRival.Kind.allCases)

  package init(gap: Double? = nil, timeLimit: Double = 60) {
    self.gap = gap
    self.timeLimit = timeLimit
  }

  /// Of one future.
  package static let usualGap = 1e-4
  /// Of several. What is expected of 24 futures moves by percents with another seed of them, so a
  /// ten-thousandth is no better an answer, and takes several times as long: see `Results`.
  package static let usualGapOfFutures = 5e-4

  /// What of the gap the search may leave open where there are several futures. The provider's own
  /// order of applying costs some of it as well, and where the bill of all futures shows more than
  /// the gap, plans with each line left out are billed: 36 bills and 15 s of processor time for the
  /// 47 series of Shaved Ice, where that order costs 0.008 %.
  static let searchedShare = 0.8

  /// At which the search may stop.
  func gap(futures: Int) -> Double {
    gap ?? (futures > 1 ? Self.usualGapOfFutures : Self.usualGap)
  }
}

import CloudCosts
import Forecast
import Ingest
import Rightsizing

/// One way in which things may go and be bought: what a scenario file says, checked, with its
/// overrides applied.
public struct Scenario: Sendable {
  /// The run's name: `base`, or the name under `scenarios`.
  public var name: String
  /// ISO 4217 code of the prices' currency.
  public var currency: String
  public var usage: InputFile
  /// Of a price that several state the first counts.
  public var prices: [InputFile]
  public var owned: InputFile?
  /// Files of measurements; empty: none.
  public var utilization: [InputFile]
  public var resources: InputFile?
  /// Nil: the usage file's own span.
  public var window: HourWindow?
  public var forecast: ForecastSettings
  /// Where the file states it: `scenario.yaml:7`.
  public var forecastPlace: String
  public var offers: OfferFilter
  public var policy: Policy
  /// Where the file states it: `scenario.yaml:11`.
  public var policyPlace: String
  /// What to beware of next to the cost; nil: nothing.
  public var risk: RiskSettings?
  /// Dates for purchases in addition to the first hour; nil: none.
  public var ladder: Ladder?
  public var rightsizing: RightsizingRules
  public var solver: SolverSettings
  /// What the provider sells in a month.
  public var quotas = PurchaseQuotas()
  public var backtest = BacktestSettings()
  /// Without duplicates, in the order of the file.
  public var compare: [OutcomeKind]
  /// What limits and offers start from; nil: from none.
  public var preset: Preset?
  /// Whether the file says nothing of what may be bought: neither `policy` nor `offers`.
  var isUnlimited = false
  /// The families, accounts and regions that limits of the policy name.
  var named: [NamedUsage] = []
  /// What the file says, overrides applied, and what the history decided where it says nothing.
  public var resolved = ScenarioValue.map([:])
  /// Whose usage commitments may cover in addition to their owner's.
  public var sharing = Sharing()
  /// What providers were promised to be spent.
  public var spendCommitments: [SpendCommitment] = []
  /// What may be done with what is owned.
  public var givingUp = GivingUpPolicy()
  /// The accounts that the section `sharing` names.
  var sharingAccounts: [NamedAccount] = []
  /// The commitments whose reach the section `sharing` states, and where.
  var sharingScopes: [ScopedCommitment] = []
}

/// When the solver may stop.
public struct SolverSettings: Hashable, Sendable {
  /// (objective − bound) / objective.
  public var gap: Double
  /// Seconds of wall-clock time, for each plan.
  public var timeLimit: Double
  /// Which other rules of buying plans over several paths, or with a ladder, are compared to: a
  /// solve each.
  public var rivals = Set(PlanRival.Kind.allCases)

  public init(gap: Double = 1e-4, timeLimit: Double = 60) {
    self.gap = gap
    self.timeLimit = timeLimit
  }
}

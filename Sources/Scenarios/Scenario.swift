import CloudCosts
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
  public var prices: InputFile
  public var owned: InputFile?
  public var utilization: InputFile?
  public var resources: InputFile?
  /// Nil: the usage file's own span.
  public var window: HourWindow?
  public var forecast: ForecastSettings
  public var offers: OfferFilter
  public var policy: Policy
  /// Where the file states it: `scenario.yaml:11`.
  public var policyPlace: String
  /// What to beware of beside the cost; nil: nothing.
  public var risk: RiskSettings?
  public var rightsizing: RightsizingRules
  public var solver: SolverSettings
  /// Without duplicates, in the order of the file.
  public var compare: [OutcomeKind]
  /// The families, accounts and regions that limits of the policy name.
  var named: [NamedUsage] = []
  /// Whose usage commitments may cover beside their owner's.
  public var sharing = Sharing()
  /// The accounts that the section `sharing` names.
  var sharingAccounts: [NamedAccount] = []
}

/// How the demand to plan for comes out of the history.
public struct ForecastSettings: Hashable, Sendable {
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// The window as it is.
    case `repeat`
  }

  public var method: Method
  /// Yearly growth on top: 0.4 makes the demand 1.4 times as large after 8,760 hours.
  public var growth: Double

  public init(method: Method = .repeat, growth: Double = 0) {
    self.method = method
    self.growth = growth
  }
}

/// How much a bad outcome counts beside the expected one.
public struct RiskSettings: Hashable, Sendable {
  public enum Measure: String, Hashable, Sendable, CaseIterable {
    case expected
    /// The mean of the worst (1 − level) of all paths.
    case cvar
    case worst
  }

  public var measure: Measure
  /// Above 0 and below 1.
  public var level: Double
  /// 0 to 1: the measure's share in what is minimised; the rest is the expected cost.
  public var weight: Double

  public init(measure: Measure, level: Double = 0.95, weight: Double = 0.5) {
    self.measure = measure
    self.level = level
    self.weight = weight
  }
}

/// When the solver may stop.
public struct SolverSettings: Hashable, Sendable {
  /// (objective − bound) / objective.
  public var gap: Double
  /// Seconds of wall-clock time, for each plan.
  public var timeLimit: Double

  public init(gap: Double = 1e-4, timeLimit: Double = 60) {
    self.gap = gap
    self.timeLimit = timeLimit
  }
}

import CloudCosts
import Scenarios

/// What `plimsoll run --json` prints and `plan.json` holds: a comparison as plain numbers and
/// texts.
///
/// The terminal table, the CSV files and the purchase commands are made from this document too, so
/// that no two of them can tell different numbers.
public struct RunDocument: Hashable, Sendable, Codable {
  /// `currentFormat`; nil in documents of older versions.
  public var format: Int?
  /// The program's release, when it was made (ISO 8601), from what; nil in documents of older
  /// versions, and where no file was read.
  public var version: String?
  public var madeAt: String?
  public var inputs: [Input]?
  /// What the command line changed of the scenario file; nil: nothing.
  public var changes: Changes?
  public var scenario: String
  /// The scenario file or folder, relative to the document as `inputs` are; nil where no one named
  /// it.
  public var source: String?
  /// ISO 4217 code; every amount of the document is in it.
  public var currency: String
  public var window: Window
  public var hours: Int
  public var runs: [Run]
  public var findings: [Note]
  /// See `RunDocument.contentsChecksum`; nil in documents of older versions.
  public var checksum: String?

  /// A half-open stretch of time, as ISO 8601.
  public struct Window: Hashable, Sendable, Codable {
    public var from: String
    public var to: String
  }

  /// A scenario, or a scenario with overrides, with what came of each way of buying.
  public struct Run: Hashable, Sendable, Codable {
    public var name: String
    public var outcomes: [Outcome]
    /// What the provider recommends to buy, billed like the outcomes: the first alternative, or the
    /// only one; nil where no file was named.
    public var recommendation: Outcome?
    /// All alternatives, each billed by itself; nil where no file was named.
    public var alternatives: [Outcome]?
    /// Prices that change inside the window; nil where none does.
    public var priceChanges: [PriceChange]?
    /// The scenario as it was solved: overrides and changes applied; nil in documents of older
    /// versions.
    public var resolved: ScenarioValue?
    /// What the figures rest on; nil in documents of older versions.
    public var assumptions: [Assumption]?
    /// Resizing, committing, and both; nil where no machine is looked at, or a bill is missing.
    public var rightsizing: Split?
    /// Advice on machines of providers, and ours next to it; nil where no file was named.
    public var machineAdvice: [MachineAdvice]?

    /// None where no file was named.
    public var recommendations: [Outcome] { alternatives ?? [recommendation].compactMap { $0 } }

    private enum CodingKeys: String, CodingKey {
      case name, outcomes
      case recommendation = "provider_recommendation"
      case alternatives = "provider_recommendations"
      case priceChanges = "price_changes"
      case resolved = "scenario"
      case assumptions
      case rightsizing
      case machineAdvice = "machine_advice"
    }
  }

  /// One thing that the figures rest on.
  public struct Assumption: Hashable, Sendable, Codable {
    public var topic: String
    public var text: String
  }

  /// A file that the document was made from.
  public struct Input: Hashable, Sendable, Codable {
    /// Relative to the document's folder; absolute where it was named so.
    public var path: String
    public var sha256: String
  }

  /// What the command line changed of the scenario file.
  public struct Changes: Hashable, Sendable, Codable {
    public var preset: String?
    /// `policy.max_upfront=0`.
    public var set: [String]?
  }

  private enum CodingKeys: String, CodingKey {
    case format, version
    case madeAt = "made_at"
    case scenario, source, inputs, changes, currency, window, hours, runs, findings, checksum
  }

  /// A change of prices that the run allows for.
  public struct PriceChange: Hashable, Sendable, Codable {
    /// ISO 8601: from when on.
    public var date: String
    /// New prices are so many times the old ones.
    public var factor: Double
    /// `on-demand`, or `all`: also offers from then on.
    public var appliesTo: String
    /// What the usage is named by; nil: any.
    public var provider: String?
    public var region: String?
    public var family: String?
    public var instanceType: String?
    public var operatingSystem: String?
    /// How many usage groups it is about.
    public var groups: Int

    private enum CodingKeys: String, CodingKey {
      case date, factor
      case appliesTo = "applies_to"
      case provider, region, family
      case instanceType = "instance_type"
      case operatingSystem = "operating_system"
      case groups
    }
  }

  /// The judge's bill of one way of buying.
  public struct Outcome: Hashable, Sendable {
    public var name: String
    @JSONNumber public var cost: Money
    /// Against the on-demand bill; negative where it costs more.
    @JSONNumber public var savings: Money
    public var savingsRate: Double
    public var coverage: Double
    /// Nil where there is no commitment.
    public var utilization: Double?
    public var effectiveSavingsRate: Double
    /// Cash on first days, all commitments that start in the window.
    @JSONNumber public var upfront: Money
    public var monthly: [Month]
    /// Nil where nothing was decided.
    public var plan: Plan?
    /// What it saves over all paths; nil where there is one.
    public var paths: Paths?
    /// Nil in documents of older versions.
    public var measures: Measures?
    /// Upfront payments by month and account, until all is used up; nil where there are none.
    public var prepaid: [Prepaid]?
    /// Nil where it was not asked for.
    public var showback: Showback?
    /// Nil where the usage is of one service.
    public var services: [ServiceCost]?
  }

  /// One calendar month of a bill.
  public struct Month: Hashable, Sendable, Codable {
    public var month: String
    /// Amortised.
    @JSONNumber public var cost: Money
    @JSONNumber public var cash: Money
  }

  /// A finding, as JSON names its parts.
  public struct Note: Hashable, Sendable, Codable {
    public var severity: Finding.Severity
    public var rule: String
    public var place: String
    public var message: String
    public var remedy: String
  }

  /// The document as text; the same bytes for the same comparison, but for times.
  public func json() throws -> String {
    var sealed = self
    sealed.checksum = try contentsChecksum()
    return try OrderedJSON.text(sealed)
  }
}

extension RunDocument.Outcome: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, cost, savings
    case savingsRate = "savings_rate"
    case coverage, utilization
    case effectiveSavingsRate = "effective_savings_rate"
    case upfront, monthly, plan, paths, measures, prepaid, showback, services
  }

  // Written out because a reader is to find `utilization` and `plan` in every outcome, be it as
  // null.
  public func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(name, forKey: .name)
    try keyed.encode(_cost, forKey: .cost)
    try keyed.encode(_savings, forKey: .savings)
    try keyed.encode(savingsRate, forKey: .savingsRate)
    try keyed.encode(coverage, forKey: .coverage)
    try keyed.encode(utilization, forKey: .utilization)
    try keyed.encode(effectiveSavingsRate, forKey: .effectiveSavingsRate)
    try keyed.encode(_upfront, forKey: .upfront)
    try keyed.encode(monthly, forKey: .monthly)
    try keyed.encode(plan, forKey: .plan)
    try keyed.encodeIfPresent(paths, forKey: .paths)
    try keyed.encodeIfPresent(measures, forKey: .measures)
    try keyed.encodeIfPresent(prepaid, forKey: .prepaid)
    try keyed.encodeIfPresent(showback, forKey: .showback)
    try keyed.encodeIfPresent(services, forKey: .services)
  }
}

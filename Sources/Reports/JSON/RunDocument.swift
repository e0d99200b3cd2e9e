import CloudCosts
import Scenarios

/// What `plimsoll run --json` prints and `plan.json` holds: a comparison as plain numbers and
/// texts.
///
/// The terminal table, the CSV files and the purchase commands are made from this document too, so
/// that no two of them can tell different numbers.
package struct RunDocument: Hashable, Sendable, Codable {
  /// `currentFormat`; nil in documents of older versions.
  package var format: Int?
  /// The program's release, when it was made (ISO 8601), from what; nil in documents of older
  /// versions, and where no file was read.
  package var version: String?
  package var madeAt: String?
  package var inputs: [Input]?
  /// What the command line changed of the scenario file; nil: nothing.
  package var changes: Changes?
  package var scenario: String
  /// The scenario file or folder, relative to the document as `inputs` are; nil where no one named
  /// it.
  package var source: String?
  /// ISO 4217 code; every amount of the document is in it.
  package var currency: String
  package var window: Window
  package var hours: Int
  package var runs: [Run]
  package var findings: [Note]
  /// See `RunDocument.contentsChecksum`; nil in documents of older versions.
  package var checksum: String?

  /// A half-open stretch of time, as ISO 8601.
  package struct Window: Hashable, Sendable, Codable {
    package var from: String
    package var to: String
  }

  /// A scenario, or a scenario with overrides, with what came of each way of buying.
  package struct Run: Hashable, Sendable, Codable {
    package var name: String
    package var outcomes: [Outcome]
    /// What the provider recommends to buy, billed like the outcomes: the first alternative, or the
    /// only one; nil where no file was named.
    package var recommendation: Outcome?
    /// All alternatives, each billed by itself; nil where no file was named.
    package var alternatives: [Outcome]?
    /// Prices that change inside the window; nil where none does.
    package var priceChanges: [PriceChange]?
    /// The scenario as it was solved: overrides and changes applied; nil in documents of older
    /// versions.
    package var resolved: ScenarioValue?
    /// What the figures rest on; nil in documents of older versions.
    package var assumptions: [Assumption]?
    /// Resizing, committing, and both; nil where no machine is looked at, or a bill is missing.
    package var rightsizing: Split?
    /// Advice on machines of providers, and ours next to it; nil where no file was named.
    package var machineAdvice: [MachineAdvice]?

    /// None where no file was named.
    package var recommendations: [Outcome] { alternatives ?? [recommendation].compactMap { $0 } }

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
  package struct Assumption: Hashable, Sendable, Codable {
    package var topic: String
    package var text: String
  }

  /// A file that the document was made from.
  package struct Input: Hashable, Sendable, Codable {
    /// Relative to the document's folder; absolute where it was named so.
    package var path: String
    package var sha256: String
  }

  /// What the command line changed of the scenario file.
  package struct Changes: Hashable, Sendable, Codable {
    package var preset: String?
    /// `policy.max_upfront=0`.
    package var set: [String]?
  }

  private enum CodingKeys: String, CodingKey {
    case format, version
    case madeAt = "made_at"
    case scenario, source, inputs, changes, currency, window, hours, runs, findings, checksum
  }

  /// A change of prices that the run allows for.
  package struct PriceChange: Hashable, Sendable, Codable {
    /// ISO 8601: from when on.
    package var date: String
    /// New prices are so many times the old ones.
    package var factor: Double
    /// `on-demand`, or `all`: also offers from then on.
    package var appliesTo: String
    /// What the usage is named by; nil: any.
    package var provider: String?
    package var region: String?
    package var family: String?
    package var instanceType: String?
    package var operatingSystem: String?
    /// How many usage groups it is about.
    package var groups: Int

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
  package struct Outcome: Hashable, Sendable {
    package var name: String
    @JSONNumber package var cost: Money
    /// Against the on-demand bill; negative where it costs more.
    @JSONNumber package var savings: Money
    package var savingsRate: Double
    package var coverage: Double
    /// Nil where there is no commitment.
    package var utilization: Double?
    package var effectiveSavingsRate: Double
    /// Cash on first days, all commitments that start in the window.
    @JSONNumber package var upfront: Money
    package var monthly: [Month]
    /// Nil where nothing was decided.
    package var plan: Plan?
    /// What it saves over all paths; nil where there is one.
    package var paths: Paths?
    /// Nil in documents of older versions.
    package var measures: Measures?
    /// Upfront payments by month and account, until all is used up; nil where there are none.
    package var prepaid: [Prepaid]?
    /// Nil where it was not asked for.
    package var showback: Showback?
    /// Nil where the usage is of one service.
    package var services: [ServiceCost]?
  }

  /// One calendar month of a bill.
  package struct Month: Hashable, Sendable, Codable {
    package var month: String
    /// Amortised.
    @JSONNumber package var cost: Money
    @JSONNumber package var cash: Money
  }

  /// A finding, as JSON names its parts.
  package struct Note: Hashable, Sendable, Codable {
    package var severity: Finding.Severity
    package var rule: String
    package var place: String
    package var message: String
    package var remedy: String
  }

  /// How the text of every document begins.
  static let head = "{\n  \"format\":"

  /// The document as text; the same bytes for the same comparison, but for times.
  package func json() throws -> String { try OrderedJSON.text(sealed()) }

  /// The same text piece by piece: of a million accounts it is hundreds of megabytes.
  package func write(_ receive: @escaping (String) -> Void) throws {
    try OrderedJSON.write(sealed(), receive)
  }

  private func sealed() throws -> RunDocument {
    var sealed = self
    sealed.checksum = try contentsChecksum()
    return sealed
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
  package func encode(to encoder: any Encoder) throws {
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

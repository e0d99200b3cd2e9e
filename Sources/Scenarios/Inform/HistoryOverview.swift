import CloudCosts
import Ingest

/// What a history tells: usage, cost, how well the commitments fit, what ends, what is unusual.
public struct HistoryOverview: Sendable {
  /// A way to cut a bill into parts.
  public enum Dimension: String, Hashable, Sendable, CaseIterable {
    case account, service, region, family
    /// By the tags that the import kept, each key apart.
    case tag
  }

  /// A table of parts.
  public struct Breakdown: Hashable, Sendable {
    public var dimension: Dimension
    /// Nil but for tags.
    public var tag: String?
    /// Dearest first.
    public var slices: [CostSlice]
  }

  /// A commitment that the bill names.
  public struct Expiry: Hashable, Sendable {
    public var id: String
    public var name: String
    public var account: String
    /// In our words where known, else the bill's.
    public var product: String
    public var end: Hour
    /// What it costs an hour, amortised, as billed on the days on which it was seen.
    public var hourly: Double
  }

  /// A kind of machine that is paid on demand.
  public struct Uncovered: Hashable, Sendable {
    public var group: UsageGroup
    /// Instance-hours on demand.
    public var instanceHours: Double
    /// What they cost.
    public var cost: Money
    /// Machines of the group, covered or not, that ran in at least nine of ten hours.
    public var floor: Double
  }

  public var path: String
  /// ISO 4217 code.
  public var currency: String
  /// From midnight to midnight, UTC.
  public var window: HourWindow
  public var sources: [HistorySource]
  public var total: CostSlice
  public var breakdowns: [Breakdown]
  /// Usage that commitments can cover, each kind apart; most expensive first.
  public var coverage: [CostSlice] = []
  /// Of the kinds of commitments that the bill names.
  public var kinds: [KindCoverage] = []
  /// For each day of the window: usage on demand, covered usage and unused commitment, as they
  /// cost.
  public var days: [(onDemand: Money, covered: Money, unused: Money)]
  /// What ends in the twelve months after the window, the first first.
  public var expiring: [Expiry]
  /// Dearest first.
  public var uncovered: [Uncovered]
  /// What commitments at a price book's prices would save; nil where no price book was given.
  public var unrealized: [UnrealizedSaving]?
  public var anomalies: [AnomalousDay]
  public var findings: [Finding]
}

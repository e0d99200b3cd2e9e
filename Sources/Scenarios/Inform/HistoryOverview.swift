import CloudCosts
import Ingest

/// What a history tells: usage, cost, how well the commitments fit, what ends, what is unusual.
package struct HistoryOverview: Sendable {
  /// A way to cut a bill into parts.
  package enum Dimension: String, Hashable, Sendable, CaseIterable {
    case account, service, region, family
    /// By the tags that the import kept, each key apart.
    case tag
  }

  /// A table of parts.
  package struct Breakdown: Hashable, Sendable {
    package var dimension: Dimension
    /// Nil but for tags.
    package var tag: String?
    /// Dearest first.
    package var slices: [CostSlice]
  }

  /// A commitment that the bill names.
  package struct Expiry: Hashable, Sendable {
    package var id: String
    package var name: String
    package var account: String
    /// In our words where known, else the bill's.
    package var product: String
    package var end: Hour
    /// What it costs an hour, amortised, as billed on the days on which it was seen.
    package var hourly: Double
  }

  /// A kind of machine that is paid on demand.
  package struct Uncovered: Hashable, Sendable {
    package var group: UsageGroup
    /// Instance-hours on demand.
    package var instanceHours: Double
    /// What they cost.
    package var cost: Money
    /// Machines of the group that always run on demand (`AlwaysOnDemand`).
    package var floor: Double
  }

  package var path: String
  /// ISO 4217 code.
  package var currency: String
  /// From midnight to midnight, UTC.
  package var window: HourWindow
  package var sources: [HistorySource]
  package var total: CostSlice
  package var breakdowns: [Breakdown]
  /// Usage that commitments can cover, each kind apart; most expensive first.
  package var coverage: [CostSlice] = []
  /// Of the kinds of commitments that the bill names.
  package var kinds: [KindCoverage] = []
  /// For each day of the window: usage on demand, covered usage and unused commitment, as they
  /// cost.
  package var days: [(onDemand: Money, covered: Money, unused: Money)]
  /// What ends in the twelve months after the window, the first first.
  package var expiring: [Expiry]
  /// Dearest first.
  package var uncovered: [Uncovered]
  /// What commitments at a price book's prices would save; nil where no price book was given.
  package var unrealized: [UnrealizedSaving]?
  package var anomalies: [AnomalousDay]
  package var findings: [Finding]
}

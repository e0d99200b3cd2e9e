import CloudCosts

/// What the provider's bill makes of one limit of the policy that only a bill can tell: a share of
/// usage that is covered, or of a purchase that is used.
package struct LimitReading: Hashable, Sendable {
  /// The key, and what it is about where the key has several limits: `min_coverage_by family c5`.
  package var row: String
  /// 0 to 1, as the policy asks for it; of a cap on coverage, at least what is owned covers after the
  /// plan's actions.
  package var limit: Double
  /// 0 to 1, by the bill.
  package var billed: Double
  /// Whether at least so much is asked for, not at most.
  package var isFloor: Bool

  /// By how much the bill misses the limit; 0 where it keeps it.
  package var shortfall: Double { max(0, isFloor ? limit - billed : billed - limit) }

  /// A limit is kept within a tenth of a point: what whole units of a small fleet cannot hit
  /// closer.
  package static let tolerance = 0.001

  package var isKept: Bool { shortfall <= Self.tolerance }
}

extension Sequence where Element == LimitReading {
  /// By how much all limits are missed together, but for what a bill is rounded by.
  var missed: Double { reduce(0) { $0 + ($1.shortfall > 1e-7 ? $1.shortfall : 0) } }
}

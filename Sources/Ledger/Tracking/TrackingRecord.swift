import CloudCosts
import Scenarios

/// What a comparison found, as it is kept; money in millionths of the currency unit.
package struct TrackingRecord: Hashable, Sendable, Codable {
  package var history: String
  /// ISO 8601: the hours that were compared.
  package var from: String
  package var to: String
  package var projected: Int64
  package var usage: Int64
  package var mix: Int64
  package var price: Int64
  package var purchases: Int64
  package var timing: Int64
  package var realised: Int64
  /// The real level of usage as a share of the projected one; nil where nothing was projected.
  package var level: Double?

  package init(_ tracked: TrackedSavings, history: String) {
    self.history = history
    from = tracked.window.start.iso8601
    to = tracked.window.end.iso8601
    func micros(_ money: Money) -> Int64 { Int64(clamping: money.micros) }
    let total = tracked.total
    projected = micros(total.projected)
    usage = micros(total.usage)
    mix = micros(total.mix)
    price = micros(total.price)
    purchases = micros(total.purchases)
    timing = micros(total.timing)
    realised = micros(total.realised)
    level = tracked.level
  }

  /// Realised as a share of projected; nil where nothing was projected.
  package var accuracy: Double? { projected > 0 ? Double(realised) / Double(projected) : nil }
}

extension TrackedSavings {
  /// All usage as a share of what was projected; nil where nothing was.
  package var level: Double? {
    let projected = levels.map(\.projected).total()
    return projected > .zero ? levels.map(\.actual).total().value / projected.value : nil
  }
}

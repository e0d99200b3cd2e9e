import Foundation

/// What the optimizer saves when the same walk is made with several seeds of the futures: how much
/// of its result is the draw.
///
/// The row itself is that of the scenario's own seed, the first of them.
package struct SeedSpread: Hashable, Sendable {
  /// Saved share of the bill on demand, seed by seed.
  package var rates: [Double]

  package init(rates: [Double]) { self.rates = rates }

  package var mean: Double { rates.isEmpty ? 0 : rates.reduce(0, +) / Double(rates.count) }

  /// Standard deviation of the seeds, as of a sample; 0 where there is one.
  package var deviation: Double {
    guard rates.count > 1 else { return 0 }
    let mean = mean
    return (rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rates.count - 1))
      .squareRoot()
  }
}

import CloudCosts
import Foundation

extension Demand {
  /// The demand that grows by this share a year from the window's start: the hour t counts
  /// (1 + rate)^(t / 8760) times.
  package func growing(_ rate: Double) -> Demand {
    guard rate != 0, rate > -1 else { return self }
    var result = self
    let factors = (0..<window.hours).map { pow(1 + rate, Double($0) / 8760) }
    for group in groups.indices {
      for hour in factors.indices { result[group, hour] *= factors[hour] }
    }
    return result
  }
}

import Foundation

/// Statistics that a few wild values do not move.
enum Robust {
  /// 0 of nothing. Time: O(n log n).
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The standard deviation that a normal distribution with this median absolute deviation has.
  static func deviation(_ values: [Double]) -> Double {
    let center = median(values)
    return 1.4826 * median(values.map { abs($0 - center) })
  }

  /// The median of the slopes between all pairs (Theil 1950, Sen 1968), per step. Up to 29 % of the
  /// values may be anything. Time: O(n² log n).
  static func slope(_ values: ArraySlice<Double>) -> Double {
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * values.count / 2)
    for i in values.indices {
      for j in values.index(after: i)..<values.endIndex {
        slopes.append((values[j] - values[i]) / Double(j - i))
      }
    }
    return median(slopes)
  }
}

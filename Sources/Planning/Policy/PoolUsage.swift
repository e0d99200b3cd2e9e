/// The usage of a pool, hour by hour, in its capacity.
struct PoolUsage {
  var hours: [Double]
  var probabilities: [Double]
  /// The hours of the range.
  var count: Double

  /// Σ_h min(M, D_h).
  func used(_ capacity: Double) -> Double {
    zip(hours, probabilities).reduce(0) { $0 + $1.1 * min(capacity, $1.0) }
  }

  /// The largest M with u |H| M ≤ Σ_h min(M, D_h): bisected, since what is used is concave in M.
  func most(_ share: Double) -> Double {
    var (low, high) = (0.0, used(.infinity) / (share * count))
    guard used(high) < share * count * high * (1 - 1e-12) else { return high }
    for _ in 0..<50 {
      let middle = (low + high) / 2
      if used(middle) >= share * count * middle { low = middle } else { high = middle }
    }
    return high
  }
}

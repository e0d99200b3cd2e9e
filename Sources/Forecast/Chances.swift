import CloudCosts

/// Numbers that decide what happens in one future, in the order in which they are asked for.
///
/// Of many futures each of the first of them fills its range evenly (Latin hypercube: McKay,
/// Beckman and Conover 1979): what happens once in thirty years happens in two of twenty-four
/// futures of three years whatever the seed, and not in none or five. All behind them are random.
struct Chances: Sendable {
  private var even: ArraySlice<Double>
  private var random: SplitMix64

  /// - Parameter even: what comes first, from 0 to 1; empty: all are random.
  init(even: [Double] = [], seed: UInt64) {
    self.even = even[...]
    random = SplitMix64(seed: seed)
  }

  /// Above 0, up to 1.
  mutating func unit() -> Double { even.popFirst() ?? random.unit() }

  /// Standard normal.
  mutating func normal() -> Double {
    even.popFirst().map(Futures.normal) ?? random.normal()
  }

  /// 0 ..< count; always random.
  mutating func index(below count: Int) -> Int { random.index(below: count) }

  /// Of each of so many futures the numbers that come first.
  static func even(
    futures: Int, numbers: Int, _ random: inout SplitMix64
  ) -> [[Double]] {
    var result = [[Double]](repeating: [], count: futures)
    for _ in 0..<numbers {
      var places = Array(0..<futures)
      for future in places.indices {
        places.swapAt(future, future + random.index(below: futures - future))
        result[future].append((Double(places[future]) + random.unit()) / Double(futures))
      }
    }
    return result
  }
}

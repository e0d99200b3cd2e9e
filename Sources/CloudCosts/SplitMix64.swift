import Foundation

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine for the same seed.
///
/// Inlined, since futures draw from it for every hour.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline var state: UInt64

  @inlinable package init(seed: UInt64) { state = seed }

  @inlinable package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Above 0, up to 1.
  @inlinable package mutating func unit() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

  /// 0 ..< count.
  @inlinable package mutating func index(below count: Int) -> Int {
    Int(next() % UInt64(max(1, count)))
  }

  /// Standard normal (Box and Muller).
  @inlinable package mutating func normal() -> Double {
    let radius = (-2 * log(unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }
}

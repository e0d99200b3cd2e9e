import Foundation

/// SplitMix64 (Steele, Lea, Flood 2014): the same futures on every machine for the same seed.
struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Above 0, up to 1.
  mutating func unit() -> Double { Double((next() >> 11) + 1) * 0x1p-53 }

  /// 0 ..< count.
  mutating func index(below count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  /// Standard normal (Box and Muller).
  mutating func normal() -> Double {
    let radius = (-2 * log(unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }
}

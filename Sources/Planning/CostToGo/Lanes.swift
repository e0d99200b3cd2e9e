/// Eight hours side by side: what an hour takes in scalar steps, eight take in as many vector
/// steps.
typealias Lanes = SIMD8<Double>

extension SIMD8<Double> {
  /// The smaller of two, hour by hour. (`pointwiseMin` goes lane after lane.)
  @inline(__always) static func least(_ a: Self, _ b: Self) -> Self {
    a.replacing(with: b, where: b .< a)
  }

  /// The larger of two, hour by hour.
  @inline(__always) static func most(_ a: Self, _ b: Self) -> Self {
    a.replacing(with: b, where: b .> a)
  }
}

extension SIMDMask<SIMD8<Int64>> {
  /// Whether any hour is. (`any` finds a least lane, one after another.)
  @inline(__always) var isAnySet: Bool {
    let lanes = unsafeBitCast(self, to: SIMD8<Int64>.self)
    let four = lanes.lowHalf | lanes.highHalf
    let two = four.lowHalf | four.highHalf
    return (two[0] | two[1]) != 0
  }
}

/// Numbers that are written once and read in inner loops from all cores.
final class Table<Element: BitwiseCopyable>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    start = .allocate(capacity: max(1, count))
    elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { start.initialize(from: base, count: count) }
    }
  }

  deinit { start.deallocate() }
}

/// Room that one thread works in.
struct LaneBuffer: ~Copyable {
  let start: UnsafeMutablePointer<Lanes>

  init(_ count: Int) {
    start = .allocate(capacity: max(1, count))
    start.initialize(repeating: .zero, count: max(1, count))
  }

  deinit { start.deallocate() }
}

/// Where weights, taken from the largest ratio down, fill a capacity: the weighted quantile, for eight
/// hours at once.
///
/// With S(λ) = Σ weight over ratio > λ, the answer is λ* = min { ratio_m : S(ratio_m) ≤ capacity }. It
/// is exact. Hours in which the weights do not fill the capacity are to be left out by `wanted`; what
/// comes out for them means nothing.
enum WeightedSelection {
  /// Up to this many, every ratio is tried: m² steps without a branch.
  private static let few = 6

  /// - Parameter guess: where the answer may lie, such as that of the hours before.
  @inline(__always)
  static func crossing(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, count: Int, capacity: Lanes,
    wanted: SIMDMask<SIMD8<Int64>>, guess: Lanes
  ) -> Lanes {
    count <= few
      ? trying(ratio, weight, count, capacity)
      : halving(ratio, weight, count, capacity, wanted, guess)
  }

  private static func trying(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, _ count: Int, _ capacity: Lanes
  ) -> Lanes {
    var answer = Lanes(repeating: .infinity)
    for m in 0..<count {
      let candidate = ratio[m]
      var above = Lanes.zero
      for i in 0..<count {
        above += Lanes.zero.replacing(with: weight[i], where: ratio[i] .> candidate)
      }
      answer.replace(with: candidate, where: (above .<= capacity) .& (candidate .< answer))
    }
    return answer
  }

  /// Keeps S(below) > capacity ≥ S(answer), and the least ratio above `below`; done where that is the
  /// answer itself.
  private static func halving(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, _ count: Int, _ capacity: Lanes,
    _ wanted: SIMDMask<SIMD8<Int64>>, _ guess: Lanes
  ) -> Lanes {
    var answer = ratio[0]
    var next = ratio[0]
    for m in 1..<count {
      answer = Lanes.most(answer, ratio[m])
      next = Lanes.least(next, ratio[m])
    }
    var pivot = guess
    var round = 0
    while true {
      let open = wanted .& (next .< answer)
      if !any(open) { return answer }
      // A pivot from `next` up to below `answer` always gets further.
      let outside = (pivot .< next) .| (pivot .>= answer)
      pivot.replace(with: (next + answer) * 0.5, where: outside)
      pivot.replace(with: next, where: pivot .>= answer)
      var above = Lanes.zero
      var nearestBelow = Lanes(repeating: -.infinity)
      var nearestAbove = Lanes(repeating: .infinity)
      for m in 0..<count {
        let r = ratio[m]
        let isAbove = r .> pivot
        above += Lanes.zero.replacing(with: weight[m], where: isAbove)
        let low = r.replacing(with: -.infinity, where: isAbove)
        nearestBelow = Lanes.most(nearestBelow, low)
        let high = r.replacing(with: .infinity, where: .!isAbove)
        nearestAbove = Lanes.least(nearestAbove, high)
      }
      let fits = above .<= capacity
      answer.replace(with: nearestBelow, where: open .& fits)
      next.replace(with: nearestAbove, where: open .& .!fits)
      // After a good guess the answer is most often found by looking at its neighbour.
      round += 1
      pivot = round == 1 ? next.replacing(with: answer.nextDownLanes, where: fits) : answer
    }
  }
}

extension SIMD8<Double> {
  /// A hair below, hour by hour.
  @inline(__always) fileprivate var nextDownLanes: Self {
    self - self.replacing(with: -self, where: self .< 0) * 1e-15
  }
}

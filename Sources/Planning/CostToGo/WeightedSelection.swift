/// Where weights, taken from the largest ratio down, fill a capacity: the weighted quantile, for eight
/// hours at once.
///
/// With S(λ) = Σ weight over ratio > λ, the answer is λ* = min { ratio_m : S(ratio_m) ≤ capacity }. It
/// is exact for few ratios. Hours in which the weights do not fill the capacity are to be left out by `wanted`; what
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
      : narrowing(ratio, weight, count, capacity, wanted, guess)
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

  /// Regula falsi on S(λ) − capacity between two ratios, S(lower) > capacity ≥ S(answer); done where no
  /// ratio is left between them, or where the step between them no longer matters: any λ bounds the
  /// cost, and this one by less than a ten-millionth of what the capacity is worth.
  private static func narrowing(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, _ count: Int, _ capacity: Lanes,
    _ wanted: SIMDMask<SIMD8<Int64>>, _ guess: Lanes
  ) -> Lanes {
    var answer = ratio[0]
    var next = ratio[0]
    var total = weight[0]
    for m in 1..<count {
      answer = Lanes.most(answer, ratio[m])
      next = Lanes.least(next, ratio[m])
      total += weight[m]
    }
    // How far S is above the capacity below `next`, and under it at `answer`.
    var over = total - capacity
    var under = capacity
    var pivot = guess
    var round = 0
    while true {
      let width = answer - next
      // The value is concave, so it can rise by no more than a triangle between the two.
      let rise = width * over * under / Lanes.most(over + under, Lanes(repeating: 1e-300))
      let matters = rise .> capacity * answer * 1e-7
      let open = wanted .& (width .> 0) .& matters
      if !any(open) { return answer }
      // A pivot from `next` up to below `answer` always gets further.
      let outside = (pivot .< next) .| (pivot .>= answer)
      pivot.replace(with: next + width * 0.5, where: outside)
      pivot.replace(with: next, where: pivot .>= answer)
      var above = Lanes()
      var nearestBelow = Lanes(repeating: -.infinity)
      var nearestAbove = Lanes(repeating: .infinity)
      for m in 0..<count {
        let r = ratio[m]
        let isAbove = r .> pivot
        above += Lanes().replacing(with: weight[m], where: isAbove)
        nearestBelow = Lanes.most(nearestBelow, r.replacing(with: -.infinity, where: isAbove))
        nearestAbove = Lanes.least(nearestAbove, r.replacing(with: .infinity, where: .!isAbove))
      }
      let fits = above .<= capacity
      answer.replace(with: nearestBelow, where: open .& fits)
      under.replace(with: capacity - above, where: open .& fits)
      next.replace(with: nearestAbove, where: open .& .!fits)
      over.replace(with: above - capacity, where: open .& .!fits)
      round += 1
      if round == 1 {
        // After a good guess the answer is most often found by looking at its neighbour.
        pivot = next.replacing(with: answer.justBelow, where: fits)
      } else if round % 4 == 0 {
        pivot = next + (answer - next) * 0.5
      } else {
        pivot = next + (answer - next) * (over / Lanes.most(over + under, Lanes(repeating: 1e-300)))
      }
    }
  }
}

extension SIMD8<Double> {
  /// A hair below, hour by hour.
  @inline(__always) fileprivate var justBelow: Self {
    self - self.replacing(with: -self, where: self .< 0) * 1e-15
  }
}

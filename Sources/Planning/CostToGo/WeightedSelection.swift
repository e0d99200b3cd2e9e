/// Where weights, taken from the largest ratio down, fill a capacity: the weighted quantile, for
/// eight hours at once.
///
/// With S(λ) = Σ weight over ratio > λ, the answer is λ* = min { ratio_m : S(ratio_m) ≤ capacity }.
/// It is exact for few ratios. Hours in which the weights do not fill the capacity are to be left
/// out by `wanted`; what comes out for them means nothing.
enum WeightedSelection {
  /// Up to this many, every ratio is tried: m² steps without a branch.
  private static let few = 6
  /// Up to this many, those near the answer are not picked out first.
  private static let some = 16

  /// - Parameters:
  ///   - total: Σ weight.
  ///   - guess: where the answer may lie, such as that of the day before; 0 where nothing is known.
  ///   - room: for `count` ratios and weights.
  @inline(__always)
  static func crossing(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, count: Int, total: Lanes,
    capacity: Lanes, wanted: SIMDMask<SIMD8<Int64>>, guess: Lanes, room: borrowing Room
  ) -> Lanes {
    if count <= few { return trying(ratio, weight, count, capacity) }
    if count > some {
      return picking(ratio, weight, count, total, capacity, wanted, guess, room)
    }
    var bracket = Bracket(over: total - capacity, under: capacity)
    for m in 0..<count { bracket.include(ratio[m], where: wanted) }
    return narrowing(
      ratio, weight, count, capacity, wanted, bracket, above: Lanes(), pivot: guess)
  }

  /// Where the ratios and weights near an answer are put.
  struct Room: ~Copyable {
    let ratio: LaneBuffer
    let weight: LaneBuffer

    init(_ count: Int) {
      ratio = LaneBuffer(count)
      weight = LaneBuffer(count)
    }
  }

  /// Two ratios with the answer between them.
  private struct Bracket {
    /// S(answer) ≤ capacity.
    var answer = Lanes(repeating: -.infinity)
    /// S(a hair below next) > capacity.
    var next = Lanes(repeating: .infinity)
    /// How far S is above the capacity below `next`, and under it at `answer`.
    var over: Lanes
    var under: Lanes

    /// Where the chord between the two meets the capacity.
    var chord: Lanes {
      next + (answer - next) * (over / Lanes.most(over + under, Lanes(repeating: 1e-300)))
    }

    @inline(__always)
    mutating func include(_ ratio: Lanes, where inside: SIMDMask<SIMD8<Int64>>) {
      answer = Lanes.most(answer, ratio.replacing(with: -.infinity, where: .!inside))
      next = Lanes.least(next, ratio.replacing(with: .infinity, where: .!inside))
    }
  }

  /// Two values with the answer between them: above `lower`, and not above `upper`.
  private struct Interval {
    var lower: Lanes
    var upper: Lanes
    /// How far S is above the capacity at `lower`, and under it at `upper`.
    var over: Lanes
    var under: Lanes

    /// Takes in S at a pivot.
    @inline(__always)
    mutating func narrow(_ pivot: Lanes, _ sum: Lanes, _ capacity: Lanes) {
      let fits = sum .<= capacity
      let lowers = fits .& (pivot .< upper)
      upper.replace(with: pivot, where: lowers)
      under.replace(with: capacity - sum, where: lowers)
      let raises = .!fits .& (pivot .> lower)
      lower.replace(with: pivot, where: raises)
      over.replace(with: sum - capacity, where: raises)
    }
  }

  /// Looks at the guess, then a little and further next to it: sums alone, which are quick; then
  /// takes the search to the few ratios that are left in between.
  private static func picking(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, _ count: Int, _ total: Lanes,
    _ capacity: Lanes, _ wanted: SIMDMask<SIMD8<Int64>>, _ guess: Lanes, _ room: borrowing Room
  ) -> Lanes {
    let none = guess .<= 0
    let guess = guess.replacing(with: ratio[0] * 0.5, where: none)
    let below = guess.justBelow
    let (above, from) = sums(ratio, weight, count, guess, below)
    let isLower = from .<= capacity
    let isHigher = above .> capacity
    let open = wanted .& (isLower .| isHigher)
    if !open.isAnySet { return guess }
    let near = guess * Lanes(repeating: 1.02).replacing(with: 0.98, where: isLower)
    let far = guess * Lanes(repeating: 1.15).replacing(with: 0.85, where: isLower)
    let (nearSum, farSum) = sums(ratio, weight, count, near, far)
    var interval = Interval(
      lower: guess.replacing(with: -.infinity, where: isLower),
      upper: below.replacing(with: .infinity, where: isHigher),
      over: (above - capacity).replacing(with: total - capacity, where: isLower),
      under: (capacity - from).replacing(with: capacity, where: isHigher))
    interval.narrow(near, nearSum, capacity)
    interval.narrow(far, farSum, capacity)
    var most = interval.upper
    if (most .== Lanes(repeating: .infinity)).isAnySet {
      most = ratio[0]
      for m in 1..<count { most = Lanes.most(most, ratio[m]) }
    }
    for _ in 0..<3 {
      // Where much of the weight still lies between them, two more sums are less work than the rest
      // of it.
      let isWide = open .& (interval.over + interval.under .> total * 0.1)
      if !isWide.isAnySet { break }
      let (a, b) = (Lanes.most(interval.lower, Lanes()), Lanes.least(interval.upper, most))
      let chord = a + (b - a) * (interval.over / (interval.over + interval.under))
      let (first, second) = (a + (chord - a) * 0.7, chord + (b - chord) * 0.3)
      let (firstSum, secondSum) = sums(ratio, weight, count, first, second)
      interval.narrow(first, firstSum, capacity)
      interval.narrow(second, secondSum, capacity)
    }
    let (keptRatio, keptWeight) = (room.ratio.start, room.weight.start)
    let (lower, upper) = (interval.lower, interval.upper)
    var bracket = Bracket(over: interval.over, under: interval.under)
    var kept = 0
    var rest = Lanes()
    for m in 0..<count {
      let r = ratio[m]
      let isAbove = r .> upper
      let inside = open .& (r .> lower) .& .!isAbove
      if inside.isAnySet {
        bracket.include(r, where: inside)
        keptRatio[kept] = r
        keptWeight[kept] = weight[m]
        kept += 1
      } else {
        rest += Lanes().replacing(with: weight[m], where: isAbove)
      }
    }
    let found = narrowing(
      keptRatio, keptWeight, kept, capacity, open, bracket, above: rest,
      pivot: bracket.chord)
    return guess.replacing(with: found, where: open)
  }

  /// S at two pivots.
  @inline(__always)
  private static func sums(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, _ count: Int, _ a: Lanes,
    _ b: Lanes
  ) -> (Lanes, Lanes) {
    var (first, second) = (Lanes(), Lanes())
    for m in 0..<count {
      let (r, w) = (ratio[m], weight[m])
      first += Lanes().replacing(with: w, where: r .> a)
      second += Lanes().replacing(with: w, where: r .> b)
    }
    return (first, second)
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

  /// Regula falsi on S(λ) − capacity between two ratios, S(lower) > capacity ≥ S(answer); done
  /// where no ratio is left between them, or where the step between them no longer matters: any λ
  /// bounds the cost, and this one by less than a ten-millionth of what the capacity is worth.
  ///
  /// - Parameter base: the weight above the bracket that is not among these.
  private static func narrowing(
    _ ratio: UnsafePointer<Lanes>, _ weight: UnsafePointer<Lanes>, _ count: Int, _ capacity: Lanes,
    _ wanted: SIMDMask<SIMD8<Int64>>, _ bracket: Bracket, above base: Lanes, pivot: Lanes
  ) -> Lanes {
    var (answer, next) = (bracket.answer, bracket.next)
    var (over, under) = (bracket.over, bracket.under)
    var pivot = pivot
    var round = 0
    while true {
      let width = answer - next
      // The value is concave, so it can rise by no more than a triangle between the two.
      let rise = width * over * under / Lanes.most(over + under, Lanes(repeating: 1e-300))
      let matters = rise .> capacity * answer * 1e-7
      let open = wanted .& (width .> 0) .& matters
      if !open.isAnySet { return answer }
      // A pivot from `next` up to below `answer` always gets further.
      let outside = (pivot .< next) .| (pivot .>= answer)
      pivot.replace(with: next + width * 0.5, where: outside)
      pivot.replace(with: next, where: pivot .>= answer)
      var above = base
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
        pivot = Bracket(answer: answer, next: next, over: over, under: under).chord
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

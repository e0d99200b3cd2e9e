import CloudCosts

/// What one machine cost and did after it was sized.
struct Outcome {
  /// Money of the type it had and of the one it was given.
  var old = 0.0
  var new = 0.0
  var hours = 0.0
  /// Hours above the capacity of the type it was given.
  var above = 0.0
  var isMoved = false

  /// 0 to 1.
  var saving: Double { old > 0 ? 1 - new / old : 0 }
  /// 0 to 1: the share of machine-hours above capacity.
  var rate: Double { hours > 0 ? above / hours : 0 }

  static func total(_ outcomes: [Outcome]) -> Outcome {
    outcomes.reduce(into: Outcome()) { sum, one in
      sum.old += one.old
      sum.new += one.new
      sum.hours += one.hours
      sum.above += one.above
    }
  }
}

/// Saving against violations as one knob moves; a point is the outcomes of the same machines, in
/// the same order.
struct TradeOff {
  /// Percent of the hours whose peak the limit of CPU need not hold.
  static let shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.5, 2, 3, 5, 8, 12]

  let points: [[Outcome]]

  private static let resamples = 1_000

  /// By how much the curve saves more at the others' rate, with the band that 90 of 100 resamples
  /// of machines lie in: few machines make most of the violations.
  func compared(with others: [Outcome]) -> String {
    guard let all = difference(others, Array(others.indices)) else {
      return "the curve does not come down to its rate"
    }
    var random = SplitMix64(seed: 1)
    let resampled = (0..<Self.resamples).compactMap { _ in
      difference(others, others.indices.map { _ in random.index(below: others.count) })
    }.sorted()
    guard !resampled.isEmpty else { return text(all) }
    let tail = resampled.count / 20
    return text(all)
      + " (90 % of resamples: \(text(resampled[tail])) to"
      + " \(text(resampled[resampled.count - 1 - tail])))"
  }

  /// Nil where the rate lies below every point.
  private func difference(_ others: [Outcome], _ sample: [Int]) -> Double? {
    let theirs = Outcome.total(sample.map { others[$0] })
    let ours = points.map { point in Outcome.total(sample.map { point[$0] }) }
      .sorted { $0.rate < $1.rate }
    guard let first = ours.first, theirs.rate >= first.rate else { return nil }
    var best = first.saving
    var below = first
    for point in ours {
      if point.rate > theirs.rate {
        // Half of the way between two settings is half of the machines at each.
        let way = (theirs.rate - below.rate) / (point.rate - below.rate)
        return best + way * max(0, point.saving - best) - theirs.saving
      }
      best = max(best, point.saving)
      below = point
    }
    return best - theirs.saving
  }

  private func text(_ points: Double) -> String {
    let hundredths = Int((points * 10_000).rounded())
    let digits = hundredths.magnitude % 100
    return "\(hundredths < 0 ? "−" : "+")\(hundredths.magnitude / 100)."
      + "\(digits < 10 ? "0" : "")\(digits)"
  }
}

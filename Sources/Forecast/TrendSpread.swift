import Foundation

/// How far trends go astray: the spread of half a year's growth over the history, in logarithms a week.
///
/// Of the total, and of each group against the total. Where there is less than a year and a half of
/// history it cannot be measured, and stands for 20 % a year of the total and 40 % of a group.
struct TrendSpread {
  private static let span = 26
  let total: Double
  let own: Double

  init(_ model: Model) {
    var total = 0.2 / 52
    var own = 0.4 / 52
    if model.weeks >= 3 * Self.span {
      let sums = (0..<model.weeks).map { w in model.smooth.reduce(0) { $0 + $1[w] } }
      let growth = (Self.span..<model.weeks).map { Self.growth(sums, to: $0) }
      let known = growth.compactMap { $0 }
      if known.count >= Self.span { total = max(Robust.deviation(known), 0.05 / 52) }
      var differences: [Double] = []
      for g in model.groups.indices {
        for w in Self.span..<model.weeks where model.isAlive(g, week: w) {
          guard model.isAlive(g, week: w - Self.span), let all = growth[w - Self.span],
            let one = Self.growth(model.smooth[g], to: w)
          else { continue }
          differences.append(one - all)
        }
      }
      if differences.count >= Self.span { own = Robust.deviation(differences) }
    }
    self.total = total
    self.own = model.groups.count > 1 ? own : 0
  }

  private static func growth(_ levels: [Double], to week: Int) -> Double? {
    guard levels[week] > 0, levels[week - span] > 0 else { return nil }
    return log(levels[week] / levels[week - span]) / Double(span)
  }
}

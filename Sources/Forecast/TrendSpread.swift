import Foundation

/// How far trends go astray: the spread of half a year's growth over the history, in logarithms a week.
///
/// Of the total, of each region against the total, and of each group against its region, all in units of size. Where
/// there is less than a year and a half of history it cannot be measured, and stands for 20 % a year of the total,
/// 20 % of a region and 40 % of a group.
struct TrendSpread {
  private static let span = 26
  let total: Double
  let region: Double
  let own: Double

  init(_ model: Model) {
    var total = 0.2 / 52
    var region = 0.2 / 52
    var own = 0.4 / 52
    let substitution = model.substitution
    if model.weeks >= 3 * Self.span {
      let sums = (0..<model.weeks).map { w in substitution.totals.reduce(0) { $0 + $1[w] } }
      let growth = (Self.span..<model.weeks).map { Self.growth(sums, to: $0) }
      let known = growth.compactMap { $0 }
      if known.count >= Self.span { total = max(Robust.deviation(known), 0.05 / 52) }
      var regional: [Double] = []
      var single: [Double] = []
      for (members, sums) in zip(substitution.regions, substitution.totals) {
        for w in Self.span..<model.weeks {
          guard let one = Self.growth(sums, to: w) else { continue }
          if let all = growth[w - Self.span] { regional.append(one - all) }
          for g in members where model.isAlive(g, week: w) {
            guard model.isAlive(g, week: w - Self.span),
              let group = Self.growth(model.smooth[g], to: w)
            else { continue }
            single.append(group - one)
          }
        }
      }
      if regional.count >= Self.span { region = Robust.deviation(regional) }
      if single.count >= Self.span { own = Robust.deviation(single) }
    }
    self.total = total
    self.region = substitution.regions.count > 1 ? region : 0
    self.own = model.groups.count > 1 ? own : 0
  }

  private static func growth(_ levels: [Double], to week: Int) -> Double? {
    guard levels[week] > 0, levels[week - span] > 0 else { return nil }
    return log(levels[week] / levels[week - span]) / Double(span)
  }
}

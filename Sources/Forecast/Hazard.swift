import Foundation

/// How often usage is given up, and what becomes of it, learned from all groups of a history.
///
/// A group is given up where its level falls below a tenth of the highest of the year before and
/// stays there to the end. To what was seen half a given-up group in twenty years is added, so that
/// a history without any does not promise that there never will be one.
struct Hazard {
  /// The probability that a group begins to be given up, for each week.
  let weekly: Double
  /// How many weeks that takes.
  let duration: Double
  /// The share of what is given up that moves to the other groups of the region.
  let moved: Double

  init(_ model: Model) {
    var exposure = 0
    var durations: [Double] = []
    var shares: [Double] = []
    for g in model.groups.indices {
      let birth = model.baseline.births[g]
      guard birth < model.weeks else { continue }
      let levels = model.smooth[g]
      guard let end = Self.end(of: levels, from: birth) else {
        exposure += model.weeks - birth
        continue
      }
      let peak = levels[max(birth, end - 52)..<end].max() ?? 0
      let start = levels[birth..<end].lastIndex { $0 >= 0.9 * peak } ?? birth
      exposure += start - birth
      durations.append(Double(end - start))
      let loss = levels[start] - levels[end]
      let region = model.groups[g].sku.region
      let rest = model.groups.indices.filter { $0 != g && model.groups[$0].sku.region == region }
      let gain = rest.reduce(0) { $0 + model.smooth[$1][end] - model.smooth[$1][start] }
      if loss > 0 { shares.append(min(max(gain / loss, 0), 1)) }
    }
    weekly = (Double(durations.count) + 0.5) / Double(exposure + 1040)
    duration = durations.isEmpty ? 26 : max(1, Robust.median(durations))
    moved = shares.isEmpty ? 0.5 : Robust.median(shares)
  }

  /// The week from which on the level is below a tenth of the highest before; nil: it is not.
  private static func end(of levels: [Double], from birth: Int) -> Int? {
    let peak = levels[birth...].max() ?? 0
    guard let last = levels.lastIndex(where: { $0 >= Model.aliveShare * peak }),
      last + 1 < levels.count
    else { return nil }
    return last + 1
  }
}

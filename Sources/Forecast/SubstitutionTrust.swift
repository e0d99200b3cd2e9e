import Foundation

/// How often it pays to carry the movement of shares on (`Substitution`), against shares that stay:
/// by the errors of both half a year ahead, made again as of every fourth week. Before anything was
/// seen, half of the time.
struct SubstitutionTrust {
  /// 0 to 1.
  let weight: Double

  /// Squared error of a share a half year ahead that is usual of either, and counts as one stretch.
  private static let usual = 0.04

  init(_ model: Model) {
    var (moving, staying, dates) = (0.0, 0.0, 0.0)
    let lead = PastErrors.far
    for date in stride(from: model.weeks - lead - 2, to: 8, by: -PastErrors.every) {
      let levels = model.baseline.levels.map { Array($0.prefix(date)) }
      let births = model.baseline.births
      let now = levels.indices.map { g in
        births[g] < date ? Trend(levels[g][births[g]...]).level : 0
      }
      let past = Substitution(
        groups: model.groups, levels: levels, births: births.map { min($0, date) }, now: now)
      var (errors, sizes) = (SIMD2<Double>.zero, 0.0)
      for members in past.regions where members.count > 1 {
        let parts = members.map { past.units[$0] * now[$0] }
        let drifted = zip(members, parts).map { $1 * exp(past.drift($0, weeks: Double(lead))) }
        let came = members.map { g in
          past.units[g] * model.baseline.levels[g][date + lead - 2..<date + lead + 2].reduce(0, +)
        }
        let sums = (parts.reduce(0, +), drifted.reduce(0, +), came.reduce(0, +))
        guard sums.0 > 0, sums.1 > 0, sums.2 > 0 else { continue }
        for i in members.indices {
          let real = came[i] / sums.2
          errors +=
            sums.0
            * SIMD2(pow(drifted[i] / sums.1 - real, 2), pow(parts[i] / sums.0 - real, 2))
        }
        sizes += sums.0
      }
      guard sizes > 0 else { continue }
      let share = Double(PastErrors.every) / Double(lead)
      moving += share * errors.x / sizes
      staying += share * errors.y / sizes
      dates += share
    }
    let (a, b) = (moving + Self.usual, staying + Self.usual)
    weight = b / (a + b)
  }
}

import CloudCosts
import Foundation

/// Futures by block bootstrap (Künsch 1989): stretches of past weeks, the same for all groups,
/// around trends that differ from path to path.
///
/// For the group g in the week w ahead, hour of the week i, with s the past week that w is drawn
/// as:
///
///     usage = level_g(w) · shape_g(s, i) · day
///     level_g(w) = total_r(w) · share_g(w) / units_g
///     total_r(w) = total_r · exp(drift(slope_r + ε + ε_r, w) + Σ step_r(s))
///     share_g(w) ∝ share_g · exp(drift(β_g + ε_g, w) + Σ (step_g(s) − step_r(s)))
///
/// with r the region of g, slope_r its trend and β_g as in `Substitution`; ε, ε_r, ε_g: how far the
/// trends of all, of a region and of a group in it go astray (`TrendSpread`), one for a path. step:
/// how the level moved from the week before s to s, less its usual. Then families are superseded
/// (`Succession`) and groups given up (`Hazard`): what a family loses its successor gains, of what
/// a group loses a part joins the others of its region. shape and day: `Model`.
struct PathMaker {
  /// Largest step of a level from week to week, in logarithms; more is birth or end, not noise.
  static let largestStep = 0.5
  private let model: Model
  private let spread: TrendSpread
  private let hazard: Hazard
  private let succession: Succession
  private let namesSuccessors: Bool
  private let block: Int
  /// The first of the weeks that are drawn from.
  private let first: Int
  /// Group by group, the shapes of the weeks that are drawn from, and behind them the profile.
  private let shapes: [[Double]]
  /// Group by group, the steps of these weeks.
  private let steps: [[Double]]
  /// The same of each region's total.
  private let regionSteps: [[Double]]
  /// Whether the group's week can be drawn.
  private let isAlive: [[Bool]]
  /// Group by group, the others of the same region.
  private let neighbours: [[Int]]
  /// What carries totals on, where forecasters compete.
  private let futures: Futures?

  init(
    _ model: Model, blockWeeks: Int, namesSuccessors: Bool = false, futures: Futures? = nil
  ) {
    self.model = model
    self.futures = futures
    self.namesSuccessors = namesSuccessors
    hazard = Hazard(model)
    succession = Succession(model)
    let first = max(0, model.weeks - Model.shapeWeeks)
    self.first = first
    block = max(1, min(blockWeeks, (model.weeks - first) / 2))
    isAlive = model.groups.indices.map { g in
      (first..<model.weeks).map { model.isTypical(g, week: $0) }
    }
    shapes = model.groups.indices.map { g in
      (first * Forecaster.week..<model.weeks * Forecaster.week).map { hour in
        model.isTypical(g, week: hour / Forecaster.week) ? model.shape(g, hour: hour) : 0
      } + model.profile(of: g)
    }
    steps = model.groups.indices.map { g in
      Self.steps(model.smooth[g], from: first) { model.isAlive(g, week: $0) }
    }
    regionSteps = model.substitution.totals.map { total in
      let smooth = total.indices.map { w in
        Robust.median(Array(total[max(0, w - 2)...min(total.count - 1, w + 2)]))
      }
      return Self.steps(smooth, from: first) { smooth[$0] > 0 }
    }
    spread = TrendSpread(
      model, walk: Self.walk(model, steps: steps, regions: regionSteps, block: block))
    neighbours = model.groups.indices.map { g in
      model.groups.indices.filter {
        $0 != g && model.groups[$0].sku.region == model.groups[g].sku.region
          && model.trends[$0].level > 0
      }
    }
  }

  private static func steps(
    _ levels: [Double], from first: Int, where isAlive: (Int) -> Bool
  ) -> [Double] {
    let steps = (first..<levels.count).map { w -> Double? in
      guard w > 0, isAlive(w), isAlive(w - 1), levels[w - 1] > 0 else { return nil }
      return min(max(log(levels[w] / levels[w - 1]), -largestStep), largestStep)
    }
    let known = steps.compactMap { $0 }
    // Less the mean: over all weeks the steps lead nowhere, however they are drawn.
    let usual = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    return steps.map { $0.map { $0 - usual } ?? 0 }
  }

  /// What drawing blocks of steps adds to the variance of a level in a week.
  private static func walk(
    _ model: Model, steps: [[Double]], regions: [[Double]], block: Int
  ) -> TrendSpread.Walk {
    func variance(_ steps: [Double]) -> Double {
      let sums = (0...max(0, steps.count - block)).map { first in
        steps[first..<min(steps.count, first + block)].reduce(0, +)
      }
      return sums.reduce(0) { $0 + $1 * $1 } / Double(max(1, sums.count) * block)
    }
    func mean(_ values: [Double]) -> Double {
      values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
    let weights = model.substitution.trends.map(\.level)
    let all = max(weights.reduce(0, +), .leastNonzeroMagnitude)
    let weeks = regions.first?.indices ?? 0..<0
    let common = weeks.map { w in zip(weights, regions).reduce(0) { $0 + $1.0 / all * $1.1[w] } }
    var own = model.groups.map { _ in 0.0 }
    var (sum, size) = (0.0, 0.0)
    for (r, members) in model.substitution.regions.enumerated() {
      let largest = model.substitution.largest[r]
      for g in members where g != largest {
        own[g] = variance(zip(steps[g], steps[largest]).map { $0 - $1 })
        let weight = model.substitution.units[g] * model.trends[g].level
        sum += weight * own[g]
        size += weight
      }
    }
    return TrendSpread.Walk(
      total: variance(common),
      region: mean(regions.map { steps in variance(zip(steps, common).map { $0 - $1 }) }),
      own: own, usual: size > 0 ? sum / size : 0)
  }

  /// The group that each group's usage moves to when its family is superseded; empty where those
  /// have no groups of their own.
  private var heirs: [UsageGroup] {
    namesSuccessors ? model.groups.map(succession.successor) : []
  }

  /// Groups that are not in the history, each with the group it comes after.
  var successors: [UsageGroup: UsageGroup] {
    let known = Set(model.groups)
    return Dictionary(
      zip(heirs, model.groups).filter { !known.contains($0.0) }, uniquingKeysWith: { a, _ in a })
  }

  /// How many numbers decide what happens in a future, aside of the weeks that it is drawn as.
  var chances: Int {
    let groups = model.groups.count
    let moved = model.substitution.regions.reduce(0) { $0 + 1 + $1.count }
    return 2 * moved + succession.chances + groups
  }

  /// One future. Time: linear in groups times hours.
  ///
  /// - Parameter draw: what sets it apart, where forecasters compete.
  func path(over horizon: HourWindow, seed: UInt64, draw: Futures.Draw? = nil) -> Demand {
    var random = Chances(even: draw?.chances ?? [], seed: seed)
    let shift = horizon.start - model.baseline.demand.window.end
    let weeks = (shift + horizon.hours + Forecaster.week - 1) / Forecaster.week
    let sources =
      draw.flatMap { futures?.sources($0, weeks: weeks) } ?? sources(weeks, &random)
    let levels = levels(sources, draw, &random)
    let shown = draw.flatMap { _ in futures?.shapes(sources, &random) } ?? sources
    let special = (0..<horizon.hours).map { model.days?.factor(horizon.start + $0) ?? 1 }
    let heirs = heirs
    let groups = Set(model.groups + heirs).sorted()
    let places = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
    let rows = (model.groups + heirs).map { places[$0] ?? 0 }
    var quantities = [Double](repeating: 0, count: groups.count * horizon.hours)
    let profileStart = (model.weeks - first) * Forecaster.week
    for (index, levels) in levels.enumerated() {
      let g = index % model.groups.count
      let row = rows[index]
      for w in shift / Forecaster.week..<weeks where levels[w] > 0 {
        let lower = max(0, w * Forecaster.week - shift)
        let upper = min(horizon.hours, (w + 1) * Forecaster.week - shift)
        let source = shown[w]
        let start = isAlive[g][source] ? source * Forecaster.week : profileStart
        let offset = start - (w * Forecaster.week - shift)
        let level = levels[w].steady
        for h in lower..<upper {
          quantities[row * horizon.hours + h] += level * shapes[g][offset + h] * special[h]
        }
      }
    }
    return Demand(window: horizon, groups: groups, quantities: quantities)
  }

  /// For each week ahead the past week it is drawn as, counted from `first`.
  private func sources(_ weeks: Int, _ random: inout Chances) -> [Int] {
    let known = model.weeks - first
    var result: [Int] = []
    while result.count < weeks {
      let start = random.index(below: known - block + 1)
      result.append(contentsOf: (start..<start + block).prefix(weeks - result.count))
    }
    return result
  }

  /// Group by group, week by week, the levels of one future; then those of successors, if they are
  /// named.
  private func levels(
    _ sources: [Int], _ draw: Futures.Draw?, _ random: inout Chances
  ) -> [[Double]] {
    var levels = model.levels(weeks: sources.count, movement(sources, draw, &random))
    let starts = succession.starts(groups: model.groups.count, &random)
    levels = succeeded(levels, starts)
    // Who is given up, and when; every group draws, so that one more does not change the others.
    let ends = model.groups.indices.map { _ in log(random.unit()) / log(1 - hazard.weekly) }
    for g in model.groups.indices where ends[g] < Double(sources.count) {
      let others = neighbours[g].filter { ends[$0] > ends[g] }
      for w in Int(ends[g])..<sources.count {
        let gone = min(1, (Double(w) - ends[g] + 1) / hazard.duration)
        let lost = levels[g][w] * gone
        levels[g][w] -= lost
        let sum = others.reduce(0) { $0 + levels[$1][w] }
        guard sum > 0 else { continue }
        for other in others { levels[other][w] *= 1 + hazard.moved * lost / sum }
      }
    }
    return levels
  }

  /// Trends gone astray, and steps as they were in the weeks that are drawn.
  private func movement(
    _ sources: [Int], _ draw: Futures.Draw?, _ random: inout Chances
  ) -> Model.Movement {
    var movement = Model.Movement(model, weeks: sources.count)
    if let draw, let futures { futures.replace(&movement, by: draw, level: spread.total.level) }
    let common = draw == nil ? spread.total.drawn(&random) : .none
    for (r, members) in model.substitution.regions.enumerated() {
      let regional = spread.region.drawn(&random)
      // Shares are reported against the largest group's.
      let parts = members.map { $0 == model.substitution.largest[r] ? .none : spread.own[$0] }
      let own = parts.map { $0.drawn(&random) }
      var walk = 0.0
      var walks = members.map { _ in 0.0 }
      for w in sources.indices {
        let weeks = Double(w) + 0.5
        let step = regionSteps[r][sources[w]]
        walk += step
        // What goes its own way is not to add up to more than the trend says.
        movement.totals[r][w] +=
          common.after(weeks: weeks) + regional.after(weeks: weeks) + (draw == nil ? walk : 0)
          - spread.region.excess(weeks: weeks)
        for (place, g) in members.enumerated() {
          walks[place] += steps[g][sources[w]]
          movement.shares[g][w] +=
            own[place].after(weeks: weeks) + walks[place] - walk
            - parts[place].excess(weeks: weeks)
        }
      }
    }
    return movement
  }

  /// Usage of superseded families in the hands of those that come after them: groups of their own
  /// behind the others, or the rest of the region, if there is any.
  private func succeeded(_ levels: [[Double]], _ starts: [Double]) -> [[Double]] {
    var levels = levels
    if namesSuccessors {
      levels += levels.map { $0.map { _ in 0 } }
    }
    let count = model.groups.count
    for g in 0..<count where starts[g] < Double(levels[g].count) {
      let others = neighbours[g].filter { starts[$0] > starts[g] }
      for w in Int(starts[g])..<levels[g].count {
        let lost = levels[g][w] * min(1, (Double(w) - starts[g] + 1) / succession.duration)
        if namesSuccessors {
          levels[g][w] -= lost
          levels[count + g][w] += lost
        } else {
          let units = model.substitution.units
          let sum = others.reduce(0) { $0 + units[$1] * levels[$1][w] }
          guard sum > 0 else { continue }
          levels[g][w] -= lost
          for other in others { levels[other][w] *= 1 + units[g] * lost / sum }
        }
      }
    }
    return levels
  }
}

extension Double {
  /// Without the last of its digits, in which exponentials and logarithms differ from processor to
  /// processor: the same futures are to come out of all.
  fileprivate var steady: Double {
    guard isNormal else { return self }
    let unit = ulp * 4096
    return (self / unit).rounded() * unit
  }
}

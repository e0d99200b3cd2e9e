import CloudCosts
import Foundation

/// Futures by block bootstrap (Künsch 1989): stretches of past weeks, the same for all groups, around
/// trends that differ from path to path.
///
/// For the group g in the week w ahead, hour of the week i, with s the past week that w is drawn as:
///
///     usage = level_g · exp(drift(slope_g + ε + ε_g, w) + Σ step_g(s)) · alive_g(w) · shape_g(s, i) · day
///
/// ε and ε_g: errors of the trend of all and of each (`TrendSpread`), one for a path. step: how the
/// level moved from the week before s to s, less its usual. alive: falls to 0 where the group is given
/// up (`Hazard`), and what moves joins the others of its region. shape and day: `Model`.
struct PathMaker {
  /// Largest step of a level from week to week, in logarithms; more is birth or end, not noise.
  private static let largestStep = 0.5
  /// Largest factor on today's level: nothing grows a hundredfold without being known of.
  private static let mostGrowth = log(20.0)

  private let model: Model
  private let spread: TrendSpread
  private let hazard: Hazard
  private let block: Int
  /// The first of the weeks that are drawn from.
  private let first: Int
  /// Group by group, the shapes of the weeks that are drawn from, and behind them the profile.
  private let shapes: [[Double]]
  /// Group by group, the steps of these weeks.
  private let steps: [[Double]]
  /// Whether the group's week can be drawn.
  private let isAlive: [[Bool]]
  /// Group by group, the others of the same region.
  private let neighbours: [[Int]]

  init(_ model: Model, blockWeeks: Int) {
    self.model = model
    spread = TrendSpread(model)
    hazard = Hazard(model)
    let first = max(0, model.weeks - Model.shapeWeeks)
    self.first = first
    block = max(1, min(blockWeeks, (model.weeks - first) / 2))
    isAlive = model.groups.indices.map { g in
      (first..<model.weeks).map { model.isAlive(g, week: $0) }
    }
    shapes = model.groups.indices.map { g in
      (first * Forecaster.week..<model.weeks * Forecaster.week).map { hour in
        model.isAlive(g, week: hour / Forecaster.week) ? model.shape(g, hour: hour) : 0
      } + model.profile(of: g)
    }
    steps = model.groups.indices.map { Self.steps(model, $0, from: first) }
    neighbours = model.groups.indices.map { g in
      model.groups.indices.filter {
        $0 != g && model.groups[$0].sku.region == model.groups[g].sku.region
          && model.trends[$0].level > 0
      }
    }
  }

  private static func steps(_ model: Model, _ g: Int, from first: Int) -> [Double] {
    let levels = model.smooth[g]
    let steps = (first..<model.weeks).map { w -> Double? in
      guard w > 0, model.isAlive(g, week: w), model.isAlive(g, week: w - 1), levels[w - 1] > 0
      else { return nil }
      return min(max(log(levels[w] / levels[w - 1]), -largestStep), largestStep)
    }
    let known = steps.compactMap { $0 }
    // Less the mean: over all weeks the steps lead nowhere, however they are drawn.
    let usual = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    return steps.map { $0.map { $0 - usual } ?? 0 }
  }

  /// One future. Time: linear in groups times hours.
  func path(over horizon: HourWindow, seed: UInt64) -> Demand {
    var random = SplitMix64(seed: seed)
    let shift = horizon.start - model.baseline.demand.window.end
    let weeks = (shift + horizon.hours + Forecaster.week - 1) / Forecaster.week
    let sources = sources(weeks, &random)
    let levels = levels(sources, &random)
    let special = (0..<horizon.hours).map { model.days?.factor(horizon.start + $0) ?? 1 }
    var quantities = [Double](repeating: 0, count: model.groups.count * horizon.hours)
    let profileStart = (model.weeks - first) * Forecaster.week
    for g in model.groups.indices where model.trends[g].level > 0 {
      for w in shift / Forecaster.week..<weeks where levels[g][w] > 0 {
        let lower = max(0, w * Forecaster.week - shift)
        let upper = min(horizon.hours, (w + 1) * Forecaster.week - shift)
        let source = sources[w]
        let start = isAlive[g][source] ? source * Forecaster.week : profileStart
        let offset = start - (w * Forecaster.week - shift)
        let level = levels[g][w]
        for h in lower..<upper {
          quantities[g * horizon.hours + h] = level * shapes[g][offset + h] * special[h]
        }
      }
    }
    return Demand(window: horizon, groups: model.groups, quantities: quantities)
  }

  /// For each week ahead the past week it is drawn as, counted from `first`.
  private func sources(_ weeks: Int, _ random: inout SplitMix64) -> [Int] {
    let known = model.weeks - first
    var result: [Int] = []
    while result.count < weeks {
      let start = random.index(below: known - block + 1)
      result.append(contentsOf: (start..<start + block).prefix(weeks - result.count))
    }
    return result
  }

  /// Group by group, week by week, the levels of one future.
  private func levels(_ sources: [Int], _ random: inout SplitMix64) -> [[Double]] {
    let common = spread.total * random.normal()
    var levels = model.groups.indices.map { g -> [Double] in
      let slope = model.trends[g].slope + common + spread.own * random.normal()
      var walk = 0.0
      return sources.indices.map { w in
        walk += steps[g][sources[w]]
        let weeks = Double(w) + 0.5
        // The mean of a lognormal is above its middle; groups that go their own ways are not to add
        // up to more than the trend says.
        let excess = pow(Trend.drift(spread.own, weeks: weeks), 2) / 2
        let growth = Trend.drift(slope, weeks: weeks) + walk - excess
        return model.trends[g].level * exp(min(growth, Self.mostGrowth))
      }
    }
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
}

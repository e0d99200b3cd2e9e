import CloudCosts
import Foundation

/// Futures in which forecasters compete: each is carried on by one of them, chosen as often as it
/// is right, goes astray as far as it usually does, and may end, halve or double.
///
///     total_r(w) = total_r · exp(forecaster_r(w) + δ(w) z − δ(w)² / 2 + event(w))
///     δ(w)² = σ² w / 52 + max(0, level² − σ² 4 / 52)
///
/// σ: how far the forecaster is off a year ahead; level: how far this history's forecasts were off
/// four weeks ahead (`TrendSpread`), as far as that is more than σ says. z, the forecaster and the
/// event of all futures together fill their distributions evenly (a lattice that the seed shifts),
/// so that a few futures already have all that may happen in them.
struct Futures {
  /// What sets one future apart; numbers from 0 to 1.
  struct Draw {
    var error: Double
    var forecaster: Double
    var event: (when: Double, what: Double)
    var substitution: Double
    /// What happens to families and groups in it (`Chances`).
    var chances: [Double]
  }

  private let competition: Competition
  /// Of each region that is used.
  private let regions: [LevelHistory?]
  private let substitution: SubstitutionTrust
  private let model: Model
  /// Growth that is not carried on as it was; nil: there is none.
  let growthCap: GrowthCap?

  init(_ model: Model) {
    self.model = model
    let totals = model.substitution.totals
    let all = (0..<model.weeks).map { w in totals.reduce(0) { $0 + $1[w] } }
    competition = Competition(Array(all.drop { $0 <= 0 }))
    growthCap = GrowthCap(all)
    regions = totals.map { LevelHistory($0) }
    substitution = SubstitutionTrust(model)
  }

  /// The draw of each of so many futures.
  func draws(_ count: Int, seed: UInt64, chances: Int) -> [Draw] {
    var random = SplitMix64(seed: seed)
    // Powers of 1/g with g^6 = g + 1 fill five dimensions evenly.
    let root = 1.134_724_138_401_519_5
    let shifts = (0..<5).map { _ in random.unit() }
    let chances = Chances.even(futures: count, numbers: chances, &random)
    return (0..<count).map { i in
      func number(_ k: Int) -> Double {
        let step = k == 0 ? 1 / Double(max(1, count)) : pow(root, -Double(k))
        return (shifts[k] + Double(i) * step).truncatingRemainder(dividingBy: 1)
      }
      return Draw(
        error: number(0), forecaster: number(1), event: (number(2), number(3)),
        substitution: number(4), chances: chances[i])
    }
  }

  /// The past week of each week ahead, counted from the first that shapes are taken from: the same
  /// time of last year. Nil where there is no year.
  func sources(_ draw: Draw, weeks: Int) -> [Int]? {
    guard model.weeks >= Model.shapeWeeks else { return nil }
    return (0..<weeks).map { $0 % Model.shapeWeeks }
  }

  /// So many weeks are between the weeks ahead and the ones of last year that their hours look
  /// like, at most: no day is known to be as fine as a year ago.
  private static let away = 2

  /// The weeks that the hours of each week ahead look like: about the same time of last year.
  func shapes(_ sources: [Int], _ random: inout Chances) -> [Int] {
    let year = Model.shapeWeeks
    guard model.weeks >= year else { return sources }
    return sources.map { source in
      (source + random.index(below: 2 * Self.away + 1) - Self.away + year) % year
    }
  }

  /// Puts what the draw says in place of what trends say.
  ///
  /// - Parameter level: how far forecasts are off soon, in logarithms.
  func replace(_ movement: inout Model.Movement, by draw: Draw, level: Double) {
    let entrant = competition.entrant(at: draw.forecaster)
    let weeks = movement.totals.first?.count ?? 0
    let event = FleetEvents.path(when: draw.event.when, what: draw.event.what, weeks: weeks)
    let z = Self.normal(draw.error)
    let yearly = entrant.error * entrant.error
    let soon = max(0, level * level - yearly * Double(PastErrors.near) / Double(LevelHistory.year))
    for r in movement.totals.indices {
      let path = regions[r].flatMap { entrant.forecaster.path(of: $0, weeks: weeks) }
      for w in 0..<weeks {
        let variance = soon + yearly * (Double(w) + 0.5) / Double(LevelHistory.year)
        movement.totals[r][w] =
          (path?[w] ?? 0) + variance.squareRoot() * z - variance / 2 + event[w]
      }
    }
    guard draw.substitution >= substitution.weight else { return }
    for g in movement.shares.indices {
      for w in 0..<weeks { movement.shares[g][w] = 0 }
    }
  }

  /// The standard normal's quantile (Acklam's rational approximation, to 1e-9).
  static func normal(_ share: Double) -> Double {
    let p = min(max(share, 1e-9), 1 - 1e-9)
    func ratio(_ x: Double, _ a: [Double], _ b: [Double]) -> Double {
      a.reduce(0) { $0 * x + $1 } / b.reduce(0) { $0 * x + $1 }
    }
    let (c, d) = (
      [
        -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
        4.374664141464968, 2.938163982698783,
      ],
      [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]
    )
    guard p >= 0.02425 else { return ratio((-2 * log(p)).squareRoot(), c, d) }
    guard p <= 0.97575 else { return -ratio((-2 * log(1 - p)).squareRoot(), c, d) }
    let q = p - 0.5
    return q
      * ratio(
        q * q,
        [
          -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269,
          -30.66479806614716, 2.506628277459239,
        ],
        [
          -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
          -13.28068155288572, 1,
        ])
  }
}

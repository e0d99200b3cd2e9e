import CloudCosts
import Foundation

/// How the usage of a region is divided among its groups, and where that is going.
///
/// What one type gains another loses: carried on one by one, the trend of a type that takes over
/// would grow without end. So a region's total has a trend, and the shares in it move by technology
/// substitution: the logarithm of the ratio of two shares moves in a straight line (Fisher and Pry,
/// "A Simple Substitution Model of Technological Change", 1971),
///
///     share_g(w) ∝ share_g(0) · exp(drift(β_g, w))
///
/// with β_g the robust slope of log(share_g / share_r) over 26 weeks, r the largest group of the
/// region (β_r = 0). Shares are of size-normalised units, so that a large machine counts as what it
/// replaces. As they say, what has reached a few per cent goes on to the end: such groups may move
/// faster than a trend could, and are not damped as all other trends are. What is known of few
/// weeks counts for less, n / (n + 13).
struct Substitution {
  /// Steepest slope of a ratio, in logarithms a week: from a tenth to nine tenths in 29 weeks.
  static let steepest = 0.15
  /// What a few per cent are.
  static let established = 0.03
  /// Weeks of which half of a slope is believed.
  static let doubt = 13.0

  /// The groups of each region that are used now; a region in which nothing is, is none.
  private(set) var regions: [[Int]] = []
  /// Units of one instance.
  let units: [Double]
  /// Weekly units of each region, of all of its groups.
  private(set) var totals: [[Double]] = []
  /// The trend of each region's units.
  private(set) var trends: [Trend] = []
  /// β of each group.
  private(set) var slopes: [Double]
  /// The largest group of each region.
  private(set) var largest: [Int] = []
  /// Whether a group's share is on its way to the end: then its movement is not damped.
  private(set) var isEstablished: [Bool]

  /// - Parameters:
  ///   - levels: weekly means of each group, smoothed.
  ///   - births: the first week of each group.
  ///   - now: the level of each group behind the last week.
  init(groups: [UsageGroup], levels: [[Double]], births: [Int], now: [Double]) {
    units = groups.map { ReservationScope.counting($0.sku).units }
    slopes = groups.map { _ in 0 }
    isEstablished = groups.map { _ in false }
    let weeks = levels.first?.count ?? 0
    var members: [[String]: [Int]] = [:]
    for (g, group) in groups.enumerated() {
      members[[group.sku.provider.rawValue, group.sku.region], default: []].append(g)
    }
    for (_, all) in members.sorted(by: { $0.value[0] < $1.value[0] }) {
      let used = all.filter { now[$0] > 0 }
      guard let first = used.first else { continue }
      let largest = used.reduce(first) { units[$1] * now[$1] > units[$0] * now[$0] ? $1 : $0 }
      let total = (0..<weeks).map { w in all.reduce(0) { $0 + units[$1] * levels[$1][w] } }
      let birth = all.map { births[$0] }.min() ?? 0
      regions.append(used)
      self.largest.append(largest)
      totals.append(total)
      trends.append(Trend(total[min(birth, weeks)...]))
      for g in used where g != largest {
        (slopes[g], isEstablished[g]) =
          slope(of: g, against: largest, in: total, levels, from: births)
      }
    }
  }

  private func slope(
    of g: Int, against r: Int, in total: [Double], _ levels: [[Double]], from births: [Int]
  ) -> (Double, Bool) {
    let weeks = total.count
    let first = max(births[g], births[r], weeks - Trend.memory)
    guard weeks - first > 3 else { return (0, false) }
    func logs(_ g: Int) -> [Double] {
      let recent = levels[g][first...]
      let floor = Trend.floor * (recent.max() ?? 0)
      return recent.map { log(max($0, floor)) }
    }
    let ratio = zip(logs(g), logs(r)).map { $0 - $1 }
    let share = (first..<weeks).reduce(0) {
      max($0, total[$1] > 0 ? units[g] * levels[g][$1] / total[$1] : 0)
    }
    let known = Double(ratio.count)
    let isEstablished = share >= Self.established
    let slope = Trend.slope(
      ofLogs: ratio, steepest: isEstablished ? Self.steepest : Trend.steepest)
    return (slope * known / (known + Self.doubt), isEstablished)
  }

  /// The movement of a group's share after so many weeks, before shares are made to add up, in
  /// logarithms.
  func drift(_ g: Int, weeks: Double) -> Double {
    isEstablished[g] ? slopes[g] * weeks : Trend.drift(slopes[g], weeks: weeks)
  }
}

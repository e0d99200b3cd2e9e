import CloudCosts
import Foundation

/// How often a family of machines is superseded by another, and when that reaches a region.
///
/// Providers follow a family up with its next generation every two to four years. Once somebody
/// has tried that (`NewGeneration`) or moved a region to it, usage moves there in one region after
/// the other. What one family loses goes to its successor: the region's total stays. A family is
/// superseded in a region where its share of the units has fallen below half of the highest, if
/// that was 5 % or more. Families count by their share of all usage: four regions of one family are
/// one family. To what was seen one in 29 years is added: on ten public fleets of 29 years two were
/// superseded, counted so, and as much again of nothing is added since fleets are chosen for what
/// happens to them (`FleetEvents`).
struct Succession {
  /// Once it has begun, each region follows within 35 weeks (1.5 a year) in the mean.
  static let following = 1.5 / 52
  /// The least share of its region at which a family counts.
  private static let counted = 0.05
  /// Known to begin with: one family in so many weeks.
  private static let prior = (families: 1.0, weeks: 1508.0)

  /// Families, each with its groups that are used now by region.
  struct Family {
    var name: String
    /// The groups of each region, and whether they follow what happened to it already.
    var regions: [(groups: [Int], isFollowing: Bool)]
  }

  /// The probability, for each week, that a family begins to be superseded somewhere.
  let weekly: Double
  /// How many weeks that takes in a region.
  let duration: Double
  let families: [Family]
  /// What took the place of a family where that has begun: the family that gained most of the same
  /// region's usage.
  private(set) var heirs: [String: String] = [:]

  init(_ model: Model) {
    let weeks = model.weeks
    let units = model.substitution.units
    var cells: [[String]: [Int]] = [:]
    for (g, group) in model.groups.enumerated() {
      cells[[group.sku.family, group.sku.region, group.sku.provider.rawValue], default: []]
        .append(g)
    }
    var totals: [String: [Double]] = [:]
    var all = [Double](repeating: 0, count: weeks)
    for (g, group) in model.groups.enumerated() {
      for w in 0..<weeks {
        let usage = units[g] * model.smooth[g][w]
        totals[group.sku.region, default: Array(repeating: 0, count: weeks)][w] += usage
        all[w] += usage
      }
    }
    var seen = 0.0
    var exposure = 0.0
    var durations: [Double] = []
    var families: [String: Family] = [:]
    var begun: Set<String> = []
    // How the shares of families moved in each region over half a year.
    var gains: [String: [String: Double]] = [:]
    for (key, groups) in cells.sorted(by: { $0.value[0] < $1.value[0] }) {
      let usage = (0..<weeks).map { w in groups.reduce(0) { $0 + units[$1] * model.smooth[$1][w] } }
      let total = totals[key[1]] ?? usage
      let shares = zip(usage, total).map { $1 > 0 ? $0 / $1 : 0 }
      gains[key[1], default: [:]][key[0]] =
        (shares.last ?? 0) - (shares.dropLast(min(26, weeks - 1)).last ?? 0)
      let peak = shares.max() ?? 0
      let top = shares.firstIndex(of: peak) ?? 0
      // The weight of the region in all usage, when the family was at its height.
      let weight = all[top] > 0 ? total[top] / all[top] : 0
      if Self.hasBegun(shares, peak: peak) { begun.insert(key[0]) }
      if peak >= Self.counted, let last = shares.last, last < peak / 2 {
        let start = shares.lastIndex { $0 >= 0.9 * peak } ?? top
        let end = shares.lastIndex { $0 >= 0.1 * peak } ?? weeks - 1
        durations.append(Double(max(1, end + 1 - start)))
        seen += peak * weight
        exposure += peak * weight * Double(start)
      } else {
        exposure += zip(usage, all).reduce(0) { $0 + ($1.1 > 0 ? $1.0 / $1.1 : 0) }
      }
    }
    let followed = NewGeneration(model).heirs
    begun.formUnion(followed.keys)
    heirs = Self.heirs(of: begun, gains).merging(followed) { seen, _ in seen }
    for (key, groups) in cells.sorted(by: { $0.value[0] < $1.value[0] }) {
      let used = groups.filter { model.trends[$0].level > 0 }
      guard !used.isEmpty else { continue }
      families[key[0], default: Family(name: key[0], regions: [])].regions
        .append((used, begun.contains(key[0])))
    }
    weekly = min(0.5, (seen + Self.prior.families) / (exposure + Self.prior.weeks))
    duration = durations.isEmpty ? 26 : Robust.median(durations)
    self.families = families.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whether a family is on its way out of a region: its share of the last four weeks is below the
  /// median of the 22 before, by more than three robust standard deviations of these and by 3 % or
  /// more; or below half of the highest.
  private static func hasBegun(_ shares: [Double], peak: Double) -> Bool {
    guard peak >= counted, shares.count >= 8 else { return false }
    let last = shares.suffix(4).reduce(0, +) / 4
    let before = Array(shares.suffix(26).dropLast(4))
    let usual = Robust.median(before)
    let highest = shares.dropLast(4).max() ?? 0
    return last < usual - max(0.03 * usual, 3 * Robust.deviation(before)) || last < highest / 2
  }

  private static func heirs(
    of families: Set<String>, _ gains: [String: [String: Double]]
  ) -> [String: String] {
    var gained: [String: [String: Double]] = [:]
    for region in gains.values {
      for family in families where region[family] ?? 0 < 0 {
        for (other, gain) in region where gain > 0 && !families.contains(other) {
          gained[family, default: [:]][other, default: 0] += gain
        }
      }
    }
    return gained.compactMapValues { others in
      others.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
  }

  /// The group that usage of a group moves to when its family is superseded: the same size of the
  /// family that took over elsewhere; where none has, one without a name.
  func successor(of group: UsageGroup) -> UsageGroup {
    guard let heir = heirs[group.sku.family], group.sku.provider == .aws, !group.sku.size.isEmpty
    else { return group.successor }
    var next = group
    next.sku.instanceType = "\(heir).\(group.sku.size)"
    return next
  }

  /// For each group the week ahead in which its family begins to be superseded there; infinite
  /// where it is not.
  func starts(groups count: Int, _ random: inout Chances) -> [Double] {
    var starts = [Double](repeating: .infinity, count: count)
    for family in families {
      // Every family draws the same number of times, so that what one does not change the others.
      let first = Self.waiting(weekly, &random)
      for region in family.regions {
        let delay = Self.waiting(Self.following, &random)
        let start = region.isFollowing ? delay : first + delay
        for g in region.groups { starts[g] = start }
      }
    }
    return starts
  }

  /// How many numbers `starts` asks for.
  var chances: Int { families.reduce(0) { $0 + 1 + $1.regions.count } }

  /// Weeks until something happens that has this probability each week.
  private static func waiting(_ weekly: Double, _ random: inout Chances) -> Double {
    log(random.unit()) / log(1 - weekly)
  }
}

extension UsageGroup {
  /// What comes after the group's family, of the same size: it has no name yet, and only plans that
  /// follow usage to any family cover it.
  package var successor: UsageGroup {
    var next = self
    next.sku.instanceType =
      sku.provider == .aws && !sku.size.isEmpty
      ? "\(sku.family)+.\(sku.size)" : "next-\(sku.instanceType)"
    return next
  }
}

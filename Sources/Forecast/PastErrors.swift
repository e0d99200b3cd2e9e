import Foundation

/// What forecasts of the past would have been off by: they are made again as of every fourth week,
/// of what was known then, and compared with what came at one lead.
///
/// In logarithms, in units of size. Groups that ended meanwhile are left out: they are `Hazard`'s.
struct PastErrors {
  /// Leads in weeks.
  static let near = 4
  static let far = 26
  /// Weeks between two dates, and how many dates at most: two years.
  static let every = 4
  private static let mostDates = 26
  /// The least history that a forecast is made of, in weeks.
  private static let shortest = 8

  struct Error {
    var value: Double
    /// What it counts for.
    var weight: Double
  }

  let lead: Int
  private(set) var dates = 0
  /// Of all regions together.
  private(set) var total: [Error] = []
  /// Of each region against all.
  private(set) var region: [Error] = []
  /// Of each group against the largest of its region.
  private(set) var own: [Int: [Error]] = [:]

  /// Of all groups; in no order.
  var groups: [Error] { own.values.flatMap { $0 } }

  /// The least size that four fifths of all errors do not exceed, by their weights; 0 of none.
  static func band(_ errors: [Error]) -> Double {
    let sorted = errors.map { (size: abs($0.value), weight: $0.weight) }
      .sorted { ($0.size, $0.weight) < ($1.size, $1.weight) }
    let limit = 0.8 * sorted.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    for error in sorted {
      sum += error.weight
      if sum >= limit { return error.size }
    }
    return 0
  }

  /// Time: linear in dates × groups × weeks of memory squared.
  init(of model: Model, lead: Int) {
    self.lead = lead
    var date = model.weeks - Self.near - 2
    for _ in 0..<Self.mostDates where date >= Self.shortest {
      if date + lead + 2 <= model.weeks { compare(date, model) }
      date -= Self.every
    }
  }

  private mutating func compare(_ date: Int, _ model: Model) {
    let births = model.baseline.births
    let levels = model.baseline.levels.map { Array($0.prefix(date)) }
    let now = levels.indices.map { g in
      births[g] < date ? Trend(levels[g][births[g]...]).level : 0
    }
    let past = Substitution(
      groups: model.groups, levels: levels, births: births.map { min($0, date) }, now: now)
    /// The mean of four weeks around the lead.
    let came = model.baseline.levels.map { levels in
      levels[date + lead - 2..<date + lead + 2].reduce(0, +) / 4
    }
    var regions: [(expected: Double, error: Double)] = []
    for (r, members) in past.regions.enumerated() {
      let sku = model.groups[members[0]].sku
      let total = model.groups.indices.reduce(0) { sum, g in
        let other = model.groups[g].sku
        let isInside = other.region == sku.region && other.provider == sku.provider
        return sum + (isInside ? past.units[g] * came[g] : 0)
      }
      let trend = past.trends[r]
      let expected = trend.level * exp(Trend.drift(trend.slope, weeks: Double(lead)))
      guard expected > 0, total > 0 else { continue }
      regions.append((expected, log(total / expected)))
      let largest = past.largest[r]
      guard model.isAlive(largest, week: date + lead), came[largest] > 0 else { continue }
      for g in members where g != largest && model.isAlive(g, week: date + lead) && came[g] > 0 {
        let ratio = log(came[g] / came[largest] / (now[g] / now[largest]))
        own[g, default: []].append(
          Error(
            value: ratio - past.drift(g, weeks: Double(lead)), weight: past.units[g] * now[g]))
      }
    }
    add(regions)
  }

  /// How weeks differ from the ones before, over half a year: what is known of any history.
  init(changesOf model: Model) {
    lead = 1
    let substitution = model.substitution
    for w in max(1, model.weeks - Self.far)..<model.weeks {
      var regions: [(expected: Double, error: Double)] = []
      for (r, members) in substitution.regions.enumerated() {
        let (before, now) = (substitution.totals[r][w - 1], substitution.totals[r][w])
        guard before > 0, now > 0 else { continue }
        let change = log(now / before)
        regions.append((now, change))
        for g in members where model.isTypical(g, week: w) && model.isTypical(g, week: w - 1) {
          let levels = model.baseline.levels[g]
          own[g, default: []].append(
            Error(
              value: log(levels[w] / levels[w - 1]) - change,
              weight: substitution.units[g] * levels[w]))
        }
      }
      add(regions)
    }
  }

  /// Splits errors of regions into what is common to all and what is not.
  private mutating func add(_ regions: [(expected: Double, error: Double)]) {
    let all = regions.reduce(0) { $0 + $1.expected }
    guard all > 0 else { return }
    dates += 1
    let common = regions.reduce(0) { $0 + $1.expected * $1.error } / all
    total.append(Error(value: common, weight: 1))
    region += regions.map { Error(value: $0.error - common, weight: $0.expected) }
  }
}

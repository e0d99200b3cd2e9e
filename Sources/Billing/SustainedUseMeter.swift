import CloudCosts

/// Measures what Google's sustained use discount leaves of a month's on-demand usage.
///
/// Google looks at the vCPUs and at the memory of a series in a region and project, those of custom
/// types apart: a month's usage is stacked, so that the parts at the bottom run longest, and each
/// part is priced by the quarters of the month it ran (`SustainedUse`; Google Cloud,
/// "Resource-based pricing" and the announcement of 2018-07-25, with an example). Money at list
/// price is stacked, which is vCPUs or GiB times their price.
///
/// The hours of a month are those of its part inside the window, as if the rest went on like it.
struct SustainedUseMeter {
  /// What is stacked together: a part of a series in a region and account.
  private struct Stack: Hashable {
    var usage: SustainedUse.Stack
    var part: MachinePart?
  }

  private let schedules: [SustainedUse.Schedule]
  /// Per line its stack; −1 where there is no discount.
  private let stackOfGroup: [Int]
  /// Money on demand at list price: hour `h` of stack `s` is at `s * hours + h`.
  private var money: [Double]
  private let hours: Int
  private let prices: [Double]

  /// The lines that get a discount, for a fast walk.
  private let groups: [Int]

  init(usage: UsageIndex, hours: Int, isOn: Bool) {
    var index: [Stack: Int] = [:]
    var schedules: [SustainedUse.Schedule] = []
    stackOfGroup = zip(usage.groups, usage.parts).map { group, part in
      guard isOn, let schedule = SustainedUse.schedule(for: group.sku) else { return -1 }
      let stack = Stack(usage: SustainedUse.stack(of: group), part: part)
      if let known = index[stack] { return known }
      index[stack] = schedules.count
      schedules.append(schedule)
      return schedules.count - 1
    }
    self.schedules = schedules
    self.hours = hours
    prices = usage.onDemand
    groups = stackOfGroup.indices.filter { [stackOfGroup] in stackOfGroup[$0] >= 0 }
    money = [Double](repeating: 0, count: schedules.count * hours)
  }

  /// Notes what is left on demand in an hour of the window, in instance-hours by line.
  mutating func note(_ remaining: [Double], hour: Int) {
    for g in groups { money[stackOfGroup[g] * hours + hour] += remaining[g] * prices[g] }
  }

  /// For each line the share of its list price that its on-demand usage of a month costs; 1 where
  /// there is no discount.
  func shares(in month: Range<Int>) -> [Double] {
    let ofStack = schedules.indices.map { share(of: $0, in: month) }
    return stackOfGroup.map { $0 < 0 ? 1 : ofStack[$0] }
  }

  /// Σ over the parts of a stack of their price, as a share of the stack's list price.
  private func share(of stack: Int, in month: Range<Int>) -> Double {
    let levels = month.map { money[stack * hours + $0] }.sorted(by: >)
    let list = levels.reduce(0, +)
    guard list > 0 else { return 1 }
    let length = Double(levels.count)
    var cost = 0.0
    for (i, level) in levels.enumerated() {
      // What is above the next hour's level ran in i + 1 hours.
      let next = i + 1 < levels.count ? levels[i + 1] : 0
      // Machines that run on are most hours' level, and a part of no height costs nothing.
      guard level > next else { continue }
      let used = Double(i + 1) / length
      cost += (level - next) * length * schedules[stack].price(ofShare: used)
    }
    return cost / list
  }
}

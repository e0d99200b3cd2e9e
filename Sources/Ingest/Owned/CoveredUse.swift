import CloudCosts

/// What the rows of a history say that a commitment covered, in their last month: older rows may be
/// of another amount.
struct CoveredUse {
  struct Use {
    /// Instance-hours.
    var hours = 0.0
    /// Amortised; 0 where the bill has no amortised costs.
    var effective = 0.0
    var list = 0.0
  }

  /// By what was covered, zones aside.
  private(set) var uses: [SKU: Use] = [:]
  /// What usage of no group took, amortised.
  private(set) var elsewhere = 0.0
  /// What no one used, amortised.
  private(set) var unused = 0.0
  /// The last payment for it.
  private(set) var lastPayment = 0.0
  /// From the first to the last day of these rows.
  private(set) var window = HourWindow(start: Hour(sinceEpoch: 0), hours: 0)

  private static let days = 31

  /// Of every commitment by its id, and of usage whose rows name no commitment by what it is.
  static func all(
    _ costs: [HistoryCost]
  ) -> (named: [String: CoveredUse], unnamed: [SKU: CoveredUse]) {
    var named: [String: [HistoryCost]] = [:]
    var unnamed: [SKU: [HistoryCost]] = [:]
    var lastDay = Int.min
    for cost in costs {
      lastDay = max(lastDay, cost.day)
      switch cost.chargeClass {
      case .covered where cost.commitment.isEmpty:
        if let sku = cost.subject.group?.sku.zoneless { unnamed[sku, default: []].append(cost) }
      case .covered, .unused, .purchase:
        if !cost.commitment.isEmpty { named[cost.commitment, default: []].append(cost) }
      default: break
      }
    }
    let open = unnamed.filter { _, rows in
      // Where nothing is covered for a month, whatever covered it has ended.
      rows.map(\.day).max().map { $0 + days >= lastDay } ?? false
    }
    return (named.mapValues(CoveredUse.init), open.mapValues(CoveredUse.init))
  }

  init(_ costs: [HistoryCost]) {
    let used = costs.filter { $0.chargeClass != .purchase }
    lastPayment =
      costs.filter { $0.chargeClass == .purchase && $0.billed > .zero }
      .max { ($0.day, $0.billed) < ($1.day, $1.billed) }?.billed.value ?? 0
    guard let last = used.map(\.day).max() else { return }
    let recent = used.filter { $0.day > last - CoveredUse.days }
    let first = recent.map(\.day).min() ?? last
    window = HourWindow(start: Hour(sinceEpoch: first * 24), hours: (last + 1 - first) * 24)
    for cost in recent {
      if cost.chargeClass == .unused {
        unused += cost.effective.value
      } else if let sku = cost.subject.group?.sku.zoneless, cost.quantity > 0 {
        uses[sku, default: Use()].hours += cost.quantity
        uses[sku]?.effective += cost.effective.value
        uses[sku]?.list += cost.list.value
      } else {
        elsewhere += cost.effective.value
      }
    }
  }

  /// To the hours in which rows name it: rows that are for more than a day are dated by their
  /// first, and a bill may end in the middle of one.
  mutating func fit(to seen: HourWindow) {
    guard seen.end > window.start, seen.end - window.end <= CoveredUse.days * 24 else { return }
    window = HourWindow(from: max(window.start, seen.start), to: seen.end)
  }

  /// What it costs in an hour, used or not; 0 where the bill has no amortised costs.
  var hourly: Double {
    guard window.hours > 0 else { return 0 }
    return (uses.values.reduce(0) { $0 + $1.effective } + elsewhere + unused)
      / Double(window.hours)
  }

  /// What the covered usage would cost at list prices, in an hour.
  var listHourly: Double {
    window.hours > 0 ? uses.values.reduce(0) { $0 + $1.list } / Double(window.hours) : 0
  }

  /// The part of it that covers some of the usage, with as much of what was unused.
  func part(_ skus: [SKU]) -> CoveredUse {
    var part = self
    part.uses = uses.filter { skus.contains($0.key) }
    part.elsewhere = 0
    let all = uses.values.reduce(0) { $0 + $1.effective }
    let own = part.uses.values.reduce(0) { $0 + $1.effective }
    let isAll = part.uses.count == uses.count
    part.unused = isAll ? unused : all > 0 ? unused * own / all : 0
    return part
  }

  /// Units in an hour that cover the usage and what was unused; nil without amortised costs, or
  /// where usage that no unit counts took some.
  func amount(units: (SKU) -> Double) -> Double? {
    let effective = uses.values.reduce(0) { $0 + $1.effective }
    guard effective > 0, window.hours > 0 else { return nil }
    let used = uses.reduce(0.0) { $0 + $1.value.hours * units($1.key) }
    return used * (1 + unused / effective) / Double(window.hours)
  }

  /// The least constant amount that covers so much of usage, hour by hour: what a bill that states
  /// neither an amount nor what was unused proves to be owned.
  static func leastAmount(covering total: Double, of usage: [Double]) -> Double {
    var left = total
    let sorted = usage.filter { $0 > 0 }.sorted()
    var level = 0.0
    for (index, value) in sorted.enumerated() {
      let hours = Double(sorted.count - index)
      let step = (value - level) * hours
      if step >= left { return level + left / hours }
      left -= step
      level = value
    }
    return level
  }
}

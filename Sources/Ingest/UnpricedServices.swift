import CloudCosts

/// Usage of a bill beyond machines that the price file has no on-demand price for.
///
/// A bill has every service that is used; a price file those that a plan is asked for. Such usage
/// is left out of the plan with its money, and what commitments spent on it is not free for the
/// rest. Machines without a price stay an error, and so does everything that a usage file itself
/// names.
package struct UnpricedServices {
  private let priced: Set<SKU>

  init(_ prices: PriceList) {
    priced = Set(prices.rows.lazy.filter { $0.product == .onDemand }.map(\.sku))
  }

  func contains(_ sku: SKU) -> Bool {
    sku.service != .machines(of: sku.provider) && !priced.contains(sku.zoneless.asListed)
  }

  /// The usage without it, and a finding for each service.
  package static func leftOut(
    of usage: UsageHistory, prices: PriceList, history: String
  ) -> Reading<UsageHistory> {
    let unpriced = UnpricedServices(prices)
    guard usage.demand.groups.contains(where: { unpriced.contains($0.sku) }) else {
      return Reading(value: usage, findings: [])
    }
    var kept = usage
    kept.demand = unpriced.removed(from: usage.demand)
    kept.firstLines = zip(usage.demand.groups, usage.firstLines)
      .filter { !unpriced.contains($0.0.sku) }.map(\.1)
    var log = FindingLog(file: usage.file, kind: "usage")
    do throws(FindingsError) {
      unpriced.report(try History(path: history).costs(), prices.file, &log)
    } catch {
      return Reading(value: kept, findings: error.findings)
    }
    return Reading(value: kept, findings: log.finished())
  }

  /// The demand without it.
  package static func removed(from demand: Demand, prices: PriceList) -> Demand {
    UnpricedServices(prices).removed(from: demand)
  }

  private func removed(from demand: Demand) -> Demand {
    let rows = demand.groups.indices.filter { !contains(demand.groups[$0].sku) }
    guard rows.count < demand.groups.count else { return demand }
    return Demand(
      window: demand.window, groups: rows.map { demand.groups[$0] },
      quantities: rows.flatMap { demand.hours(of: $0) })
  }

  private func report(_ costs: [HistoryCost], _ file: String, _ log: inout FindingLog) {
    struct Sum {
      var list = Money.zero
      var meters: Set<SKU> = []
    }
    var sums: [Service: Sum] = [:]
    for cost in costs where cost.chargeClass.isUsage {
      guard let sku = cost.subject.group?.sku, contains(sku) else { continue }
      sums[sku.service, default: Sum()].list += max(cost.list, cost.effective)
      sums[sku.service]?.meters.insert(sku)
    }
    for (service, sum) in sums.sorted(by: { ($1.value.list, $0.key) < ($0.value.list, $1.key) }) {
      guard let example = sum.meters.min() else { continue }
      log.add(
        .warning, "service-without-price", line: nil,
        "\(sum.list.formatted()) of \(service.title) (\(sum.meters.count) kinds, such as \(example)) have no"
          + " on-demand price in \(file): they are left out of the plan, and what commitments spent"
          + " on them is not free for other usage",
        remedy:
          "add their prices on demand, and the rates of plans that cover them, to plan for all"
          + " at once")
    }
  }

  /// What each commitment spent on it, in currency units.
  func spent(_ costs: [HistoryCost]) -> [String: Double] {
    var sums: [String: Double] = [:]
    for cost in costs where cost.chargeClass == .covered && !cost.commitment.isEmpty {
      guard let sku = cost.subject.group?.sku, contains(sku) else { continue }
      sums[cost.commitment, default: 0] += cost.effective.value
    }
    return sums
  }
}

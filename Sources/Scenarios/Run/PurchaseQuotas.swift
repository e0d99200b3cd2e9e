import CloudCosts

/// How many instances a provider sells in a month and region, where it does not sell as many as one
/// likes.
///
/// The providers' defaults are in the catalogue; a scenario's `limits` state those that were
/// raised. A plan beyond them is as good as any, but cannot be bought as it is: that is said.
package struct PurchaseQuotas: Hashable, Sendable {
  /// By the interface that sells: `ec2`, `rds`.
  package var raised: [String: Int]

  package init(raised: [String: Int] = [:]) { self.raised = raised }

  /// What has a quota, in the order of the catalogue.
  static let names = Product.allCases.filter { $0.quota != nil }.map(\.api.interface)
    .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }

  /// What is counted together.
  private struct Counter: Hashable, Comparable {
    var interface: String
    var region: String
    /// Empty: what is good for the whole region.
    var zone: String
    var month: CalendarMonth

    static func < (a: Counter, b: Counter) -> Bool {
      (a.interface, a.region, a.zone, a.month) < (b.interface, b.region, b.zone, b.month)
    }
  }

  /// Instances beyond a quota, the most first.
  struct Excess {
    var interface: String
    /// `us-east-1, 2024-01`.
    var place: String
    var instances: Int
    var quota: Int
  }

  func exceeded(by purchases: [Commitment]) -> [Excess] {
    var counts: [Counter: Double] = [:]
    var quotas: [String: Int] = [:]
    for purchase in purchases {
      let product = purchase.terms.product
      guard case .reservation(let sku, let zone, let count, _, _) = purchase.subject,
        let quota = product.quota
      else { continue }
      let counter = Counter(
        interface: product.api.interface, region: sku.region, zone: zone ?? "",
        month: purchase.start.month)
      counts[counter, default: 0] += count
      quotas[counter.interface] = raised[counter.interface] ?? quota
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.compactMap { key, count in
      guard let quota = quotas[key.interface], count > Double(quota), count < 1e9 else {
        return nil
      }
      let place = key.zone.isEmpty ? key.region : key.zone
      return Excess(
        interface: key.interface, place: "\(place), \(key.month)",
        instances: Int(count.rounded(.up)),
        quota: quota)
    }
  }
}

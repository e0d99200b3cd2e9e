/// Google's discount on usage that no commitment covers and that goes on through a calendar month.
///
/// Each quarter of a month that a resource is used costs a smaller share of the base price: the
/// series and their shares are rows of `Data/sustained-use.csv`, with source and date. Series that
/// are not listed get none, nor does usage that a commitment covers.
package enum SustainedUse {
  /// What each quarter of a month costs.
  package struct Schedule: Hashable, Sendable {
    /// Shares of the base price.
    package let quarters: [Double]

    /// The least share of the base price that an hour can cost on average: that of a whole month.
    /// The price of a part of a month, used n of H hours, is H times a concave function of n/H, so
    /// it is nowhere below the straight line to the whole month's.
    package var lowestShare: Double { quarters.reduce(0, +) / Double(quarters.count) }

    /// What a part of a month costs, in months at the base price: the share of the hours used (0 to
    /// 1) priced quarter by quarter.
    package func price(ofShare used: Double) -> Double {
      let width = 1 / Double(quarters.count)
      var total = 0.0
      for (i, share) in quarters.enumerated() {
        total += share * min(max(used - Double(i) * width, 0), width)
      }
      return total
    }

    /// What the hours between two shares of a month cost, as a share of the base price.
    package func meanShare(from lower: Double, to upper: Double) -> Double {
      // Within a quarter it is the quarter's, to the last bit: hours with one price are counted
      // together.
      let place = Int((lower * Double(quarters.count) + 1e-9).rounded(.down))
      if quarters.indices.contains(place),
        upper * Double(quarters.count) <= Double(place + 1) + 1e-9
      {
        return quarters[place]
      }
      return (price(ofShare: upper) - price(ofShare: lower)) / (upper - lower)
    }
  }

  private static let schedules: [String: Schedule] = {
    var schedules: [String: Schedule] = [:]
    for row in CatalogueTable(csv: SustainedUseTable.csv).rows {
      schedules[row["series"]] = Schedule(quarters: row.list("quarters").compactMap(Double.init))
    }
    return schedules
  }()

  /// Usage whose months are stacked together.
  package struct Stack: Hashable, Sendable {
    let account: String
    let region: String
    let series: String
    let isCustom: Bool
  }

  /// What a group's usage is stacked with. Google looks at a series in a region and project, at
  /// custom types apart, and at vCPUs and memory each by themselves.
  package static func stack(of group: UsageGroup) -> Stack {
    Stack(
      account: group.account, region: group.sku.region,
      series: GoogleSizes.series(of: group.sku.instanceType),
      isCustom: GoogleSizes.isCustom(group.sku.instanceType))
  }

  /// The discount on a SKU; nil where there is none.
  package static func schedule(for sku: SKU) -> Schedule? {
    guard sku.provider == .gcp, !sku.isLicence else { return nil }
    return schedules[GoogleSizes.series(of: sku.instanceType)]
  }
}

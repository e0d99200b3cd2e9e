/// Google's discount on usage that no commitment covers and that goes on through a calendar month.
///
/// Source: Google Cloud, "Sustained use discounts for Compute Engine" (tiers as published; read in
/// a stored copy of 2024). Each quarter of a month that a resource is used costs a smaller share of
/// the base price. Series that are not listed get none, nor does usage that a commitment covers.
///
/// | series | first quarter | second | third | fourth | whole month |
/// |---|---|---|---|---|---|
/// | N1, M1, M2, f1-micro, g1-small | 100 % | 80 % | 60 % | 40 % | 70 % |
/// | N2, N2D, C2 | 100 % | 86.78 % | 73.3 % | 60 % | 80.02 % |
public enum SustainedUse {
  /// What each quarter of a month costs.
  public struct Schedule: Hashable, Sendable {
    /// Shares of the base price.
    public let quarters: [Double]

    /// The least share of the base price that an hour can cost on average: that of a whole month.
    /// The price of a part of a month, used n of H hours, is H times a concave function of n/H, so
    /// it is nowhere below the straight line to the whole month's.
    public var lowestShare: Double { quarters.reduce(0, +) / Double(quarters.count) }

    /// What a part of a month costs, in months at the base price: the share of the hours used (0 to
    /// 1) priced quarter by quarter.
    public func price(ofShare used: Double) -> Double {
      let width = 1 / Double(quarters.count)
      var total = 0.0
      for (i, share) in quarters.enumerated() {
        total += share * min(max(used - Double(i) * width, 0), width)
      }
      return total
    }
  }

  private static let thirtyPercent = Schedule(quarters: [1, 0.8, 0.6, 0.4])
  private static let twentyPercent = Schedule(quarters: [1, 0.8678, 0.733, 0.6])
  private static let schedules: [String: Schedule] = [
    "n1": thirtyPercent, "m1": thirtyPercent, "m2": thirtyPercent, "f1": thirtyPercent,
    "g1": thirtyPercent, "n2": twentyPercent, "n2d": twentyPercent, "c2": twentyPercent,
  ]

  /// The discount on a SKU; nil where there is none.
  public static func schedule(for sku: SKU) -> Schedule? {
    guard sku.provider == .gcp, !sku.isLicence else { return nil }
    return schedules[GoogleSizes.series(of: sku.instanceType)]
  }
}

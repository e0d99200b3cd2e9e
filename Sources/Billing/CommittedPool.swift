import CloudCosts

/// What a commitment brings in an hour, counted in one unit: all of it, or, of Google's
/// resource-based commitments, its vCPUs or its memory.
struct CommittedPool {
  var commitment: Commitment
  /// Nil: all of it.
  var part: MachinePart?
  var scope: CommitmentScope
  /// Normalised units, instances, vCPUs, GiB or money.
  var capacity: Double
  /// Amortised cost of one unit of capacity. Google takes the same percentage off vCPUs and memory
  /// of a series, so a commitment's price is split like that of its machine on demand.
  var unitPrice: Double

  static func pools(of commitment: Commitment) -> [CommittedPool] {
    guard case .reservation(let sku, nil, let count, _, _) = commitment.subject,
      commitment.coversOtherSizes,
      let resources = sku.provider == .gcp ? GoogleSizes.resources(of: sku.instanceType) : nil
    else { return [CommittedPool(commitment)] }
    return MachinePart.allCases.compactMap { part in
      guard let (scope, units) = ReservationScope.counting(sku, part) else { return nil }
      return CommittedPool(
        commitment, part, .reservation(scope), capacity: Commitment.usable(count * units),
        hourly: commitment.effectiveHourly * resources.share(of: part))
    }
  }

  private init(_ commitment: Commitment) {
    self.init(
      commitment, nil, CommitmentScope(of: commitment), capacity: commitment.hourlyCapacity,
      hourly: commitment.effectiveHourly)
  }

  private init(
    _ commitment: Commitment, _ part: MachinePart?, _ scope: CommitmentScope, capacity: Double,
    hourly: Double
  ) {
    self.commitment = commitment
    self.part = part
    self.scope = scope
    self.capacity = capacity
    unitPrice = capacity > 0 ? hourly / capacity : 0
  }
}

import CloudCosts

/// What commitments must share to be interchangeable in their tier.
enum CommitmentScope: Hashable {
  /// One SKU in all zones: a reservation whose size flexibility is off.
  case rigid(SKU)
  /// One SKU in one zone; usage that tells no zone counts as in it.
  case exactly(SKU)
  case reservation(ReservationScope)
  case plan(OfferTerms, SavingsPlanScope)

  init(of commitment: Commitment) {
    switch commitment.subject {
    case .reservation(let sku, let zone?, _, _, _): self = .exactly(sku.inZone(zone))
    case .reservation(let sku, nil, _, _, _):
      self =
        commitment.coversOtherSizes
        ? .reservation(ReservationScope(of: sku)) : .rigid(sku.zoneless.machine)
    case .savingsPlan(let scope, _): self = .plan(commitment.terms, scope)
    }
  }
}

extension Commitment {
  /// What it can cover in an hour: normalised units (or instances) of a reservation, money of a
  /// plan.
  var hourlyCapacity: Double {
    let capacity: Double
    switch subject {
    case .reservation(let sku, let zone, let count, _, _):
      let units = zone == nil && coversOtherSizes ? ReservationScope(of: sku).units(of: sku) : 1
      capacity = count * (units ?? 1)
    case .savingsPlan(_, let hourlyCommitment): capacity = hourlyCommitment
    }
    return Commitment.usable(capacity)
  }

  /// 0 for what is no capacity.
  static func usable(_ capacity: Double) -> Double {
    capacity > 0 && capacity.isFinite ? capacity : 0
  }

  /// A total order that does not depend on where a commitment was in its file, for those that the
  /// provider's rules do not tell apart: by kind (shorter terms first, then payment and scope), and
  /// within a kind the one that started first is used up first.
  static func appliesBefore(_ a: Commitment, _ b: Commitment) -> Bool {
    let (kindA, kindB) = (a.kind, b.kind)
    if kindA != kindB { return kindA < kindB }
    if let scopeA = a.planScope, let scopeB = b.planScope, scopeA != scopeB {
      return scopeA < scopeB
    }
    if a.start != b.start { return a.start < b.start }
    if a.end != b.end { return a.end < b.end }
    if a.id != b.id { return a.id < b.id }
    if a.account != b.account { return a.account < b.account }
    return (a.effectiveHourly, a.upfront, a.hourlyCapacity)
      < (b.effectiveHourly, b.upfront, b.hourlyCapacity)
  }

  private var kind: (Int, String, String) {
    (terms.term.years, terms.payment.rawValue, terms.product.rawValue)
  }

  private var planScope: SavingsPlanScope? {
    guard case .savingsPlan(let scope, _) = subject else { return nil }
    return scope
  }
}

/// A way in which a provider lets an owner give up a commitment.
package enum GivingUpWay: String, Hashable, Sendable, Codable, CaseIterable {
  /// AWS: a plan that was bought some days ago.
  case returning = "return"
  /// For reservations worth at least as much (Azure; AWS's convertible ones).
  case exchange
  /// Azure: the rest is paid back.
  case refund
  /// Azure: for a savings plan worth at least as much.
  case tradeIn = "trade-in"
  /// AWS: to another customer, on its marketplace.
  case sell
  /// It ends when its term does.
  case renewalOff = "renewal-off"

  /// As a sentence has it: `give up x (sell)`.
  package var words: String {
    switch self {
    case .returning: "return it"
    case .exchange: "exchange it for other reservations"
    case .refund: "have it refunded"
    case .tradeIn: "trade it in for a savings plan"
    case .sell: "sell it"
    case .renewalOff: "switch its renewal off"
    }
  }
}

/// What a team allows to be done with what it owns.
package struct GivingUpPolicy: Hashable, Sendable {
  /// None unless a scenario names some.
  package var ways: Set<GivingUpWay> = []
  /// What a buyer pays for the rest of a reservation that is sold: a share of its upfront payment
  /// that is not used up. Its hourly payments go to the buyer.
  package var salePrice = 0.0
  /// What Azure refunded in the last twelve months, currency units: it counts for its limit.
  package var refunded = 0.0

  package init(ways: Set<GivingUpWay> = [], salePrice: Double = 0, refunded: Double = 0) {
    self.ways = ways
    self.salePrice = salePrice
    self.refunded = refunded
  }
}

/// One commitment that is given up at an hour, and what comes of it.
package struct GivingUp: Hashable, Sendable {
  package var commitment: Commitment
  package var way: GivingUpWay
  /// From this hour on it covers nothing and costs nothing more.
  package var at: Hour
  /// The hour in which it is too late.
  package var until: Hour
  /// What is left to pay or to use up of it, in currency units: what limits and exchanges go by.
  package var remaining: Double
  /// What is paid out for it, after fees.
  package var received: Double
  /// What it still costs: a fee, and what a buyer does not pay for.
  package var loss: Double
  /// What it becomes at that hour; nil: nothing, or what is bought anyway.
  package var replacement: Commitment?

  package init(
    commitment: Commitment, way: GivingUpWay, at: Hour, until: Hour, remaining: Double,
    received: Double, loss: Double
  ) {
    self.commitment = commitment
    self.way = way
    self.at = at
    self.until = until
    self.remaining = remaining
    self.received = received
    self.loss = loss
  }

  /// What is done, as a sentence has it.
  package var words: String {
    guard let replacement, case .reservation(let sku, _, let count, _, _) = replacement.subject
    else { return way.words }
    let due = trueUp.map { Money(rounding: $0) } ?? .zero
    return "exchange it for \(Money(rounding: count).formatted(decimals: 0)) × \(sku.instanceType)"
      + " (\(sku.operatingSystem), \(replacement.terms.payment.rawValue), to \(replacement.end)"
      + (due > .zero ? ", \(due.naturallyFormatted()) due at once)" : ")")
  }

  /// What of its loss falls on a window: it is spread over the life that is left, as an upfront
  /// payment is.
  package func loss(in window: HourWindow) -> Double {
    let life = max(1, commitment.end - at)
    let inside = window.indices(from: max(at, window.start), to: commitment.end).count
    return loss * Double(inside) / Double(life)
  }
}

extension Commitment {
  /// Whether it is this one, or a renewal of it, that ends with it.
  package func ends(with other: GivingUp) -> Bool {
    renewalOf == other.commitment.id || (id == other.commitment.id && other.way != .renewalOff)
  }
}

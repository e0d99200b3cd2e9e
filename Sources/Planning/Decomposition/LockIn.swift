import CloudCosts

/// How much a purchase binds: what is minimised among plans that cost the same.
///
/// lock-in = Σ_j x_j · hourly_j · term hours · w_product + ½ Σ_j x_j · upfront_j, in currency
/// units: all money that is promised, the more the harder it is to turn to other usage, and cash
/// that is gone at once. A purchase that the program makes again when its term is over only counts
/// once.
enum LockIn {
  /// How hard money bound in a product is to turn to other usage: an everything-plan follows any
  /// change, a convertible reservation can be exchanged, a standard one sold at a loss at best.
  static func weight(_ product: Product) -> Double {
    product == .onDemand ? 0 : 1 + 0.1 * Double(product.rigidity - 1)
  }

  /// Of one `x` of an instrument.
  static func of(_ instrument: Instrument) -> Double {
    let promised = instrument.hourly * Double(instrument.term.hours)
    return promised * weight(instrument.offer.terms.product) + instrument.upfront / 2
  }

  static func of(_ decision: Decision, _ model: Model) -> Double {
    zip(model.instruments, decision.purchases).reduce(0) { $0 + of($1.0) * $1.1 }
  }
}

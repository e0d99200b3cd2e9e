import CloudCosts

/// `max_break_even_months`: j is on sale only if upfront_j ≤ (worth_j − recurring_j) H_j.
///
/// worth_j = unit_j max_g p_g / a_kg is the on-demand price of the usage that one x_j covers in an
/// hour when it is fully used, on the usage where it saves most; recurring_j what is paid for it
/// every hour next to its upfront; H_j the hours from its start to the same day and hour N calendar
/// months later, at most its term. So an offer is left out if even full use does not repay its
/// upfront in time. One without upfront has nothing to repay. `Model.leftOut` names what is
/// missing.
extension Instrument {
  /// Whether it repays its upfront within these calendar months.
  func breaksEven(within months: Int, from start: Hour, worth: Double) -> Bool {
    guard upfront > 0 else { return true }
    let hours = min(start.adding(months: months) - start, term.hours)
    // 1e-9: an offer that just makes it but for dust.
    return upfront <= (worth - recurring) * Double(hours) * (1 + 1e-9)
  }

  /// What is paid for one `x` in every hour of its term, in addition to the upfront.
  private var recurring: Double { hourly - upfront / Double(term.hours) }

  /// The calendar months after which full use has repaid its upfront; nil where the term is too
  /// short.
  func breakEvenMonths(from start: Hour, worth: Double) -> Int? {
    (1...term.years * 12).first { breaksEven(within: $0, from: start, worth: worth) }
  }
}

/// An offer that a limit of the policy keeps off the list.
package struct LeftOutOffer: Hashable, Sendable {
  package var terms: OfferTerms
  /// What it is: a SKU, or the scope of a plan.
  package var subject: String
  /// Calendar months after which full use has repaid its upfront; nil where it never does.
  package var breakEvenMonths: Int?
}

extension LeftOutOffer {
  init(_ instrument: Instrument, from start: Hour, worth: Double) {
    terms = instrument.offer.terms
    subject =
      switch instrument.offer {
      case .reservation(let offer): "\(offer.sku.instanceType) \(offer.sku.region)"
      case .savingsPlan(_, let scope):
        scope.region == nil && scope.family == nil
          ? "any usage"
          : [scope.family, scope.region].compactMap { $0 }.joined(separator: " ")
      }
    breakEvenMonths = instrument.breakEvenMonths(from: start, worth: worth)
  }
}

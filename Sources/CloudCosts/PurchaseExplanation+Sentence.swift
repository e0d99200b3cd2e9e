extension PurchaseExplanation {
  /// The figures as sentences.
  ///
  /// - Parameters:
  ///   - isReservation: whether a unit is an instance, and not money per hour.
  ///   - currency: ISO 4217 code.
  package func sentence(isReservation: Bool, currency: String) -> String {
    let amounts = Amounts(currency: currency)
    // Of a plan a small step is named: what the last cent saves, a whole unit more would not.
    let step = isReservation ? 1 : Self.step
    let name = isReservation ? "" : "\(step) \(amounts.unit)/h "
    let (more, less) = isReservation ? ("One more", "one fewer") : (name + "more", name + "less")
    let parts: [String?] = [
      "\(more) would \(amounts.change(step * marginalValue)) over the window, \(less) would "
        + "\(amounts.change(-step * stopPrice)).",
      kept(), held(),
      "The usage that it can cover is above what is bought in \(percent(demandQuantile)) of the hours; "
        + "\(percent(expectedUtilization)) of what is bought is used.",
      alternative.map { next($0, amounts) },
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }

  /// Of money per hour, in currency units.
  private static let step = 0.01

  private func kept() -> String? {
    keptBy.map { key in
      let why =
        switch key {
        case "min_coverage": "it helps to reach the coverage asked for"
        default: "the policy rewards it"
        }
      return "Kept at a loss because \(why) (\(key))."
    }
  }

  private func held() -> String? { heldBackBy.map { "More is held back by \($0)." } }

  private func next(_ other: Alternative, _ amounts: Amounts) -> String {
    let terms = other.terms
    var name = terms.product.title
    if let type = other.instanceType { name += " \(type)" }
    if let region = other.region { name += " \(region)" }
    let years = "\(terms.term.years) y \(terms.payment.title.lowercased())"
    let blocked = other.blockedBy.map { ", but held back by \($0)" } ?? ""
    let price =
      amounts.isNothing(other.extraCost)
      ? "at the same price"
      : amounts.text(abs(other.extraCost)) + (other.extraCost > 0 ? " more" : " less")
        + " a unit"
    return "Next best: \(name), \(years), \(price)\(blocked)."
  }

  private func percent(_ share: Double) -> String {
    Money(rounding: share * 100).formatted(decimals: 1) + " %"
  }

  /// Amounts in words.
  private struct Amounts {
    let currency: String
    var unit: String { currency.isEmpty ? "unit" : currency }

    func text(_ amount: Double) -> String {
      let number = Money(rounding: amount).naturallyFormatted()
      return currency.isEmpty ? number : "\(number) \(currency)"
    }

    func isNothing(_ amount: Double) -> Bool { abs(amount) < 0.000_05 }

    func change(_ saved: Double) -> String {
      if isNothing(saved) { return "change nothing" }
      return (saved > 0 ? "save " : "cost ") + text(abs(saved))
    }
  }
}

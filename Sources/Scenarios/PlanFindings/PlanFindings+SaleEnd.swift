import CloudCosts

/// What providers have stopped selling.
extension PlanFindings {
  /// Reservations of what is used that were no longer sold when the window starts: the price file
  /// has prices that no one can buy at.
  static func saleEnded(
    _ prices: PriceBook, _ window: HourWindow, used: Set<SKU>, file: String
  ) -> Finding? {
    var ended: [Hour: Set<String>] = [:]
    for offer in prices.reservations where used.contains(offer.sku.zoneless.asListed) {
      guard let end = offer.terms.product.saleEnd(offer.sku, offer.terms.term),
        end <= window.start
      else { continue }
      ended[end, default: []].insert(offer.sku.instanceType)
    }
    let types = Set(ended.values.joined())
    guard let last = ended.keys.max(), let first = types.min() else { return nil }
    let others = types.count > 1 ? " and \(types.count - 1) other types" : ""
    return Finding(
      .note, rule: "prices.sale-ended", place: file,
      message:
        "reservations of \(first)\(others) are no longer sold (the last since \(day(last))):"
        + " their prices are not planned with",
      remedy:
        "nothing: a savings plan covers them; or move to a newer series, which can be reserved")
  }

  /// Purchases of what is no longer sold before the window ends: who reads the plan then comes too
  /// late.
  static func saleEnds(
    _ outcome: Outcome, _ plan: PlannedOutcome, place: String
  ) -> Finding? {
    var ended: [String: Hour] = [:]
    for commitment in plan.purchases.map(\.purchase.commitment) {
      guard case .reservation(let sku, _, _, _, _) = commitment.subject,
        let end = commitment.terms.product.saleEnd(sku, commitment.terms.term),
        end <= outcome.bill.window.end
      else { continue }
      ended[sku.instanceType] = end
    }
    guard let first = ended.keys.min(), let last = ended.values.max() else { return nil }
    let others = ended.count > 1 ? " and \(ended.count - 1) other types" : ""
    return Finding(
      .warning, rule: "plan.sale-ended", place: place,
      message:
        "The plan reserves \(first)\(others), which can be bought until \(day(last)) and no later.",
      remedy: "Nothing, if the question is what could have been saved; else plan for a window that"
        + " starts later (forecast), so that what can be bought takes their place.")
  }

  private static func day(_ hour: Hour) -> String { String(hour.iso8601.prefix(10)) }
}

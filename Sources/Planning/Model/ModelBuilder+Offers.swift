import CloudCosts

/// What may be bought: each offer that serves some usage, on each date on which it is on sale.
extension ModelBuilder {
  /// Bought on the first hour of the window and again whenever the term has passed; with a ladder
  /// also on each of its dates; where it is on sale then.
  private func purchaseHours(_ term: Term, _ sale: SalePeriod) -> [Range<Int>] {
    let renewals = stride(from: 0, to: problem.span.hours, by: term.hours)
    let dates = problem.ladder?.dates(in: problem.span) ?? []
    return Set(Array(renewals) + dates).sorted()
      .filter { sale.contains(problem.span.start + $0) }
      .map { steps($0..<$0 + term.hours) }.filter { !$0.isEmpty }
  }

  /// Hours as hours of the model; what lies behind the window is cut off.
  func steps(_ range: Range<Int>) -> Range<Int> {
    func step(_ hour: Int) -> Int {
      min((hour + problem.hoursPerStep / 2) / problem.hoursPerStep, hours)
    }
    return step(range.lowerBound)..<step(range.upperBound)
  }

  mutating func addReservations() {
    for offer in zonal.worthwhile.sorted(by: ReservationOffer.isOrdered) {
      for part in problem.countedParts(of: offer.sku) { addReservation(offer, part) }
    }
  }

  private mutating func addReservation(_ offer: ReservationOffer, _ part: MachinePart?) {
    let (scope, units) = counting(offer.sku, part)
    let unit = offer.zone == nil ? units : 1
    guard unit > 0 else { return }
    let usage: PoolKey.Scope = offer.zone == nil ? .reservation(scope) : .exact(offer.sku)
    let share = part.share(of: offer.sku)
    let hourly = offer.effectiveHourly * share
    for buyer in buyers(of: offer.terms) {
      let k = pool(PoolKey(scope: usage, reach: buyer.map { domains.reach(of: $0) }))
      guard isOffered(k) else { continue }
      let upper = (largestUse(k) / unit).rounded(.up)
      for active in purchaseHours(offer.terms.term, offer.sale) {
        add(
          Instrument(
            offer: .reservation(offer), part: part, buyer: buyer, pool: k, active: active,
            grid: offer.terms.product.grid ?? 1, unit: unit, safeUnit: unit,
            cost: hourly * Double(active.count), upfront: offer.upfront * share, hourly: hourly,
            upper: upper))
      }
    }
  }

  /// Who may buy, where it matters for whose usage is served; nil: anyone.
  private func buyers(of terms: OfferTerms) -> [SharingDomains.Buyer?] {
    let buyers = domains.buyers(of: terms.product)
    return buyers.isEmpty ? [nil] : buyers
  }

  /// Puts an instrument on the list unless nothing can use it or the policy leaves it out.
  private mutating func add(_ instrument: Instrument) {
    if let lines = problem.lines {
      let start = problem.demand.window.start
      guard lines.contains(where: { instrument.isPurchase($0, windowStart: start) }) else { return }
    }
    var instrument = instrument
    for limit in problem.mostOf
    where instrument.isPurchase(limit, windowStart: problem.demand.window.start) {
      instrument.upper = min(instrument.upper, limit.amount)
    }
    guard instrument.upper > 0 else { return }
    instrument.charge(
      costOfCapital: problem.policy.costOfCapital, hoursPerStep: problem.hoursPerStep)
    instrument.cost +=
      beyond.charge(
        instrument.commitment(
          id: "", amount: 1, windowStart: problem.demand.window.start,
          hoursPerStep: problem.hoursPerStep)) / Double(problem.hoursPerStep)
    if let months = problem.policy.maxBreakEvenMonths {
      let start =
        problem.demand.window.start + instrument.active.lowerBound * problem.hoursPerStep
      let worth = pools[instrument.pool].members.reduce(0) {
        max($0, instrument.unit * price[$1.sku] / $1.use)
      }
      guard instrument.breaksEven(within: months, from: start, worth: worth) else {
        leftOut.append(LeftOutOffer(instrument, from: start, worth: worth))
        return
      }
    }
    instruments.append(instrument)
  }

  mutating func addSavingsPlans() {
    // Dictionaries have no order; the solver's answer must not depend on it.
    let allowed = problem.prices.savingsPlanRates.filter { problem.offers.allows($0.key) }
    for (terms, rates) in allowed.sorted(by: { $0.key < $1.key }) {
      let scopes = Set(
        skus.filter { rates[$0.zoneless] != nil }.map(terms.product.planScope))
      for scope in scopes.sorted() {
        let paid = problem.prices.paidShare(of: terms.product.provider)
        let upfront = paid * terms.payment.savingsPlanUpfrontShare * Double(terms.term.hours)
        for buyer in buyers(of: terms) {
          let k = pool(
            PoolKey(scope: .plan(terms, scope), reach: buyer.map { domains.reach(of: $0) }))
          guard isOffered(k) else { continue }
          let upper = (largestUse(k) * 1000).rounded(.up) / 1000
          for active in purchaseHours(terms.term, problem.prices.sale(of: terms)) {
            add(
              Instrument(
                offer: .savingsPlan(terms, scope), buyer: buyer, pool: k, active: active,
                grid: terms.product.grid ?? 0.001, unit: 1, safeUnit: 1,
                cost: paid * Double(active.count), upfront: upfront, hourly: paid, upper: upper))
          }
        }
      }
    }
  }
}

extension ReservationOffer {
  /// A fixed order, whatever the order of the price file.
  fileprivate static func isOrdered(_ a: ReservationOffer, _ b: ReservationOffer) -> Bool {
    (a.sku, a.terms, a.upfront, a.hourly) < (b.sku, b.terms, b.upfront, b.hourly)
  }
}

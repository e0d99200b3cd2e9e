import CloudCosts

/// All offers on sale, dominated ones too, by what covering an instance-hour with each would cost.
struct Alternatives {
  private let model: Model
  private let offers: [Offer]
  private let yearlyRate: Double

  /// Something on sale, and the SKUs that it covers.
  private struct Offer {
    var terms: OfferTerms
    var sale: SalePeriod
    var region: String?
    var instanceType: String?
    /// Offers of one scope and the same terms are one offer in several sizes.
    var scope: Scope
    /// Amortised price of covering an instance-hour of a SKU (an index of the model), fully used.
    var price: [Int: Double]
    /// Upfront for each unit of amortised price per hour.
    var upfront: Double

    func isBefore(_ other: Offer) -> Bool {
      (terms, region ?? "", instanceType ?? "", upfront)
        < (other.terms, other.region ?? "", other.instanceType ?? "", other.upfront)
    }
  }

  private enum Scope: Hashable {
    case reservation(ReservationScope)
    case plan(SavingsPlanScope)
  }

  init(_ model: Model, _ problem: PlanningProblem) {
    self.model = model
    yearlyRate = problem.policy.costOfCapital
    guard problem.mayBuy else {
      offers = []
      return
    }
    offers =
      Alternatives.reservations(model, problem) + Alternatives.plans(model, problem)
  }

  /// The cheapest other offer for the usage that a purchase covers, of those that the policy has
  /// room for; where it has room for none, the cheapest.
  ///
  /// - Parameters:
  ///   - covered: instance-hours that its pool covers, by SKU.
  ///   - pressure: what the policy has against it.
  func best(
    for j: Int, covered: [Double], _ pressure: PolicyPressure
  ) -> PurchaseExplanation.Alternative? {
    let instrument = model.instruments[j]
    let own = scope(of: instrument.offer)
    let mix = covered.indices.filter { covered[$0] > 0 }
    guard let mine = offers.first(where: { $0.terms == instrument.offer.terms && $0.scope == own }),
      let price = cost(mine, mix, covered, instrument.active), price > 0
    else { return nil }
    var others: [(offer: Offer, ratio: Double)] = []
    let start = model.start + instrument.active.lowerBound * model.hoursPerStep
    for offer in offers where offer.terms != mine.terms || offer.scope != own {
      // What would cost less was not chosen for a reason that its price does not tell.
      guard offer.sale.contains(start), let other = cost(offer, mix, covered, instrument.active),
        other >= price * (1 - 1e-9)
      else { continue }
      others.append((offer, max(1, other / price)))
    }
    // Equal ones by what they are, not by where they are in the price file.
    others.sort {
      $0.ratio == $1.ratio ? $0.offer.isBefore($1.offer) : $0.ratio < $1.ratio
    }
    func blocking(_ offer: Offer, _ ratio: Double) -> String? {
      let hourly = instrument.hourly * ratio
      return pressure.limitingExchange(
        of: .init(term: instrument.term, hourly: instrument.hourly, upfront: instrument.upfront),
        for: .init(term: offer.terms.term, hourly: hourly, upfront: hourly * offer.upfront))
    }
    guard let next = others.first(where: { blocking($0.offer, $0.ratio) == nil }) ?? others.first
    else { return nil }
    return PurchaseExplanation.Alternative(
      terms: next.offer.terms, region: next.offer.region, instanceType: next.offer.instanceType,
      extraCost: instrument.cost * (next.ratio - 1),
      blockedBy: blocking(next.offer, next.ratio))
  }

  /// What covering a mix of usage costs with an offer, interest included; nil where it cannot.
  private func cost(
    _ offer: Offer, _ mix: [Int], _ covered: [Double], _ active: Range<Int>
  ) -> Double? {
    var sum = 0.0
    for g in mix {
      guard let price = offer.price[g] else { return nil }
      sum += price * covered[g]
    }
    let interest = CostOfCapital.interest(
      upfront: offer.upfront, termHours: offer.terms.term.hours, fromAge: 0,
      toAge: active.count, yearlyRate: yearlyRate)
    return mix.isEmpty ? nil : sum * (1 + interest / Double(max(1, active.count)))
  }

  private func scope(of offer: InstrumentOffer) -> Scope {
    switch offer {
    case .reservation(let offer): .reservation(ReservationScope(of: offer.sku))
    case .savingsPlan(_, let scope): .plan(scope)
    }
  }

  // MARK: What is on sale

  private static func reservations(_ model: Model, _ problem: PlanningProblem) -> [Offer] {
    var members: [ReservationScope: [Int]] = [:]
    for (g, sku) in model.skus.enumerated() {
      for scope in ReservationScope.covering(sku) { members[scope, default: []].append(g) }
    }
    return problem.prices.reservations.compactMap { offer in
      let scope = ReservationScope(of: offer.sku)
      guard problem.offers.allows(offer.terms), let skus = members[scope],
        let unit = scope.units(of: offer.sku), unit > 0, offer.effectiveHourly > 0
      else { return nil }
      let perUnit = offer.effectiveHourly / unit
      let price = Dictionary(
        uniqueKeysWithValues: skus.compactMap { g in
          scope.units(of: model.skus[g]).map { (g, $0 * perUnit) }
        })
      return Offer(
        terms: offer.terms, sale: offer.sale, region: offer.sku.region,
        instanceType: offer.sku.instanceType,
        scope: .reservation(scope), price: price,
        upfront: offer.upfront / offer.effectiveHourly)
    }
  }

  private static func plans(_ model: Model, _ problem: PlanningProblem) -> [Offer] {
    let allowed = problem.prices.savingsPlanRates.filter { problem.offers.allows($0.key) }
    return allowed.sorted { $0.key < $1.key }.flatMap { terms, rates -> [Offer] in
      var byScope: [SavingsPlanScope: [Int: Double]] = [:]
      for (g, sku) in model.skus.enumerated() {
        guard
          let units = problem.prices.planUnits(
            rates[sku], of: sku, onDemand: problem.prices.onDemandPrice(of: sku) ?? 0)
        else { continue }
        let rate = units * problem.prices.paidShare(of: sku.provider)
        let scope = terms.product.planScope(of: sku)
        byScope[scope, default: [:]][g] = rate
      }
      let upfront = terms.payment.savingsPlanUpfrontShare * Double(terms.term.hours)
      return byScope.sorted { $0.key < $1.key }.map { scope, price in
        Offer(
          terms: terms, sale: problem.prices.sale(of: terms), region: scope.region,
          instanceType: scope.family, scope: .plan(scope),
          price: price, upfront: upfront)
      }
    }
  }
}

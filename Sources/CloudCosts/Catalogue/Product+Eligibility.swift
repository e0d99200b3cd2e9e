extension Product {
  /// Who sells it; nil for what everyone sells.
  package var provider: Provider? { facts.provider }

  /// The services whose usage it may cover; none for what everyone sells.
  package var services: [Service] { facts.serviceList }

  /// Whether it may cover usage of a SKU at all.
  package func covers(_ sku: SKU) -> Bool {
    covers(sku.service)
      && !(isReservation && !sku.service.isMachines
        && Meter.isForPlansAlone(sku.nativeType, sku.service))
      && Eligibility.find(self, sku, [.never]) == nil
  }

  /// Whether it is known to cover usage of a SKU, also where no price says so.
  package func isKnownToCover(_ sku: SKU) -> Bool {
    covers(sku) && Eligibility.find(self, sku, [.unlessStated]) == nil
  }

  /// Why it covers no usage of a SKU, in words that go on after its name; nil where it does.
  package func whyNot(_ sku: SKU) -> String? {
    guard !covers(sku) else { return nil }
    guard covers(sku.service), let row = Eligibility.find(self, sku, [.never]) else {
      return "does not cover \(sku.instanceType), which is \(sku.service.usage) usage"
    }
    return "never covers \(sku.instanceType): \(row.source)"
  }

  /// From when on the provider no longer sells it for a SKU and a term; nil where it does.
  package func saleEnd(_ sku: SKU, _ term: Term) -> Hour? {
    Eligibility.end(self, sku, term)?.from
  }

  package func covers(_ service: Service) -> Bool {
    self == .onDemand || facts.services.contains(service)
  }

  /// The product that is meant where a file of several services calls it so: `ri-standard` of a
  /// database is RDS's reservation. Itself, where it covers the service or nothing else is meant.
  package func sold(for service: Service) -> Product {
    guard !covers(service) else { return self }
    return Product.allCases.first { $0.covers(service) && $0.facts.also.contains(rawValue) } ?? self
  }

  /// Itself, and what files of several services call by its name.
  package var namesakes: [Product] {
    [self] + Product.allCases.filter { $0.facts.also.contains(rawValue) }
  }

  /// What commits to usage of a service: the first of the catalogue, a number of units or money.
  package static func covering(_ service: Service, money: Bool) -> Product? {
    allCases.first {
      $0 != .onDemand && $0.isSavingsPlan == money && $0.facts.services.contains(service)
    }
  }

  /// The plan that covers most of a provider's usage.
  package static func widestPlan(of provider: Provider) -> Product? {
    let machines = Service.machines(of: provider)
    return allCases.first {
      $0.isSavingsPlan && $0.scope == .everywhere && $0.covers(machines) && $0 != .onDemand
    }
  }

  /// Whether the provider sells it for this term and payment.
  package func isSold(for term: Term, payment: PaymentOption) -> Bool {
    self == .onDemand
      || facts.terms.contains(term) && facts.payments.contains(payment)
        && !facts.notSold.contains("\(term.years)/\(payment.rawValue)")
  }

  /// Whether a reservation of it can be for one zone.
  package var canBeZonal: Bool { facts.isZonal }

  /// What a purchase of money per hour is good for that is to cover a SKU.
  package func planScope(of sku: SKU) -> SavingsPlanScope {
    SavingsPlanScope(
      provider: sku.provider, region: scope == .everywhere ? nil : sku.region,
      family: scope == .family ? sku.family : nil)
  }
}

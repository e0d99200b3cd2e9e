import CloudCosts

/// A price with where it comes from.
package struct FoundPrice: Sendable {
  package var row: PriceRow
  /// `bill`, `AWS book of 2025-04-05`, `derived: 0.69 of on demand, a median`.
  package var source: String
  package var isDerived: Bool
}

/// The prices of a customer's usage, found without being asked for.
package struct FoundPrices: Sendable {
  package var prices: [FoundPrice] = []
  /// SKUs whose price on demand nothing states.
  package var missing: [SKU] = []
  /// The books that were used.
  package var books: [ShippedBook] = []
  package var findings: [Finding] = []

  /// How many SKUs have their price on demand from a source.
  package var onDemandSources: [(source: String, count: Int)] {
    Dictionary(grouping: prices.filter { $0.row.product == .onDemand }, by: \.source)
      .map { ($0.key, $0.value.count) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }
}

/// Finds prices in this order: price files given, the customer's own bills, the books that ship
/// with the program; what no book states is derived (`DerivedRates`) and marked.
///
/// A book's rates are taken as shares of its price on demand: the bill may be in another currency,
/// or of another date.
package struct PriceFinder {
  private let given: [PriceRow]
  private let billed: BilledRates
  private let currency: String

  package init(given: [PriceRow] = [], billed: BilledRates = BilledRates(), currency: String) {
    self.given = given
    self.billed = billed
    self.currency = currency
  }

  /// - Parameter skus: what is used; zones do not matter.
  package func prices(of skus: some Sequence<SKU>) -> FoundPrices {
    var found = FoundPrices()
    let wanted = Set(skus.map(\.zoneless)).sorted()
    found.prices = given.map { FoundPrice(row: $0, source: "price file", isDerived: false) }
    let known = Dictionary(grouping: given, by: \.sku)
    for book in ShippedBook.all {
      let own = wanted.filter { $0.provider == book.provider && $0.tenancy == "default" }
      let open = own.filter { sku in !(known[sku] ?? []).contains { $0.product != .onDemand } }
      guard !open.isEmpty else { continue }
      let entries = book.entries(
        of: Set(
          open.flatMap { sku in
            ([sku.instanceType] + CustomMachines.references(sku.instanceType)).map {
              ShippedBook.Machine(region: sku.region, type: $0)
            }
          }))
      for sku in open {
        let entry = entries[ShippedBook.Machine(region: sku.region, type: sku.instanceType)]
        let custom = CustomMachines.entry(of: sku.instanceType) { type in
          entries[ShippedBook.Machine(region: sku.region, type: type)]
        }
        add(sku, entry ?? custom, isComposed: entry == nil, book, known[sku] ?? [], to: &found)
      }
      if !entries.isEmpty { found.books.append(book) }
    }
    let priced = Set(found.prices.lazy.filter { $0.row.product == .onDemand }.map(\.row.sku))
    for sku in wanted where !priced.contains(sku) {
      if let price = billed.onDemand[sku] {
        found.prices.append(onDemand(sku, price))
      } else {
        found.missing.append(sku)
      }
    }
    return found
  }

  private func onDemand(_ sku: SKU, _ price: BilledRates.OnDemand) -> FoundPrice {
    FoundPrice(row: price.row(of: sku), source: "bill", isDerived: false)
  }

  /// The price on demand of a SKU, and what commitments for it cost.
  private func add(
    _ sku: SKU, _ entry: ShippedBook.Entry?, isComposed: Bool, _ book: ShippedBook,
    _ stated: [PriceRow], to found: inout FoundPrices
  ) {
    let composed = "derived: vCPUs and memory of predefined types in the \(book.title)"
    let isLinux = sku.operatingSystem == "Linux"
    let price: Double
    if let own = stated.first(where: { $0.product == .onDemand }) {
      price = own.hourly
    } else if let own = billed.onDemand[sku] {
      found.prices.append(onDemand(sku, own))
      // Commitments are sold at shares of the public list.
      price = own.list
    } else if let entry, isLinux, currency == "USD" {
      price = entry.onDemand
      found.prices.append(
        FoundPrice(
          row: PriceRow(sku: sku, product: .onDemand, hourly: price),
          source: isComposed ? composed + ", 5 % more" : book.title, isDerived: isComposed))
    } else {
      return
    }
    guard let entry else {
      // No book has services beyond machines; some providers state their rates as shares.
      if sku.provider == .gcp, !sku.service.isMachines {
        for rate in DerivedRates.google(price, sku) {
          add(sku, rate.terms, rate.hourly, "derived: \(rate.rule)", &found)
        }
      }
      return observed(sku, to: &found)
    }
    // A licence is not discounted: only the machine's part is, at the price of the book.
    let licence = isLinux ? 0 : price - entry.onDemand
    guard isLinux || (currency == "USD" && licence >= 0) else { return observed(sku, to: &found) }
    let machine = price - licence
    let scale = machine / entry.onDemand
    let isSame = abs(scale - 1) < 1e-3 && isLinux
    let rates = entry.rates.mapValues { $0 * scale }
    for (terms, hourly) in rates.sorted(by: { $0.key < $1.key }) {
      add(
        sku, terms, hourly + licence,
        isComposed
          ? composed : isSame ? book.title : "derived: share of on demand in the \(book.title)",
        &found)
    }
    for rate in DerivedRates.rates(rates, price: machine, sku) {
      add(sku, rate.terms, rate.hourly + licence, "derived: \(rate.rule)", &found)
    }
    observed(sku, to: &found)
  }

  /// What the bill itself says plans cost wins over everything that a book says.
  private func observed(_ sku: SKU, to found: inout FoundPrices) {
    for (terms, hourly) in (billed.plans[sku] ?? [:]).sorted(by: { $0.key < $1.key }) {
      found.prices.removeAll { $0.row.sku == sku && $0.row.offered == terms }
      found.prices.append(
        FoundPrice(row: PriceRow(sku, terms, amortised: hourly), source: "bill", isDerived: false))
    }
  }

  private func add(
    _ sku: SKU, _ terms: OfferTerms, _ hourly: Double, _ source: String,
    _ found: inout FoundPrices
  ) {
    let row = PriceRow(sku, terms, amortised: hourly)
    guard terms.product.covers(sku) else { return }
    found.prices.append(
      FoundPrice(row: row, source: source, isDerived: source.hasPrefix("derived")))
  }
}

extension PriceRow {
  /// Nil on demand.
  var offered: OfferTerms? {
    guard let term, let payment else { return nil }
    return OfferTerms(product: product, term: term, payment: payment)
  }

  /// An offer at an amortised price: reservations state what is paid at once apart.
  fileprivate init(_ sku: SKU, _ terms: OfferTerms, amortised hourly: Double) {
    func rounded(_ amount: Double) -> Double { (amount * 1e6).rounded() / 1e6 }
    let share = terms.product.isReservation ? terms.payment.savingsPlanUpfrontShare : 0
    self.init(
      sku: sku, product: terms.product, term: terms.term, payment: terms.payment,
      upfront: rounded(share * hourly * Double(terms.term.hours)),
      hourly: rounded((1 - share) * hourly))
  }
}

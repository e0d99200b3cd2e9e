/// A row of `Data/products.csv`.
struct ProductFacts: Sendable {
  enum Shape: String {
    case none, quantity, money
  }

  var name: String
  var provider: Provider?
  var title: String
  var short: String
  var shape: Shape
  var services: ServiceSet
  var serviceList: [Service]
  var scope: Product.Scope
  var isZonal: Bool
  var terms: Set<Term>
  var payments: Set<PaymentOption>
  /// `3/no-upfront`.
  var notSold: Set<String>
  var tier: String
  var follows: Bool
  var exchange: String
  var canBeSold: Bool
  var canBeReturned: Bool
  var ratesArePercent: Bool
  var grid: Double?
  var least: Double?
  var quota: Int?
  var also: [String]
  /// `savingsplans:Compute`: the interface, and its word.
  var api: (interface: String, word: String)
  var words: [String]
  /// Of each service, what rates of one and of three years are of the price on demand: of types
  /// that end in a word first, then of all.
  var shares: [Service: [(ending: String, rates: [Term: Double])]] = [:]

  static let table = CatalogueTable(csv: ProductTable.csv).rows.map(ProductFacts.init)

  private init(_ row: CatalogueTable.Row) {
    name = row["name"]
    provider = Provider(rawValue: row["provider"])
    title = row["title"]
    short = row["short"]
    shape = Shape(rawValue: row["shape"]) ?? .none
    serviceList = row.list("services").compactMap(Service.init(named:))
    services = ServiceSet(serviceList)
    scope = Product.Scope(rawValue: row["scope"]) ?? .everywhere
    isZonal = row["zonal"] == "yes"
    terms = Set(row.list("terms").compactMap(Int.init).map(Term.init(years:)))
    payments = Set(row.list("payments").compactMap(PaymentOption.init(rawValue:)))
    notSold = Set(row.list("not_sold"))
    tier = row["tier"]
    follows = row["follows"] == "yes"
    exchange = row["exchange"]
    canBeSold = row["sale"] == "yes"
    canBeReturned = row["returns"] == "yes"
    ratesArePercent = row["rates"] == "percent"
    grid = Double(row["grid"])
    least = Double(row["least"])
    quota = Int(row["quota"])
    also = row.list("also")
    let parts = row["api"].split(separator: ":", maxSplits: 1).map(String.init)
    api = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    words = row.list("words")
    for text in row.list("shares") {
      let parts = text.split(separator: ":").map(String.init)
      let names = parts[0].split(separator: "/").map(String.init)
      guard parts.count == 3, let service = Service(named: names[0]), let one = Double(parts[1]),
        let three = Double(parts[2])
      else { continue }
      shares[service, default: []].append(
        (names.count > 1 ? names[1] : "", [.oneYear: one, .threeYears: three]))
    }
  }
}

extension Product {
  /// What usage one purchase of money per hour is good for.
  package enum Scope: String, Sendable {
    /// One family in one region.
    case family
    case region
    case everywhere
  }

  /// Whether it commits to a number of units (a reservation), as opposed to money per hour.
  package var isReservation: Bool { facts.shape == .quantity }

  /// Whether it commits to an amount of money per hour.
  package var isSavingsPlan: Bool { facts.shape == .money }

  package var scope: Scope { facts.scope }

  /// Whether it follows usage by itself from one family, size and region to another; a convertible
  /// reservation has to be exchanged.
  package var followsUsage: Bool { facts.follows }

  /// Whether it can be exchanged for another one, whenever it was bought.
  package var isExchangeable: Bool { facts.exchange == "yes" }

  /// Whether a purchase can be given back, in time and within the provider's limits.
  package var isReturnable: Bool { facts.canBeReturned }

  /// Whether what is bought can be sold on.
  package var isSaleable: Bool { facts.canBeSold }

  /// How hard it is to turn to other usage, from 0 (nothing bound) to 4: a plan for everything
  /// follows any change, one for a family some, a convertible reservation can be exchanged.
  package var rigidity: Int {
    switch facts.shape {
    case .none: 0
    case .money: facts.scope == .everywhere ? 1 : 2
    case .quantity: isExchangeable ? 3 : 4
    }
  }

  /// Whether a plan's rates are a percentage of the price on demand, whatever that is at the time.
  ///
  /// Source: Google Cloud, "Committed use discounts" (spend-based: a commitment to spend "worth a
  /// specified minimum amount of on-demand price, per hour", for a "discounted rate" on it); read
  /// in a stored copy of 2025.
  package var ratesFollowOnDemand: Bool { facts.ratesArePercent }

  /// What its rate for usage is of the price on demand, where the provider states it as such a
  /// share; nil: only a price list tells.
  package func share(of sku: SKU, _ term: Term) -> Double? {
    facts.shares[sku.service]?.first { $0.ending.isEmpty || sku.instanceType.hasSuffix($0.ending) }?
      .rates[term]
  }

  /// The same where it is one for all usage that it may cover.
  package func share(_ term: Term) -> Double? {
    let shares = Set(facts.shares.values.joined().compactMap { $0.rates[term] })
    return shares.count == 1 ? shares.first : nil
  }

  /// Products whose rates for a service are shares of the price on demand, in the catalogue's
  /// order.
  package static func sharing(_ service: Service) -> [Product] {
    allCases.filter { $0.facts.shares[service] != nil }
  }

  /// The name a person knows it by.
  package var title: String { facts.title }

  /// The same where there is little room.
  package var shortTitle: String { facts.short }

  /// Its turn when the provider applies commitments.
  package var tierName: String { facts.tier }

  /// The provider's interface that sells it (`ec2`, `savingsplans`), and its word for the product
  /// there.
  package var api: (interface: String, word: String) { facts.api }

  /// In what steps it is sold: instances, or currency units per hour; nil: as one likes.
  package var grid: Double? { facts.grid }

  /// The least that is sold: instances, or currency units per hour.
  package var least: Double? { facts.least }

  /// The most instances that a month in a region sell unless the provider raises it; nil: none is
  /// known.
  package var quota: Int? { facts.quota }
}

import CloudCosts

/// The terms of an AWS offer, in the words of its price lists.
enum AWSTerms {
  /// `1yr`, `1 year`, `ONE_YEAR`, `OneYear`.
  static func term(_ text: String) -> Term? {
    switch text.lowercased().replacing(" ", with: "") {
    case "1yr", "1year", "1", "one_year", "oneyear": .oneYear
    case "3yr", "3year", "3years", "3", "three_years", "threeyears": .threeYears
    default: nil
    }
  }

  /// `Partial Upfront`, `PARTIAL_UPFRONT`, `PartialUpfront`.
  static func payment(_ text: String) -> PaymentOption? {
    switch text.lowercased().filter({ $0.isLetter }) {
    case "noupfront": .noUpfront
    case "partialupfront": .partialUpfront
    case "allupfront": .allUpfront
    default: nil
    }
  }

  /// What a reservation that is owned was paid by: `Heavy Utilization`, which is in part upfront
  /// and by the hour whether it is used or not, is still sold for older caches and nodes (AWS CLI
  /// reference, `elasticache describe-reserved-cache-nodes`). Medium and light ones are paid by
  /// use, which nothing here counts.
  static func ownedPayment(_ text: String) -> PaymentOption? {
    text.lowercased() == "heavy utilization" ? .partialUpfront : payment(text)
  }

  /// Reservations from before there were convertible ones name no class; all of them were standard.
  static func offeringClass(_ text: String) -> Product? {
    Product(word: text.isEmpty ? "standard" : text.lowercased())
  }

  /// `Shared` and `default` are one; a machine on a dedicated host is paid with the host.
  static func tenancy(_ text: String) -> String? {
    switch text.lowercased() {
    case "shared", "default": "default"
    case "dedicated": "dedicated"
    default: nil
    }
  }
}

/// What an EC2 offer file says a product is, as far as it is a machine by the hour.
struct AWSMachine {
  enum Verdict {
    case machine(SKU)
    /// Why it is none.
    case other(String)
  }

  /// - Parameter attribute: a product's attribute by its name in the JSON file; empty where it is
  ///   absent.
  static func verdict(family: String, attribute: (String) -> String) -> Verdict {
    if let service = Service(inBill: attribute("servicecode")), service != .machines(of: .aws) {
      return meter(service, attribute)
    }
    guard family.hasPrefix("Compute Instance") else {
      return .other(family.isEmpty ? "no product family" : "not a machine: \(family)")
    }
    let type = attribute("instanceType")
    guard !type.isEmpty else { return .other("a machine without a type") }
    let status = attribute("capacitystatus")
    guard status.isEmpty || status == "Used" else { return .other("capacity status \(status)") }
    let market = attribute("marketoption")
    guard market.isEmpty || market == "OnDemand" else { return .other("market \(market)") }
    guard let tenancy = AWSTerms.tenancy(attribute("tenancy")) else {
      return .other("tenancy \(attribute("tenancy"))")
    }
    guard let region = region(attribute) else {
      return .other("unknown location \(attribute("location"))")
    }
    return .machine(
      SKU(
        provider: .aws, region: region, instanceType: type, operatingSystem: system(attribute),
        tenancy: tenancy))
  }

  /// Services beyond EC2: the usage type says all.
  private static func meter(_ service: Service, _ attribute: (String) -> String) -> Verdict {
    let usageType = Meter.withoutRegion(attribute("usagetype"))
    let kind = usageType.prefix { $0 != ":" }
    // Products in JSON do not say the unit: that is their prices'.
    guard let meter = Meter(service, usageType: usageType, unit: attribute("unit")), meter.isDemand
    else {
      return .other("usage \(kind) of \(service.name)")
    }
    guard let region = region(attribute) else {
      return .other("unknown location \(attribute("location"))")
    }
    let sku = meter.sku(
      usageType: usageType, operation: operation(service, attribute), region: region)
    return sku.map { .machine($0) } ?? .other("usage \(kind) of \(service.name)")
  }

  /// Caches name their engine in an attribute of their own.
  private static func operation(_ service: Service, _ attribute: (String) -> String) -> String {
    let engine = attribute("cacheEngine")
    return Engine.code(of: Engine.name(engine, service), service) ?? attribute("operation")
  }

  private static func region(_ attribute: (String) -> String) -> String? {
    let code = attribute("regionCode")
    return code.isEmpty ? AWSRegions.code(named: attribute("location")) : code
  }

  /// The operation names the platform without doubt; old files lack it.
  private static func system(_ attribute: (String) -> String) -> String {
    if let name = AWSPlatform.name(operation: attribute("operation")) { return name }
    let name = AWSPlatform.name(
      operatingSystem: attribute("operatingSystem"), software: attribute("preInstalledSw"))
    return attribute("licenseModel") == "Bring your own license" ? name + " BYOL" : name
  }
}

/// Reserved capacity that price lists have among usage on demand, as usage types of its own:
/// `Redshift:ServerlessUsage-CR-1YR-NU` at a rate per hour, and `…-AU` at what is paid at once.
struct AWSCapacityRate {
  /// The usage type of the usage that it is for.
  let usageType: String
  let offer: AWSOffer
  private let isUpfront: Bool

  /// Nil for every other usage type.
  init?(usageType text: String) {
    let payments = ["-CR-1YR-NU": PaymentOption.noUpfront, "-CR-1YR-AU": .allUpfront]
    guard let (ending, payment) = payments.first(where: { text.hasSuffix($0.key) }),
      let product = Product(rawValue: "ri-redshift-serverless")
    else { return nil }
    usageType = String(text.dropLast(ending.count))
    offer = AWSOffer(product: product, term: .oneYear, payment: payment)
    isUpfront = payment == .allUpfront
  }

  /// The list's unit is an hour's, whatever the price is of.
  func apply(to price: inout AWSTermPrice) {
    guard isUpfront else { return }
    price.upfront = price.hourly
    price.hourly = 0
  }
}

/// The prices of one offer term: what is paid at once and by the hour, as far as the file has said.
struct AWSTermPrice {
  var upfront: Double?
  var hourly: Double?
  var currency = ""
  var effective = ""

  /// Takes one price dimension.
  ///
  /// - Returns: why it cannot be used; nil where it was taken.
  ///
  /// - Parameters:
  ///   - unit: hours for what counts machines, whatever it is for other meters.
  ///   - start: where this tier of use begins; later tiers are left out.
  mutating func take(
    unit: String, price: String, currency: String, of sku: SKU, from start: String
  ) -> String? {
    guard let value = Number.value(of: price) else { return "price is no number" }
    guard start.isEmpty || Number.value(of: start) == 0 else {
      return hourly == nil ? "a price for large use only" : nil
    }
    self.currency = currency
    switch unit.lowercased() {
    case "hrs", "hours", "hr": hourly = value
    case "quantity": upfront = value
    default:
      guard !sku.service.countsMachines else { return "unit \(unit)" }
      hourly = value
    }
    return nil
  }

  /// Both parts; nil where one is missing that the payment option has.
  func complete(_ payment: PaymentOption?) -> (upfront: Double, hourly: Double)? {
    switch payment {
    case nil, .noUpfront: hourly.map { (upfront ?? 0, $0) }
    case .partialUpfront:
      if let upfront, let hourly { (upfront, hourly) } else { nil }
    case .allUpfront: upfront.map { ($0, hourly ?? 0) }
    }
  }
}

/// What a term is bought as; nil parts are words that are not known.
struct AWSOffer {
  var product: Product
  var term: Term?
  var payment: PaymentOption?

  static let onDemand = AWSOffer(product: .onDemand)

  /// Why the words name no offer that there is; else the offer.
  static func reserved(
    length: String, payment: String, offeringClass: String
  ) -> (offer: AWSOffer?, problem: String) {
    guard let term = AWSTerms.term(length) else { return (nil, "lease of \(length)") }
    guard let option = AWSTerms.payment(payment) else { return (nil, "payment \(payment)") }
    guard let product = AWSTerms.offeringClass(offeringClass) else {
      return (nil, "offering class \(offeringClass)")
    }
    return (AWSOffer(product: product, term: term, payment: option), "")
  }
}

extension PriceCollector {
  /// Adds a term's price, or says what of it is missing.
  func add(_ price: AWSTermPrice, _ offer: AWSOffer, _ sku: SKU, line: Int) {
    guard let parts = price.complete(offer.payment) else {
      log.add(
        .warning, "half-a-price", line: line,
        "\(sku) \(offer.product.rawValue) \(offer.payment?.rawValue ?? "") has no"
          + " \(price.hourly == nil ? "hourly" : "upfront") price",
        remedy: "download the file again; the offer is left aside")
      return leaveAside("half of the price is missing", "\(sku)")
    }
    add(
      StatedPrice(
        sku: sku, product: offer.product, term: offer.term, payment: offer.payment,
        upfront: parts.upfront, hourly: parts.hourly, currency: price.currency,
        effective: price.effective), line: line)
  }
}

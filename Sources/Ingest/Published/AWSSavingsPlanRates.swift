import CloudCosts

/// One rate of a savings-plan offer, whichever kind of file it is in.
struct AWSPlanRate {
  var usageType: String
  var operation: String
  var service: String
  /// Empty in older files: then it is the last part of the usage type.
  var instanceType: String
  /// Empty in older files: then the usage type's prefix tells.
  var region: String
  var unit: String
  var price: String
  var currency: String
  var effective: String
  var code: String
}

/// The terms of a plan; a problem in words where there is no such plan here.
enum AWSPlanTerms {
  /// `1 year No Upfront Compute Savings Plan` holds what a product's attributes hold too.
  static func payment(inDescription text: String) -> PaymentOption? {
    let words = text.lowercased()
    return PaymentOption.allCases.first { words.contains($0.title.lowercased()) }
  }
}

extension PriceCollector {
  /// Adds a plan's rate for a meter that is known, or leaves it aside.
  func add(_ rate: AWSPlanRate, _ terms: OfferTerms, line: Int) {
    count()
    guard let service = service(of: rate, terms.product) else {
      return leaveAside("service \(rate.service)", rate.code)
    }
    guard terms.product.covers(service) else {
      return leaveAside("\(terms.product.rawValue) for \(service.name)", rate.code)
    }
    let code = rate.region.isEmpty ? AWSRegions.code(ofUsageType: rate.usageType) : rate.region
    guard let code else { return leaveAside("unknown region prefix", rate.usageType) }
    let found = service == .machines(of: .aws) ? machine(rate, code) : meter(rate, service, code)
    guard let sku = found else { return }
    guard let price = Number.value(of: rate.price) else {
      log.add(
        .warning, "not-a-number", line: line,
        "the rate of \(rate.usageType.quoted) is \(rate.price.quoted), which is no number",
        remedy: "download the file again; the rate is left aside")
      return leaveAside("price is no number", rate.usageType)
    }
    add(
      StatedPrice(
        sku: sku, product: terms.product, term: terms.term, payment: terms.payment, hourly: price,
        currency: rate.currency, effective: rate.effective), line: line)
  }

  /// Older files name no service, or EC2 for all: then it is that of the type.
  private func service(of rate: AWSPlanRate, _ product: Product) -> Service? {
    let named = Service(inBill: rate.service)
    if let named, product.covers(named) { return named }
    guard rate.service.isEmpty || named == .machines(of: .aws) else { return named }
    let type = rate.usageType.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
    let shown = Service(of: type, .aws)
    return product.covers(shown) ? shown : named ?? product.services.first
  }

  private func machine(_ rate: AWSPlanRate, _ region: String) -> SKU? {
    let parts = rate.usageType.split(separator: ":", maxSplits: 1)
    let kind = parts.first?.split(separator: "-").last ?? ""
    guard let tenancy = ["BoxUsage": "default", "DedicatedUsage": "dedicated"][kind] else {
      leaveAside("usage \(kind)", rate.usageType)
      return nil
    }
    guard let system = AWSPlatform.name(operation: rate.operation) else {
      leaveAside("operation \(rate.operation)", rate.usageType)
      return nil
    }
    guard ["hrs", "hours", "hr"].contains(rate.unit.lowercased()) else {
      leaveAside("unit \(rate.unit)", rate.usageType)
      return nil
    }
    // The oldest type's usage has no name: BoxUsage alone is m1.small.
    let type =
      rate.instanceType.isEmpty
      ? parts.count > 1 ? String(parts[1]) : "m1.small" : rate.instanceType
    return SKU(
      provider: .aws, region: region, instanceType: type, operatingSystem: system,
      tenancy: tenancy)
  }

  /// A type costs the same in most of SageMaker's parts (training, hosting, notebooks); where it
  /// does not, the collector tells of the second price.
  private func meter(_ rate: AWSPlanRate, _ service: Service, _ region: String) -> SKU? {
    let usageType = Meter.withoutRegion(rate.usageType)
    guard let meter = Meter(service, usageType: usageType, unit: rate.unit), meter.isDemand,
      let sku = meter.sku(usageType: usageType, operation: rate.operation, region: region)
    else {
      leaveAside("usage \(usageType.prefix { $0 != ":" }) of \(service.name)", rate.usageType)
      return nil
    }
    return sku
  }
}

/// Reads savings-plan offer files in JSON. Format: AWS, "Reading the savings plan price list
/// files".
final class AWSSavingsPlanJSON {
  private struct Plan {
    var product: Product?
    var family: String
    var payment: String
  }

  private let collector: PriceCollector
  private var plans: [String: Plan] = [:]
  /// Terms whose plan was not met yet: the file has its products behind them.
  private var waiting: [JSONElement] = []

  init(_ collector: PriceCollector) { self.collector = collector }

  func read(_ file: InputFile) {
    do {
      try JSONReader.read(file, at: ["products/[]", "products/*", "terms/savingsPlan/[]"]) {
        element in
        if element.path == "terms/savingsPlan/[]" {
          self.term(element, isLast: false)
        } else {
          self.product(element.value)
        }
        return true
      }
    } catch {
      collector.log.add(error)
    }
    for element in waiting { term(element, isLast: true) }
  }

  private func product(_ value: JSONValue) {
    guard let sku = value["sku"]?.text else { return }
    let family = value["productFamily"]?.text ?? value["serviceCode"]?.text ?? ""
    plans[sku] = Plan(
      product: Product(word: family), family: family,
      payment: value["attributes", "purchaseOption"]?.text ?? "")
  }

  private func term(_ element: JSONElement, isLast: Bool) {
    let value = element.value
    let sku = value["sku"]?.text ?? ""
    guard let plan = plans[sku] else {
      guard isLast else { return waiting.append(element) }
      return aside(value, "a plan without a product", sku)
    }
    guard let product = plan.product else { return aside(value, "plan \(plan.family)", sku) }
    let lease = value["leaseContractLength"]
    let unit = lease?["unit"]?.text ?? "year"
    guard let term = AWSTerms.term((lease?["duration"]?.text ?? "") + unit) else {
      return aside(
        value, "lease of \(lease?["duration"]?.text ?? "unknown") \(unit)", sku)
    }
    guard
      let payment = AWSTerms.payment(plan.payment)
        ?? AWSPlanTerms.payment(inDescription: value["description"]?.text ?? "")
    else { return aside(value, "payment \(plan.payment)", sku) }
    let terms = OfferTerms(product: product, term: term, payment: payment)
    let effective = value["effectiveDate"]?.text ?? ""
    for rate in value["rates"]?.elements ?? [] {
      collector.add(AWSPlanRate(rate, effective: effective), terms, line: element.line)
    }
  }

  private func aside(_ term: JSONValue, _ reason: String, _ sku: String) {
    for _ in term["rates"]?.elements ?? [] {
      collector.count()
      collector.leaveAside(reason, sku)
    }
  }
}

extension AWSPlanRate {
  fileprivate init(_ value: JSONValue, effective: String) {
    self.init(
      usageType: value["discountedUsageType"]?.text ?? "",
      operation: value["discountedOperation"]?.text ?? "",
      service: value["discountedServiceCode"]?.text ?? "",
      instanceType: value["discountedInstanceType"]?.text ?? "",
      region: value["discountedRegionCode"]?.text ?? "", unit: value["unit"]?.text ?? "",
      price: value["discountedRate", "price"]?.text ?? "",
      currency: value["discountedRate", "currency"]?.text ?? "USD", effective: effective,
      code: value["rateCode"]?.text ?? "")
  }
}

/// Reads savings-plan offer files in CSV: a row for each rate.
final class AWSSavingsPlanCSV {
  private let collector: PriceCollector

  init(_ collector: PriceCollector) { self.collector = collector }

  func read(_ file: InputFile) {
    guard
      var table = NamedColumns(
        file,
        requiring: [
          "SKU", "Unit", "DiscountedRate", "Currency", "DiscountedUsageType",
          "DiscountedOperation", "PurchaseOption", "LeaseContractLength", "Product Family",
        ], log: &collector.log)
    else { return }
    while table.next(&collector.log) { row(table) }
  }

  private func row(_ table: borrowing NamedColumns) {
    let id = table["SKU"]
    guard let terms = terms(table, id) else { return collector.count() }
    collector.add(
      AWSPlanRate(
        usageType: table["DiscountedUsageType"], operation: table["DiscountedOperation"],
        service: table["DiscountedServiceCode"], instanceType: table["DiscountedInstanceType"],
        region: table["DiscountedRegionCode"], unit: table["Unit"],
        price: table["DiscountedRate"], currency: table["Currency"],
        effective: table["EffectiveDate"], code: table["RateCode"]), terms, line: table.line)
  }

  private func terms(_ table: borrowing NamedColumns, _ id: String) -> OfferTerms? {
    let family = table["Product Family"]
    guard let product = Product(word: family) else {
      collector.leaveAside("plan \(family)", id)
      return nil
    }
    let length = table["LeaseContractLength"]
    guard let term = AWSTerms.term(length + table["LeaseContractLengthUnit"]) else {
      collector.leaveAside("lease of \(length)", id)
      return nil
    }
    guard let payment = AWSTerms.payment(table["PurchaseOption"]) else {
      collector.leaveAside("payment \(table["PurchaseOption"])", id)
      return nil
    }
    return OfferTerms(product: product, term: term, payment: payment)
  }
}

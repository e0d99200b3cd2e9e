import CloudCosts

/// Reads pages of Azure's retail prices.
///
/// Source: Microsoft Learn, "Azure Retail Prices overview". Virtual machines, and the services
/// whose meters are rows of the catalogue (`NamedMeter`). A reservation's
/// price is that of its whole term, although its unit reads `1 Hour`; it is paid at once, or in
/// equal monthly parts at the same total, so that it gives two offers. A savings plan's rate is the
/// same however it is paid. Reservations pay for the hardware: they are stated for Linux alone.
final class AzureRetailPrices {
  private let collector: PriceCollector
  /// On demand, of services that are reserved for all regions at once: where, by their types.
  private var places: [String: Set<String>] = [:]
  /// Reservations for all regions, with their lines.
  private var everywhere: [(price: StatedPrice, line: Int)] = []

  init(_ collector: PriceCollector) { self.collector = collector }

  /// Adds what is reserved for all regions to those in which it has a price on demand: it costs
  /// there as much more as usage does.
  func finish() {
    for (price, line) in everywhere {
      let ratios = AzureReservation.ratios(of: price.sku.service) ?? [:]
      for region in (places[price.sku.instanceType] ?? []).sorted() {
        guard let ratio = ratios[region] else {
          collector.leaveAside("a region whose share of a global reservation is not known", region)
          continue
        }
        var stated = price
        stated.sku.region = region
        stated.hourly *= ratio
        reservation(stated, line: line)
      }
    }
  }

  /// - Returns: where the next page is; nil on the last one.
  func read(_ file: InputFile) -> String? {
    var next: String?
    do {
      try JSONReader.read(file, at: ["Items/[]", "NextPageLink", "[]"]) { element in
        if element.path == "NextPageLink" {
          next = element.value.text
        } else {
          self.item(element.value, line: element.line)
        }
        return true
      }
    } catch {
      collector.log.add(error)
    }
    return next
  }

  private func item(_ value: JSONValue, line: Int) {
    collector.count()
    let meter = value["meterName"]?.text ?? ""
    guard value["serviceName"]?.text == "Virtual Machines" else {
      return service(value, meter, line: line)
    }
    let name = value["productName"]?.text ?? ""
    for (word, reason) in [
      ("Spot", "spot"), ("Low Priority", "low priority"), ("Expired", "no longer sold"),
    ] where meter.contains(word) || (value["skuName"]?.text ?? "").contains(word) {
      return collector.leaveAside(reason, meter)
    }
    for word in ["Cloud Services", "CloudServices", "Dedicated Host"] where name.contains(word) {
      return collector.leaveAside("no virtual machine: \(word)", name)
    }
    guard value["isPrimaryMeterRegion"]?.flag ?? true else {
      return collector.leaveAside("a meter's second region", meter)
    }
    guard (value["tierMinimumUnits"]?.number ?? 0) == 0 else {
      return collector.leaveAside("a price from a higher tier on", meter)
    }
    guard let type = value["armSkuName"]?.text, let region = value["armRegionName"]?.text else {
      return collector.leaveAside("without a size or a region", meter)
    }
    guard let price = (value["retailPrice"] ?? value["unitPrice"])?.number else {
      collector.log.add(
        .warning, "not-a-number", line: line,
        "\(type.quoted) in \(region.quoted) has no retailPrice that is a number",
        remedy: "ask for the page again; the price is left aside")
      return collector.leaveAside("price is no number", meter)
    }
    let stated = StatedPrice(
      sku: SKU(
        provider: .azure, region: region, instanceType: type,
        operatingSystem: name.hasSuffix("Windows") ? "Windows" : "Linux"),
      product: .onDemand, hourly: price, currency: value["currencyCode"]?.text ?? "USD",
      effective: value["effectiveStartDate"]?.text ?? "",
      ended: value["effectiveEndDate"]?.text ?? "")
    switch value["type"]?.text ?? value["priceType"]?.text {
    case "Consumption": consumption(stated, value, line: line)
    case "Reservation": reservation(stated, value, line: line)
    case let other: collector.leaveAside("type \(other ?? "unknown")", meter)
    }
  }

  /// A price of another service's meter.
  private func service(_ value: JSONValue, _ meter: String, line: Int) {
    let service = value["serviceName"]?.text ?? "unknown"
    guard let region = value["armRegionName"]?.text, !region.isEmpty,
      let found = NamedMeter.find(
        .azure, category: service, product: value["productName"]?.text ?? "", meter: meter,
        unit: value["unitOfMeasure"]?.text ?? "", region: region)
    else { return collector.leaveAside("service \(service)", meter) }
    guard found.meter.isDemand, found.meter.statesPrice else {
      return collector.leaveAside("no commitment lowers its price, or another states it", meter)
    }
    // `4 vCore` is the price of four.
    let sku = value["skuName"]?.text ?? ""
    let count = sku.hasSuffix(" vCore") ? Double(sku.dropLast(6)) ?? 1 : 1
    guard count == 1 else { return collector.leaveAside("the price of several vCores", sku) }
    guard (value["tierMinimumUnits"]?.number ?? 0) == 0 else {
      return collector.leaveAside("a price from a higher tier on", meter)
    }
    guard value["isPrimaryMeterRegion"]?.flag ?? true else {
      return collector.leaveAside("a meter's second region", meter)
    }
    guard let price = (value["retailPrice"] ?? value["unitPrice"])?.number else {
      return collector.leaveAside("price is no number", meter)
    }
    let stated = StatedPrice(
      sku: found.sku, product: .onDemand, hourly: price * found.meter.units,
      currency: value["currencyCode"]?.text ?? "USD",
      effective: value["effectiveStartDate"]?.text ?? "",
      ended: value["effectiveEndDate"]?.text ?? "")
    let type = value["type"]?.text ?? value["priceType"]?.text
    let pieces = AzureReservation.units(named: value["armSkuName"]?.text ?? "") ?? 1
    if type == "Reservation", pieces > 1 {
      return collector.leaveAside("the price of a larger piece of the same", meter)
    }
    switch type {
    case "Consumption":
      places[stated.sku.instanceType, default: []].insert(region)
      let unit = value["unitOfMeasure"]?.text ?? "1 Hour"
      guard ["1 Hour", "1/Hour", "1 GB Hour", "1 GiB Hour"].contains(unit) else {
        return collector.leaveAside("unit \(unit)", meter)
      }
      hourly(stated, value, line: line)
    case "Reservation" where AzureReservation.ratios(of: stated.sku.service) != nil:
      guard var offer = offer(stated, value) else { return }
      offer.sku.region = ""
      everywhere.append((offer, line))
    case "Reservation": reservation(stated, value, line: line)
    case let other: collector.leaveAside("type \(other ?? "unknown")", meter)
    }
  }

  private func consumption(_ stated: StatedPrice, _ value: JSONValue, line: Int) {
    guard value["unitOfMeasure"]?.text ?? "1 Hour" == "1 Hour" else {
      return collector.leaveAside(
        "unit \(value["unitOfMeasure"]?.text ?? "")", stated.sku.instanceType)
    }
    hourly(stated, value, line: line)
  }

  /// The price on demand, and the rates of plans next to it.
  private func hourly(_ stated: StatedPrice, _ value: JSONValue, line: Int) {
    collector.add(stated, line: line)
    for plan in value["savingsPlan"]?.elements ?? [] {
      guard let term = AzureTerms.term(plan["term"]?.text ?? "") else {
        collector.leaveAside("plan for \(plan["term"]?.text ?? "")", stated.sku.instanceType)
        continue
      }
      guard let rate = (plan["retailPrice"] ?? plan["unitPrice"])?.number else {
        collector.leaveAside("plan without a rate", stated.sku.instanceType)
        continue
      }
      var offer = stated
      guard let product = Product.covering(stated.sku.service, money: true) else {
        collector.leaveAside("plan for \(stated.sku.service.title)", stated.sku.instanceType)
        continue
      }
      offer.product = product
      offer.term = term
      offer.hourly = rate
      for payment in [PaymentOption.noUpfront, .allUpfront] {
        offer.payment = payment
        collector.add(offer, line: line)
      }
    }
  }

  private func reservation(_ stated: StatedPrice, _ value: JSONValue, line: Int) {
    if let offer = offer(stated, value) { reservation(offer, line: line) }
  }

  /// A reservation for its term; nil, and left aside, where none is named.
  private func offer(_ stated: StatedPrice, _ value: JSONValue) -> StatedPrice? {
    let text = value["reservationTerm"]?.text ?? ""
    guard let term = AzureTerms.term(text) else {
      collector.leaveAside("reservation for \(text)", stated.sku.instanceType)
      return nil
    }
    var offer = stated
    // What pays for hardware alone is stated for Linux; other services' systems are no licences.
    if stated.sku.service.isMachines { offer.sku.operatingSystem = "Linux" }
    offer.product = .azureReservation
    offer.term = term
    return offer
  }

  /// Its price is that of the whole term.
  private func reservation(_ stated: StatedPrice, line: Int) {
    guard let term = stated.term else { return }
    var offer = stated
    offer.payment = .allUpfront
    offer.upfront = stated.hourly
    offer.hourly = 0
    collector.add(offer, line: line)
    offer.payment = .noUpfront
    offer.hourly = offer.upfront / Double(term.hours)
    offer.upfront = 0
    collector.add(offer, line: line)
  }
}

/// Terms in Azure's words.
enum AzureTerms {
  /// `1 Year`, `3 Years`, `P1Y`.
  static func term(_ text: String) -> Term? {
    switch text.lowercased() {
    case "1 year", "1 years", "p1y": .oneYear
    case "3 year", "3 years", "p3y": .threeYears
    default: nil
    }
  }
}

/// Whether all pages of an answer are there.
struct AzurePages {
  private var first: InputFile?
  private var hasLast = false
  private var count = 0
  private var next = ""

  mutating func note(_ link: String?, of file: InputFile) {
    first = first ?? file
    count += 1
    if let link { next = link } else { hasLast = true }
  }

  /// A page that names a next one, and none that is the last.
  var findings: [Finding] {
    guard let first, !hasLast else { return [] }
    return [
      Finding(
        .warning, rule: "prices.more-pages", place: first.name,
        message: "none of \(count) \(count == 1 ? "page" : "pages") of Azure's prices is the last:"
          + " the next is at \(next.quoted)",
        remedy: "ask for the pages that NextPageLink names too, until it is null")
    ]
  }
}

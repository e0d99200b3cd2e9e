import CloudCosts

/// Reads EC2 offer files in JSON, of one region or of all.
///
/// Format: AWS, "Reading the service price list files". Products are before terms; where a file
/// has them the other way round its terms are read in a second pass.
final class AWSOfferJSON {
  private let collector: PriceCollector
  private var machines: [String: SKU] = [:]
  private var capacities: [String: AWSCapacityRate] = [:]
  /// Products of which only the unit of their prices may tell what is metered (Keyspaces).
  private var byUnit: [String: JSONValue] = [:]
  private var hasTerms = false
  private var hasLateProducts = false

  init(_ collector: PriceCollector) { self.collector = collector }

  func read(_ file: InputFile) {
    do {
      try JSONReader.read(file, at: ["products/*", "terms/OnDemand/*/*", "terms/Reserved/*/*"]) {
        element in
        if element.path == "products/*" {
          self.hasLateProducts = self.hasLateProducts || self.hasTerms
          self.product(element.value, id: element.name, line: element.line)
        } else {
          self.hasTerms = true
          self.term(element, isReserved: element.path == "terms/Reserved/*/*")
        }
        return true
      }
      guard hasLateProducts else { return }
      try JSONReader.read(file, at: ["terms/OnDemand/*/*", "terms/Reserved/*/*"]) { element in
        self.term(element, isReserved: element.path == "terms/Reserved/*/*")
        return true
      }
    } catch {
      collector.log.add(error)
    }
  }

  /// Reads what `aws pricing get-products` prints: a list of texts, each a product with its terms
  /// in JSON.
  func readProducts(_ file: InputFile) {
    do {
      try JSONReader.read(file, at: ["PriceList/[]"]) { element in
        self.listed(element, of: file)
        return true
      }
    } catch {
      collector.log.add(error)
    }
  }

  private func listed(_ element: JSONElement, of file: InputFile) {
    var product = element.value
    if let text = element.value.text {
      var parsed: JSONValue?
      let inner = InputFile(name: file.name, contents: Array(text.utf8))
      try? JSONReader.read(inner, at: [""]) { root in
        parsed = root.value
        return true
      }
      guard let parsed else {
        collector.log.add(
          .warning, "bad-entry", line: element.line, "an entry of PriceList is no JSON",
          remedy: "export the list again; the entry is left aside")
        return collector.leaveAside("not JSON", text)
      }
      product = parsed
    }
    let id = product["product", "sku"]?.text ?? ""
    self.product(product["product"] ?? .null, id: id, line: element.line)
    for (kind, isReserved) in [("OnDemand", false), ("Reserved", true)] {
      for member in product["terms", kind]?.members ?? [] {
        term(
          JSONElement(path: "", name: member.key, line: element.line, value: member.value),
          isReserved: isReserved)
      }
    }
  }

  private func product(_ value: JSONValue, id: String, line: Int) {
    collector.count()
    let sku = value["sku"]?.text ?? id
    let usageType = value["attributes", "usagetype"]?.text ?? ""
    let capacity = AWSCapacityRate(usageType: usageType)
    if let capacity { capacities[sku] = capacity }
    let verdict = verdict(value, usageType: capacity?.usageType ?? usageType, unit: "")
    let code = value["attributes", "servicecode"]?.text ?? ""
    if case .other = verdict, let service = Service(inBill: code), Meter.hasUnits(service) {
      byUnit[sku] = value
    } else {
      take(verdict, sku)
    }
  }

  private func verdict(_ value: JSONValue, usageType: String, unit: String) -> AWSMachine.Verdict {
    AWSMachine.verdict(family: value["productFamily"]?.text ?? "") { name in
      switch name {
      case "usagetype": usageType
      case "unit": unit
      default: value["attributes", name]?.text ?? ""
      }
    }
  }

  private func take(_ verdict: AWSMachine.Verdict, _ sku: String) {
    switch verdict {
    case .machine(let machine):
      if collector.filter.contains(machine) {
        machines[sku] = machine
      } else {
        collector.leaveAside("not asked for", "\(machine)")
      }
    case .other(let reason): collector.leaveAside(reason, sku)
    }
  }

  private func term(_ element: JSONElement, isReserved: Bool) {
    let value = element.value
    let id = value["sku"]?.text ?? String(element.name.prefix { $0 != "." })
    if let product = byUnit.removeValue(forKey: id) {
      let unit = value["priceDimensions"]?.members.first?.value["unit"]?.text ?? ""
      let usageType = product["attributes", "usagetype"]?.text ?? ""
      take(verdict(product, usageType: usageType, unit: unit), id)
    }
    guard let sku = machines[id] else { return }
    collector.count()
    let capacity = capacities[id]
    var offer = capacity?.offer ?? .onDemand
    if isReserved {
      let attributes = value["termAttributes"]
      let read = AWSOffer.reserved(
        length: attributes?["LeaseContractLength"]?.text ?? "",
        payment: attributes?["PurchaseOption"]?.text ?? "",
        offeringClass: attributes?["OfferingClass"]?.text ?? "")
      guard let known = read.offer else {
        return collector.leaveAside(read.problem, element.name)
      }
      offer = known
    }
    var price = AWSTermPrice(effective: value["effectiveDate"]?.text ?? "")
    for dimension in value["priceDimensions"]?.members ?? [] {
      let amounts = dimension.value["pricePerUnit"]?.members ?? []
      guard let amount = amounts.first(where: { $0.key == collector.currency }) ?? amounts.first
      else { continue }
      if let problem = price.take(
        unit: dimension.value["unit"]?.text ?? "", price: amount.value.text ?? "",
        currency: amount.key, of: sku, from: dimension.value["beginRange"]?.text ?? "")
      {
        return collector.leaveAside(problem, dimension.key)
      }
    }
    capacity?.apply(to: &price)
    collector.add(price, offer, sku, line: element.line)
  }
}

import CloudCosts

/// What a SKU of Google's catalogue is the price of.
struct GoogleResource: Hashable {
  enum Part: Hashable { case core, memory }

  var series: String
  var part: Part
  /// Nil: on demand.
  var term: Term?
  /// What the description says of the place: `Americas`.
  var place: String

  /// Words that make a SKU something other than a predefined machine's vCPUs or memory.
  private static let series: [String: String] = [
    "N1 Predefined": "n1", "N2": "n2", "N2D": "n2d", "N4": "n4", "N4A": "n4a", "N4D": "n4d",
    "E2": "e2", "Compute optimized": "c2", "C2D": "c2d", "C3": "c3", "C3D": "c3d", "C4": "c4",
    "C4A": "c4a", "C4D": "c4d", "T2D": "t2d", "T2A": "t2a", "H3": "h3",
    "M3 Memory-optimized": "m3", "A2": "a2", "G2": "g2",
  ]

  /// `N2 Instance Core running in Americas`, `Commitment v1: N2 Cpu in Americas for 1 Year`; nil
  /// where it is the price of something else.
  init?(description: String) {
    var text = description[...]
    let isCommitment = text.hasPrefix("Commitment")
    if isCommitment {
      guard let colon = text.firstIndex(of: ":") else { return nil }
      text = text[text.index(after: colon)...].drop { $0 == " " }
      guard let end = text.range(of: " for ", options: .backwards) else { return nil }
      switch text[end.upperBound...] {
      case "1 Year", "1 Years": term = .oneYear
      case "3 Year", "3 Years": term = .threeYears
      default: return nil
      }
      text = text[..<end.lowerBound]
    }
    guard let split = text.range(of: " running in ") ?? text.range(of: " in ") else { return nil }
    place = String(text[split.upperBound...])
    var words = text[..<split.lowerBound].split(separator: " ").map(String.init)
    switch words.popLast()?.lowercased() {
    case "core", "cpu": part = .core
    case "ram": part = .memory
    default: return nil
    }
    words.removeAll { ["Instance", "AMD", "Arm", "Intel"].contains($0) }
    let name = words.joined(separator: " ")
    // Commitments to N1 name no series: they are the oldest.
    guard let known = isCommitment && name.isEmpty ? "n1" : Self.series[name] else { return nil }
    series = known
  }
}

extension Substring {
  /// Where a text is in this one.
  fileprivate enum Direction { case forwards, backwards }

  fileprivate func range(of text: String, options: Direction = .forwards) -> Range<Index>? {
    switch options {
    case .forwards: return firstRange(of: text)
    case .backwards: return ranges(of: text).last
    }
  }
}

/// Reads SKUs of the Cloud Billing catalogue (`services/6F81-5844-456A/skus`), all pages as one.
final class GoogleCatalogue {
  private let collector: PriceCollector
  private let composer: GooglePriceComposer
  /// On demand, of other services' meters, with their lines.
  private var onDemand: [(price: StatedPrice, line: Int)] = []
  /// Whether a page was read that names no next one.
  private var hasLast = false

  init(_ collector: PriceCollector) {
    self.collector = collector
    composer = GooglePriceComposer(collector)
  }

  func read(_ file: InputFile) {
    var next: String?
    do {
      try JSONReader.read(file, at: ["skus/[]", "[]", "[]/skus/[]", "nextPageToken"]) { element in
        if element.path == "nextPageToken" {
          next = element.value.text
        } else {
          self.sku(element.value, line: element.line)
        }
        return true
      }
    } catch {
      collector.log.add(error)
    }
    if (next ?? "").isEmpty { hasLast = true }
  }

  /// Adds the machines of all pages.
  func finish() {
    if !hasLast {
      collector.log.add(
        .warning, "more-pages", line: nil,
        "the catalogue goes on: every page has a nextPageToken",
        remedy: "name the files of all pages, to the one whose nextPageToken is empty")
    }
    composer.finish()
    addShares()
  }

  /// Rates of commitments on spend, which the catalogue does not state (there they are prices of a
  /// dollar), and Google's pages as shares of the price on demand.
  private func addShares() {
    var shares: Set<String> = []
    for (price, line) in onDemand {
      for rate in DerivedRates.google(price.hourly, price.sku) {
        var derived = price
        derived.product = rate.terms.product
        derived.term = rate.terms.term
        derived.payment = .noUpfront
        derived.hourly = GooglePriceComposer.rounded(rate.hourly)
        collector.add(derived, line: line)
        shares.insert("\(rate.terms.product.title), \(rate.terms.term.years) years: \(rate.rule)")
      }
    }
    guard !shares.isEmpty else { return }
    collector.log.add(
      .note, "derived", line: nil,
      "rates that the catalogue does not state are derived from on-demand prices: "
        + shares.sorted().joined(separator: "; "), remedy: "check them against your contract")
  }

  /// Prices of other services' meters, of accelerators and of local disks; false: it is none.
  private func named(_ value: JSONValue, _ text: String, line: Int) -> Bool {
    let usage = value["category", "usageType"]?.text ?? ""
    let term: Term?
    switch usage {
    case "OnDemand": term = nil
    case "Commit1Yr": term = .oneYear
    case "Commit3Yr": term = .threeYears
    default: return false
    }
    var meter = text
    if term != nil {
      guard let colon = text.firstIndex(of: ":"),
        let end = text.ranges(of: " for ").last?.lowerBound
      else {
        return false
      }
      meter = String(text[text.index(after: colon)..<end].drop { $0 == " " })
    }
    let info = value["pricingInfo"]?.elements.last
    let unit = GoogleUnits.words(info?["pricingExpression", "usageUnit"]?.text ?? "")
    guard
      let found = NamedMeter.find(
        .gcp, category: value["category", "serviceDisplayName"]?.text ?? "Compute Engine",
        product: "", meter: meter, unit: unit, region: "")
    else { return false }
    let regions = value["serviceRegions"]?.elements.compactMap(\.text) ?? []
    guard found.meter.isDemand, found.meter.statesPrice, let price = Self.price(info),
      !regions.isEmpty, let product = Self.product(found.sku.service, term)
    else {
      collector.leaveAside("no commitment lowers its price, or it states none", text)
      return true
    }
    let units = found.meter.units * BilledTime.factor(from: unit, to: found.meter.unit)
    for region in regions where region != "global" {
      var sku = found.sku
      sku.region = region
      let row = StatedPrice(
        sku: sku, product: product, term: term, payment: term == nil ? nil : .noUpfront,
        hourly: price.amount * units, currency: price.currency,
        effective: info?["effectiveTime"]?.text ?? "")
      collector.add(row, line: line)
      composer.addAccelerator(row)
      if term == nil { onDemand.append((row, line)) }
    }
    return true
  }

  private static func product(_ service: Service, _ term: Term?) -> Product? {
    term == nil ? Product.onDemand : Product.covering(service, money: false)
  }

  /// Of the first unit of a month; nil where none is stated.
  private static func price(_ info: JSONValue?) -> (amount: Double, currency: String)? {
    // A free allowance of a month is the first tier, at nothing.
    let tiers = info?["pricingExpression", "tieredRates"]?.elements ?? []
    for tier in tiers {
      guard let unit = tier["unitPrice"], let units = Number.value(of: unit["units"]?.text ?? "0"),
        let nanos = Number.value(of: unit["nanos"]?.text ?? "0"), units + nanos > 0
      else { continue }
      return (units + nanos / 1e9, unit["currencyCode"]?.text ?? "USD")
    }
    return nil
  }

  private func sku(_ value: JSONValue, line: Int) {
    collector.count()
    let text = value["description"]?.text ?? ""
    if named(value, text, line: line) { return }
    guard value["category", "resourceFamily"]?.text ?? "Compute" == "Compute" else {
      return collector.leaveAside(
        "resource family \(value["category", "resourceFamily"]?.text ?? "")", text)
    }
    let usage = value["category", "usageType"]?.text ?? ""
    guard ["OnDemand", "Commit1Yr", "Commit3Yr"].contains(usage) else {
      return collector.leaveAside("usage type \(usage)", text)
    }
    guard let resource = GoogleResource(description: text) else {
      return collector.leaveAside("not the vCPUs or memory of a known series", text)
    }
    guard (resource.term == nil) == (usage == "OnDemand") else {
      return collector.leaveAside("description and usage type differ", text)
    }
    let info = value["pricingInfo"]?.elements.last
    let tiers = info?["pricingExpression", "tieredRates"]?.elements ?? []
    guard
      let unit = tiers.first(where: { ($0["startUsageAmount"]?.number ?? 0) == 0 })?["unitPrice"],
      let units = Number.value(of: unit["units"]?.text ?? "0"),
      let nanos = Number.value(of: unit["nanos"]?.text ?? "0"),
      unit["units"] != nil || unit["nanos"] != nil
    else {
      collector.log.add(
        .warning, "not-a-number", line: line, "\(text.quoted) has no unit price",
        remedy: "ask for the catalogue again; the SKU is left aside")
      return collector.leaveAside("price is no number", text)
    }
    let code = info?["pricingExpression", "usageUnit"]?.text ?? ""
    let gibibytes = resource.part == .memory ? GoogleUnits.gibibytes(code) : 1
    let stated = value["serviceRegions"]?.elements.compactMap(\.text) ?? []
    let regions = stated.isEmpty ? GoogleRegions.codes(of: resource.place) : stated
    guard !regions.isEmpty else { return collector.leaveAside("unknown place", text) }
    composer.add(
      resource, regions: regions, price: (units + nanos / 1e9) * gibibytes,
      currency: unit["currencyCode"]?.text ?? "USD", effective: info?["effectiveTime"]?.text ?? "")
  }
}

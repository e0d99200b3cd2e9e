import CloudCosts

/// Reads EC2 offer files in CSV: a row for each price dimension, so that one offer is one row or
/// two.
final class AWSOfferCSV {
  /// The JSON files' attributes, by the columns that CSV files have for them.
  private static let columns = [
    "instanceType": "Instance Type", "capacitystatus": "CapacityStatus",
    "marketoption": "MarketOption", "tenancy": "Tenancy", "regionCode": "Region Code",
    "location": "Location", "operation": "operation", "operatingSystem": "Operating System",
    "preInstalledSw": "Pre Installed S/W", "licenseModel": "License Model",
    "servicecode": "serviceCode", "usagetype": "usageType", "cacheEngine": "Cache Engine",
  ]

  private struct Open {
    var price: AWSTermPrice
    var offer: AWSOffer
    var sku: SKU
    var line: Int
  }

  private let collector: PriceCollector
  /// Offers of which one row was met and another may come.
  private var open: [String: Open] = [:]

  init(_ collector: PriceCollector) { self.collector = collector }

  func read(_ file: InputFile) {
    guard
      var table = NamedColumns(
        file,
        requiring: [
          "SKU", "OfferTermCode", "TermType", "Unit", "PricePerUnit", "Currency", "Product Family",
        ], log: &collector.log)
    else { return }
    while table.next(&collector.log) { row(table) }
    for (_, offer) in open.sorted(by: { $0.value.line < $1.value.line }) {
      collector.add(offer.price, offer.offer, offer.sku, line: offer.line)
    }
  }

  private func row(_ table: borrowing NamedColumns) {
    collector.count()
    let id = "\(table["SKU"]).\(table["OfferTermCode"])"
    var values = Self.columns.mapValues { table[$0] }
    values["unit"] = table["Unit"]
    let capacity = AWSCapacityRate(usageType: values["usagetype"] ?? "")
    if let capacity { values["usagetype"] = capacity.usageType }
    let sku: SKU
    switch AWSMachine.verdict(
      family: table["Product Family"], attribute: { values[$0] ?? "" })
    {
    case .machine(let machine): sku = machine
    case .other(let reason): return collector.leaveAside(reason, id)
    }
    guard collector.filter.contains(sku) else {
      return collector.leaveAside("not asked for", "\(sku)")
    }
    guard let offer = capacity?.offer ?? offer(table, id) else { return }
    var price = open[id]?.price ?? AWSTermPrice(effective: table["EffectiveDate"])
    if let problem = price.take(
      unit: table["Unit"], price: table["PricePerUnit"], currency: table["Currency"], of: sku,
      from: table["StartingRange"])
    {
      return collector.leaveAside(problem, id)
    }
    capacity?.apply(to: &price)
    let mayBeMore =
      offer.payment != nil && offer.payment != .noUpfront
      && (price.hourly == nil || price.upfront == nil)
    if mayBeMore {
      open[id] = Open(price: price, offer: offer, sku: sku, line: table.line)
    } else {
      open[id] = nil
      collector.add(price, offer, sku, line: table.line)
    }
  }

  private func offer(_ table: borrowing NamedColumns, _ id: String) -> AWSOffer? {
    switch table["TermType"] {
    case "OnDemand": return .onDemand
    case "Reserved":
      let read = AWSOffer.reserved(
        length: table["LeaseContractLength"], payment: table["PurchaseOption"],
        offeringClass: table["OfferingClass"])
      if read.offer == nil { collector.leaveAside(read.problem, id) }
      return read.offer
    default:
      collector.leaveAside("term type \(table["TermType"])", id)
      return nil
    }
  }
}

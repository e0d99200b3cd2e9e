import CloudCosts

/// Reads Google's prices as a table, as the console exports them: a row for each SKU.
///
/// Exports differ in their headings, so a column goes by any of its known names; where there is no
/// column of regions, the place at the end of the description tells.
final class GooglePriceCSV {
  enum Column: CaseIterable {
    case description, price, contractPrice, region, currency, tier

    var names: [String] {
      switch self {
      case .description:
        ["SKU description", "Sku description", "SKU Description", "sku.description"]
      case .price: ["List price ($)", "List price", "Price", "Unit price", "price"]
      case .contractPrice: ["Contract price ($)", "Contract price", "Account price"]
      case .region: ["Region", "Regions", "Service regions", "region"]
      case .currency: ["Currency", "Currency code", "currency"]
      case .tier: ["Tiered usage start", "Tier minimum", "Start usage amount"]
      }
    }
  }

  private let collector: PriceCollector
  private let composer: GooglePriceComposer

  init(_ collector: PriceCollector) {
    self.collector = collector
    composer = GooglePriceComposer(collector)
  }

  func read(_ file: InputFile) {
    guard
      let head = FileHead(file, log: &collector.log),
      let description = Column.description.names.first(where: head.columns.contains),
      var table = NamedColumns(file, requiring: [description], log: &collector.log)
    else { return }
    guard Column.price.names.contains(where: { head.columns.contains($0) }) else {
      return collector.log.add(
        .error, "missing-column", line: 1,
        "there is no column \(Column.price.names.map(\.quoted).joined(separator: " or "))",
        remedy: "export the price list again, with list prices")
    }
    while table.next(&collector.log) { row(table) }
    composer.finish()
  }

  private func value(_ column: Column, _ table: borrowing NamedColumns) -> String {
    for name in column.names {
      let text = table[name]
      if !text.isEmpty { return text }
    }
    return ""
  }

  private func row(_ table: borrowing NamedColumns) {
    collector.count()
    let text = value(.description, table)
    guard let resource = GoogleResource(description: text) else {
      return collector.leaveAside("not the vCPUs or memory of a known series", text)
    }
    guard (Number.value(of: value(.tier, table)) ?? 0) == 0 else {
      return collector.leaveAside("a price from a higher tier on", text)
    }
    guard let price = Number.value(of: value(.price, table)) else {
      collector.log.add(
        .warning, "not-a-number", line: table.line,
        "\(text.quoted) costs \(value(.price, table).quoted), which is no number",
        remedy: "write plain decimal numbers such as 0.031611; the row is left aside")
      return collector.leaveAside("price is no number", text)
    }
    let stated = value(.region, table).split { $0 == "," || $0 == ";" || $0 == " " }.map(
      String.init)
    let regions = stated.isEmpty ? GoogleRegions.codes(of: resource.place) : stated
    guard !regions.isEmpty else { return collector.leaveAside("unknown place", text) }
    let currency = value(.currency, table)
    composer.add(
      resource, regions: regions, price: price, currency: currency.isEmpty ? "USD" : currency,
      effective: "")
  }
}

/// Places in the descriptions of Google's SKUs.
enum GoogleRegions {
  /// Source: `serviceRegions` of the Cloud Billing catalogue next to its descriptions.
  private static let table: [String: [String]] = [
    "Americas": ["us-central1", "us-east1", "us-west1"], "EMEA": ["europe-west1"],
    "APAC": ["asia-east1"], "Northern Virginia": ["us-east4"], "Virginia": ["us-east4"],
    "Columbus": ["us-east5"], "Dallas": ["us-south1"], "Los Angeles": ["us-west2"],
    "Salt Lake City": ["us-west3"], "Las Vegas": ["us-west4"],
    "Montreal": ["northamerica-northeast1"], "Toronto": ["northamerica-northeast2"],
    "Mexico": ["northamerica-south1"], "Sao Paulo": ["southamerica-east1"],
    "Santiago": ["southamerica-west1"], "London": ["europe-west2"], "Frankfurt": ["europe-west3"],
    "Netherlands": ["europe-west4"], "Zurich": ["europe-west6"], "Milan": ["europe-west8"],
    "Paris": ["europe-west9"], "Berlin": ["europe-west10"], "Turin": ["europe-west12"],
    "Finland": ["europe-north1"], "Stockholm": ["europe-north2"], "Warsaw": ["europe-central2"],
    "Madrid": ["europe-southwest1"], "Hong Kong": ["asia-east2"], "Japan": ["asia-northeast1"],
    "Tokyo": ["asia-northeast1"], "Osaka": ["asia-northeast2"], "Seoul": ["asia-northeast3"],
    "Singapore": ["asia-southeast1"], "Jakarta": ["asia-southeast2"], "Mumbai": ["asia-south1"],
    "Delhi": ["asia-south2"], "Sydney": ["australia-southeast1"],
    "Melbourne": ["australia-southeast2"], "Tel Aviv": ["me-west1"], "Doha": ["me-central1"],
    "Dammam": ["me-central2"], "Johannesburg": ["africa-south1"],
  ]

  static func codes(of place: String) -> [String] { table[place] ?? [] }
}

import CloudCosts

enum PriceColumn: Int, ServiceColumn {
  case provider, region, instanceType, operatingSystem, tenancy, product, termYears, payment
  case upfront, hourly, zone, listHourly, service, unit, engine, license, deployment

  static let headings = [
    "provider", "region", "instance_type", "operating_system", "tenancy", "product", "term_years",
    "payment", "upfront", "hourly", "zone", "list_hourly", "service", "unit", "engine", "license",
    "deployment",
  ]
  static let required: [PriceColumn] = [.provider, .region, .instanceType, .product, .hourly]
}

/// Reads price files.
package enum PriceReader {
  /// Reads a whole price file and compares its rows with each other.
  ///
  /// - Returns: the rows, and the findings of every line. Time: linear in bytes.
  package static func read(_ file: InputFile) -> Reading<PriceList> {
    var log = FindingLog(file: file.name, kind: "prices")
    guard var table = Table<PriceColumn>.open(file, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var list = PriceList(rows: [], lines: [], file: file.name)
    var skus = SKUColumns()
    while table.next(&log) {
      guard let row = row(table, skus: &skus, log: &log) else { continue }
      list.rows.append(row)
      list.lines.append(table.line)
    }
    list.check(&log)
    return Reading(value: list, findings: log.finished())
  }

  /// Reads a price file of any known kind: the contract's CSV, or one that a provider publishes.
  ///
  /// - Parameter currency: the code that the prices must have where the file states one; nil: any.
  package static func read(
    any file: InputFile, currency: String? = nil
  ) -> Reading<PriceList> {
    switch PriceFormat.recognise(file) {
    // A table that no one knows is meant to be the contract's: its reader says what is missing.
    case .success(.contract), .failure: return read(file)
    case .success:
      let reading = PublishedPriceReader.read(
        [file], currency: currency, mayBeEmpty: true)
      let list = reading.value.map { prices in
        PriceList(
          rows: prices.rows, lines: Array(repeating: 1, count: prices.rows.count), file: file.name)
      }
      return Reading(value: list, findings: reading.findings)
    }
  }

  /// Reads several price files as one: of a price that several state the first file's counts.
  package static func read(all files: [InputFile], currency: String? = nil) -> Reading<PriceList> {
    guard files.count != 1, let first = files.first else {
      return files.first.map { read(any: $0, currency: currency) }
        ?? Reading(value: nil, findings: [])
    }
    var list = PriceList(rows: [], lines: [], file: first.name)
    var findings: [Finding] = []
    var known: [PriceKey: Int] = [:]
    for (index, file) in files.enumerated() {
      let reading = read(any: file, currency: currency)
      findings += reading.findings
      for (row, line) in zip(reading.value?.rows ?? [], reading.value?.lines ?? []) {
        guard known[PriceKey(row), default: index] == index else { continue }
        known[PriceKey(row)] = index
        list.rows.append(row)
        list.lines.append(line)
      }
    }
    list.file = files.map(\.name).joined(separator: ", ")
    return Reading(value: list, findings: findings)
  }

  /// What a price is the price of.
  private struct PriceKey: Hashable {
    var sku: SKU
    var product: Product
    var term: Term?
    var payment: PaymentOption?

    init(_ row: PriceRow) {
      (sku, product, term, payment) = (row.sku, row.product, row.term, row.payment)
    }
  }

  /// The row in numbers; nil, with findings, where a field cannot be used. Every field is looked
  /// at.
  private static func row(
    _ table: borrowing Table<PriceColumn>, skus: inout SKUColumns, log: inout FindingLog
  ) -> PriceRow? {
    let line = table.line
    let fields = SKUFields(
      provider: table[.provider], region: table[.region], instanceType: table[.instanceType],
      operatingSystem: table[.operatingSystem], tenancy: table[.tenancy],
      zone: table[.zone], more: table.hasMore ? table.more : SKUFields.MoreFields())
    let sku = skus.sku(fields, line: line, log: &log)
    let named: Product? = log.choice(table[.product], "product", line: line)
    let product = sku.flatMap { sku in named?.sold(for: sku.service) } ?? named
    let hourly = log.number(table[.hourly], "hourly", line: line)
    let upfront =
      table[.upfront].isEmpty ? 0 : log.number(table[.upfront], "upfront", line: line)
    guard product != .onDemand else {
      checkBlank(table, log: &log)
      guard let sku, let hourly, upfront != nil else { return nil }
      let list = listPrice(table, above: hourly, log: &log)
      return PriceRow(sku: sku, product: .onDemand, hourly: hourly, list: list)
    }
    // Where the product is a riddle, blanks may be right: on demand has neither term nor payment.
    let mayBeBlank = product == nil
    let term =
      mayBeBlank && table[.termYears].isEmpty ? nil : log.term(table[.termYears], line: line)
    let payment: PaymentOption? =
      mayBeBlank && table[.payment].isEmpty
      ? nil : log.choice(table[.payment], "payment", line: line)
    guard let sku, let product, let term, let payment, let hourly, let upfront else { return nil }
    return PriceRow(
      sku: sku, product: product, term: term, payment: payment, upfront: upfront, hourly: hourly)
  }

  /// `list_hourly` of an on-demand row: the public price, where `hourly` is a negotiated one.
  private static func listPrice(
    _ table: borrowing Table<PriceColumn>, above hourly: Double, log: inout FindingLog
  ) -> ListPrice? {
    guard !table[.listHourly].isEmpty,
      let list = log.number(table[.listHourly], "list_hourly", line: table.line)
    else { return nil }
    if list < hourly {
      log.add(
        .error, "list-below-price", line: table.line,
        "list_hourly \(list) is below hourly \(hourly)",
        remedy: "hourly is what you pay, list_hourly the provider's public price")
    }
    return ListPrice(hourly: list)
  }

  private static func checkBlank(_ table: borrowing Table<PriceColumn>, log: inout FindingLog) {
    for column in [PriceColumn.termYears, .payment] where !table[column].isEmpty {
      log.add(
        .error, "on-demand-with-\(column.heading.hyphenated)", line: table.line,
        "an on-demand price has no \(column.heading), here it is \(table[column].quoted)",
        remedy: "leave the field empty, or correct the product")
    }
  }
}

/// Reads the columns of a SKU, and makes each different SKU once.
struct SKUColumns {
  private var keys = KeyTable()
  private var skus: [SKU] = []

  mutating func sku(_ fields: SKUFields, line: Int, log: inout FindingLog) -> SKU? {
    keys.begin()
    keys.append(fields.provider)
    keys.append(fields.region)
    keys.append(fields.instanceType)
    keys.append(fields.operatingSystem)
    keys.append(fields.tenancy)
    keys.append(fields.zone)
    if !fields.more.areEmpty { for field in fields.more.all { keys.append(field) } }
    if let known = keys.lookup() { return skus[known] }
    guard let sku = log.sku(fields, line: line) else { return nil }
    keys.store(skus.count)
    skus.append(sku)
    return sku
  }
}

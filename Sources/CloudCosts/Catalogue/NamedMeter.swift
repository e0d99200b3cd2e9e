/// A meter of Azure or Google that bills and price files name in words: a row of
/// `Data/named-meters.csv`.
package struct NamedMeter: Sendable {
  package var service: Service
  private var product: WordPattern
  private var meter: WordPattern
  private var type: String
  private var system: String
  private var deployment: String
  private var billUnit: String
  /// What one is counted in: `vCore-hour`.
  package var unit: String
  /// Units of the bill for one of ours.
  package var units: Double
  /// Whether commitments may cover it.
  package var isDemand: Bool
  /// Whether commitments may cover it although nothing plans with it: its money is said.
  package var isCoverable: Bool
  /// Whether its price is that of one of ours, times `units`.
  package var statesPrice: Bool

  private static let byCategory: [Provider: [String: [NamedMeter]]] = {
    var table: [Provider: [String: [NamedMeter]]] = [:]
    for row in CatalogueTable(csv: NamedMeterTable.csv).rows {
      guard let meter = NamedMeter(row) else { continue }
      for name in row.list("category") {
        table[meter.service.provider, default: [:]][name, default: []].append(meter)
      }
    }
    return table
  }()

  /// What a provider's meters of this table are filed under, in small letters and in order.
  package static func categories(of provider: Provider) -> [String] {
    byCategory[provider]?.keys.sorted() ?? []
  }

  /// What one of a type is counted in, by the longest beginning of a row's type that it has.
  ///
  /// - Parameter type: without its service: `vCPU`, `GP-Gen5`.
  static func unit(of type: String, _ service: Service) -> String? {
    units[service]?.first { known in
      known.isWhole ? known.text == type : type.hasPrefix(known.text)
    }?.unit
  }

  private struct TypeUnit {
    /// What is before the first part that a meter's words fill in.
    var text: String
    var isWhole: Bool
    var unit: String
  }

  private static let units: [Service: [TypeUnit]] = {
    var table: [Service: [TypeUnit]] = [:]
    for meter in byCategory.values.flatMap(\.values).joined() where meter.isDemand {
      let text = String(meter.type.prefix { $0 != "$" })
      table[meter.service, default: []].append(
        TypeUnit(text: text, isWhole: text == meter.type, unit: meter.unit))
    }
    return table.mapValues { rows in
      rows.sorted { a, b in
        (a.isWhole ? 0 : 1, -a.text.count, a.text, a.unit)
          < (b.isWhole ? 0 : 1, -b.text.count, b.text, b.unit)
      }
    }
  }()

  private init?(_ row: CatalogueTable.Row) {
    guard let service = Service(named: row["service"]) else { return nil }
    self.service = service
    product = WordPattern(row["product"])
    meter = WordPattern(row["meter"])
    type = row["type"]
    system = row["system"]
    deployment = row["deployment"]
    billUnit = row["bill_unit"]
    unit = row["unit"]
    units = Double(row["units"]) ?? 1
    isDemand = row["demand"] == "yes"
    isCoverable = row["demand"] == "money"
    statesPrice = row["price"] == "yes"
  }

  /// The first meter that these words name, and what it meters there.
  ///
  /// - Parameters:
  ///   - category: Azure's meter category or service's name, Google's service.
  ///   - product: Azure's meter subcategory or product's name; empty for Google.
  ///   - meter: Azure's meter name, Google's description.
  ///   - unit: the bill's.
  package static func find(
    _ provider: Provider, category: String, product: String, meter: String, unit: String,
    region: String
  ) -> (meter: NamedMeter, sku: SKU)? {
    for row in byCategory[provider]?[category.lowercased()] ?? [] {
      guard row.billUnit.isEmpty || unit.lowercased().contains(row.billUnit),
        let ofProduct = row.product.parts(of: product),
        let ofMeter = row.meter.parts(of: meter)
      else { continue }
      return (row, row.sku(ofProduct + ofMeter, region))
    }
    return nil
  }

  private func sku(_ parts: [String], _ region: String) -> SKU {
    SKU(
      provider: service.provider, region: region,
      instanceType: service.type(WordPattern.filled(type, parts).filter { $0 != " " }),
      operatingSystem: system.isEmpty ? "Linux" : WordPattern.filled(system, parts),
      tenancy: deployment.isEmpty ? "default" : deployment)
  }
}

/// A text with `*` for any text and `?` for one word, whatever the size of letters.
struct WordPattern: Sendable {
  private enum Piece: Sendable {
    case text(String)
    case any
    case word
  }

  private let pieces: [Piece]

  init(_ text: String) {
    var pieces: [Piece] = []
    var plain = ""
    func close() {
      if !plain.isEmpty { pieces.append(.text(plain.lowercased())) }
      plain = ""
    }
    for letter in text {
      switch letter {
      case "*":
        close()
        pieces.append(.any)
      case "?":
        close()
        pieces.append(.word)
      default: plain.append(letter)
      }
    }
    close()
    self.pieces = pieces
  }

  /// What its wildcards stand for; nil where the text does not fit. Wildcards take as little as may
  /// be.
  func parts(of text: String) -> [String]? {
    WordPattern.match(pieces[...], Substring(text))
  }

  /// A text with parts in the places of `$1`, `$2` …
  static func filled(_ text: String, _ parts: [String]) -> String {
    var text = text
    for (index, part) in parts.enumerated().reversed() {
      text = text.replacing("$\(index + 1)", with: part)
    }
    return text
  }

  private static func match(_ pieces: ArraySlice<Piece>, _ text: Substring) -> [String]? {
    guard let first = pieces.first else { return text.isEmpty ? [] : nil }
    let rest = pieces.dropFirst()
    switch first {
    case .text(let plain):
      let head = text.prefix(plain.count)
      guard head.lowercased() == plain else { return nil }
      return match(rest, text.dropFirst(plain.count))
    case .any, .word:
      var end = text.startIndex
      while true {
        let part = text[..<end]
        if case .word = first, part.contains(" ") { return nil }
        let isEnough: Bool
        if case .word = first { isEnough = !part.isEmpty } else { isEnough = true }
        if isEnough, let found = match(rest, text[end...]) { return [String(part)] + found }
        guard end < text.endIndex else { return nil }
        end = text.index(after: end)
      }
    }
  }
}

/// What Azure's lists of reservations call what a service is reserved in: a row of
/// `Data/azure-reservations.csv`.
package struct AzureReservation: Sendable {
  /// How a purchase calls it.
  private enum Buying: String { case yes, look, no }

  private var reserved: String
  private var name: WordPattern
  /// As in the table: a purchase spells it with its capitals.
  private var spellings: [String]
  private var service: Service
  private var type: String
  private var system: String
  private var units: Double
  private var buying: Buying
  private var location: String

  private static let all = CatalogueTable(csv: AzureReservationTable.csv).rows
    .compactMap(AzureReservation.init)

  private init?(_ row: CatalogueTable.Row) {
    guard let service = Service(named: row["service"]) else { return nil }
    self.service = service
    reserved = row["reserved"]
    name = WordPattern(row["sku"])
    let names = row.list("bought_as")
    spellings = names.isEmpty ? [Self.numbered(row["sku"])] : names
    type = row["type"]
    system = row["system"]
    units = Double(row["units"]) ?? 1
    buying = Buying(rawValue: row["buy"]) ?? .no
    location = row["location"]
  }

  /// What a purchase of reservations calls what it reserves.
  package struct Offer: Hashable, Sendable {
    /// `SqlDatabases`.
    package var reserved: String
    /// `SQLDB_GP_Compute_Gen5`; several, where Azure's catalogue is to say which is on sale.
    package var names: [String]
    /// How many of them.
    package var count: Double
    /// Nil: it is good for all regions.
    package var region: String?
    /// Whether the first name is known to be on sale, so that nothing has to be looked up.
    package var isKnown: Bool
  }

  /// The most of one SKU that a purchase may have.
  ///
  /// Source: Microsoft Learn, "Optimize cost with reserved capacity in Azure Cosmos DB" (from 1 to
  /// 9999 units of a SKU); read in a stored copy of 2024.
  private static let most = 9_999.0

  /// How so much of a SKU is reserved, in the largest units that come to just that; nil where no
  /// row knows all of it.
  package static func offer(for sku: SKU, count: Double) -> Offer? {
    guard sku.provider == .azure, count > 0 else { return nil }
    if sku.service == .machines(of: .azure) {
      return Offer(
        reserved: "VirtualMachines", names: [sku.instanceType], count: count, region: sku.region,
        isKnown: true)
    }
    let rows = all.filter { $0.buying != .no && $0.service == sku.service }
    for row in rows.sorted(by: { $0.units > $1.units }) {
      guard let ratio = row.ratio(in: sku.region) else { continue }
      // Small parts of one are of the arithmetic.
      let pieces = (count * ratio / row.units * 1e6).rounded() / 1e6
      guard (row.system.isEmpty ? "Linux" : row.system) == sku.operatingSystem,
        row.units == 1 || (pieces == pieces.rounded() && pieces >= 1), pieces <= most,
        let names = row.names(of: sku.nativeType)
      else { continue }
      return Offer(
        reserved: row.reserved, names: names, count: pieces.rounded(.up),
        region: row.location.isEmpty ? sku.region : nil, isKnown: row.buying == .yes)
    }
    return nil
  }

  /// How much of one a unit of usage takes in a region: all of it, but of what is good for all
  /// regions; nil where that is not known.
  private func ratio(in region: String) -> Double? {
    location.isEmpty ? 1 : Self.ratios[service]?[region]
  }

  private static let ratios: [Service: [String: Double]] = {
    var table: [Service: [String: Double]] = [:]
    for row in CatalogueTable(csv: AzureRatioTable.csv).rows {
      guard let service = Service(named: row["service"]), let ratio = Double(row["ratio"]) else {
        continue
      }
      table[service, default: [:]][row["region"]] = ratio
    }
    return table
  }()

  /// Of what is reserved for all regions at once: how much of one a unit of usage takes in each;
  /// nil where a service is reserved by region.
  package static func ratios(of service: Service) -> [String: Double]? { ratios[service] }

  /// How many of our units one of a name is; nil for what no row names.
  package static func units(named name: String) -> Double? {
    all.first { $0.name.parts(of: name) != nil }?.units
  }

  /// The names of a type, its parts put in; nil where the row is of others.
  private func names(of native: String) -> [String]? {
    // `P$2v$3` of `P1v3`: 1 is $2, and 3 is $3.
    let numbers = type.split(separator: "$", omittingEmptySubsequences: false).dropFirst()
      .map { String($0.prefix { $0.isNumber }) }
    let pattern = numbers.reduce(type) { $0.replacing("$" + $1, with: "?") }
    guard let parts = WordPattern(pattern).parts(of: native) else { return nil }
    return spellings.map { name in
      zip(numbers, parts).reduce(name) { $0.replacing("$" + $1.0, with: $1.1) }
    }
  }

  /// A pattern with numbers for its words: `SQLDB_GP_Compute_Gen$1`.
  private static func numbered(_ pattern: String) -> String {
    var (text, number) = ("", 0)
    for letter in pattern {
      if letter == "?" || letter == "*" { number += 1 }
      text += letter == "?" ? "$\(number)" : String(letter)
    }
    return text
  }

  /// What is reserved, and how many of its units one of the list is; nil for what no row names.
  ///
  /// - Parameters:
  ///   - reserved: `SqlDatabases`.
  ///   - name: `SQLDB_GP_Compute_Gen5`.
  package static func find(
    _ reserved: String, _ name: String, region: String
  ) -> (sku: SKU, units: Double)? {
    for row in all where row.reserved.lowercased() == reserved.lowercased() {
      guard let parts = row.name.parts(of: name) else { continue }
      let ratio = row.ratio(in: region) ?? 1
      let type = WordPattern.filled(row.type, parts).filter { $0 != " " }
      return (
        SKU(
          provider: .azure, region: region, instanceType: row.service.type(type),
          operatingSystem: row.system.isEmpty ? "Linux" : row.system),
        row.units / ratio
      )
    }
    return nil
  }
}

/// What commitments do not cover of the services that they are sold for, and what is no longer
/// sold: rows of `Data/eligibility.csv`.
struct Eligibility: Sendable {
  enum Rule: String {
    /// Such usage is never covered.
    case never
    /// Such usage is not known to be covered: a rate in a price file says that it is.
    case unlessStated = "unless-stated"
    /// Not sold from a date on; what is owned goes on.
    case ended
  }

  var rule: Rule
  private var types: [TypePattern]
  private var systems: [TypePattern]
  private var generation: Int?
  private var terms: Set<Term>
  /// Of `ended`: from when on.
  var from: Hour?
  var source: String

  private struct Key: Hashable {
    var product: Product
    var service: Service
  }

  private static let table: [Key: [Eligibility]] = {
    var table: [Key: [Eligibility]] = [:]
    for row in CatalogueTable(csv: EligibilityTable.csv).rows {
      guard let entry = Eligibility(row), let service = Service(named: row["service"]) else {
        continue
      }
      for product in row.list("products").compactMap(Product.init(rawValue:)) {
        table[Key(product: product, service: service), default: []].append(entry)
      }
    }
    return table
  }()

  private static let services = ServiceSet(Array(Set(table.keys.map(\.service))))

  /// Whether any commitment is known to cover usage of a SKU.
  static func isCoverable(_ sku: SKU) -> Bool {
    // Of most services no row excludes anything.
    guard services.contains(sku.service) else { return true }
    return Product.allCases.contains { $0 != .onDemand && $0.isKnownToCover(sku) }
  }

  private init?(_ row: CatalogueTable.Row) {
    guard let rule = Rule(rawValue: row["rule"]) else { return nil }
    self.rule = rule
    types = row.list("types").map(TypePattern.init)
    systems = row.list("systems").map(TypePattern.init)
    generation = Int(row["older_than"])
    terms = Set(row.list("terms").compactMap(Int.init).map(Term.init(years:)))
    from = row["from"].isEmpty ? nil : Hour(iso8601: row["from"] + "T00:00:00Z")
    guard rule != .ended || from != nil else { return nil }
    source = row["source"]
  }

  /// The first row of these rules that is of a SKU.
  static func find(_ product: Product, _ sku: SKU, _ rules: Set<Rule>) -> Eligibility? {
    guard let rows = table[Key(product: product, service: sku.service)] else { return nil }
    let names = Names(sku)
    return rows.first { rules.contains($0.rule) && $0.isOf(names) }
  }

  /// The first row that ended the sale of a SKU for a term.
  static func end(_ product: Product, _ sku: SKU, _ term: Term) -> Eligibility? {
    guard let rows = table[Key(product: product, service: sku.service)] else { return nil }
    let names = Names(sku)
    return rows.first {
      $0.rule == .ended && ($0.terms.isEmpty || $0.terms.contains(term)) && $0.isOf(names)
    }
  }

  /// What rows look at, made once for all of them: price files have a hundred thousand types.
  private struct Names {
    let type: [UInt8]
    let system: [UInt8]
    let sku: SKU

    init(_ sku: SKU) {
      self.sku = sku
      type = Array(sku.nativeType.lowercased().utf8)
      system = Array(sku.operatingSystem.lowercased().utf8)
    }
  }

  private func isOf(_ names: Names) -> Bool {
    guard types.isEmpty || types.contains(where: { $0.fits(names.type) }),
      systems.isEmpty || systems.contains(where: { $0.fits(names.system) })
    else { return false }
    guard let generation else { return true }
    return Self.generation(of: names.sku).map { $0 < generation } ?? false
  }

  /// The first number in the name of the family: 6 of `db.r6g`; nil where there is none.
  private static func generation(of sku: SKU) -> Int? {
    let family = sku.family.drop { !$0.isNumber }
    return Int(family.prefix { $0.isNumber })
  }
}

/// A name with `*` for any text and `#` for digits.
struct TypePattern: Sendable {
  private let pattern: [UInt8]

  init(_ text: String) { pattern = Array(text.utf8) }

  func fits(_ name: [UInt8]) -> Bool { Self.fits(pattern[...], name[...]) }

  private static func fits(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case UInt8(ascii: "*"):
      return (name.startIndex...name.endIndex).contains { fits(rest, name[$0...]) }
    case UInt8(ascii: "#"):
      let digits = name.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !digits.isEmpty else { return false }
      return fits(rest, name[digits.endIndex...])
    default:
      return name.first == first && fits(rest, name.dropFirst())
    }
  }
}

extension SKU {
  /// Whether any commitment is known to cover usage of it.
  package var isCoverable: Bool { Eligibility.isCoverable(self) }
}

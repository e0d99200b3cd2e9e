/// What is on sale, by the name the price files use: a row of `Data/products.csv`, whose columns
/// say all that the rest of the program wants to know of it.
package struct Product: Hashable, Sendable, CaseIterable, RawRepresentable {
  let index: UInt8

  package static let allCases = ProductFacts.table.indices.map { Product(index: UInt8($0)) }
  private static let byName = Dictionary(
    ProductFacts.table.enumerated().map { ($1.name, Product(index: UInt8($0))) },
    uniquingKeysWith: { first, _ in first })
  private static let byWord = Dictionary(
    allCases.flatMap { product in product.facts.words.map { ($0, product) } },
    uniquingKeysWith: { first, _ in first })

  var facts: ProductFacts {
    _read { yield ProductFacts.table[Int(index)] }
  }

  package var rawValue: String { facts.name }

  package init?(rawValue: String) {
    guard let product = Self.byName[rawValue] else { return nil }
    self = product
  }

  /// By a word of the provider's files: `ComputeSavingsPlans`, `EC2_INSTANCE_SP`, `standard`.
  package init?(word: String) {
    guard let product = Self.byWord[word] else { return nil }
    self = product
  }

  /// By the name that a person knows it by: `Cloud SQL CUD`.
  package init?(title: String, _ provider: Provider?) {
    guard !title.isEmpty,
      let product = Self.allCases.first(where: { $0.title == title && $0.provider == provider })
    else { return nil }
    self = product
  }

  private init(index: UInt8) { self.index = index }

  package static func == (a: Product, b: Product) -> Bool { a.index == b.index }
  package func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

extension Product: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let product = Product(rawValue: name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(name) is no product")
    }
    self = product
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

extension Product {
  /// What is sold by everyone, and commits to nothing.
  package static let onDemand = Product(index: 0)
  package static let standardRI = named("ri-standard")
  package static let convertibleRI = named("ri-convertible")
  package static let ec2InstanceSavingsPlan = named("sp-ec2-instance")
  package static let computeSavingsPlan = named("sp-compute")
  package static let sageMakerSavingsPlan = named("sp-sagemaker")
  package static let databaseSavingsPlan = named("sp-database")
  package static let azureReservation = named("azure-reservation")
  package static let azureSavingsPlan = named("azure-savings-plan")
  package static let gcpResourceCUD = named("gcp-cud-resource")
  package static let gcpFlexibleCUD = named("gcp-cud-flexible")

  /// A test holds that the rows exist.
  private static func named(_ name: String) -> Product { Product(rawValue: name) ?? .onDemand }
}

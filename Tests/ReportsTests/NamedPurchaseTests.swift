import CloudCosts
import Foundation
import Testing

@testable import Reports

/// Purchase commands of Azure and Google against their own clients: every option is one of the
/// command, all that are required are given, and values are those that it takes.
///
/// `Models/azure-google-purchases.json` is of names alone: Azure's extensions `billing-benefits` and
/// `reservation` (Azure/azure-cli-extensions, API version 2022-11-01), and the reference of `gcloud compute
/// commitments create` of 2026.
@Suite struct NamedPurchaseTests {
  struct Command: Decodable {
    var required: [String]
    /// The values that an option takes; none: any.
    var options: [String: [String]]
  }

  static let commands = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Models/azure-google-purchases.json")
    return try JSONDecoder().decode([String: Command].self, from: Data(contentsOf: file))
  }

  private static func purchase(
    _ product: Product, _ type: String?, _ amount: RunDocument.Purchase.Amount,
    _ payment: PaymentOption = .noUpfront, system: String? = nil
  ) -> RunDocument.Purchase {
    let region = product.provider == .azure ? "westeurope" : "us-central1"
    var purchase = PurchaseModelTests.purchase(
      product, type: type, region: type == nil ? nil : region, amount: amount,
      payment: payment, system: system)
    purchase.provider = product.provider ?? .aws
    return purchase
  }

  private static let databasePlan = Product(rawValue: "azure-savings-plan-database")

  /// What Azure's own catalogue, or its check of a purchase, is asked for first.
  static let lookedUp: [RunDocument.Purchase] =
    [
      purchase(.azureReservation, "azure-redis/P1", .quantity(2)),
      purchase(.azureReservation, "azure-redis/E10", .quantity(2)),
      purchase(.azureReservation, "azure-redis/F300", .quantity(2)),
      purchase(.azureReservation, "azure-cosmos/RU", .quantity(40)),
      purchase(.azureReservation, "azure-cosmos/RU", .quantity(20_000), .allUpfront),
      purchase(.azureReservation, "azure-cosmos/RU-multi-master", .quantity(9)),
      purchase(.azureReservation, "azure-postgresql/GP-Ddsv5", .quantity(8)),
      purchase(.azureReservation, "azure-postgresql/MO-Edsv4", .quantity(8)),
      purchase(.azureReservation, "azure-mysql/GP-Ddsv5", .quantity(8)),
      purchase(.azureReservation, "azure-app-service/P1v3", .quantity(3), system: "Windows"),
      purchase(.azureReservation, "azure-app-service/P2v3", .quantity(3)),
      purchase(.azureReservation, "azure-app-service/P3mv3", .quantity(3)),
    ]
    + (databasePlan.map { plan in
      [
        purchase(plan, nil, .hourlyCommitment(Money(rounding: 2.5))),
        purchase(plan, nil, .hourlyCommitment(Money(rounding: 2.5)), .allUpfront),
      ]
    } ?? [])

  private static let machines: [RunDocument.Purchase] = [
    purchase(.azureReservation, "Standard_D4s_v5", .quantity(3)),
    purchase(.azureReservation, "Standard_D4s_v5", .quantity(3), .allUpfront),
    purchase(.azureReservation, "azure-sql/GP-Gen5", .quantity(8)),
    purchase(.azureReservation, "azure-sql/MI-BC-Gen5", .quantity(8)),
    purchase(.azureSavingsPlan, nil, .hourlyCommitment(Money(rounding: 1.5))),
  ]

  static let purchases: [RunDocument.Purchase] =
    lookedUp + machines
    + [
      "n1-standard-4", "e2-standard-4", "n2-highmem-8", "n2d-standard-8", "n4-standard-8",
      "c2-standard-8", "c2d-standard-8", "c3-standard-8", "c3d-standard-8", "c4-standard-8",
      "t2d-standard-4", "m3-ultramem-32", "h3-standard-88", "custom-4-8192", "n2-custom-6-12288",
      "e2-medium",
    ].map { purchase(.gcpResourceCUD, $0, .quantity(2)) }

  private static func words(_ purchase: RunDocument.Purchase) -> [String]? {
    AzurePurchase(purchase, currency: "USD", token: "t")?.buy
      ?? GooglePurchase(purchase, token: "t")?.buy
  }

  @Test(arguments: purchases) func optionsAndValuesAreTheClients(
    purchase: RunDocument.Purchase
  ) throws {
    let words = try #require(Self.words(purchase), "\(purchase.instanceType ?? "")")
    try check(words)
    #expect(words.joined(separator: " ").contains("plimsoll-t"))
  }

  @Test(arguments: lookedUp) func lookupsAreTheClients(purchase: RunDocument.Purchase) throws {
    let azure = try #require(AzurePurchase(purchase, currency: "USD", token: "t"))
    let lookup = try #require(azure.lookup)
    // Every command of Azure's client takes them.
    let own = try #require(lookup.firstIndex(of: "--query"))
    #expect(lookup[own...].count == 4 && lookup[own + 2] == "--output")
    try check(Array(lookup[..<own]))
    #expect(azure.buy.contains("\"$sku\"") && azure.expressions.contains("\"$sku\""))
  }

  private func check(_ words: [String]) throws {
    let name = words.prefix { !$0.hasPrefix("--") && !$0.hasPrefix("plimsoll-") }
      .joined(separator: " ")
    let command = try #require(try Self.commands.get()[name], "\(name)")
    let rest = Array(words.drop { !$0.hasPrefix("--") })
    let given = stride(from: 0, to: rest.count - 1, by: 2).map { (rest[$0], rest[$0 + 1]) }
    #expect(rest.count.isMultiple(of: 2))
    for (option, value) in given {
      let values = try #require(command.options[option], "\(name) has no \(option)")
      #expect(values.isEmpty || values.contains(value), "\(option) \(value)")
    }
    #expect(Set(given.map(\.0)).isSuperset(of: command.required))
  }

  /// vCPUs and memory of two n2-highmem-8; three machines of Azure; what is paid when.
  @Test func amountsAreThePlans() throws {
    let google = try #require(
      Self.words(Self.purchase(.gcpResourceCUD, "n2-highmem-8", .quantity(2))))
    #expect(google.contains("vcpu=16,memory=131072MB") && google.contains("12-month"))
    let azure = try #require(Self.words(Self.machines[0])).joined(separator: " ")
    #expect(azure.contains("--billing-plan P1M") && azure.contains("--quantity 3 --renew false"))
    #expect(azure.contains("--reserved-resource-properties {instance-flexibility:On}"))
    let once = try #require(Self.words(Self.machines[1]))
    #expect(!once.contains("--billing-plan"))
    let databases = try #require(Self.words(Self.machines[2])).joined(separator: " ")
    #expect(
      databases.contains("--reserved-resource-type SqlDatabases --sku SQLDB_GP_Compute_Gen5"))
    #expect(!databases.contains("instance-flexibility"))
    let plan = try #require(Self.words(Self.machines[4]))
    #expect(plan.contains("{amount:1.500,currency-code:USD,grain:Hourly}"))
  }

  /// Names as Azure's retail prices and size table have them; amounts in the units of the name.
  @Test(arguments: [
    ("azure-redis/P1", "Linux", 2.0, ["Azure_Redis_Cache_Premium_P1_Cache"], 2, false),
    ("azure-redis/E10", "Linux", 2, ["Azure_Redis_Cache_Enterprise_E10"], 2, false),
    ("azure-redis/F300", "Linux", 2, ["Azure_Redis_Cache_Enterprise_Flash_F300"], 2, false),
    ("azure-cosmos/RU", "Linux", 40, ["Cosmos_DB_100_RUs"], 40, true),
    // Two million RU/s are 20 000 times 100 of them.
    ("azure-cosmos/RU", "Linux", 20_000, ["Cosmos_DB_1_Million_RUs"], 2, true),
    ("azure-cosmos/RU-multi-master", "Linux", 9, ["Cosmos_DB_100_mRUs"], 9, true),
    (
      "azure-postgresql/GP-Ddsv5", "Linux", 8,
      [
        "AzureDB_PostgreSQL_Flexible_Server_General_Purpose_Ddsv5Series_Compute_vCore",
        "AzureDB_PostgreSQL_Flexible_Server_General_Purpose_Ddsv5Series_Compute",
      ], 8, false
    ),
    ("azure-app-service/P1v3", "Windows", 3, ["Standard_P1_v3_Windows"], 3, false),
    (
      "azure-app-service/P2v3", "Linux", 3,
      [
        "Azure_App_Service_Premium_v3_Plan_Linux_P2_v3",
        "Azure_App_Service_Premium_v3_Plan_Linux_P2v3",
      ], 3, false
    ),
    (
      "azure-app-service/P3mv3", "Linux", 3, ["Azure_App_Service_Premium_v3_Plan_Linux_P3mv3"], 3,
      false
    ),
  ])
  func azureIsAskedForItsNames(
    type: String, system: String, count: Double, names: [String], pieces: Int, isGlobal: Bool
  ) throws {
    let purchase = Self.purchase(.azureReservation, type, .quantity(count), system: system)
    let azure = try #require(AzurePurchase(purchase, currency: "USD", token: "t"))
    let query = try #require(azure.lookup?.first { $0.hasPrefix("(value || @)") })
    let either = names.map { "name=='\($0)'" }.joined(separator: " || ")
    #expect(query == "(value || @)[?(\(either)) && contains(terms, 'P1Y')].name")
    #expect(azure.sku == names[0])
    #expect(azure.buy.joined(separator: " ").contains("--quantity \(pieces) --renew false"))
    #expect(azure.buy.contains("--location") == !isGlobal)
    #expect(azure.lookup?.contains(isGlobal ? "global" : "westeurope") == true)
  }

  /// 10 units of Brazil South take 15 of a reservation for all regions; of a region of which that
  /// is not known none are bought.
  @Test func aRegionTakesItsShareOfWhatIsGlobal() throws {
    var purchase = Self.purchase(.azureReservation, "azure-cosmos/RU", .quantity(10))
    purchase.region = "brazilsouth"
    let words = try #require(Self.words(purchase)).joined(separator: " ")
    #expect(words.contains("--quantity 15 --renew false") && !words.contains("--location"))
    purchase.region = "francesouth"
    // 16.25 are bought as 17.
    #expect(try #require(Self.words(purchase)).contains("17"))
    purchase.region = "nowhere"
    #expect(Self.words(purchase) == nil)
  }

  /// What no client is known to sell by these words is bought by hand, and never as a machine.
  @Test(arguments: [
    (Product.azureReservation, "azure-mysql/BC", 2.0), (.azureReservation, "azure-redis/C1", 2),
    (.azureReservation, "azure-app-service/P1mv3", 0.5),
    (.azureReservation, "azure-sql/HS-PremiumSeries", 2), (.gcpResourceCUD, "gcp-gpu/TeslaT4", 2),
    // No whole number of millions, and more than one purchase has of 100 RU/s.
    (.azureReservation, "azure-cosmos/RU", 10_001), (.gcpResourceCUD, "gcp-local-ssd/GB", 2),
    (.gcpResourceCUD, "a2-highgpu-1g", 2), (.gcpResourceCUD, "n2-custom-2-65536-ext", 2),
  ])
  func theRestIsBoughtByHand(_ product: Product, _ type: String, _ count: Double) {
    #expect(Self.words(Self.purchase(product, type, .quantity(count))) == nil)
  }

  /// Why, where, and the values: 3 $ an hour pay for usage of 4 $ at Cloud SQL's 25 % of a year.
  @Test func aPersonIsToldWhatToType() throws {
    let product = try #require(Product(rawValue: "gcp-cud-cloud-sql"))
    var purchase = Self.purchase(product, nil, .hourlyCommitment(Money(rounding: 3)))
    #expect(Self.words(purchase) == nil)
    purchase.region = "us-central1"
    let lines = PurchaseByHand(purchase, currency: "USD").lines
    #expect(
      lines == [
        "Why: Cloud SQL CUD is sold in the provider's console, and by no command.",
        "Page: https://console.cloud.google.com/billing/commitments",
        "Values: Cloud SQL CUD; 3.000 USD an hour as it is paid, for usage of 4.000 on demand; "
          + "us-central1; account \(purchase.account); 1 y no upfront; "
          + "from \(purchase.start.prefix(10))",
      ])
    let flexible = Self.purchase(.gcpFlexibleCUD, nil, .hourlyCommitment(Money(rounding: 3)))
    #expect(
      PurchaseByHand(flexible, currency: "USD").lines[2].contains("as it is paid; any region"))
    let disks = Self.purchase(.gcpResourceCUD, "gcp-gpu/TeslaT4", .quantity(2))
    #expect(
      PurchaseByHand(disks, currency: "USD").lines[0].contains("--existing-reservation name="))
  }
}

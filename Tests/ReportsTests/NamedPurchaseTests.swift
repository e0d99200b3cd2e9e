import CloudCosts
import Foundation
import Testing

@testable import Reports

/// Purchase commands of Azure and Google against their own clients: every option is one of the
/// command, all that are required are given, and values are those that it takes.
///
/// `Models/azure-google-purchases.json` is of names alone: Azure's extension `billing-benefits`
/// (Azure/azure-cli-extensions, API version 2022-11-01), and the reference of `gcloud compute
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
    _ payment: PaymentOption = .noUpfront
  ) -> RunDocument.Purchase {
    var purchase = PurchaseModelTests.purchase(
      product, type: type, region: type == nil ? nil : "us-central1", amount: amount,
      payment: payment)
    purchase.provider = product.provider ?? .aws
    return purchase
  }

  static let purchases: [RunDocument.Purchase] =
    [
      purchase(.azureReservation, "Standard_D4s_v5", .quantity(3)),
      purchase(.azureReservation, "Standard_D4s_v5", .quantity(3), .allUpfront),
      purchase(.azureReservation, "azure-sql/GP-Gen5", .quantity(8)),
      purchase(.azureReservation, "azure-sql/MI-BC-Gen5", .quantity(8)),
      purchase(.azureSavingsPlan, nil, .hourlyCommitment(Money(rounding: 1.5))),
    ]
    + [
      "n1-standard-4", "e2-standard-4", "n2-highmem-8", "n2d-standard-8", "n4-standard-8",
      "c2-standard-8", "c2d-standard-8", "c3-standard-8", "c3d-standard-8", "c4-standard-8",
      "t2d-standard-4", "m3-ultramem-32", "h3-standard-88",
    ].map { purchase(.gcpResourceCUD, $0, .quantity(2)) }

  private static func words(_ purchase: RunDocument.Purchase) -> [String]? {
    AzurePurchase(purchase, currency: "USD", token: "t")?.buy
      ?? GooglePurchase(purchase, token: "t")?.buy
  }

  @Test(arguments: purchases) func optionsAndValuesAreTheClients(
    purchase: RunDocument.Purchase
  ) throws {
    let words = try #require(Self.words(purchase), "\(purchase.instanceType ?? "")")
    let name = words.prefix(4).joined(separator: " ")
    let command = try #require(try Self.commands.get()[name])
    let rest = Array(words.dropFirst(4).drop { !$0.hasPrefix("--") })
    let given = stride(from: 0, to: rest.count - 1, by: 2).map { (rest[$0], rest[$0 + 1]) }
    #expect(rest.count.isMultiple(of: 2))
    for (option, value) in given {
      let values = try #require(command.options[option], "\(name) has no \(option)")
      #expect(values.isEmpty || values.contains(value), "\(option) \(value)")
    }
    #expect(Set(given.map(\.0)).isSuperset(of: command.required))
    #expect(words.joined(separator: " ").contains("plimsoll-t"))
  }

  /// vCPUs and memory of two n2-highmem-8; three machines of Azure; what is paid when.
  @Test func amountsAreThePlans() throws {
    let google = try #require(
      Self.words(Self.purchase(.gcpResourceCUD, "n2-highmem-8", .quantity(2))))
    #expect(google.contains("vcpu=16,memory=131072MB") && google.contains("12-month"))
    let azure = try #require(Self.words(Self.purchases[0])).joined(separator: " ")
    #expect(azure.contains("--billing-plan P1M") && azure.contains("--quantity 3 --renew false"))
    #expect(azure.contains("--reserved-resource-properties {instance-flexibility:On}"))
    let once = try #require(Self.words(Self.purchases[1]))
    #expect(!once.contains("--billing-plan"))
    let databases = try #require(Self.words(Self.purchases[2])).joined(separator: " ")
    #expect(
      databases.contains("--reserved-resource-type SqlDatabases --sku SQLDB_GP_Compute_Gen5"))
    #expect(!databases.contains("instance-flexibility"))
    let plan = try #require(Self.words(Self.purchases[4]))
    #expect(plan.contains("{amount:1.500,currency-code:USD,grain:Hourly}"))
  }

  /// What no client is known to sell by these words is bought by hand, and never as a machine.
  @Test(arguments: [
    (Product.azureReservation, "azure-redis/P1"), (.azureReservation, "azure-cosmos/RU"),
    (.azureReservation, "azure-sql/HS-PremiumSeries"), (.gcpResourceCUD, "gcp-gpu/TeslaT4"),
    (.gcpResourceCUD, "gcp-local-ssd/GB"), (.gcpResourceCUD, "a2-highgpu-1g"),
  ])
  func theRestIsBoughtByHand(_ product: Product, _ type: String) {
    #expect(Self.words(Self.purchase(product, type, .quantity(2))) == nil)
  }

  @Test(arguments: ["gcp-cud-flexible", "gcp-cud-cloud-sql", "azure-savings-plan-database"])
  func moneyWithoutACommandIsBoughtByHand(_ name: String) throws {
    let product = try #require(Product(rawValue: name))
    let amount = RunDocument.Purchase.Amount.hourlyCommitment(Money(rounding: 1))
    #expect(Self.words(Self.purchase(product, nil, amount)) == nil)
  }
}

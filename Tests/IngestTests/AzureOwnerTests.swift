import CloudCosts
import Testing

@testable import Ingest

/// Whose usage Azure's rows are, and where what covers it is.
@Suite(.serialized) struct AzureOwnerTests {
  private func imported(_ columns: [(String, String)]) async throws -> (ImportedFile, Demand?) {
    let place = try BillPlace()
    defer { place.close() }
    let quoted = columns.map { "\"\($0.1.replacing("\"", with: "\"\""))\"" }
    let text =
      columns.map(\.0).joined(separator: ",") + "\n" + quoted.joined(separator: ",") + "\n"
    let file = try await place.run(try place.write(text)).imported.first
    return (try #require(file), try History(path: place.history).usage()?.demand)
  }

  private static let machine = [
    ("MeterCategory", "Virtual Machines"), ("MeterName", "D4s v5"), ("Quantity", "24"),
    ("MeterSubCategory", "Dsv5 Series"), ("AdditionalInfo", #"{"ServiceType":"Standard_D4s_v5"}"#),
  ]

  /// A partner's file names a customer's Azure plan as the subscription, and the subscription as
  /// the entitlement.
  @Test func entitlementsArePartnersSubscriptions() async throws {
    let (_, demand) = try await imported(
      Self.machine + [
        ("UsageDate", "2025-03-20"), ("BillingPreTaxTotal", "4.08"), ("BillingCurrency", "EUR"),
        ("SubscriptionId", "plan"), ("EntitlementId", "aaaaaaaa-0000-0000-0000-000000000001"),
        ("UnitType", "1 Hour"), ("ResourceLocation", "EUWEST"), ("PublisherName", "Microsoft"),
      ])
    #expect(demand?.groups.map(\.account) == ["aaaaaaaa-0000-0000-0000-000000000001"])
    #expect(demand?.groups.map(\.sku.region) == ["westeurope"])
  }

  /// What covers usage is where the usage is, however the row spells it.
  @Test(arguments: ["WestEurope", "EU West", "westeurope"])
  func reservationsAreWhereTheirUsageIs(location: String) async throws {
    let (file, demand) = try await imported(
      Self.machine + [
        ("Date", "03/20/2025"), ("CostInBillingCurrency", "2.6"), ("BillingCurrency", "EUR"),
        ("SubscriptionId", "s"), ("UnitOfMeasure", "1 Hour"), ("ResourceLocation", location),
        ("ChargeType", "Usage"), ("PricingModel", "Reservation"), ("ReservationId", "r"),
        ("ProductOrderId", "o"), ("PayGPrice", "0.2"),
      ])
    #expect(file.commitments.map(\.region) == ["westeurope"])
    #expect(demand?.groups.map(\.sku.region) == ["westeurope"])
  }
}

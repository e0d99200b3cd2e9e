import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Usage that a commitment paid for, in rows that do not name it: it is owned, not for sale.
@Suite(.serialized) struct UnnamedCoverTests {
  private struct Outcome {
    var file: ImportedFile
    var owned: Reading<OwnedCommitments>

    func hours(_ kind: ChargeClass) -> Double {
      file.costs.filter { $0.chargeClass == kind }.reduce(0) { $0 + $1.quantity }
    }

    var says: Bool { file.findings.contains { $0.rule == "import.covered-unnamed" } }
  }

  private func outcome(_ header: String, _ rows: [String], _ sku: SKU) async throws -> Outcome {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(([header] + rows).joined(separator: "\n") + "\n")
    let file = try #require(try await place.run(path).imported.first)
    let price = PriceRow(sku: sku, product: .onDemand, hourly: 0.1)
    let prices = PriceList(rows: [price], lines: [0], file: "prices.csv")
    return Outcome(
      file: file,
      owned: OwnedReader.read(InputFile(path: place.history), prices: prices))
  }

  // MARK: Azure

  private static let azure = SKU(
    provider: .azure, region: "westeurope", instanceType: "Standard_D4s_v5")

  private static let payg =
    "SubscriptionGuid,ResourceLocation,UsageDateTime,MeterCategory,MeterSubCategory,MeterName,"
    + "UsageQuantity,ResourceRate,PreTaxCost,Currency,UnitOfMeasure"

  private static func payg(_ day: Int, _ hours: Int, rate: String) -> String {
    let cost = Double(hours) * (Double(rate) ?? 0)
    return "s,westeurope,2024-01-0\(day),Virtual Machines,Dsv5 Series,D4s v5,\(hours),\(rate),"
      + "\(cost),USD,1 Hour"
  }

  /// Two machines all day under a plan, one on demand: pay-as-you-go's file has a rate of 0 and no
  /// more.
  @Test func azurePayAsYouGoAtNoRateIsOwned() async throws {
    let rows = (1...3).flatMap { [Self.payg($0, 48, rate: "0"), Self.payg($0, 24, rate: "0.1")] }
    let outcome = try await outcome(Self.payg, rows, Self.azure)
    #expect(outcome.hours(.covered) == 144 && outcome.hours(.onDemand) == 72)
    let commitment = try #require(outcome.owned.value?.commitments.first)
    #expect(outcome.owned.value?.commitments.count == 1)
    #expect(abs(commitment.amount - 2) < 1e-6 && !commitment.coversOtherSizes)
    // No saving is claimed for what no row prices.
    #expect(abs(commitment.effectiveHourly - 0.2) < 1e-9)
    let finding = try #require(
      outcome.file.findings.first { $0.rule == "import.covered-unnamed" })
    #expect(finding.message.contains("3 rows of machines, 144 instance-hours"))
    #expect(outcome.owned.findings.contains { $0.rule == "owned.inferred" })
  }

  /// With a pricing model the row says itself what it is; without a public price it is free.
  @Test(arguments: [
    ("OnDemand", "0.1", false), ("", "0.1", true), ("SavingsPlan", "0.1", true),
    ("Reservation", "0.1", true), ("", "0", false), ("Spot", "0.1", false),
  ])
  func azurePricingModelsAreBelieved(model: String, list: String, isOwned: Bool) async throws {
    let row = Self.payg(1, 24, rate: "0") + ",\(model),\(list),Usage"
    let outcome = try await outcome(
      Self.payg + ",PricingModel,PayGPrice,ChargeType", [row], Self.azure)
    #expect((outcome.hours(.covered) > 0) == isOwned)
    #expect((outcome.owned.value?.commitments.isEmpty == false) == isOwned)
    #expect(outcome.says == isOwned)
  }

  /// What is no machine is not made one by costing nothing.
  @Test func azureFreeTrafficIsNotOwned() async throws {
    let row =
      "s,westeurope,2024-01-01,Bandwidth,Rtn Preference: MGN,Standard Data Transfer Out,5,0,0,USD,"
      + "1 GB"
    let outcome = try await outcome(Self.payg, [row], Self.azure)
    #expect(!outcome.says && outcome.owned.value?.commitments.isEmpty != false)
  }

  // MARK: AWS

  private static let aws = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")

  private static let cur =
    "line_item_usage_start_date,line_item_usage_end_date,line_item_line_item_type,"
    + "line_item_usage_account_id,line_item_product_code,line_item_usage_type,line_item_operation,"
    + "line_item_usage_amount,line_item_unblended_cost,pricing_public_on_demand_cost,pricing_term,"
    + "product_region_code,reservation_reservation_a_r_n,savings_plan_savings_plan_a_r_n,"
    + "line_item_currency_code"

  /// Covered lines whose ARN is missing, and usage lines of accounts that do not own what covered
  /// them; free usage has no public price, or is on demand.
  @Test(arguments: [
    ("DiscountedUsage", "", "0.1", true), ("SavingsPlanCoveredUsage", "", "0.1", true),
    ("Usage", "", "0.1", true), ("Usage", "Reserved", "0.1", true),
    ("Usage", "OnDemand", "0.1", false), ("Usage", "", "0", false),
  ])
  func awsUsageAtNoCostWithoutAnARN(
    kind: String, term: String, list: String, isOwned: Bool
  ) async throws {
    let rows = (0..<24).map { hour in
      let start = Hour(sinceEpoch: Hour(year: 2024, month: 1, day: 1).sinceEpoch + hour)
      return "\(start),\(start + 1),\(kind),1,AmazonEC2,USE1-BoxUsage:m5.large,RunInstances,2,0,"
        + "\(list),\(term),us-east-1,,,USD"
    }
    let outcome = try await outcome(Self.cur, rows, Self.aws)
    #expect(outcome.hours(.covered) == (isOwned ? 48 : 0))
    let owned = outcome.owned.value?.commitments ?? []
    #expect(isOwned ? owned.map(\.amount) == [2] : owned.isEmpty)
    #expect(outcome.says == (isOwned && kind == "Usage"))
  }

  // MARK: FOCUS

  @Test(arguments: [
    ("Standard", "", false), ("", "", true), ("Committed", "", true), ("Standard", "Used", true),
  ])
  func focusUsageAtNoCost(pricing: String, status: String, isOwned: Bool) async throws {
    // Its list price is that which it would have had.
    let row = Focus.row(
      pricing: pricing, quantity: "2", billed: "0.2", effective: "0", status: status
    ).replacing(",0.2,0,0.2,", with: ",0,0,0.2,")
    let outcome = try await outcome(Focus.header, [row], Self.aws)
    #expect((outcome.hours(.covered) > 0) == isOwned)
    #expect((outcome.owned.value?.commitments.isEmpty == false) == isOwned)
  }
}

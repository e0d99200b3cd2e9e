import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Real exports in the providers' own formats; sources and licences are in `Bills/README.md`.
@Suite(.serialized) struct NativeBillTests {
  private func imported(_ name: String) async throws -> (ImportedFile, History, BillPlace) {
    let place = try BillPlace()
    let path = BillPlace.shipped.appending(path: "native/\(name)").path
    let file = try #require(try await place.run(path).imported.first)
    return (file, try History(path: place.history), place)
  }

  /// Sums of the files' cost columns, by Python's decimal.
  @Test(arguments: [
    ("azure_ea_actual_cost_2023-09.csv", "azure-actual", 11, "8.545008", "5.295008"),
    ("azure_ea_amortized_cost_2023-09.csv", "azure-amortized", 28, "15.797780", "16.296932"),
    ("azure_ea_2021-schema_anonymous_2023-09.csv", "azure", 27, "1.261369", "1.261369"),
    ("oci_cost_report_2023-11-13.csv.gz", "oracle", 506, "2.523589", "2.523589"),
  ])
  func itReconciles(
    name: String, format: String, rows: Int, billed: String, effective: String
  ) async throws {
    let (file, _, place) = try await imported(name)
    defer { place.close() }
    #expect(file.source.format == format && file.source.rows == rows)
    for totals in [file.totals.filter(\.rule.isEmpty), file.totals.filter { !$0.rule.isEmpty }] {
      #expect(totals.map(\.rows).reduce(0, +) == rows)
      #expect(abs(totals.map(\.billed).total().value - (Double(billed) ?? 0)) < 2e-5)
      #expect(abs(totals.map(\.effective).total().value - (Double(effective) ?? 0)) < 2e-5)
    }
  }

  /// A node of AKS under a reservation of the smaller size, one under a plan, an unused capacity
  /// reservation.
  @Test func azureMachinesAreWhatTheMetersSay() async throws {
    let (file, history, place) = try await imported("azure_ea_amortized_cost_2023-09.csv")
    defer { place.close() }
    let usage = try #require(try history.usage())
    #expect(
      usage.demand.groups.map { "\($0.sku.instanceType) \($0.sku.region)" }.sorted() == [
        "Standard_B2s eastus", "Standard_D2s_v3 southcentralus", "Standard_DS2_v2 eastus",
      ])
    #expect(abs(usage.demand.quantities.reduce(0, +) - 32.32085564) < 1e-6)
    let reservation = try #require(file.commitments.first { $0.product == .azureReservation })
    #expect(reservation.instanceType == "Standard_DS1_v2" && reservation.region == "eastus")
    #expect(reservation.term == .oneYear && reservation.name == "ProdDS1VMReservation")
    let plan = try #require(file.commitments.first { $0.product == .azureSavingsPlan })
    #expect(plan.term == .threeYears)
  }

  @Test func purchasesNameTheOrderAndUsageTheReservationInIt() {
    func entry(_ reservation: String, quantity: Double?) -> HistoryCommitment {
      var entry = HistoryCommitment(
        id: "/providers/Microsoft.Capacity/reservationOrders/o/reservations/\(reservation)",
        provider: "azure", account: "", seen: HourWindow(start: Hour(sinceEpoch: 0), hours: 1))
      entry.quantity = quantity
      return entry
    }
    let one = HistoryCommitment.merged([entry("", quantity: 3), entry("r", quantity: nil)])
    #expect(one.map(\.quantity) == [3] && one[0].id.hasSuffix("/r"))
    let two = [entry("", quantity: 3), entry("r", quantity: nil), entry("s", quantity: nil)]
    #expect(HistoryCommitment.merged(two).count == 3)
  }

  @Test func oracleIsReadToTheExtentOfMoney() async throws {
    let (file, history, place) = try await imported("oci_cost_report_2023-11-13.csv.gz")
    defer { place.close() }
    #expect(try history.usage() == nil)
    #expect(file.costs.allSatisfy { $0.subject.provider == "oracle" && $0.subject.group == nil })
    let finding = try #require(file.findings.first { $0.rule == "import.money-only" })
    #expect(finding.message.contains("2.52 USD"))
  }

  /// Google's example of a spend-based commitment that is used up and one that is not, before and
  /// after July 2025.
  @Test(arguments: [
    ("over", "old", 0.168064, 0.072, 0.0), ("over", "new", 0.168046, 0.072, 0.0),
    ("under", "old", 0.0, 0.193006, 0.022994),
  ])
  func googlesOwnExample(
    scenario: String, model: String, onDemand: Double, covered: Double, unused: Double
  ) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let file = try #require(
      try await place.run(try place.write(try GoogleExample.rows(scenario, model), "bill.json"))
        .imported.first)
    func sum(_ kind: ChargeClass) -> Double {
      file.costs.filter { $0.chargeClass == kind }.map(\.effective).total().value
    }
    #expect(abs(sum(.onDemand) - onDemand) < 3e-6)
    #expect(abs(sum(.covered) - covered) < 3e-6)
    #expect(abs(sum(.unused) - unused) < 3e-6)
    let usage = try #require(try History(path: place.history).usage())
    #expect(abs(usage.demand.quantities.reduce(0, +) - 4) < 1e-9, "32 vCPU-hours of e2-standard-8")
  }
}

/// Rows of "Spend-based CUD program improvements" (Google Cloud): E2, one hour, `32` vCPUs and 8
/// GiB.
private enum GoogleExample {
  static func rows(_ scenario: String, _ model: String) throws -> String {
    let fee = "Commitment - dollar based v1: GCE for 1 year"
    let ram = "E2 Instance Ram running in Americas"
    let core = "E2 Instance Core running in Americas"
    let flexible = "Compute Flexible CUDs 1 Year"
    let rows: [String]
    switch (scenario, model) {
    case ("over", "old"):
      rows = [
        row(fee, "0.046868", origin: "RAM"), row(fee, "0.025132", origin: "CORE"),
        row(ram, "0.174496", 8, credit: "-0.065095"),
        row(core, "0.093568", 32, credit: "-0.034905"),
      ]
    case ("over", _):
      rows = [
        row(fee, "0.046868", origin: "RAM", offset: "-0.046868", model: "Default"),
        row(fee, "0.025132", origin: "CORE", offset: "-0.025132", model: "Default"),
        row(ram, "0.109398", 5.015577498, model: "Default"),
        row(core, "0.058648", 20.06066639, model: "Default"),
        row(ram, "0.046868", 2.984422502, model: flexible),
        row(core, "0.025132", 11.93933361, model: flexible),
      ]
    default:
      rows = [
        row(fee, "0.022994"), row(fee, "0.125637", origin: "RAM"),
        row(fee, "0.067369", origin: "CORE"), row(ram, "0.174496", 8, credit: "-0.174496"),
        row(core, "0.093568", 32, credit: "-0.093568"),
      ]
    }
    return rows.joined(separator: "\n") + "\n"
  }

  private static func row(
    _ sku: String, _ cost: String, _ amount: Double = 1, origin: String? = nil,
    credit: String? = nil, offset: String? = nil, model: String? = nil
  ) -> String {
    let labels =
      origin.map { #"[{"key":"goog-originating-sku-id","value":"\#($0)"}]"# } ?? "[]"
    let credits = [
      credit.map { #"{"type":"COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE","amount":\#($0)}"# },
      offset.map { #"{"type":"FEE_UTILIZATION_OFFSET","amount":"\#($0)"}"# },
    ].compactMap { $0 }.joined(separator: ",")
    let model = model.map { #""consumption_model":{"id":"x","description":"\#($0)"},"# } ?? ""
    let machine =
      #"[{"key":"compute.googleapis.com/machine_spec","value":"e2-standard-8"}]"#
    let isFee = sku.hasPrefix("Commitment")
    return #"""
      {"billing_account_id":"A","service":{"description":"Compute Engine"},"sku":{"id":"s",\#
      "description":"\#(sku)"},"usage_start_time":"2025-08-01 00:00:00 UTC","usage_end_time":\#
      "2025-08-01 01:00:00 UTC","project":{"id":"p"},"labels":\#(labels),"system_labels":\#
      \#(isFee ? "[]" : machine),"location":{"region":"us-central1"},"cost":\#(cost),"currency":"USD",\#
      \#(model)"usage":{"amount_in_pricing_units":\#(amount),"pricing_unit":"hour"},"cost_type":\#
      "regular",\#(isFee ? #""subscription":{"instance_id":"subscriptions/f"},"# : "")"credits":[\#(credits)]}
      """#
  }
}

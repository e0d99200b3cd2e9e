import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Google's resource-based commitments out of a bill: what one costs where the price file has other
/// sizes of the series, or none.
@Suite(.serialized) struct GoogleOwnedBillTests {
  /// A line of the export for an hour of 4 vCPUs or 16 GiB.
  private static func line(
    _ hour: Int, _ sku: String, isMemory: Bool, _ cost: Double, _ facts: String
  ) -> String {
    let usage =
      isMemory
      ? "\"amount_in_pricing_units\":16,\"pricing_unit\":\"gibibyte hour\""
      : "\"amount_in_pricing_units\":4,\"pricing_unit\":\"hour\""
    let day = Hour(year: 2025, month: 3, day: 1)
    return """
      {"billing_account_id":"b","service":{"description":"Compute Engine"},\
      "sku":{"description":"\(sku)"},"usage_start_time":"\((day + hour).iso8601)",\
      "usage_end_time":"\((day + hour + 1).iso8601)","project":{"id":"p"},\
      "location":{"region":"us-central1"},"cost":\(cost),"cost_at_list":\(cost),"currency":"USD",\
      "usage":{\(usage)},"cost_type":"regular",\(facts)}
      """
  }

  /// The fees of a day, and in its first hours one machine that they cover.
  private static func bill(usedFor hours: Int) -> String {
    let spec =
      "\"system_labels\":[{\"key\":\"compute.googleapis.com/machine_spec\",\"value\":\"n2-standard-4\"}]"
    func covered(_ cost: Double) -> String {
      "\(spec),\"credits\":[{\"name\":\"CUD\",\"amount\":-\(cost),"
        + "\"type\":\"COMMITTED_USAGE_DISCOUNT\"}]"
    }
    let fee = "\"subscription\":{\"instance_id\":\"c1\"},\"credits\":[]"
    let lines = (0..<24).flatMap { hour in
      [
        line(hour, "Commitment v1: N2 Cpu in Americas for 1 Year", isMemory: false, 0.08, fee),
        line(hour, "Commitment v1: N2 Ram in Americas for 1 Year", isMemory: true, 0.04, fee),
      ]
        + (hour < hours
          ? [
            line(
              hour, "N2 Instance Core running in Americas", isMemory: false, 0.12, covered(0.12)),
            line(hour, "N2 Instance Ram running in Americas", isMemory: true, 0.06, covered(0.06)),
          ] : [])
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func owned(_ hours: Int, _ prices: [PriceRow]) async throws -> Commitment {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(try place.write(Self.bill(usedFor: hours), "google.json"))
    let list = PriceList(rows: prices, lines: prices.map { _ in 0 }, file: "prices.csv")
    let reading = OwnedReader.read(InputFile(path: place.history), prices: list)
    let commitments = try #require(reading.value).commitments
    #expect(commitments.count == 1, "\(reading.report)")
    return try #require(commitments.first)
  }

  private func price(_ type: String, _ product: Product, _ hourly: Double) -> PriceRow {
    PriceRow(
      sku: SKU(provider: .gcp, region: "us-central1", instanceType: type), product: product,
      term: product == .onDemand ? nil : .oneYear,
      payment: product == .onDemand ? nil : .noUpfront, hourly: hourly)
  }

  /// Prices are those of vCPUs and GiB, whatever size the price file has. Where it has none of that
  /// shape, the bill's own fees tell the price, and it is never free.
  @Test(arguments: [24, 12])
  func aCommitmentCostsWhatItsPartsCost(hours: Int) async throws {
    let larger = try await owned(
      hours,
      [price("n2-standard-8", .onDemand, 0.36), price("n2-standard-8", .gcpResourceCUD, 0.26)])
    #expect(abs(larger.effectiveHourly - 0.13) < 1e-9)
    let other = try await owned(
      hours, [price("n2-highmem-8", .onDemand, 0.5), price("n2-highmem-8", .gcpResourceCUD, 0.3)])
    #expect(abs(other.effectiveHourly - 0.12) < 1e-9)
  }
}

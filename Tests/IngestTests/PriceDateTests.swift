import CloudCosts
import Testing

@testable import Ingest

/// Pages of Azure state prices of the past and of the future next to that of today
/// (`effectiveStartDate`, `effectiveEndDate`).
@Suite struct PriceDateTests {
  private func price(_ items: [(price: Double, start: String, end: String)]) throws -> Double? {
    let texts = items.map { item in
      """
      {"currencyCode":"USD","tierMinimumUnits":0.0,"retailPrice":\(item.price),\
      "armRegionName":"westeurope","effectiveStartDate":"\(item.start)T00:00:00Z",\
      \(item.end.isEmpty ? "" : "\"effectiveEndDate\":\"\(item.end)T00:00:00Z\",")\
      "meterName":"D4s v5","productName":"Virtual Machines Dsv5 Series","skuName":"D4s v5",\
      "serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption",\
      "isPrimaryMeterRegion":true,"armSkuName":"Standard_D4s_v5"}
      """
    }
    let reading = PublishedPriceReader.read(
      [file("azure.json", #"{"Items":["# + texts.joined(separator: ",") + "]}")],
      now: Hour(year: 2025, month: 6, day: 1))
    #expect(!reading.findings.contains { $0.rule == "prices.two-prices" })
    let rows = try #require(reading.value).rows
    #expect(rows.count == 1)
    return rows.first?.hourly
  }

  @Test(arguments: [false, true])
  func thePriceInForceCounts(isReversed: Bool) throws {
    func counted(_ items: (price: Double, start: String, end: String)...) throws -> Double? {
      try price(isReversed ? items.reversed() : items)
    }
    // The newest of two that have begun.
    #expect(try counted((0.3, "2020-01-01", ""), (0.2, "2024-01-01", "")) == 0.2)
    // One that has ended, though it began last; one that has yet to begin.
    #expect(try counted((0.2, "2024-01-01", ""), (0.7, "2025-01-01", "2025-03-01")) == 0.2)
    #expect(try counted((0.2, "2024-01-01", "2025-07-01"), (0.7, "2025-07-01", "")) == 0.2)
    // Where nothing is in force, what was; else what comes next.
    #expect(try counted((0.2, "2024-01-01", "2025-03-01"), (0.7, "2025-07-01", "")) == 0.2)
    #expect(try counted((0.7, "2025-07-01", ""), (0.8, "2026-01-01", "")) == 0.7)
  }
}

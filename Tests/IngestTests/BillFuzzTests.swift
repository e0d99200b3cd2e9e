import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Whatever bytes a native export holds, an import ends with a history or with findings that say
/// what to do.
@Suite(.serialized) struct BillFuzzTests {
  static let files: [(name: String, text: String)] = [
    (
      "azure.csv",
      #"""
      Date,SubscriptionId,MeterCategory,MeterSubCategory,MeterName,UnitOfMeasure,Quantity,CostInBillingCurrency,\#
      BillingCurrencyCode,ResourceLocation,ChargeType,PricingModel,PublisherType,benefitId,UnitPrice,AdditionalInfo,Tags
      03/01/2025,s,Virtual Machines,Dsv5 Series,D4s v5,1 Hour,24,4.6,USD,EU West,Usage,OnDemand,Azure,,0.19,\#
      "{""ServiceType"":""Standard_D4s_v5"",""ImageType"":""Canonical""}","""env"": ""prod"""
      03/01/2025,s,Virtual Machines,Dsv5 Series,D4s v5,100 Hours,0.24,2.1,USD,EU West,Usage,Reservation,Azure,/r/1,0.19,\#
      "{""ServiceType"":""Standard_D4s_v5""}",
      3/1/2025,s,Virtual Machines,,,1 Hour,3,0.5,USD,EU West,UnusedReservation,Reservation,Azure,/r/1,0,,

      """#
    ),
    (
      "google.csv",
      #"""
      billing_account_id,service.description,sku.description,usage_start_time,usage_end_time,project.id,labels,\#
      system_labels,location.region,cost,currency,usage.amount_in_pricing_units,usage.pricing_unit,credits,cost_type
      A,Compute Engine,N2 Instance Core running in Americas,2025-03-01 00:00:00 UTC,2025-03-01 01:00:00 UTC,p,[],\#
      "[{""key"":""compute.googleapis.com/machine_spec"",""value"":""n2-standard-4""}]",us-central1,0.126444,USD,4,\#
      hour,"[{""type"":""COMMITTED_USAGE_DISCOUNT"",""amount"":-0.05}]",regular
      A,Compute Engine,Commitment v1: N2 Cpu in Americas for 1 Year,2025-03-01 00:00:00 UTC,\#
      2025-03-01 01:00:00 UTC,p,[],[],us-central1,0.08,USD,4,hour,[],regular

      """#
    ),
    (
      "google.json",
      #"""
      {"billing_account_id":"A","service":{"description":"Compute Engine"},"sku":{"description":"N2 Instance Core \#
      running in Americas"},"usage_start_time":"2025-03-01 00:00:00 UTC","usage_end_time":"2025-03-01 01:00:00 UTC",\#
      "project":{"id":"p"},"labels":[{"key":"env","value":"prod"}],"system_labels":[{"key":\#
      "compute.googleapis.com/machine_spec","value":"n2-standard-4"}],"location":{"region":"us-central1"},\#
      "cost":0.126444,"currency":"USD","usage":{"amount_in_pricing_units":"4","pricing_unit":"hour"},\#
      "credits":[{"type":"SUSTAINED_USAGE_DISCOUNT","amount":-0.01}],"cost_type":"regular"}
      {"billing_account_id":"A","service":{"description":"Compute Engine"},"sku":{"description":"Tax"},\#
      "usage_start_time":"2025-03-01 00:00:00 UTC","usage_end_time":"2025-03-01 01:00:00 UTC","cost":1.5,\#
      "currency":"USD","usage":{"amount_in_pricing_units":0,"pricing_unit":"count"},"credits":[],"cost_type":"tax"}

      """#
    ),
    (
      "oracle.csv",
      """
      lineItem/intervalUsageStart,lineItem/intervalUsageEnd,lineItem/tenantId,product/service,product/region,\
      cost/myCost,cost/myCostOverage,cost/currencyCode,lineItem/isCorrection
      2023-11-13T10:00Z,2023-11-13T11:00:00Z,t,COMPUTE,us-sanjose-1,0.0125,,USD,false
      2023-11-13T11:00Z,2023-11-13T12:00:00Z,t,COMPUTE,us-sanjose-1,-2.3E-9,1,USD,true

      """
    ),
  ]

  @Test(arguments: files.indices) func originalsAreRead(index: Int) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let (name, text) = Self.files[index]
    let file = try #require(
      try await place.run(try place.write(text, name), tags: ["env"]).imported.first)
    #expect(file.source.rows > 1 && file.findings.allSatisfy { $0.severity != .error })
  }

  private static let pieces = [
    "\"", ",", "\n", "\r\n", "NULL", "-", "1e400", "NaN", "0x1F", "{", "}", "[", "]", ":", "null",
    "\\u0000", "é",
    "99999999999999999999999999999999", "2025-13-45", "Infinity", "''", "\t",
  ]

  private func mutated(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1:
        bytes.insert(contentsOf: (Self.pieces.randomElement(using: &random) ?? "").utf8, at: place)
      case 2:
        bytes.removeSubrange(
          place..<min(bytes.count, place + Int.random(in: 1...30, using: &random)))
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 200)], at: place)
      default: bytes = Array(bytes[..<place])
      }
      if bytes.isEmpty { bytes = [UInt8(ascii: "\n")] }
    }
    return bytes
  }

  @Test(arguments: files.indices) func importsNeverCrash(index: Int) async throws {
    let (name, text) = Self.files[index]
    var random = SeededGenerator(seed: UInt64(20_250_301 + index))
    let place = try BillPlace()
    defer { place.close() }
    for round in 0..<25 {
      let bytes = mutated(Array(text.utf8), using: &random)
      let path = try place.write(Data(bytes), "\(round)-\(name)")
      let complaints = await place.complaints(path)
      #expect(complaints.allSatisfy { !$0.remedy.isEmpty && !$0.message.isEmpty })
      #expect(
        !complaints.contains {
          $0.rule == "import.engine-result" || $0.rule == "import.not-reconciled"
        })
      #expect(
        !complaints.contains {
          $0.message.contains("Binder Error") || $0.message.contains("INTERNAL")
        })
    }
  }
}

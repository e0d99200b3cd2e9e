import CloudCosts
import Testing

@testable import Ingest

/// Units, places and odd meters of AWS's Cost and Usage Report.
@Suite(.serialized) struct CURMeterTests {
  /// Columns that differ from a plain hour of an m5.large in us-east-1.
  private static let plain = [
    ("line_item_line_item_type", "Usage"), ("line_item_usage_start_date", "2025-03-01T00:00:00Z"),
    ("line_item_usage_end_date", "2025-03-01T01:00:00Z"), ("line_item_usage_account_id", "1"),
    ("line_item_product_code", "AmazonEC2"), ("line_item_usage_type", "BoxUsage:m5.large"),
    ("line_item_operation", "RunInstances"), ("line_item_usage_amount", "1"),
    ("line_item_unblended_cost", "0.096"), ("line_item_availability_zone", ""),
    ("product_location", ""), ("product_region_code", "us-east-1"), ("pricing_unit", "Hrs"),
    ("line_item_currency_code", "USD"), ("savings_plan_savings_plan_a_r_n", ""),
    ("savings_plan_total_commitment_to_date", ""), ("savings_plan_used_commitment", ""),
  ]

  private func imported(_ changes: [String: String]) async throws -> (ImportedFile, Demand?) {
    let place = try BillPlace()
    defer { place.close() }
    let names = Self.plain.map(\.0).joined(separator: ",")
    let row = Self.plain.map { changes[$0.0] ?? $0.1 }.joined(separator: ",")
    let file = try await place.run(try place.write("\(names)\n\(row)\n")).imported.first
    return (try #require(file), try History(path: place.history).usage()?.demand)
  }

  /// Hours are counted whatever the unit's name; only shorter times are another count.
  @Test(arguments: [
    ("Hrs", "0.25"), ("hours", "0.25"), ("Quantity", "0.25"), ("", "0.25"), ("Second", "900"),
    ("seconds", "900"), ("Minutes", "15"),
  ])
  func unitsOfMachines(unit: String, amount: String) async throws {
    let (_, demand) = try await imported([
      "pricing_unit": unit, "line_item_usage_amount": amount,
    ])
    #expect(demand?.quantities == [0.25])
  }

  /// A tool that writes the report again may change the case of its words.
  @Test(arguments: ["Usage", "usage", "USAGE"])
  func kindsAreReadInAnyCase(kind: String) async throws {
    let (_, demand) = try await imported(["line_item_line_item_type": kind])
    #expect(demand?.quantities == [1])
  }

  /// A day's correction makes no more certain how the day's hours were used.
  @Test func correctionsOfADayAreUncertain() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let names = Self.plain.map(\.0).joined(separator: ",")
    let rows = ["24", "-4"].map { amount in
      Self.plain.map { name, value in
        switch name {
        case "line_item_usage_amount": amount
        case "line_item_usage_end_date": "2025-03-02T00:00:00Z"
        default: value
        }
      }.joined(separator: ",")
    }
    let bill = ([names] + rows).joined(separator: "\n") + "\n"
    let findings = try await place.run(try place.write(bill)).findings
    let finding = try #require(findings.first { $0.rule == "import.daily-rows" })
    #expect(finding.message.contains("20.00 % of the instance-hours"), "\(finding.message)")
  }

  /// Apps of SageMaker Studio by the usage types of the price list of 2026.
  @Test(arguments: [
    ("USE1-Studio:JupyterLab-ml.t3.medium", "ml.t3.medium"),
    ("USE1-Studio:CodeEditor-ml.m5.large", "ml.m5.large"),
    ("Studio:KernelGateway-ml.t3.medium", "ml.t3.medium"),
    ("USE1-DataWrangler:ml.m5.4xlarge", "ml.m5.4xlarge"),
  ])
  func appsOfStudioAreDemand(usageType: String, type: String) async throws {
    let (_, demand) = try await imported([
      "line_item_product_code": "AmazonSageMaker", "line_item_usage_type": usageType,
      "line_item_operation": "RunInstance",
    ])
    #expect(demand?.groups.map(\.sku.instanceType) == [type])
  }

  @Test(arguments: [
    ("AmazonECS", "Fargate-vCPU-Hours:perCPU", "vCPU-Hours", "0.5", 0.5),
    ("AmazonECS", "Fargate-vCPU-Hours:perCPU", "Second", "1800", 0.5),
    ("AWSLambda", "Lambda-GB-Second", "Lambda-GB-Second", "90", 90),
    ("AWSLambda", "Lambda-GB-Second", "Hrs", "90", 90),
    ("AWSLambda", "Lambda-GB-Second", "Hours", "90", 90),
    ("AWSLambda", "Request", "Requests", "90", 90),
  ])
  func unitsOfMeters(
    code: String, type: String, unit: String, amount: String, expected: Double
  ) async throws {
    let (_, demand) = try await imported([
      "line_item_product_code": code, "line_item_usage_type": type, "pricing_unit": unit,
      "line_item_usage_amount": amount,
    ])
    #expect(demand?.quantities == [expected])
  }

  @Test(arguments: [
    ("CNW1-BoxUsage:m5.large", "", "", "", "cn-northwest-1"),
    ("CNN1-BoxUsage:m5.large", "", "", "China (Beijing)", "cn-north-1"),
    ("BOS1-BoxUsage:m5.large", "us-east-1-bos-1a", "", "US East (Boston)", "us-east-1-bos-1"),
    ("LAX1-BoxUsage:m5.large", "us-west-2-lax-1a", "", "", "us-west-2-lax-1"),
    ("WL1-BoxUsage:m5.large", "us-east-1-wl1-bos-wlz-1", "", "", "us-east-1-wl1-bos-wlz-1"),
    ("UGW1-BoxUsage:m5.large", "", "us-gov-west-1", "", "us-gov-west-1"),
    // A local zone is a place of its own, whatever column names it (AWS price list, usage types of
    // Local Zones: USE1-BOS1-…).
    ("USE1-BOS1-BoxUsage:m5.large", "", "", "", "us-east-1-bos-1"),
    ("USE1-BOS1-BoxUsage:m5.large", "", "us-east-1", "", "us-east-1-bos-1"),
    ("USE1-WL1-BoxUsage:m5.large", "", "us-east-1", "", "us-east-1-wl1"),
    ("LAX1-BoxUsage:m5.large", "us-west-2-lax-1a", "us-west-2", "", "us-west-2-lax-1"),
    ("USW2-BoxUsage:m5.large", "us-west-2a", "us-west-2", "", "us-west-2"),
  ])
  func places(
    type: String, zone: String, code: String, location: String, region: String
  ) async throws {
    let (_, demand) = try await imported([
      "line_item_usage_type": type, "line_item_availability_zone": zone,
      "product_region_code": code, "product_location": location,
    ])
    #expect(demand?.groups.map(\.sku.region) == [region])
  }

  /// A Capacity Block is paid before it starts: no commitment covers what runs in it.
  @Test func capacityBlocksAreNoDemand() async throws {
    let (file, _) = try await imported([
      "line_item_operation": "RunInstances:CB", "line_item_usage_type": "BoxUsage:p5.48xlarge",
      "line_item_unblended_cost": "0",
    ])
    #expect(file.series.isEmpty)
    #expect(Set(file.totals.map(\.rule)) == ["set-aside.capacity-block", ""])
  }

  /// A fee's hours end with their last second.
  @Test func aFeeIsSharedByWholeHours() async throws {
    let (file, _) = try await imported([
      "line_item_line_item_type": "SavingsPlanRecurringFee",
      "line_item_usage_end_date": "2025-03-01T23:59:59Z",
      "savings_plan_savings_plan_a_r_n": "arn:aws:savingsplans::1:savingsplan/x",
      "savings_plan_total_commitment_to_date": "48", "savings_plan_used_commitment": "48",
      "line_item_usage_type": "ComputeSP:1yrNoUpfront",
    ])
    #expect(file.commitments.map(\.hourlyCommitment) == [2])
  }
}

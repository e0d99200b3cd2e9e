import CloudCosts
import Testing

@testable import Ingest

/// Words of the providers' own lists of commitments, and what is meant where one is missing.
@Suite struct OwnedWordTests {
  private func cache(_ payment: String, _ engine: String, _ charge: String) -> InputFile {
    file(
      "cache.json",
      #"""
      {"ReservedCacheNodes": [{"ReservedCacheNodeId": "n", "CacheNodeType": "cache.m4.xlarge",
        "StartTime": "2024-01-01T00:00:00Z", "Duration": 31536000, "FixedPrice": 876.0,
        "UsagePrice": \#(charge == "" ? "0.04" : "0.0"), "CacheNodeCount": 2, "State": "active",
        "ProductDescription": "\#(engine)", "OfferingType": "\#(payment)",
        "RecurringCharges": [\#(charge)],
        "ReservationARN": "arn:aws:elasticache:us-east-1:111122223333:reserved-instance:n"}]}
      """#)
  }

  /// Older nodes are still sold for heavy utilization: a part at once, the rest in every hour.
  /// What is paid by use is said, and is not owned.
  @Test func heavyUtilizationIsPaidInPartUpfront() throws {
    let charge = #"{"RecurringChargeAmount": 0.05, "RecurringChargeFrequency": "Hourly"}"#
    let heavy = OwnedReader.read(cache("Heavy Utilization", "redis", charge))
    let owned = try #require(heavy.value?.commitments.first)
    #expect(owned.terms.payment == .partialUpfront && owned.upfront == 2 * 876)
    #expect(owned.recurringHourly == 0.1 && heavy.findings.isEmpty)
    let light = OwnedReader.read(cache("Light Utilization", "redis", ""))
    #expect(light.value?.commitments.isEmpty == true)
    #expect(light.findings.first?.rule == "owned.unknown-offeringtype")
  }

  /// The catalogue's own name of an engine is known, and so is `aurora`, Aurora's first for MySQL.
  @Test func enginesHaveSeveralNames() throws {
    let charge = #"{"RecurringChargeAmount": 0.05, "RecurringChargeFrequency": "Hourly"}"#
    let redis = OwnedReader.read(cache("Partial Upfront", "Redis", charge))
    #expect(redis.findings.isEmpty)
    let service = try #require(Service(named: "rds"))
    #expect(Engine.name("aurora", service) == "Aurora MySQL")
    let other = OwnedReader.read(cache("Partial Upfront", "keydb", charge))
    #expect(other.findings.map(\.rule) == ["owned.unknown-engine"])
  }

  @Test func familiesAreReadInAnyCase() throws {
    let reading = OwnedReader.read(
      file(
        "sp.json",
        #"""
        {"savingsPlans": [{"savingsPlanId": "b", "start": "2024-01-01T00:00:00.000Z",
          "state": "active", "region": "eu-west-1", "ec2InstanceFamily": "M5",
          "savingsPlanType": "EC2Instance", "paymentOption": "No Upfront", "commitment": "0.5",
          "termDurationInSeconds": 94608000}]}
        """#))
    #expect(
      reading.value?.commitments.first?.subject
        == .savingsPlan(
          scope: SavingsPlanScope(provider: .aws, region: "eu-west-1", family: "m5"),
          hourlyCommitment: 0.5))
  }

  /// A plan of Azure that is paid by the month says so; a reservation says `Upfront` or `Monthly`.
  @Test(arguments: [
    (#""billingPlan": "P1M","#, PaymentOption.noUpfront),
    (#""billingPlan": null,"#, .allUpfront), ("", .allUpfront),
  ])
  func plansOfAzureWithoutABillingPlanArePaidAtOnce(
    field: String, payment: PaymentOption
  ) throws {
    let list = file(
      "az.json",
      #"""
      [{"id": "plan", "sku": {"name": "Compute_Savings_Plan"}, "properties": {"term": "P3Y",
        \#(field) "commitment": {"currencyCode": "USD", "amount": 2.5, "grain": "Hourly"},
        "effectiveDateTime": "2024-05-01T00:00:00Z", "provisioningState": "Succeeded"}}]
      """#)
    let owned = try #require(OwnedReader.read(list).value?.commitments.first)
    #expect(owned.terms.payment == payment && owned.effectiveHourly == 2.5)
  }

  /// A reservation whose subscription is gone goes on as before in its first state.
  @Test(arguments: [
    #""displayProvisioningState": "NoBenefit""#,
    #""extendedStatusInfo": {"statusCode": "NoBenefitDueToSubscriptionDeletion"}"#,
  ])
  func whatHasNoBenefitIsSaid(status: String) throws {
    let list = file(
      "az.json",
      #"""
      [{"id": "plan", "sku": {"name": "Compute_Savings_Plan"}, "properties": {"term": "P3Y",
        "billingPlan": "P1M", "commitment": {"currencyCode": "USD", "amount": 2.5, "grain": "Hourly"},
        "effectiveDateTime": "2024-05-01T00:00:00Z", "provisioningState": "Succeeded", \#(status)}}]
      """#)
    let reading = OwnedReader.read(list)
    #expect(reading.value?.commitments.count == 1)
    #expect(reading.findings.map(\.rule) == ["owned.unknown-state"])
  }
}

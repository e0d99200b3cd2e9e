import CloudCosts
import Testing

@testable import Ingest

/// Owned commitments as AWS's own tools list them. The entries have the fields of the AWS API
/// reference; ids and amounts are made up here.
@Suite struct OwnedListTests {
  private let reserved = #"""
    {"ReservedInstances": [{
      "CurrencyCode": "USD", "Duration": 94608000, "FixedPrice": 539.0, "InstanceCount": 4,
      "InstanceType": "c4.large", "ProductDescription": "Linux/UNIX (Amazon VPC)",
      "ReservedInstancesId": "1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", "Start": "2024-03-05T12:34:56+00:00",
      "End": "2027-03-05T12:34:55+00:00", "State": "active", "UsagePrice": 0.0, "InstanceTenancy": "default",
      "OfferingClass": "standard", "OfferingType": "Partial Upfront", "Scope": "Region",
      "RecurringCharges": [{"Amount": 0.021, "Frequency": "Hourly"}]},
     {"CurrencyCode": "USD", "Duration": 31536000, "FixedPrice": 0.0, "InstanceCount": 2,
      "InstanceType": "m5.large", "ProductDescription": "Windows", "AvailabilityZone": "eu-west-1b",
      "ReservedInstancesId": "zonal", "Start": "2024-06-01T00:00:00.000Z", "State": "active",
      "UsagePrice": 0.0, "OfferingClass": "convertible", "OfferingType": "No Upfront",
      "Scope": "Availability Zone", "RecurringCharges": [{"Amount": 0.15, "Frequency": "Hourly"}]},
     {"ReservedInstancesId": "old", "State": "retired"}]}
    """#

  @Test func reservedInstances() throws {
    let reading = OwnedReader.read(file("ri.123456789012.us-east-1.json", reserved))
    let owned = try #require(reading.value)
    #expect(reading.findings.map(\.rule) == ["owned.left-aside"])
    let start = Hour(year: 2024, month: 3, day: 5, hour: 12)
    #expect(
      owned.commitments == [
        Commitment(
          id: "1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", account: "123456789012",
          terms: OfferTerms(product: .standardRI, term: .threeYears, payment: .partialUpfront),
          subject: .reservation(
            sku: SKU(provider: .aws, region: "us-east-1", instanceType: "c4.large"), zone: nil,
            count: 4, upfront: 539, hourly: 0.021), start: start, end: start + 26_280),
        Commitment(
          id: "zonal", account: "123456789012",
          terms: OfferTerms(product: .convertibleRI, term: .oneYear, payment: .noUpfront),
          subject: .reservation(
            sku: SKU(
              provider: .aws, region: "eu-west-1", instanceType: "m5.large",
              operatingSystem: "Windows"), zone: "eu-west-1b", count: 2, upfront: 0, hourly: 0.15),
          start: Hour(year: 2024, month: 6, day: 1), end: Hour(year: 2025, month: 6, day: 1)),
      ])
  }

  /// What is paid in part upfront has a price by the hour: where the list has none it is no zero, and
  /// the price book tells.
  @Test func aMissingHourlyChargeIsNoZero() throws {
    let list = reserved.replacing(#"[{"Amount": 0.021, "Frequency": "Hourly"}]"#, with: "[]")
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "c4.large")
    func read(_ rows: [PriceRow]) -> Reading<OwnedCommitments> {
      OwnedReader.read(
        file("ri.123456789012.us-east-1.json", list),
        prices: PriceList(rows: rows, lines: rows.indices.map { $0 + 2 }, file: "prices.csv"))
    }
    func hourly(_ reading: Reading<OwnedCommitments>) throws -> Double? {
      let first = try #require(reading.value?.commitments.first { $0.id != "zonal" })
      return first.recurringHourly / 4
    }
    let known = read([
      PriceRow(
        sku: sku, product: .standardRI, term: .threeYears, payment: .partialUpfront, upfront: 500,
        hourly: 0.02)
    ])
    #expect(try hourly(known) == 0.02)
    #expect(known.findings.map(\.rule) == ["owned.no-price", "owned.left-aside"])
    // 539 upfront are 0.0205 in each of 26,280 hours; the rest up to 0.1 counts as paid.
    let onDemand = read([PriceRow(sku: sku, product: .onDemand, hourly: 0.1)])
    #expect(abs((try hourly(onDemand) ?? 0) - (0.1 - 539 / 26_280)) < 1e-9)
    let nothing = read([])
    #expect(nothing.value?.commitments.map(\.id) == ["zonal"])
    #expect(nothing.findings.map(\.rule) == ["owned.no-price", "owned.left-aside"])
  }

  /// AWS lists reservations by region and does not name it; what tells its zone is read all the
  /// same.
  @Test func aRegionThatNothingTellsIsAsked() {
    let reading = OwnedReader.read(file("ri.json", reserved))
    #expect(reading.value?.commitments.map(\.id) == ["zonal"])
    #expect(reading.findings.filter { $0.severity == .warning }.map(\.rule) == ["owned.no-region"])
  }

  @Test func savingsPlans() throws {
    let reading = OwnedReader.read(
      file(
        "sp.json",
        #"""
        {"savingsPlans": [{"savingsPlanId": "a", "savingsPlanArn":
          "arn:aws:savingsplans::123456789012:savingsplan/a", "start": "2024-01-01T10:20:30.000Z",
          "end": "2024-12-31T10:20:29.000Z", "state": "active", "savingsPlanType": "Compute",
          "paymentOption": "Partial Upfront", "commitment": "1.25", "currency": "USD",
          "upfrontPaymentAmount": "5475", "recurringPaymentAmount": "0.625",
          "termDurationInSeconds": 31536000},
         {"savingsPlanId": "b", "start": "2024-01-01T00:00:00.000Z", "state": "queued",
          "region": "eu-west-1", "ec2InstanceFamily": "m5", "savingsPlanType": "EC2Instance",
          "paymentOption": "No Upfront", "commitment": "0.5", "termDurationInSeconds": 94608000},
         {"savingsPlanId": "c", "state": "returned"}]}
        """#))
    let owned = try #require(reading.value).commitments
    try #require(owned.count == 2)
    #expect(owned[0].account == "123456789012")
    #expect(owned[0].upfront == 1.25 * 8760 / 2)
    #expect(owned[0].recurringHourly == 0.625)
    #expect(owned[0].start == Hour(year: 2024, month: 1, day: 1, hour: 10))
    #expect(
      owned[1].subject
        == .savingsPlan(
          scope: SavingsPlanScope(provider: .aws, region: "eu-west-1", family: "m5"),
          hourlyCommitment: 0.5))
  }

  private func prices(_ rows: [PriceRow]) -> PriceList {
    PriceList(rows: rows, lines: rows.indices.map { $0 + 2 }, file: "prices.csv")
  }

  /// Answers for several regions or accounts in one list, as `jq -s` makes it.
  @Test func answersAreReadTogether() throws {
    let one = reserved.replacing("\"zonal\"", with: "\"other\"")
      .replacing("1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", with: "second")
    let reading = OwnedReader.read(file("ri.us-east-1.json", "[\(reserved), \(one)]"))
    #expect(
      reading.value?.commitments.map(\.id) == [
        "1ba8e2e3-d556-4a2b-bb85-a2f3d9e1f0a1", "zonal", "second", "other",
      ])
  }

  /// Null is as good as absent, and a date alone is its first moment.
  @Test func nullsAreAbsent() throws {
    let list = file(
      "az.json",
      #"""
      [{"id": "/o/r", "location": "westeurope", "sku": {"name": "Standard_D2s_v3"}, "properties": {
        "appliedScopeType": "Shared", "appliedScopes": null, "appliedScopeProperties": null,
        "reservedResourceType": "VirtualMachines", "quantity": 3, "term": "P1Y",
        "billingPlan": "Monthly", "provisioningState": "Succeeded", "benefitStartTime": null,
        "effectiveDateTime": "2023-06-01", "expiryDateTime": null, "expiryDate": "2024-06-01",
        "renew": null, "renewDestination": null}}]
      """#)
    let sku = SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v3")
    let book = prices([
      PriceRow(
        sku: sku, product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.07)
    ])
    let owned = try #require(OwnedReader.read(list, prices: book).value).commitments
    #expect(owned.map(\.start) == [Hour(year: 2023, month: 6, day: 1)])
    #expect(owned.map(\.end) == [Hour(year: 2024, month: 6, day: 1)])
    #expect(owned.map(\.renews) == [false])
  }

  /// `MultiAZ` is true or false, no text: with a standby a reservation counts twice.
  @Test(arguments: [("true", "Multi-AZ"), ("false", "default"), ("\"true\"", "Multi-AZ")])
  func reservationsWithAStandby(flag: String, tenancy: String) throws {
    let list = file(
      "rds.json",
      #"""
      {"ReservedDBInstances": [{"ReservedDBInstanceId": "ri", "DBInstanceClass": "db.r6g.large",
        "StartTime": "2024-01-01T00:00:00Z", "Duration": 31536000, "FixedPrice": 0.0,
        "CurrencyCode": "USD", "DBInstanceCount": 1, "ProductDescription": "postgresql",
        "OfferingType": "No Upfront", "MultiAZ": \#(flag), "State": "active",
        "RecurringCharges": [{"RecurringChargeAmount": 0.26, "RecurringChargeFrequency": "Hourly"}],
        "ReservedDBInstanceArn": "arn:aws:rds:us-east-1:111122223333:ri:ri"}]}
      """#)
    let commitment = try #require(OwnedReader.read(list).value?.commitments.first)
    guard case .reservation(let sku, _, _, _, _) = commitment.subject else {
      Issue.record("no reservation")
      return
    }
    #expect(sku.tenancy == tenancy)
  }

  /// What expired inside a window served up to that day; nothing ends a reservation before its end
  /// but the provider.
  @Test func retiredNodesServedUpToTheirEnd() throws {
    func node(_ id: String, _ start: String) -> String {
      #"""
      {"ReservedCacheNodeId": "\#(id)", "CacheNodeType": "cache.r6g.large", "StartTime": "\#(start)",
       "Duration": 31536000, "FixedPrice": 0.0, "CacheNodeCount": 1, "ProductDescription": "redis",
       "OfferingType": "No Upfront", "State": "retired",
       "RecurringCharges": [{"RecurringChargeAmount": 0.14, "RecurringChargeFrequency": "Hourly"}],
       "ReservationARN": "arn:aws:elasticache:us-east-1:1:reserved-instance:\#(id)"}
      """#
    }
    let reading = OwnedReader.read(
      file(
        "ec.json", #"{"ReservedCacheNodes": ["#, node("old", "2023-01-15T05:00:00Z"), ",",
        node("broken", "2099-01-15T05:00:00Z"), "]}"))
    #expect(reading.value?.commitments.map(\.id) == ["old"])
    #expect(reading.value?.commitments.first?.end == Hour(year: 2024, month: 1, day: 15, hour: 5))
    #expect(reading.findings.map(\.rule) == ["owned.left-aside"])
  }

  /// The list of `aws es`, which goes on under its old words; version 1 of the command line prints
  /// times as seconds.
  @Test func elasticsearchIsOpenSearch() throws {
    let reading = OwnedReader.read(
      file(
        "es.us-east-1.json",
        #"""
        {"ReservedElasticsearchInstances": [{"ReservedElasticsearchInstanceId": "e1",
          "ElasticsearchInstanceType": "r6g.large.elasticsearch", "StartTime": 1685577600.0,
          "Duration": 31536000, "FixedPrice": 0.0, "CurrencyCode": "USD",
          "ElasticsearchInstanceCount": 2, "State": "active", "PaymentOption": "NO_UPFRONT",
          "RecurringCharges": [{"RecurringChargeAmount": 0.12, "RecurringChargeFrequency": "Hourly"}]}]}
        """#))
    let commitment = try #require(reading.value?.commitments.first)
    #expect(commitment.terms.product.rawValue == "ri-opensearch" && commitment.amount == 2)
    #expect(commitment.start == Hour(year: 2023, month: 6, day: 1))
    guard case .reservation(let sku, _, _, _, _) = commitment.subject else {
      Issue.record("no reservation")
      return
    }
    #expect(sku.instanceType == "r6g.large.search")
  }

  @Test func badListsAreToldWhole() {
    let reading = OwnedReader.read(
      file(
        "sp.json", #"{"savingsPlans": ["#,
        #"{"savingsPlanId": "a", "savingsPlanType": "Storage", "paymentOption": "Monthly","#,
        #" "commitment": "-1", "start": "yesterday", "termDurationInSeconds": 86400},"#,
        #"{"savingsPlanId": "b"}, {"state": "active"}, 7]}"#))
    #expect(reading.value?.commitments.isEmpty == true)
    #expect(
      reading.findings.map { "\($0.place) \($0.rule)" } == [
        "sp.json:2 owned.unknown-savingsplantype", "sp.json:2 owned.bad-number",
        "sp.json:2 owned.bad-timestamp", "sp.json:2 owned.unknown-paymentoption",
        "sp.json:4 owned.missing-field", "sp.json:4 owned.missing-field",
        "sp.json:4 owned.missing-field", "sp.json:4 owned.missing-field",
        "sp.json:4 owned.missing-field", "sp.json owned.nothing-usable",
      ])
    for text in [#"{"savingsPlans": [{"#, #"{"Reservations": []}"#, "[3]", #"[{"a": 1}]"#] {
      #expect(
        OwnedReader.read(file("x.json", text)).findings.hasErrors == (text != "[3]"), "\(text)")
    }
    #expect(OwnedReader.read(file("none.json", #"{"savingsPlans": []}"#)).value != nil)
  }

  /// Lists of two services are one list of what is owned; what both have counts once.
  @Test func filesAddUp() throws {
    func owned(_ ids: [String], _ name: String) -> OwnedCommitments {
      OwnedCommitments(
        commitments: ids.map { id in
          Commitment(
            id: id,
            terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
            subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 1),
            start: Hour(year: 2024, month: 1, day: 1), end: Hour(year: 2025, month: 1, day: 1))
        }, lines: ids.indices.map { $0 + 2 }, file: name)
    }
    let joined = OwnedCommitments.joined([
      owned(["a", "b"], "x.json"), owned(["b", "c"], "y.json"),
    ])
    let all = try #require(joined.value)
    #expect(all.commitments.map(\.id) == ["a", "b", "c"])
    #expect(all.commitments.indices.map(all.place) == ["x.json:2", "x.json:3", "y.json:3"])
    #expect(joined.findings.map(\.rule) == ["owned.duplicate-id"])
    #expect(joined.findings.first?.place == "y.json:2")
  }

  /// AWS's own names of systems in our files are those of its lists.
  @Test func systemsHaveOneName() throws {
    let book = PriceReader.read(
      file(
        "prices.csv",
        """
        provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly
        aws,us-east-1,m5.large,SUSE Linux,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Red Hat Enterprise Linux,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Linux/UNIX,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Windows with SQL Server Standard,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Ubuntu Pro Linux,default,on-demand,,,0,0.2
        aws,us-east-1,m5.large,Own,default,on-demand,,,0,0.2

        """))
    #expect(
      try #require(book.value).rows.map(\.sku.operatingSystem) == [
        "SUSE", "RHEL", "Linux", "Windows with SQL Std", "Ubuntu Pro", "Own",
      ])
  }
}

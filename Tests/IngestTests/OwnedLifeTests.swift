import CloudCosts
import Testing

@testable import Ingest

/// When owned commitments start and end, and what goes on with what was paid for others.
@Suite struct OwnedLifeTests {
  @Test(arguments: [
    ("2023-02-01T00:00:00.000-08:00", 2, 1, 8), ("2023-02-01T05:45:00+05:30", 2, 1, 0),
    ("2023-02-01 05:12:33 +0000", 2, 1, 5), ("2023-01-31T23:59:59Z", 1, 31, 23),
    ("2023-02-01", 2, 1, 0), ("2023-02-01T05:12:33.1234567+00", 2, 1, 5),
  ])
  func momentsAreConverted(_ text: String, month: Int, day: Int, hour: Int) throws {
    let moment = try #require(Moment(text))
    #expect(moment.hour == Hour(year: 2023, month: month, day: day, hour: hour))
  }

  @Test(arguments: [
    "", "yesterday", "2023-02-30", "2023-02-01T05:12:33", "2023-02-01T25:00:00Z",
    "2023-02-01T05:00:00+99:00",
  ])
  func noMoments(_ text: String) { #expect(Moment(text) == nil) }

  private func reservation(
    _ id: String, _ dates: String, state: String = "active", fixed: Double = 0,
    hourly: Double = 0, count: Int = 1, type: String = "m5.large", payment: String = "All Upfront"
  ) -> String {
    """
    {"ReservedInstancesId": "\(id)", "InstanceType": "\(type)", "Scope": "Region", \(dates),
     "InstanceCount": \(count), "State": "\(state)", "OfferingClass": "standard",
     "OfferingType": "\(payment)", "FixedPrice": \(fixed),
     "RecurringCharges": [{"Amount": \(hourly), "Frequency": "Hourly"}]}
    """
  }

  private func read(_ entries: String...) -> Reading<OwnedCommitments> {
    OwnedReader.read(
      file("ri.us-east-1.json", #"{"ReservedInstances": ["#, entries.joined(separator: ","), "]}"))
  }

  private let year = #""Start": "2023-06-02T00:00:00Z", "End": "2024-03-10T21:00:00Z""#
  private let rest =
    #""Start": "2024-03-10T21:00:00Z", "End": "2024-06-01T00:00:00Z", "Duration": 31536000"#

  /// The end is believed, not a nominal term.
  @Test func aModifiedReservationEndsAsItsOriginal() throws {
    let owned = try #require(
      read(reservation("new", rest, hourly: 0.06, payment: "No Upfront")).value)
    #expect(owned.commitments.map(\.end) == [Hour(year: 2024, month: 6, day: 1)])
    #expect(owned.commitments.map(\.terms.term) == [.oneYear])
  }

  @Test func aModifiedReservationGoesOnWithWhatWasPaid() throws {
    let reading = read(
      reservation("old", year, state: "retired", fixed: 500, count: 2),
      reservation("new", rest, count: 4, type: "m5.medium"))
    #expect(reading.findings.isEmpty)
    let owned = try #require(reading.value).commitments
    try #require(owned.map(\.id) == ["old", "new"])
    let hourly = 2 * 500.0 / 8760
    #expect(owned.allSatisfy { abs($0.effectiveHourly - hourly) < 1e-12 })
    #expect(owned[0].end == owned[1].start)
    #expect(owned[1].prepaid == HourWindow(from: owned[0].start, to: owned[1].end))
  }

  /// Modified twice: what is in force goes on with what the first one cost.
  @Test func modificationsInARow() throws {
    let between = #""Start": "2023-09-01T00:00:00Z", "End": "2024-03-10T21:00:00Z""#
    let first = #""Start": "2023-06-02T00:00:00Z", "End": "2023-09-01T00:00:00Z""#
    let owned = try #require(
      read(
        reservation("c", rest), reservation("b", between, state: "retired"),
        reservation("a", first, state: "retired", fixed: 500)
      ).value
    ).commitments
    #expect(owned.count == 3)
    #expect(owned.allSatisfy { abs($0.effectiveHourly - 500.0 / 8760) < 1e-12 })
  }

  @Test func aModifiedReservationWithoutItsOriginalIsSunk() throws {
    let reading = read(reservation("new", rest))
    #expect(reading.value?.commitments.map(\.effectiveHourly) == [0])
    #expect(reading.findings.map(\.rule) == ["owned.sunk-price"])
  }

  /// Marketplace reservations last any number of seconds, and cost what they cost over that time.
  @Test func aReservationOfTheMarketplace() throws {
    let dates = #""Start": "2024-01-01T10:30:00Z", "Duration": 7776000"#
    let owned = try #require(read(reservation("m", dates, fixed: 216)).value).commitments
    #expect(owned.map { $0.end - $0.start } == [2160])
    #expect(owned.map(\.effectiveHourly) == [0.1])
  }

  @Test func statesAreKept() throws {
    let reading = read(
      reservation(
        "queued", #""Start": "2099-01-01T00:00:00Z", "Duration": 31536000"#, state: "queued",
        fixed: 1),
      reservation("pending", rest, state: "payment-pending", fixed: 1),
      reservation("failed", rest, state: "payment-failed", fixed: 1),
      reservation("deleted", rest, state: "queued-deleted", fixed: 1),
      reservation(
        "gone", #""Start": "2098-01-01T00:00:00Z", "End": "2099-01-01T00:00:00Z""#,
        state: "retired",
        fixed: 1),
      reservation("bad", #""Start": "soon""#, fixed: 1))
    #expect(reading.value?.commitments.map(\.id) == ["queued", "pending"])
    #expect(
      Set(reading.findings.map { "\($0.severity) \($0.rule)" }) == [
        "note owned.payment-pending", "note owned.left-aside", "warning owned.bad-timestamp",
      ])
  }

  private let azurePrices = PriceList(
    rows: [
      PriceRow(
        sku: SKU(provider: .azure, region: "westeurope", instanceType: "Standard_D2s_v5"),
        product: .azureReservation, term: .oneYear, payment: .noUpfront, hourly: 0.07)
    ], lines: [2], file: "prices.csv")

  private func azure(_ properties: String) -> Reading<OwnedCommitments> {
    OwnedReader.read(
      file(
        "az.json",
        #"[{"id": "r", "location": "westeurope", "sku": {"name": "Standard_D2s_v5"}, "properties":"#,
        #"{"reservedResourceType": "VirtualMachines", "quantity": 1, "term": "P1Y","#, properties,
        "}}]"), prices: azurePrices)
  }

  /// Terms are calendar years; a stated expiry wins, and a day alone means the time of the start.
  @Test(arguments: [
    ("", Hour(year: 2024, month: 6, day: 1, hour: 8)),
    (#", "expiryDate": "2024-05-01""#, Hour(year: 2024, month: 5, day: 1, hour: 8)),
    (#", "expiryDateTime": "2024-05-01T10:00:00Z""#, Hour(year: 2024, month: 5, day: 1, hour: 10)),
  ])
  func azureEnds(_ end: String, at hour: Hour) throws {
    let reading = azure(#""benefitStartTime": "2023-06-01T08:00:00Z""# + end)
    #expect(reading.value?.commitments.map(\.end) == [hour])
  }

  @Test(arguments: [
    (#""appliedScopeType": "Shared""#, "", Commitment.Reach.shared),
    (#""appliedScopeType": "Single", "appliedScopes": ["/subscriptions/s1"]"#, "s1", .account),
    (
      #""appliedScopeType": "Single", "appliedScopes": null, "appliedScopeProperties": {"subscriptionId": "/subscriptions/s1"}"#,
      "s1", .account
    ),
    (
      #""appliedScopeType": "ManagementGroup", "appliedScopeProperties": {"managementGroupId": "/providers/Microsoft.Management/managementGroups/emea"}"#,
      "", .group("emea")
    ),
  ])
  func azureScopes(_ scope: String, account: String, reach: Commitment.Reach) throws {
    let reading = azure(
      #""benefitStartTime": "2023-06-01T08:00:00Z", "instanceFlexibility": "Off", "renew": true, "#
        + scope)
    let owned = try #require(reading.value?.commitments.first)
    #expect(owned.account == account)
    #expect(owned.reach == reach)
    #expect(!owned.coversOtherSizes && owned.renews)
    #expect(reading.findings.isEmpty)
  }

  @Test func aResourceGroupCountsAsItsSubscriptionAndIsSaid() throws {
    let reading = azure(
      #""benefitStartTime": "2023-06-01T08:00:00Z", "appliedScopeType": "Single", "appliedScopes": ["/subscriptions/s1/resourceGroups/web"]"#
    )
    #expect(reading.value?.commitments.map(\.reach) == [.account])
    #expect(reading.findings.map(\.rule) == ["owned.resource-group-scope"])
  }

  /// Google: merged commitments serve up to the day on which the merged one starts; what has no
  /// vCPUs of a known series is left out.
  @Test func googleStates() throws {
    func entry(_ name: String, _ more: String) -> String {
      """
      {"kind": "compute#commitment", "name": "\(name)", "plan": "TWELVE_MONTH", "type": "GENERAL_PURPOSE_N2",
       "region": "https://x/projects/web/regions/us-central1",
       "resources": [{"type": "VCPU", "amount": "8"}, {"type": "MEMORY", "amount": "32768"}], \(more)}
      """
    }
    let start = #""startTimestamp": "2023-02-01T00:00:00.000-08:00", "#
    let list = file(
      "cud.json", "[",
      [
        entry("old", start + #""status": "CANCELLED""#),
        entry("lost", start + #""status": "CANCELLED""#),
        entry(
          "merged",
          #""startTimestamp": "2023-07-01T00:00:00-07:00", "endTimestamp": "2024-02-01T00:00:00-08:00", "status": "ACTIVE", "mergeSourceCommitments": ["https://x/projects/web/regions/us-central1/commitments/old"]"#
        ),
        entry("gpu", start + #""type": "ACCELERATOR_OPTIMIZED""#)
          .replacing("GENERAL_PURPOSE_N2", with: "ACCELERATOR_OPTIMIZED"),
      ].joined(separator: ","), "]")
    let book = PriceList(
      rows: [
        PriceRow(
          sku: SKU(provider: .gcp, region: "us-central1", instanceType: "n2-standard-8"),
          product: .gcpResourceCUD, term: .oneYear, payment: .noUpfront, hourly: 0.24)
      ], lines: [2], file: "prices.csv")
    let reading = OwnedReader.read(list, prices: book)
    let owned = try #require(reading.value)
    #expect(Set(owned.commitments.map(\.id)) == ["merged", "old"])
    let merge = Hour(year: 2023, month: 7, day: 1, hour: 7)
    #expect(owned.commitments.first { $0.id == "old" }?.end == merge)
    #expect(
      owned.commitments.first { $0.id == "merged" }?.end
        == Hour(year: 2024, month: 2, day: 1, hour: 8))
    #expect(owned.unscoped == ["merged", "old"])
    #expect(
      reading.findings.map { "\($0.severity) \($0.rule)" }
        == ["warning owned.other-resource", "note owned.left-aside"])
  }

  @Test func renewalsFollow() {
    var commitment = Commitment(
      id: "r", terms: OfferTerms(product: .azureReservation, term: .oneYear, payment: .noUpfront),
      subject: .reservation(
        sku: SKU(provider: .azure, region: "eu", instanceType: "Standard_D2s_v5"), zone: nil,
        count: 1, upfront: 0, hourly: 1), start: Hour(year: 2023, month: 3, day: 1),
      end: Hour(year: 2024, month: 3, day: 1))
    let last = Hour(year: 2025, month: 6, day: 1)
    #expect(commitment.withRenewals(until: last).count == 1)
    commitment.renews = true
    #expect(
      commitment.withRenewals(until: last).map(\.end) == [
        Hour(year: 2024, month: 3, day: 1), Hour(year: 2025, month: 3, day: 1),
        Hour(year: 2026, month: 3, day: 1),
      ])
  }
}

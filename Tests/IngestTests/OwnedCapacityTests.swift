import CloudCosts
import Testing

@testable import Ingest

/// Capacity that is reserved without nodes.
@Suite struct OwnedCapacityTests {
  /// Fields of botocore 1.44.8, redshift-serverless; the charges are those of one RPU.
  @Test func reservedCapacityOfRedshiftServerless() throws {
    let text = #"""
      {"reservationsList": [
        {"capacity": 32, "startDate": "2026-03-05T12:34:56Z", "endDate": "2027-03-05T12:34:56Z",
         "offering": {"currencyCode": "USD", "duration": 31536000, "hourlyCharge": 0.0,
           "offeringId": "o", "offeringType": "ALL_UPFRONT", "upfrontCharge": 2430.0},
         "reservationArn": "arn:aws:redshift-serverless:eu-west-1:123456789012:reservation/r-1",
         "reservationId": "r-1", "status": "active"},
        {"capacity": 8, "startDate": "2026-03-05T12:34:56Z", "endDate": "2027-03-05T12:34:56Z",
         "offering": {"currencyCode": "USD", "duration": 31536000, "offeringType": "NO_UPFRONT"},
         "reservationArn": "arn:aws:redshift-serverless:eu-west-1:123456789012:reservation/r-2",
         "reservationId": "r-2", "status": "active"},
        {"reservationId": "r-3", "status": "payment-failed"}]}
      """#
    let reading = OwnedReader.read(file("reservations.json", text))
    let start = Hour(year: 2026, month: 3, day: 5, hour: 12)
    #expect(
      reading.value?.commitments == [
        Commitment(
          id: "r-1", account: "123456789012",
          terms: OfferTerms(
            product: try #require(Product(rawValue: "ri-redshift-serverless")), term: .oneYear,
            payment: .allUpfront),
          subject: .reservation(
            sku: SKU(provider: .aws, region: "eu-west-1", instanceType: "redshift/RPU"), zone: nil,
            count: 32, upfront: 2430, hourly: 0), start: start, end: start + 8760)
      ])
    #expect(reading.findings.map(\.rule).sorted() == ["owned.left-aside", "owned.no-price"])
  }
}

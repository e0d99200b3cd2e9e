import CloudCosts
import Testing

@testable import Ingest

/// Purchase recommendations of Cost Explorer, in the shape of its API reference; amounts are made
/// up.
@Suite struct RecommendationTests {
  private let start = Hour(year: 2024, month: 1, day: 1)
  private let m5 = SKU(provider: .aws, region: "eu-west-1", instanceType: "m5.large")

  private var prices: PriceList {
    let rows = [
      PriceRow(
        sku: m5, product: .standardRI, term: .oneYear, payment: .allUpfront, upfront: 500,
        hourly: 0),
      PriceRow(
        sku: m5, product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront, hourly: 0.05),
    ]
    return PriceList(rows: rows, lines: [2, 3], file: "prices.csv")
  }

  private func read(_ text: String, currency: String? = "USD") -> Reading<RecommendedPurchases> {
    RecommendationReader.read(
      file("ce.json", text), prices: prices, currency: currency, start: start)
  }

  private let plan = #"""
    {"Metadata": {"RecommendationId": "x"}, "SavingsPlansPurchaseRecommendation": {
      "AccountScope": "PAYER", "SavingsPlansType": "COMPUTE_SP", "TermInYears": "THREE_YEARS",
      "PaymentOption": "NO_UPFRONT", "LookbackPeriodInDays": "THIRTY_DAYS",
      "SavingsPlansPurchaseRecommendationDetails": [{"SavingsPlansDetails": {"OfferingId": "o"},
        "AccountId": "123456789012", "UpfrontCost": "0.0", "CurrencyCode": "USD",
        "HourlyCommitmentToPurchase": "2.75", "EstimatedMonthlySavingsAmount": "820.5"}]}}
    """#

  @Test func aPlanIsBoughtAtTheStart() throws {
    let reading = read(plan)
    #expect(reading.findings.isEmpty)
    #expect(
      try #require(reading.value).commitments == [
        Commitment(
          id: "recommended-ce.json-1",
          terms: OfferTerms(product: .computeSavingsPlan, term: .threeYears, payment: .noUpfront),
          subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 2.75),
          start: start, end: start + 26_280)
      ])
  }

  private let reservation = #"""
    {"Recommendations": [{"AccountScope": "LINKED", "TermInYears": "ONE_YEAR",
      "PaymentOption": "ALL_UPFRONT",
      "ServiceSpecification": {"EC2Specification": {"OfferingClass": "STANDARD"}},
      "RecommendationDetails": [{"AccountId": "123456789012", "CurrencyCode": "USD",
        "InstanceDetails": {"EC2InstanceDetails": {"Family": "m5", "InstanceType": "m5.large",
          "Region": "EU (Ireland)", "Platform": "Linux/UNIX", "Tenancy": "shared"}},
        "RecommendedNumberOfInstancesToPurchase": "7"},
       {"InstanceDetails": {"RDSInstanceDetails": {}},
        "RecommendedNumberOfInstancesToPurchase": "1"}]}]}
    """#

  @Test func reservationsCostWhatThePriceBookSays() throws {
    let reading = read(reservation)
    #expect(reading.findings.map(\.rule) == ["recommendation.left-aside"])
    let commitments = try #require(reading.value).commitments
    #expect(commitments.map(\.account) == ["123456789012"])
    #expect(
      commitments.map(\.subject) == [
        .reservation(sku: m5, zone: nil, count: 7, upfront: 500, hourly: 0)
      ])
    let other = read(reservation.replacing("m5.large", with: "m6.large"))
    #expect(other.value == nil)
    #expect(other.findings.contains { $0.rule == "recommendation.no-price" })
  }

  @Test func whatCannotBeJudgedIsTold() {
    #expect(
      read(plan.replacing("\"USD\"", with: "\"EUR\"")).findings.map(\.rule)
        == ["recommendation.other-currency"])
    #expect(
      read(plan.replacing("THREE_YEARS", with: "FIVE_YEARS")).findings.map(\.rule)
        == ["recommendation.unknown-terminyears"])
    #expect(
      read(plan.replacing("\"2.75\"", with: "\"many\"")).findings.map(\.rule)
        == ["recommendation.bad-number"])
    #expect(
      read(plan.replacing("NO_UPFRONT", with: "ALL_UPFRONT")).findings.map(\.rule)
        == ["recommendation.no-rates"])
    #expect(read("{}").findings.map(\.rule) == ["recommendation.unknown-format"])
    #expect(read(String(plan.prefix(200))).findings.map(\.rule) == ["recommendation.not-json"])
    #expect(
      read(#"{"SavingsPlansPurchaseRecommendation": {}}"#).findings.map(\.rule)
        == ["recommendation.nothing"])
  }
}

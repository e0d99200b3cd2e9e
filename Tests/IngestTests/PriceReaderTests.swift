import CloudCosts
import Testing

@testable import Ingest

@Suite struct PriceReaderTests {
  /// One number settles for the whole file whether a comma comes before decimals.
  @Test func decimalCommasOfSpreadsheets() throws {
    func read(_ prices: [String]) -> Reading<PriceList> {
      let rows = prices.enumerated().map { index, price in
        "aws;us-east-1;m5.\(index + 1)xlarge;on-demand;;;0;\(price)"
      }
      return PriceReader.read(
        file(
          "prices.csv",
          "provider;region;instance_type;product;term_years;payment;upfront;hourly",
          rows.joined(separator: "\n")))
    }
    #expect(read(["1,234", "0,096", "12,5"]).value?.rows.map(\.hourly) == [1.234, 0.096, 12.5])
    #expect(read(["1,234", "2"]).findings.map(\.rule) == ["prices.not-a-number"])
    #expect(read(["1,234"]).findings[0].remedy.contains("between thousands"))
    #expect(read(["1,5", "2.5"]).findings.map(\.rule) == ["prices.not-a-number"])
    #expect(read(["1.5", "2"]).value?.rows.map(\.hourly) == [1.5, 2])
  }

  private let header =
    "provider,region,instance_type,operating_system,tenancy,product,term_years,payment,upfront,hourly"

  @Test func rowsBecomePrices() throws {
    let reading = PriceReader.read(
      file(
        "prices.csv", header + ",vcpu,memory_gib",
        "aws,us-east-1,m5.large,,,on-demand,,,,0.1,2,8",
        "aws,us-east-1,m5.large,Linux,default,ri-standard,3,partial-upfront,262.8,0.03,2,8",
        "aws,us-east-1,m5.large,Linux,default,sp-compute,1,all-upfront,0,0.07,,"))
    #expect(reading.findings.isEmpty)
    let list = try #require(reading.value)
    let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
    let book = list.book()
    #expect(book.onDemand == [sku: 0.1])
    #expect(
      book.reservations == [
        ReservationOffer(
          sku: sku,
          terms: OfferTerms(product: .standardRI, term: .threeYears, payment: .partialUpfront),
          upfront: 262.8, hourly: 0.03)
      ])
    let compute = OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .allUpfront)
    #expect(book.savingsPlanRates == [compute: [sku: 0.07]])
    #expect(list.lines == [2, 3, 4])
  }

  @Test func unknownNamesAreTold() {
    let reading = PriceReader.read(
      file(
        "prices.csv", header,
        "aws,us-east-1,m5.large,,,ondemand,,,0,0.1",
        "aws,us-east-1,m5.large,,,spot,,,0,0.1",
        "aws,us-east-1,m5.large,,,ri-standard,2,monthly,0,0.1",
        "aws,us-east-1,m5.large,,,azure-reservation,1,no-upfront,0,0.1",
        "aws,us-east-1,m5.large,,,on-demand,1,no-upfront,0,0.1",
        "aws,us-east-1,m5.large,,,sp-compute,,,0,0.1"))
    #expect(reading.value == nil)
    let products =
      Product.allCases.map(\.rawValue).joined(separator: ", ")
    let payments = "no-upfront, partial-upfront, all-upfront"
    #expect(
      reading.report == """
        error prices.unknown-product prices.csv:2: product 'ondemand' is unknown
          did you mean 'on-demand'? It must be one of \(products)
        error prices.unknown-product prices.csv:3: product 'spot' is unknown
          write one of \(products)
        error prices.bad-term prices.csv:4: term_years '2' is not 1 or 3
          write 1 or 3
        error prices.unknown-payment prices.csv:4: payment 'monthly' is unknown
          write one of \(payments)
        error prices.product-of-other-provider prices.csv:5: aws does not sell azure-reservation
          correct the provider or the product
        error prices.on-demand-with-term-years prices.csv:6: an on-demand price has no term_years, \
        here it is '1'
          leave the field empty, or correct the product
        error prices.on-demand-with-payment prices.csv:6: an on-demand price has no payment, here \
        it is 'no-upfront'
          leave the field empty, or correct the product
        error prices.bad-term prices.csv:7: term_years is empty
          write 1 or 3
        error prices.unknown-payment prices.csv:7: payment is empty
          write one of \(payments)
        """)
  }

  @Test func unlikelyPricesAreTold() {
    let reading = PriceReader.read(
      file(
        "prices.csv", header,
        "aws,us-east-1,m5.large,,,on-demand,,,0,0.1",
        "aws,us-east-1,m5.large,,,sp-compute,1,no-upfront,0,0.11",
        "aws,us-east-1,m5.large,,,sp-compute,3,no-upfront,5,0.05",
        "aws,us-east-1,m5.large,,,ri-standard,1,all-upfront,8760,0",
        "aws,us-east-1,m5.large,,,ri-standard,1,no-upfront,1,0.05",
        "aws,us-east-1,m5.large,,,ri-convertible,1,all-upfront,100,0.05",
        "aws,us-east-1,m5.large,,,ri-standard,1,all-upfront,500,0",
        "aws,us-east-1,m5.xlarge,,,sp-compute,1,no-upfront,0,0.1",
        "aws,us-east-1,m5.xlarge,,,sp-compute,3,no-upfront,0,0.1",
        "aws,us-east-1,m5.2xlarge,,,on-demand,,,0,0",
        "azure,eu,D2,,,ri-standard,1,no-upfront,0,-0.1",
        "azure,eu,D2,,,ri-standard,1,no-upfront,0,0.1"))
    #expect(reading.value == nil)
    #expect(
      reading.report == """
        error prices.plan-above-on-demand prices.csv:3: the rate 0.11 of sp-compute, 1 year, \
        no-upfront is above the on-demand price 0.1 (line 2)
          check both prices; a plan's rate is never above on demand
        error prices.plan-upfront prices.csv:4: a plan's rate has no upfront, here it is 5.0
          write 0: what a plan asks upfront is a share of the commitment
        warning prices.reservation-above-on-demand prices.csv:5: ri-standard, 1 year, all-upfront \
        costs 1.0 an hour with its upfront, more than the on-demand price 0.1 (line 2)
          check both prices; it would never be bought
        warning prices.payment-mismatch prices.csv:6: the payment is no-upfront, and upfront is 1.0
          correct the payment, or write 0
        warning prices.payment-mismatch prices.csv:7: the payment is all-upfront, and hourly is 0.05
          correct the payment, or write 0
        error prices.duplicate prices.csv:8: aws us-east-1 m5.large Linux default already has a \
        price for ri-standard, 1 year, all-upfront on line 5
          keep the row that is in force
        warning prices.on-demand-missing prices.csv:9: aws us-east-1 m5.xlarge Linux default has a \
        price for sp-compute, 1 year, no-upfront and none on demand
          add its on-demand price, so that a saving can be computed
        warning prices.zero prices.csv:11: aws us-east-1 m5.2xlarge Linux default costs nothing on \
        demand
          leave the row out where the price is unknown
        error prices.negative-hourly prices.csv:12: hourly '-0.1' is negative
          write 0 or more; credits and corrections are left out
        error prices.product-of-other-provider prices.csv:13: azure does not sell ri-standard
          correct the provider or the product
        warning prices.on-demand-missing prices.csv:13: azure eu D2 Linux default has a price for \
        ri-standard, 1 year, no-upfront and none on demand
          add its on-demand price, so that a saving can be computed
        """)
  }

  @Test func aPriceMissesForUsedTypes() throws {
    let usage = UsageReader.read(
      file(
        "usage.csv", "timestamp,provider,account,region,instance_type,quantity",
        "2024-01-01T00:00:00Z,aws,1,us-east-1,m5.large,1",
        "2024-01-01T00:00:00Z,aws,1,us-east-1,m5.lrge,0",
        "2024-01-01T00:00:00Z,aws,2,us-east-1,m5.lrge,0.5",
        "2024-01-01T00:00:00Z,aws,2,us-west-2,m5.large,1",
        "2024-01-01T01:00:00Z,aws,2,us-east-1,m5.lrge,0.5"))
    let prices = PriceReader.read(
      file(
        "prices.csv", "provider,region,instance_type,product,hourly",
        "aws,us-east-1,m5.large,on-demand,0.1"))
    let findings = CrossChecks.prices(
      of: try #require(usage.value), in: try #require(prices.value))
    #expect(
      findings.report == """
        error prices.missing usage.csv:4: 2 aws us-east-1 m5.lrge Linux default is used, and \
        prices.csv has no on-demand price for aws us-east-1 m5.lrge Linux default
          add a row with the product on-demand to prices.csv; or is it 'm5.large'?
        error prices.missing usage.csv:5: 2 aws us-west-2 m5.large Linux default is used, and \
        prices.csv has no on-demand price for aws us-west-2 m5.large Linux default
          add a row with the product on-demand to prices.csv
        """)
  }

  @Test func aPublicPriceBesideTheNegotiatedOne() throws {
    let header = "provider,region,instance_type,product,hourly,list_hourly"
    let good = PriceReader.read(
      file("p.csv", header, "aws,r,m5.large,on-demand,0.09,0.10", "aws,r,c5.large,on-demand,0.08,"))
    let book = try #require(good.value).book()
    let skus = ["m5.large", "c5.large"].map { SKU(provider: .aws, region: "r", instanceType: $0) }
    #expect(skus.map { book.onDemandPrice(of: $0) } == [0.09, 0.08])
    #expect(skus.map { book.listPrice(of: $0) } == [0.10, 0.08])
    let bad = PriceReader.read(
      file(
        "p.csv", header, "aws,r,m5.large,on-demand,0.09,0.05", "aws,r,c5.large,on-demand,0.09,ten"))
    #expect(
      bad.findings.map { "\($0.rule) \($0.place)" } == [
        "prices.list-below-price p.csv:2", "prices.not-a-number p.csv:3",
      ])
  }
}

import CloudCosts
import Testing

@testable import Ingest

/// Zones, and products of every provider, in usage, price and owned files.
@Suite struct InstrumentReaderTests {
  private let priceHeader = "provider,region,instance_type,product,term_years,payment,hourly,zone"
  private let ownedHeader =
    "id,provider,region,instance_type,zone,product,term_years,payment,quantity,hourly_commitment,"
    + "hourly,start,end"
  private let life = "2023-01-01T00:00:00Z,2024-01-01T00:00:00Z"

  @Test func usageTellsZonesApart() throws {
    let reading = UsageReader.read(
      file(
        "usage.csv", "timestamp,provider,region,instance_type,zone,quantity",
        "2024-01-01T00:00:00Z,aws,us-east-1,m5.large,us-east-1b,2",
        "2024-01-01T00:00:00Z,aws,us-east-1,m5.large,us-east-1a,1",
        "2024-01-01T00:00:00Z,aws,us-east-1,m5.large,,4"))
    #expect(reading.findings.isEmpty)
    let demand = try #require(reading.value).demand
    #expect(demand.groups.map(\.sku.zone) == ["", "us-east-1a", "us-east-1b"])
    #expect(demand.quantities == [4, 1, 2])
  }

  @Test func onePriceServesEveryZone() throws {
    let prices = try #require(
      PriceReader.read(
        file("prices.csv", priceHeader, "aws,us-east-1,m5.large,on-demand,,,0.1,")
      ).value)
    let usage = try #require(
      UsageReader.read(
        file(
          "usage.csv", "timestamp,provider,region,instance_type,zone,quantity",
          "2024-01-01T00:00:00Z,aws,us-east-1,m5.large,us-east-1b,2")
      ).value)
    #expect(CrossChecks.prices(of: usage, in: prices).isEmpty)
    #expect(prices.book().onDemandPrice(of: usage.demand.groups[0].sku) == 0.1)
  }

  @Test func everyProductIsRead() throws {
    let reading = PriceReader.read(
      file(
        "prices.csv", priceHeader,
        "aws,us-east-1,m5.large,on-demand,,,0.1,",
        "aws,us-east-1,ml.m5.large,on-demand,,,0.12,",
        "aws,us-east-1,db.m5.large,on-demand,,,0.2,",
        "aws,us-east-1,m5.large,ri-standard,1,no-upfront,0.06,us-east-1a",
        "aws,us-east-1,ml.m5.large,sp-sagemaker,3,all-upfront,0.07,",
        "aws,us-east-1,db.m5.large,sp-database,1,no-upfront,0.13,",
        "azure,westeurope,Standard_D2s_v5,on-demand,,,0.1,",
        "azure,westeurope,Standard_D2s_v5,azure-reservation,3,all-upfront,0,",
        "azure,westeurope,Standard_D2s_v5,azure-savings-plan,1,no-upfront,0.07,",
        "gcp,europe-west1,n2-standard-4,on-demand,,,0.2,",
        "gcp,europe-west1,n2-standard-4,gcp-cud-resource,1,no-upfront,0.13,",
        "gcp,europe-west1,n2-standard-4,gcp-cud-flexible,1,no-upfront,0.15,"))
    #expect(reading.findings.isEmpty)
    let book = try #require(reading.value).book()
    #expect(book.reservations.map(\.zone) == ["us-east-1a", nil, nil])
    #expect(
      Set(book.savingsPlanRates.keys.map(\.product)) == [
        .sageMakerSavingsPlan, .databaseSavingsPlan, .azureSavingsPlan, .gcpFlexibleCUD,
      ])
  }

  @Test func whatNobodySellsIsTold() {
    let reading = PriceReader.read(
      file(
        "prices.csv", priceHeader,
        "aws,us-east-1,ml.m5.large,on-demand,,,0.12,",
        "aws,us-east-1,ml.m5.large,sp-compute,1,no-upfront,0.07,",
        "aws,us-east-1,db.m5.large,on-demand,,,0.2,us-east-1a",
        "aws,us-east-1,db.m5.large,on-demand,,,0.2,",
        "aws,us-east-1,db.m5.large,sp-database,3,no-upfront,0.13,"))
    #expect(
      reading.report == """
        error prices.product-of-other-service prices.csv:3: sp-compute does not cover ml.m5.large, \
        which is machine learning usage
          correct the product or the instance type
        error prices.zone-not-for-product prices.csv:4: on-demand is not sold by zone, and the row \
        names 'us-east-1a'
          leave zone empty; only zonal Reserved Instances have one
        warning prices.not-on-sale prices.csv:6: sp-database is not known to be sold for 3 years \
        with no-upfront
          check the term and the payment; the row is used as it is
        """)
  }

  @Test func ownedOfEveryProvider() throws {
    let reading = OwnedReader.read(
      file(
        "owned.csv", ownedHeader,
        "a,azure,westeurope,Standard_D2s_v5,,azure-reservation,1,no-upfront,3,,0.05,\(life)",
        "b,azure,,,,azure-savings-plan,1,no-upfront,,1.5,,\(life)",
        "c,gcp,europe-west1,n2-standard-4,,gcp-cud-resource,1,no-upfront,2,,0.1,\(life)",
        "d,aws,,,,sp-database,1,no-upfront,,0.5,,\(life)"))
    #expect(reading.findings.isEmpty)
    let owned = try #require(reading.value).commitments
    #expect(
      owned.map(\.terms.product) == [
        .azureReservation, .azureSavingsPlan, .gcpResourceCUD, .databaseSavingsPlan,
      ])
  }

  @Test func wrongOwnedIsTold() {
    let reading = OwnedReader.read(
      file(
        "owned.csv", ownedHeader,
        "a,azure,westeurope,Standard_D2s_v5,1,azure-reservation,1,no-upfront,3,,0.05,\(life)",
        "b,aws,us-east-1,ml.m5.large,,ri-standard,1,no-upfront,3,,0.05,\(life)"))
    #expect(
      reading.report == """
        error owned.zone-not-for-product owned.csv:2: azure-reservation is not sold by zone, and \
        the row names '1'
          leave zone empty; only zonal Reserved Instances have one
        error owned.product-of-other-service owned.csv:3: ri-standard does not cover ml.m5.large, \
        which is machine learning usage
          correct the product or the instance type
        """)
  }
}

import Billing
import CloudCosts
import Foundation
import Scenarios
import Testing

@testable import Reports

/// The FOCUS file keeps what FOCUS promises of commitments.
@Suite struct FOCUSExportTests {
  private let sku = SKU(provider: .aws, region: "us-east-1", instanceType: "m5.large")
  private let start = Hour(year: 2023, month: 1, day: 1)

  /// A year of an all upfront reservation, a partial upfront one and a plan, over their whole
  /// terms.
  private func billed() -> BilledOutcome {
    let year = HourWindow(start: start, hours: 8760)
    func owned(_ id: String, _ payment: PaymentOption, _ upfront: Double, _ hourly: Double)
      -> Commitment
    {
      Commitment(
        id: id, account: "A",
        terms: OfferTerms(product: .standardRI, term: .oneYear, payment: payment),
        subject: .reservation(sku: sku, zone: nil, count: 2, upfront: upfront, hourly: hourly),
        start: year.start, end: year.end)
    }
    let plan = OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront)
    let prices = PriceBook(rows: [
      PriceRow(sku: sku, product: .onDemand, hourly: 0.1, list: ListPrice(hourly: 0.125)),
      PriceRow(
        sku: sku, product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront, hourly: 0.07),
    ])
    let quantities = (0..<year.hours).map { Double($0 % 24 < 8 ? 7 : 1) }
    return BilledOutcome(
      scenario: "s", run: "base", outcome: .current, judge: Judge(prices: prices),
      demand: Demand(
        window: year, groups: [UsageGroup(account: "A", sku: sku)], quantities: quantities),
      commitments: [
        owned("all", .allUpfront, 438, 0), owned("part", .partialUpfront, 219, 0.03),
        Commitment(
          id: "plan", terms: plan,
          subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 0.14),
          start: year.start, end: year.end),
      ], findings: [])
  }

  private func rows(_ text: String) -> [[String: String]] {
    let lines = text.components(separatedBy: "\r\n").filter { !$0.isEmpty }
      .map { $0.components(separatedBy: ",") }
    return lines.dropFirst().map {
      Dictionary(zip(lines[0], $0), uniquingKeysWith: { first, _ in first })
    }
  }

  private func sum(_ rows: [[String: String]], _ column: String) -> Decimal {
    rows.reduce(0) { $0 + (Decimal(string: $1[column] ?? "") ?? 0) }
  }

  @Test(arguments: [FOCUSExport.Period.month, .day])
  func effectiveCostIsWhatWasBought(period: FOCUSExport.Period) throws {
    let billed = billed()
    let all = rows(try FOCUSExport(billed, per: period).text)
    for id in ["all", "part", "plan"] {
      let own = all.filter { $0["CommitmentDiscountId"] == id }
      let purchases = own.filter { $0["ChargeCategory"] == "Purchase" }
      let usage = own.filter { $0["ChargeCategory"] == "Usage" }
      #expect(!purchases.isEmpty && !usage.isEmpty)
      #expect(sum(usage, "EffectiveCost") == sum(purchases, "BilledCost"), "\(id)")
      #expect(purchases.allSatisfy { $0["EffectiveCost"] == "0" })
      #expect(usage.allSatisfy { $0["BilledCost"] == "0" })
      let unused = usage.filter { $0["CommitmentDiscountStatus"] == "Unused" }
      #expect(!unused.isEmpty)
      #expect(unused.allSatisfy { $0["ConsumedQuantity"] == "" && $0["ConsumedUnit"] == "" })
    }
    let bill = try billed.judge.bill(billed.demand, under: billed.commitments)
    let cost = Decimal(Double(bill.cost.micros)) / 1_000_000
    // Days are rounded apart: a millionth a row at most.
    let difference = sum(all, "EffectiveCost") - cost
    #expect(abs(difference) <= Decimal(all.count) / 1_000_000)
    #expect(period == .day || difference == 0)
  }

  /// Google's sustained use discount is in a month's rows; by the day it is a credit of the month,
  /// so that the file comes to the same. Taken day by day, each would get the discount of a whole
  /// month.
  @Test func sustainedUseIsACreditOfTheMonth() throws {
    let n1 = SKU(provider: .gcp, region: "us-central1", instanceType: "n1-standard-4")
    let window = HourWindow(start: Hour(year: 2023, month: 1, day: 1), hours: 31 * 24 + 24 * 20)
    let billed = BilledOutcome(
      scenario: "s", run: "base", outcome: .onDemand,
      judge: Judge(prices: PriceBook(rows: [PriceRow(sku: n1, product: .onDemand, hourly: 0.19)])),
      demand: Demand(
        window: window, groups: [UsageGroup(account: "p", sku: n1)],
        quantities: (0..<window.hours).map { $0 % 24 < 9 ? 3 : 1 }), commitments: [])
    let bill = try billed.judge.bill(billed.demand, under: [])
    #expect(bill.cost < bill.contracted)
    for period in [FOCUSExport.Period.month, .day] {
      let all = rows(try FOCUSExport(billed, per: period).text)
      let cost = Decimal(Double(bill.cost.micros)) / 1_000_000
      #expect(abs(sum(all, "EffectiveCost") - cost) <= Decimal(all.count) / 1_000_000)
      #expect(sum(all, "BilledCost") == sum(all, "EffectiveCost"))
      let credits = all.filter { $0["ChargeCategory"] == "Credit" }
      #expect(credits.count == (period == .day ? 2 : 0))
      #expect(credits.allSatisfy { $0["BilledCost"]?.hasPrefix("-") ?? false })
    }
  }

  /// A negotiated price is shown next to the public one, in units and in costs.
  @Test func contractedIsBelowList() throws {
    let all = rows(try FOCUSExport(billed()).text)
    let usage = all.filter { $0["ConsumedQuantity"] != "" }
    #expect(!usage.isEmpty)
    for row in usage {
      #expect(row["ListUnitPrice"] == "0.125" && row["ContractedUnitPrice"] == "0.1")
    }
    #expect(sum(usage, "ContractedCost") * 5 == sum(usage, "ListCost") * 4)
    let purchases = all.filter { $0["ChargeCategory"] == "Purchase" }
    #expect(purchases.allSatisfy { $0["ListCost"] == $0["ContractedCost"] })
  }

  @Test func periodsMakeUpTheWindow() {
    let window = HourWindow(start: start + 5, hours: 2000)
    for period in FOCUSExport.Period.allCases {
      let parts = FOCUSExport.periods(of: window, period)
      #expect(parts.first?.start == window.start && parts.last?.end == window.end)
      #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.end == $1.start })
      #expect(parts.allSatisfy { $0.hours > 0 && $0.start.month == ($0.end + -1).month })
    }
  }

  /// The hour in steps and the bill of that hour are the same money.
  @Test func explanationAddsUpToTheBill() throws {
    let billed = billed()
    for hour in [0, 12, 4000] {
      let at = start + hour
      let document = try ExplainDocument(billed, at: at)
      let bill = try billed.judge.bill(
        billed.demand.restricted(to: HourWindow(start: at, hours: 1)), under: billed.commitments)
      #expect(abs((document.cost - bill.cost).value) <= 5e-6)
      #expect(abs((document.list - bill.contracted).value) <= 5e-6)
      #expect(document.steps.map(\.order) == Array(1...document.steps.count))
    }
    #expect(throws: FindingsError.self) { try ExplainDocument(billed, at: start + 9000) }
    #expect(throws: FindingsError.self) { try ExplainDocument(billed, at: start, account: "X") }
  }

  @Test func measuresAddUp() throws {
    let billed = billed()
    let bill = try billed.judge.bill(billed.demand, under: billed.commitments)
    for parts in [bill.measuresByAccount, bill.measuresByFamily] {
      #expect(parts.map(\.cost).total() == bill.cost)
      #expect(parts.map(\.list).total() == bill.list)
      #expect(parts.map(\.committed).total() == bill.overallMeasures.committed)
    }
    #expect(abs(bill.overallMeasures.coverage - bill.coverage) < 1e-12)
    #expect(bill.commitments.expiries.map(\.commitments) == [3])
    #expect(bill.commitments.expiries.map(\.month.description) == ["2023-12"])
    #expect(abs(bill.commitments.lockInMonths(at: start) - 12) < 1e-9)
    #expect(abs(bill.commitments.lockInMonths(at: Hour(year: 2023, month: 12, day: 1)) - 1) < 1e-9)
  }
}

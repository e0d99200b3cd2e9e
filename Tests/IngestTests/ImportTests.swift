import CloudCosts
import Foundation
import GRDB
import Testing

@testable import Ingest

@Suite(.serialized) struct ImportTests {
  @Test func theFocusSampleReconciles() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = BillPlace.shipped.appending(path: "focus-sample-1.0.csv.gz").path
    let summary = try await place.run(path)
    let file = try #require(summary.imported.first)
    #expect(file.source.rows == 1000)
    let own = file.totals.filter(\.rule.isEmpty)
    let taken = file.totals.filter { !$0.rule.isEmpty }
    #expect(own.map(\.rows).reduce(0, +) == 1000)
    #expect(taken.map(\.rows).reduce(0, +) == 1000)
    // The sums of the sample's columns, added up by Python's decimal.
    #expect(own.map(\.billed).total().formatted() == "20.52")
    #expect(abs((own.map(\.billed).total() - taken.map(\.billed).total()).micros) < 100)
    #expect(file.costs.map(\.rows).reduce(0, +) == 1000)
    // The known flaw: four savings-plan rows without a cost.
    let flaw = try #require(file.findings.first { $0.rule == "import.covered-without-cost" })
    #expect(flaw.message.hasPrefix("4 rows"))
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.groups.contains { $0.sku.instanceType == "t2.medium" })
    #expect(try History(path: place.history).findings().contains(flaw))
  }

  @Test func theSpecificationsTablesKeepTheirInvariant() async throws {
    let folder = BillPlace.shipped.appending(path: "focus-spec")
    let tables = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(tables.count == 11)
    var costs: [HistoryCost] = []
    // Some of them hold the same row: each is a bill of its own.
    for table in tables {
      let place = try BillPlace()
      defer { place.close() }
      let summary = try await place.run(folder.appending(path: table).path)
      costs += summary.imported.flatMap(\.costs)
    }
    let purchases = costs.filter { $0.chargeClass == .purchase }
    #expect(purchases.allSatisfy { $0.effective == .zero })
    #expect(purchases.map(\.billed).total().formatted() == "13,150.00")
    #expect(
      costs.filter { $0.chargeClass == .unused }.map(\.effective).total().formatted() == "2.75")
  }

  @Test func aLegacyCURTellsReservationsFromSavingsPlans() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = BillPlace.shipped.appending(path: "cur-legacy-ri-sp-synthetic.csv.gz").path
    let file = try #require(try await place.run(path).imported.first)
    #expect(file.source.format == "cur-legacy")
    let rows = Dictionary(grouping: file.totals, by: \.rule)
      .mapValues { $0.map(\.rows).reduce(0, +) }
    #expect(rows["set-aside.savings-plan-negation"] == 48)
    #expect(rows["usage.instance-hours"] == 144)
    // Negations take back what covered rows bill: covered usage costs nothing more.
    let covered = file.costs.filter { $0.chargeClass == .covered }
    #expect(covered.map(\.billed).total() == .zero)
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.quantities.reduce(0, +) == 144)
  }

  @Test func theSameFileTwiceChangesNothing() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(Focus.bill(Focus.row()))
    _ = try await place.run(path)
    let before = try Data(contentsOf: URL(filePath: place.history))
    let again = try await place.run(path)
    #expect(again.imported.isEmpty && again.unchanged == [path])
    let copy = try place.write(Focus.bill(Focus.row()), "copy.csv")
    #expect(try await place.run(copy).unchanged == [copy])
    #expect(try Data(contentsOf: URL(filePath: place.history)) == before)
  }

  @Test func aChangedFileTakesItsOldRowsPlace() async throws {
    let place = try BillPlace()
    defer { place.close() }
    _ = try await place.run(try place.write(Focus.bill(Focus.row())))
    let summary = try await place.run(try place.write(Focus.bill(Focus.row(quantity: "5"))))
    #expect(summary.findings.map(\.rule) == ["import.replaced"])
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.quantities == [5])
  }

  @Test func correctionsAreAdded() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let correction = Focus.row(chargeClass: "Correction", quantity: "-0.5", billed: "-0.05")
    let summary = try await place.run(try place.write(Focus.bill(Focus.row(), correction)))
    #expect(summary.findings.map(\.rule) == ["import.corrections"])
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.quantities == [1.5])
    #expect(summary.imported[0].costs.map(\.billed).total().formatted() == "0.15")
  }

  @Test(arguments: [
    (Focus.row(category: "Tax"), "tax", "set-aside.tax"),
    (Focus.row(category: "Credit", billed: "-1"), "credit", "set-aside.credit"),
    (Focus.row(category: "Adjustment", billed: "-1"), "refund", "set-aside.adjustment"),
    (
      Focus.row(category: "Purchase", commitment: "sp-1"), "purchase",
      "set-aside.commitment-purchase"
    ),
    (Focus.row(category: "Purchase"), "other", "set-aside.purchase"),
    (Focus.row(publisher: "Red Hat Inc."), "marketplace", "set-aside.marketplace"),
    (Focus.row(pricing: "Dynamic"), "spot", "set-aside.spot"),
    (Focus.row(usageType: "USE1-SpotUsage:m5.large"), "spot", "set-aside.spot"),
    (Focus.row(commitment: "sp-1", status: "Unused"), "unused", "set-aside.unused-commitment"),
    (Focus.row(commitment: "sp-1", status: "Used"), "covered", "usage.instance-hours"),
    (Focus.row(), "on-demand", "usage.instance-hours"),
    (Focus.row(usageType: "USE1-EBS:VolumeUsage.gp3"), "on-demand", "set-aside.not-instance-hours"),
  ])
  func rowsAreToldApart(row: String, chargeClass: String, rule: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let file = try #require(try await place.run(try place.write(Focus.bill(row))).imported.first)
    let taken = file.totals.filter { !$0.rule.isEmpty }
    #expect(taken.map(\.rule) == [rule])
    #expect(taken.map(\.chargeClass?.rawValue) == [chargeClass])
  }

  @Test func dailyRowsAreSpreadAndBounded() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let end = "2024-01-02T00:00:00Z"
    let whole = Focus.row("2024-01-01T00:00:00Z", end, quantity: "48")
    let part = Focus.row("2024-01-01T00:00:00Z", end, quantity: "6")
    let summary = try await place.run(try place.write(Focus.bill(whole, part)))
    let finding = try #require(summary.findings.first)
    #expect(finding.rule == "import.daily-rows")
    // Two machines ran all day; the one of six hours may be missing in any hour: 6 / 24 = 0.25.
    #expect(finding.message.contains("at most 0.25 instances"))
    let usage = try #require(try History(path: place.history).usage())
    #expect(usage.demand.quantities == Array(repeating: 2.25, count: 24))
    #expect(usage.uncertain == Array(repeating: 0.25, count: 24))
    #expect(summary.imported[0].source.grain == .daily)
  }
}

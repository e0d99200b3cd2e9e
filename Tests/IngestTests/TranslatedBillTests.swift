import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Bills of other languages, sellers and grains than most.
@Suite(.serialized) struct TranslatedBillTests {
  private func imported(_ text: String, _ expect: (ImportedFile, History) throws -> Void)
    async throws
  {
    let place = try BillPlace()
    defer { place.close() }
    let file = try #require(try await place.run(try place.write(text)).imported.first)
    try expect(file, try History(path: place.history))
  }

  private func hours(_ history: History) throws -> Double {
    try history.usage()?.demand.quantities.reduce(0, +) ?? 0
  }

  /// Headings of the German portal (kubecost, issue 1526).
  @Test func azuresHeadingsMayBeTranslated() async throws {
    let text = """
      Abonnement-GUID (SubscriptionGuid),UsageDateTime (UsageDateTime),Kategorie der Verbrauchseinheit (MeterCategory),\
      Name der Verbrauchseinheit (MeterName),Ressourcenstandort (ResourceLocation),Maßeinheit (UnitOfMeasure),\
      UsageQuantity (UsageQuantity),PreTaxCost (PreTaxCost),Währung (Currency)
      s,2025-03-02,Virtual Machines,D4s v5,westeurope,1 Hour,24,4.8,EUR

      """
    try await imported(text) { file, history in
      #expect(file.source.currency == "EUR")
      let hours = try hours(history)
      #expect(hours == 24)
    }
  }

  /// AWS's regions in China are operated and sold by others.
  @Test(arguments: [
    "Beijing Sinnet Technology Co., Ltd.", "Ningxia Western Cloud Data Technology Co., Ltd.",
  ])
  func whoOperatesARegionSellsItsOwn(_ publisher: String) async throws {
    try await imported(Focus.bill(Focus.row(publisher: publisher))) { _, history in
      let hours = try hours(history)
      #expect(hours == 2)
    }
  }

  @Test func aRoundedAccountIsSaid() async throws {
    let text = Focus.bill(Focus.row()).replacing(",1,us-east-1", with: ",1.11122E+11,us-east-1")
    try await imported(text) { file, _ in
      #expect(file.findings.map(\.rule) == ["import.rounded-account"])
    }
  }

  private func azure(_ rows: (day: String, hours: Int)...) -> String {
    "SubscriptionId,Date,MeterCategory,MeterName,ResourceLocation,UnitOfMeasure,Quantity,"
      + "CostInBillingCurrency,BillingCurrency,ResourceId\n"
      + rows.map {
        "s,2025-03-\($0.day),Virtual Machines,D4s v5,westeurope,1 Hour,\($0.hours),"
          + "\(Double($0.hours) / 5),USD,/vm\n"
      }.joined()
  }

  /// 744 hours on the first day are one machine for a month, and not 31 for a day.
  @Test func sumsOfMonthsAreSpread() async throws {
    try await imported(azure(("01", 744))) { file, history in
      #expect(file.findings.contains { $0.rule == "import.read-as-months" })
      let demand = try #require(try history.usage()).demand
      #expect(demand.window.hours == 744 && demand.quantities.allSatisfy { $0 == 1 })
    }
    // A scale set, next to another day.
    try await imported(azure(("01", 240), ("02", 240))) { file, history in
      #expect(!file.findings.contains { $0.rule == "import.read-as-months" })
      let demand = try #require(try history.usage()).demand
      #expect(demand.quantities.max() == 10)
    }
  }

  /// What counts other times than hours is no instance-hour, and said with its money.
  @Test(arguments: [("1 Minute", 0.0), ("1/Month", 0), ("10 Hours", 240), ("1 Stunde", 24)])
  func unitsOfTime(_ unit: String, _ expected: Double) async throws {
    let text = azure(("02", 24)).replacing("1 Hour", with: unit)
    try await imported(text) { file, history in
      let counted = try hours(history)
      #expect(counted == expected)
      #expect(
        file.findings.contains { $0.rule == "import.unknown-machine-type" } == (expected == 0))
    }
  }

  /// Where days do not add up to the month, what may count twice is said with its money.
  @Test func monthsNextToDaysOfOneFileAreSaid() async throws {
    let days = (1...9).map {
      Focus.row(
        "2024-01-0\($0)T00:00:00Z", "2024-01-\($0 < 9 ? "0" : "")\($0 + 1)T00:00:00Z",
        quantity: "24")
    }
    let month = Focus.row(
      "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z", quantity: "744", billed: "71")
    func warning(_ rows: [String]) async throws -> Finding? {
      var found: Finding?
      try await imported(([Focus.header] + rows).joined(separator: "\n") + "\n") { file, _ in
        found = file.findings.first { $0.rule == "import.months-next-to-days" }
      }
      return found
    }
    let finding = try #require(try await warning(days + [month]))
    #expect(finding.message.contains("744 instance-hours"))
    #expect(finding.message.contains("(71.00 USD billed) are next to 216 of rows"))
    #expect(try await warning([month]) == nil)
    #expect(try await warning(days) == nil)
  }

  /// A month that its days add up to is left out, with what only the month has kept.
  @Test func sumsOfDaysInOneFileCountOnce() async throws {
    let days = (1...31).map { day in
      let next = day < 31 ? "2024-01-\(String("0\(day + 1)".suffix(2)))" : "2024-02-01"
      return Focus.row(
        "2024-01-\(String("0\(day)".suffix(2)))T00:00:00Z", "\(next)T00:00:00Z", quantity: "24",
        billed: "2.3")
    }
    let month = Focus.row(
      "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z", quantity: "744", billed: "71.3")
    let alone = Focus.row(
      "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z", quantity: "744", billed: "50",
      usageType: "USE1-BoxUsage:c5.large")
    try await imported(([Focus.header] + days + [month, alone]).joined(separator: "\n") + "\n") {
      file, history in
      let counted = try hours(history)
      #expect(counted == 1488)
      let own = file.totals.filter { $0.rule.isEmpty }
      #expect(own.map(\.billed).reduce(.zero, +).formatted(decimals: 2) == "121.30")
      #expect(file.findings.map(\.rule).contains("import.sums-of-days"))
      #expect(!file.findings.map(\.rule).contains("import.months-next-to-days"))
    }
  }

  /// A month next to days of it counts once: the one with more.
  @Test(arguments: [10, 31]) func monthsNextToDaysCountOnce(_ days: Int) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let daily = (1...days).map { azure((String("0\($0)".suffix(2)), 24)) }
    let header = try #require(daily.first?.split(separator: "\n").first)
    let rows = daily.compactMap { $0.split(separator: "\n").last }
    let text = ([header] + rows).joined(separator: "\n") + "\n"
    _ = try await place.run(
      try place.write(text, "days.csv"), try place.write(azure(("01", 744)), "month.csv"))
    let counted = try hours(try History(path: place.history))
    #expect(counted == 744)
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Ingest

/// Rows with dates, lengths or amounts that cannot be are set aside, with their money and the line
/// that they are on; no window of a mistyped year comes of them.
@Suite(.serialized) struct BillPeriodTests {
  private static let nextYear = BillPeriods().years.upperBound

  /// The bad row is on line 6: a blank line and a text of two lines come before it.
  private func bill(_ bad: String) -> String {
    [
      Focus.header, Focus.row(), "", Focus.row(publisher: "Amazon\nWeb Services", quantity: "1"),
      bad,
    ].joined(separator: "\n") + "\n"
  }

  private func usage(_ place: BillPlace) throws -> Demand? {
    try History(path: place.history).usage()?.demand
  }

  private func billed(_ file: ImportedFile, _ rule: String) -> Money {
    file.totals.filter { $0.rule == rule }.reduce(.zero) { $0 + $1.billed }
  }

  @Test(arguments: [
    "9999-12-31T00:00:00Z", "1970-01-01T00:00:00Z", "2005-12-31T23:00:00Z",
    "\(nextYear + 1)-01-01T00:00:00Z",
  ])
  func aYearOfNoBillIsSetAside(start: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(bill(Focus.row(start, "9999-12-31T01:00:00Z", billed: "7.5")))
    let summary = try await place.run(path)
    let finding = try #require(summary.findings.first { $0.rule == "import.date-out-of-range" })
    #expect(finding.place == "\(path):6" && finding.severity == .warning)
    #expect(finding.message.contains("7.50 USD billed is in no total"), "\(finding)")
    #expect(finding.message.contains(start))
    let file = try #require(summary.imported.first)
    #expect(billed(file, "") == Money(rounding: 0.4) && file.source.rows == 3)
    #expect(try usage(place)?.quantities == [3])
    // Every later report on this history says it, too.
    #expect(try History(path: place.history).findings().contains(finding))
  }

  /// To the end of next year, whatever today is.
  @Test func theLastYearIsTheNext() throws {
    for (text, end) in [("2024-01-01T00:00:00Z", 2026), ("2024-12-31T23:59:59Z", 2026)] {
      let periods = BillPeriods(now: try Date(text, strategy: .iso8601))
      #expect(periods.end == Hour(year: end, month: 1, day: 1))
      #expect(periods.years == 2006...end - 1)
    }
  }

  @Test func theFirstAndTheLastYearAreRead() async throws {
    let place = try BillPlace()
    defer { place.close() }
    for (start, end) in [
      ("2006-01-01T00:00:00Z", "2006-01-01T01:00:00Z"),
      ("\(Self.nextYear)-12-31T23:00:00Z", "\(Self.nextYear + 1)-01-01T00:00:00Z"),
    ] {
      let other = try BillPlace()
      defer { other.close() }
      let summary = try await other.run(try other.write(Focus.bill(Focus.row(start, end))))
      #expect(summary.findings.allSatisfy { $0.severity == .note }, "\(summary.findings)")
      #expect(try usage(other)?.quantities == [2])
    }
    // Each is one; together they are no history of anyone.
    let complaints = await place.complaints(
      try place.write(
        Focus.bill(
          Focus.row("2006-01-01T00:00:00Z", "2006-01-01T01:00:00Z"),
          Focus.row("\(Self.nextYear)-12-31T22:00:00Z", "\(Self.nextYear)-12-31T23:00:00Z"))))
    #expect(complaints.map(\.rule) == ["import.span"])
    #expect(!FileManager.default.fileExists(atPath: place.history))
  }

  @Test(arguments: [
    ("2024-01-02T00:00:00Z", "2024-01-01T00:00:00Z", "import.end-before-start"),
    ("2024-01-02T00:00:00Z", "", "import.end-before-start"),
    ("2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "import.long-period"),
  ])
  func aPeriodThatCannotBeIsNoUsage(start: String, end: String, rule: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(bill(Focus.row(start, end, billed: "7.5")))
    let summary = try await place.run(path)
    let finding = try #require(summary.findings.first { $0.rule == rule }, "\(summary.findings)")
    #expect(finding.place == "\(path):6" && finding.message.contains("7.50 USD"))
    let file = try #require(summary.imported.first)
    #expect(billed(file, "set-aside.bad-period") == Money(rounding: 7.5))
    #expect(billed(file, "") == Money(rounding: 7.9))
    #expect(try usage(place)?.quantities == [3])
  }

  /// A commitment that is paid for at once is charged for years.
  @Test func purchasesMayBeOfYears() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let row = Focus.row(
      "2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z", category: "Purchase", billed: "900",
      commitment: "arn:aws:savingsplans::1:savingsplan/x")
    let summary = try await place.run(try place.write(Focus.bill(Focus.row(), row)))
    #expect(!summary.findings.contains { $0.rule == "import.long-period" })
    #expect(summary.imported.first?.commitments.first?.end == Hour(year: 2027, month: 1, day: 1))
    let endless = row.replacing("2027-01-01", with: "9999-01-01")
    let other = try await place.run(try place.write(Focus.bill(Focus.row(), endless), "b.csv"))
    #expect(other.findings.contains { $0.rule == "import.long-period" })
    #expect(other.imported.first?.commitments.first?.end == nil)
  }

  @Test(arguments: ["1e13", "-1e13", "9000000000000000000", "1e30", "1e300"])
  func anAmountThatNobodyPaysIsSetAside(amount: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(bill(Focus.row(billed: amount)))
    let summary = try await place.run(path)
    let finding = try #require(
      summary.findings.first { $0.rule == "import.absurd-amount" }, "\(summary.findings)")
    #expect(finding.place == "\(path):6")
    let file = try #require(summary.imported.first)
    #expect(billed(file, "") == Money(rounding: 0.4))
    #expect(try usage(place)?.quantities == [3])
  }

  @Test func soManyMachinesAreNoUsage() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(bill(Focus.row(quantity: "2e12", billed: "7.5")))
    let summary = try await place.run(path)
    let finding = try #require(summary.findings.first { $0.rule == "import.absurd-quantity" })
    #expect(finding.place == "\(path):6" && finding.message.contains("7.50 USD"))
    #expect(try usage(place)?.quantities == [3])
  }

  @Test(arguments: [("", "0.2"), ("0.2", ""), ("", "")])
  func aBlankCostIsSaid(billed: String, effective: String) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let path = try place.write(bill(Focus.row(billed: billed, effective: effective)))
    let summary = try await place.run(path)
    let finding = try #require(summary.findings.first { $0.rule == "import.blank-cost" })
    #expect(finding.place == "\(path):6" && finding.message.hasPrefix("1 row "))
    // What ran is known, whatever it cost.
    #expect(try usage(place)?.quantities == [5])
  }

  @Test func trueIsNoNumber() async throws {
    let place = try BillPlace()
    defer { place.close() }
    for word in ["true", "FALSE"] {
      let path = try place.write(bill(Focus.row(billed: word)), "\(word).csv")
      let findings = await place.complaints(path)
      #expect(findings.contains { $0.rule == "import.not-a-number" && $0.place == "\(path):6" })
    }
    let path = try place.write(Focus.bill(Focus.row(quantity: "1", billed: "1")), "b.csv")
    let findings = await place.complaints(try place.parquet(path, costs: "boolean"))
    #expect(findings.map(\.rule) == ["import.not-a-number"], "\(findings)")
  }

  /// The same by types that hold nothing but numbers and times, on the way that is made for these.
  @Test func parquetNamesRows() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let text = Focus.bill(
      Focus.row(), Focus.row("9999-12-31T00:00:00Z", "9999-12-31T01:00:00Z", billed: "7.5"),
      Focus.row("2024-01-01T00:00:00Z", "2023-01-01T00:00:00Z"), Focus.row(billed: "5e12"),
      Focus.row(effective: ""))
    for costs in ["double", "decimal(38, 12)"] {
      let path = try place.parquet(
        try place.write(text), costs: costs, "\(costs.prefix(3)).parquet")
      let other = try BillPlace()
      defer { other.close() }
      let findings = try await other.run(path).findings.filter { $0.severity == .warning }
      let wanted = [
        "import.date-out-of-range": "row 2", "import.end-before-start": "row 3",
        "import.absurd-amount": "row 4", "import.blank-cost": "row 5",
      ]
      #expect(Set(findings.map(\.rule)).isSuperset(of: wanted.keys), "\(findings)")
      for finding in findings {
        guard let row = wanted[finding.rule] else { continue }
        #expect(finding.place == path && finding.message.contains(row), "\(finding)")
      }
      #expect(try usage(other)?.quantities == [4])
    }
  }

  /// Rows of providers' own exports, and of JSON lines: the second row's date is changed.
  @Test(arguments: [
    (0, "03/01/2025,s,Virtual Machines,Dsv5 Series,D4s v5,100", "03/01/9999,s,V,D,D4s v5,100", 3),
    (1, "2025-03-01 01:00:00 UTC,p,[],[]", "2025-02-01 01:00:00 UTC,p,[],[]", 3),
    (
      2, "\"2025-03-01 00:00:00 UTC\",\"usage_end_time\":\"2025-03-01 01:00:00 UTC\",\"cost\":1.5",
      "\"1969-03-01 00:00:00 UTC\",\"usage_end_time\":\"2025-03-01 01:00:00 UTC\",\"cost\":1.5", 2
    ),
    (3, "2023-11-13T11:00Z", "2923-11-13T11:00Z", 3),
  ])
  func everyExportIsChecked(index: Int, from: String, to: String, line: Int) async throws {
    let place = try BillPlace()
    defer { place.close() }
    let (name, text) = BillFuzzTests.files[index]
    #expect(text.contains(from))
    let path = try place.write(text.replacing(from, with: to), name)
    let summary = try await place.run(path)
    let rules = ["import.date-out-of-range", "import.end-before-start"]
    let finding = try #require(
      summary.findings.first { rules.contains($0.rule) }, "\(summary.findings)")
    #expect(finding.place == "\(path):\(line)")
    let file = try #require(summary.imported.first)
    #expect(file.series.isEmpty || file.series.allSatisfy { $0.quantities.count <= 24 })
    #expect(try (usage(place)?.window.hours ?? 0) <= 24)
  }

  @Test func curIsChecked() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let header =
      "lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,"
      + "lineItem/UsageType,lineItem/Operation,lineItem/UsageAmount,lineItem/UnblendedCost,"
      + "lineItem/CurrencyCode,product/region,lineItem/UsageAccountId"
    func row(_ start: String, _ end: String, _ cost: String) -> String {
      "Usage,\(start),\(end),AmazonEC2,BoxUsage:m5.large,RunInstances,1,\(cost),USD,us-east-1,1"
    }
    let good = row("2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z", "0.1")
    let text = [
      header, good, row("0001-01-01T00:00:00Z", "2024-01-01T01:00:00Z", "3"),
      row("2024-01-01T01:00:00Z", "2024-01-01T00:00:00Z", "3"),
      row("2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z", ""),
    ].joined(separator: "\n")
    let path = try place.write(text)
    let findings = try await place.run(path).findings.filter { $0.severity == .warning }
    #expect(
      Set(findings.map { "\($0.rule) \($0.place)" }) == [
        "import.date-out-of-range \(path):3", "import.end-before-start \(path):4",
        "import.blank-cost \(path):5",
      ])
    #expect(try usage(place)?.quantities == [2])
  }

  @Test func manyRowsAreOneFinding() async throws {
    let place = try BillPlace()
    defer { place.close() }
    let rows = (0..<30).map { _ in Focus.row("9999-12-31T00:00:00Z", billed: "1") }
    let path = try place.write(([Focus.header, Focus.row()] + rows).joined(separator: "\n"))
    let found = try await place.run(path).findings.filter { $0.severity == .warning }
    #expect(found.count == 1)
    let message = try #require(found.first).message
    #expect(message.hasPrefix("30 rows ") && message.contains("30.00 USD"))
    #expect(message.contains("lines 3, 4, 5") && message.contains("22 and others"))
  }
}

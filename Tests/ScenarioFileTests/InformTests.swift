import CloudCosts
import Foundation
import Ingest
import Testing

@testable import Scenarios

/// What is reported of an imported history.
@Suite struct InformTests {
  private static let first = Hour(year: 2024, month: 1, day: 1)
  private static let sku = SKU(provider: .aws, region: "eu-west-1", instanceType: "m5.large")

  private static func money(_ amount: Double) -> Money { Money(rounding: amount) }

  /// Eight weeks in which a machine on demand and a covered one run, a day of three times the
  /// usage, and a plan of which a fifth is not used.
  private static func write(_ path: String) throws {
    let start = first.sinceEpoch / 24
    var costs: [HistoryCost] = []
    func add(
      _ day: Int, _ account: String, _ kind: ChargeClass, _ list: Double, _ effective: Double,
      commitment: String = "", group: Bool = true
    ) {
      let subject = ChargeSubject(
        provider: "aws", account: account, service: "EC2", region: "eu-west-1",
        group: group ? UsageGroup(account: account, sku: sku) : nil, tags: ["team": account])
      costs.append(
        HistoryCost(
          day: start + day, subject: subject, chargeClass: kind, commitment: commitment,
          quantity: group ? 24 : 0, list: money(list), contracted: money(list),
          billed: money(kind == .covered || kind == .unused ? 0 : effective),
          effective: money(effective), rows: 1))
    }
    for day in 0..<56 {
      let noise = 1 + 0.01 * Double(day * 7 % 5)
      add(day, "web", .onDemand, 10 * noise * (day == 30 ? 3 : 1), 10 * noise)
      add(day, "db", .covered, 10, 6, commitment: "plan")
      add(day, "db", .unused, 0, 1.5, commitment: "plan", group: false)
    }
    add(0, "db", .tax, 0, 5, group: false)
    var plan = HistoryCommitment(
      id: "plan", provider: "aws", account: "db", seen: HourWindow(start: first, hours: 1344))
    plan.product = .computeSavingsPlan
    plan.end = Hour(year: 2024, month: 9, day: 1)
    var later = plan
    later.id = "later"
    later.end = Hour(year: 2026, month: 1, day: 1)
    var unknown = plan
    unknown.id = "unknown"
    unknown.end = nil
    let window = HourWindow(start: first, hours: 1344)
    let writer = try HistoryWriter(path: path)
    try writer.replace(
      ImportedFile(
        source: HistorySource(
          path: "/bills/a.csv", format: "focus", bytes: 1, fingerprint: "f", rows: costs.count,
          currency: "EUR", grain: .hourly, window: window),
        series: [
          HistorySeries(
            group: UsageGroup(account: "web", sku: sku), start: first,
            quantities: (0..<1344).map { $0 % 20 == 0 ? 0 : 2 })
        ], costs: costs, commitments: [plan, later, unknown], totals: [],
        findings: [
          Finding(.note, rule: "import.daily", place: "a.csv", message: "daily", remedy: "none")
        ]))
    try writer.commit()
  }

  private func overview(
    by dimensions: [HistoryOverview.Dimension] = [.account, .tag], prices: String? = nil
  ) throws -> HistoryOverview {
    let folder = FileManager.default.temporaryDirectory.appending(path: "inform-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a history.db").path
    try Self.write(path)
    let list = folder.appending(path: "prices.csv")
    if let prices { try Data(prices.utf8).write(to: list) }
    return try Informer(
      path: path, by: dimensions, prices: prices == nil ? nil : InputFile(path: list.path)
    ).overview()
  }

  @Test func figuresAreThoseOfTheBill() throws {
    let found = try overview()
    #expect(found.currency == "EUR")
    #expect(found.window == HourWindow(start: Self.first, hours: 1344))
    let total = found.total
    // 56 days of 10 covered; on demand 10 with 2 % noise on average, and one day of 30.
    let onDemand = (0..<56).map { 10 * (1 + 0.01 * Double($0 * 7 % 5)) }
    let list = onDemand.reduce(0, +) + 2 * onDemand[30]
    #expect(abs(total.uncoveredList.value - list) < 1e-6)
    #expect(total.coveredList == Self.money(560))
    #expect(try abs(#require(total.coverage) - 560 / (560 + list)) < 1e-9)
    #expect(total.utilization == 0.8)
    #expect(total.vacancy == 0.2)
    #expect(total.other == Self.money(5))
    let effective = onDemand.reduce(0, +) + 56 * 7.5
    let esr = try #require(total.effectiveSavingsRate)
    #expect(abs(esr - (list + 560 - effective) / (list + 560)) < 1e-9)
    #expect(found.days.count == 56)
    #expect(found.days[3].unused == Self.money(1.5))
  }

  /// The parts of every breakdown add up to the whole.
  @Test func partsAddUp() throws {
    let found = try overview(by: HistoryOverview.Dimension.allCases)
    #expect(found.breakdowns.map(\.dimension) == HistoryOverview.Dimension.allCases)
    for breakdown in found.breakdowns {
      #expect(breakdown.slices.map(\.billed).total() == found.total.billed)
      #expect(breakdown.slices.map(\.effective).total() == found.total.effective)
      #expect(breakdown.slices.map(\.list).total() == found.total.list)
    }
    #expect(found.breakdowns[0].slices.map(\.name) == ["web", "db"])
    #expect(found.breakdowns[0].slices.map(\.coverage) == [0, 1])
    #expect(found.breakdowns[4].tag == "team")
  }

  @Test func whatEndsAndWhatIsUncovered() throws {
    let found = try overview()
    #expect(found.expiring.map(\.id) == ["plan"])
    #expect(found.expiring.map(\.hourly) == [7.5 / 24])
    #expect(found.findings.map(\.rule) == ["import.daily", "inform.unknown-end"])
    #expect(found.uncovered.map(\.group.account) == ["web"])
    // Of two that always run one is on demand: 24 hours a day.
    #expect(found.uncovered.map(\.floor) == [1])
    #expect(found.uncovered.map(\.instanceHours) == [56 * 24])
  }

  /// One machine runs on demand all day and two in most hours: one is safe to commit to.
  @Test func whatPricesWouldSave() throws {
    let prices = """
      provider,region,instance_type,operating_system,product,term_years,payment,upfront,hourly
      aws,eu-west-1,m5.large,Linux,on-demand,,,,0.107
      aws,eu-west-1,m5.large,Linux,ri-standard,1,no-upfront,0,0.067
      aws,eu-west-1,m5.large,Linux,ri-standard,3,all-upfront,1051.2,0
      aws,eu-west-1,m5.large,Linux,sp-compute,3,no-upfront,,0.05

      """
    let found = try overview(prices: prices)
    let saving = try #require(found.unrealized?.first)
    #expect(found.unrealized?.count == 1)
    #expect(saving.machines == 1)
    // 1,051.20 over 26,280 hours is 0.04.
    #expect(
      saving.terms
        == OfferTerms(product: .standardRI, term: .threeYears, payment: .allUpfront))
    #expect(abs(saving.yearly - (0.107 - 0.04) * 8760) < 1e-9)
    #expect(try overview().unrealized == nil)
    let unpriced = try overview(prices: prices.replacing("m5.large", with: "m5.xlarge"))
    #expect(unpriced.unrealized == [])
    #expect(unpriced.findings.contains { $0.rule == "inform.no-price" })
  }

  @Test func theDayOfThreeTimesTheUsageStandsOut() throws {
    let found = try overview()
    #expect(found.anomalies.map(\.day) == [Self.first.sinceEpoch / 24 + 30])
    let day = try #require(found.anomalies.first)
    #expect(day.subject == "all usage")
    #expect(abs(day.expected.value - 20.2) < 0.3)
    #expect(day.deviations > 5)
  }

  @Test func theRuleFollowsWeekdaysAndNotOutliers() {
    // Weekends of a tenth; growth; noise: nothing is unusual.
    let calm = (0..<90).map { day -> Double in
      let base: Double = day % 7 < 5 ? 100 : 10
      let growth: Double = 1 + 0.002 * Double(day)
      return base * growth + Double(day * 13 % 7)
    }
    #expect(AnomalyRule.find(calm).isEmpty)
    var wild = calm
    wild[40] = 0
    wild[41] = 500
    #expect(AnomalyRule.find(wild).map(\.index) == [40, 41])
    #expect(AnomalyRule.find(Array(wild.prefix(20))).isEmpty)
    #expect(AnomalyRule.find([Double](repeating: 5, count: 60)).isEmpty)
    var seldom = [Double](repeating: 0, count: 60)
    seldom[10] = 9
    #expect(AnomalyRule.find(seldom).isEmpty)
  }

  @Test func whatIsNoHistoryIsTold() throws {
    #expect {
      _ = try Informer(path: #filePath, by: []).overview()
    } throws: { error in
      (error as? FindingsError)?.findings.map(\.rule) == ["inform.not-a-history"]
    }
  }
}

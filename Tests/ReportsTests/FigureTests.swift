import Billing
import CloudCosts
import Scenarios
import Testing

@testable import Reports

/// Numbers as people read them, and drawings that stay honest at the edges.
@Suite struct FigureTests {
  @Test(arguments: [
    (0.0, "$0"), (12.3, "$12.30"), (99.994, "$99.99"), (100, "$100"), (1_234_567.5, "$1,234,568"),
    (-1500, "-$1,500"), (0.395, "$0.395"), (0.92857, "$0.9286"), (0.000_02, "$0.000020"),
  ])
  func headlines(amount: Double, text: String) {
    #expect(AmountText(currency: "USD").headline(Money(rounding: amount)) == text)
  }

  @Test func currencies() {
    #expect(AmountText(currency: "EUR").cents(Money(rounding: 3)) == "€3.00")
    #expect(AmountText(currency: "JPY").headline(Money(rounding: 3000)) == "JPY 3,000")
  }

  @Test(arguments: [(0.0, "0.01 %"), (0.0001, "0.01 %"), (0.000101, "0.02 %"), (0.0133, "1.33 %")])
  func aGapNeverFlatters(gap: Double, text: String) { #expect(AmountText.provenGap(gap) == text) }

  @Test(arguments: [
    (8.0, "$0 $2 $4 $6 $8"), (0.9, "$0.0 $0.2 $0.4 $0.6 $0.8 $1.0"),
    (1_700_000, "$0 $0.5M $1.0M $1.5M $2.0M"), (0, "$0.0 $0.2 $0.4 $0.6 $0.8 $1.0"),
  ])
  func axesStartAtZero(largest: Double, names: String) {
    let axis = Axis(largest: largest, currency: "USD")
    #expect(axis.ticks.map(axis.text).joined(separator: " ") == names)
    #expect(axis.top >= largest)
  }

  /// One unit and as many digits on the whole axis.
  @Test func namesOnAnAxisAreAlike() {
    let names = stride(from: -5000.0, through: 20_000, by: 2500).map {
      Axis.text($0, step: 2500, largest: 20_000, prefix: "$")
    }
    #expect(
      names == [
        "−$5.0k", "−$2.5k", "$0", "$2.5k", "$5.0k", "$7.5k", "$10.0k", "$12.5k", "$15.0k", "$17.5k",
        "$20.0k",
      ])
  }

  @Test func hugeAmountsStillFitTheTable() throws {
    var document = RunDocument(SmallFixture.comparison)
    for index in document.runs[0].outcomes.indices {
      document.runs[0].outcomes[index].cost = Money(
        rounding: 987_654_321_098 + [3, 0, 2, 1][index])
      document.runs[0].outcomes[index].savings = Money(rounding: -987_654_321_098)
    }
    let text = ComparisonTable(document).text
    #expect(text.contains("millions of USD"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(text.contains("0.0 % more; 14.4 % less if usage falls by 30 %"))
  }

  /// A combined plan that costs more than the committed one, by the gap or for want of time.
  @Test func theDearerPlanIsNotRecommended() throws {
    var document = RunDocument(SmallFixture.comparison)
    #expect(try document.select().outcome.name == "combined")
    document.runs[0].outcomes[3].cost = document.runs[0].outcomes[2].cost
    #expect(try document.select().outcome.name == "combined")
    document.runs[0].outcomes[3].cost += Money(micros: 1)
    #expect(try document.select().outcome.name == "committed")
  }

  @Test func aRuleIsToldOnce() {
    let document = RunDocument(SmallFixture.comparison)
    var notes = document.findings
    notes += notes.map { note in
      var other = note
      other.place = "elsewhere"
      return other
    }
    let text = FindingsText(notes).lines.joined(separator: "\n")
    #expect(text.components(separatedBy: "usage.gap").count == 2)
    #expect(text.contains("usage.csv:17, elsewhere: no usage"))
    #expect(text.components(separatedBy: "Export these hours").count == 2)
  }

  @Test func whatIsNoNumberIsToldAsNone() throws {
    var document = RunDocument(SmallFixture.comparison)
    document.runs[0].outcomes[3].plan?.gap = .nan
    #expect(try document.json().contains("\"gap\": null"))
    #expect(ComparisonTable(document).text.contains("–%"))
  }

  @Test func seriesKeepExtremesAndCapacity() throws {
    let bill = try #require(try YearFixture().comparison.runs.first?.outcomes.last?.bill)
    let series = UsageSeries(bill)
    #expect(series.buckets.count == 365)
    #expect(series.buckets.map(\.high).max() == bill.hourlyOnDemand.max())
    #expect(series.buckets.map(\.low).min() == bill.hourlyOnDemand.min())
    #expect(series.buckets.allSatisfy { $0.low <= $0.mean && $0.mean <= $0.high })
    // What commitments can carry is their cost at what it was worth: used and unused together.
    let worth = bill.commitments.map { use in
      use.amortized.value * use.coveredOnDemand.value / use.used.value
    }
    let carried = series.meanCapacity * Double(bill.window.hours)
    #expect(abs(carried / worth.reduce(0, +) - 1) < 1e-6)
  }

  @Test func nothingAtAll() throws {
    let window = HourWindow(start: Hour(year: 2023, month: 2, day: 1), hours: 0)
    let bill = Bill(
      window: window, currency: "", rows: [], hourlyOnDemand: [], hourlyCovered: [],
      commitments: [])
    let demand = Demand(window: window, groups: [], quantities: [])
    let plan = PlannedOutcome(
      certificate: Certificate(
        status: .optimal, stop: .gapReached, method: .trivial, objective: 0, bound: 0, solver: "–",
        seconds: 0), purchases: [], actions: [], billed: 0, lockedBeyondWindow: .zero,
      totalCommitted: .zero)
    for outcomes in [
      [], [Outcome(kind: .combined, bill: bill, savings: .zero, demand: demand, plan: plan)],
    ] {
      let comparison = Comparison(
        scenario: "", currency: "", window: window,
        runs: [ScenarioRun(name: "", outcomes: outcomes)], findings: [])
      // Where nothing was decided there is no workbook.
      #expect(
        try ReportFiles.all(comparison, RunDocument(comparison)).count == (outcomes.isEmpty ? 4 : 5)
      )
      #expect(!ComparisonTable(RunDocument(comparison)).text.isEmpty)
    }
  }
}

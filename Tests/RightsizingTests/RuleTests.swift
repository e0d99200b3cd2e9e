import CloudCosts
import Testing

@testable import Rightsizing

/// One test a rule.
@Suite struct RuleTests {
  private func advice(
    _ series: UtilizationSeries, _ rules: RightsizingRules = .plain
  ) -> RightsizingAdvice {
    Rightsizer(prices: Machines.prices, rules: rules)
      .advice(UtilizationHistory(series: [series]), window: Machines.window)
  }

  private func targets(
    _ series: UtilizationSeries, _ rules: RightsizingRules = .plain
  ) -> [String] {
    advice(series, rules).candidates.flatMap(\.actions).map { $0.target?.instanceType ?? "none" }
  }

  // MARK: Processors

  @Test func smallerSizesThatStayBelowTheLimit() {
    // 16 % on 64 units: 64 % on 16 units, 128 % on 8.
    #expect(targets(Machines.machine("m5.8xlarge", cpu: 16, memory: 5)) == ["m5.2xlarge"])
    #expect(
      targets(Machines.machine("m5.8xlarge", cpu: 4, memory: 2))
        == ["m5.2xlarge", "m5.xlarge", "m5.large"])
    #expect(targets(Machines.machine("m5.xlarge", cpu: 50)).isEmpty)
  }

  @Test func theLimitItselfIsTooMuch() {
    #expect(targets(Machines.machine("m5.xlarge", cpu: 35)).isEmpty)
    #expect(targets(Machines.machine("m5.xlarge", cpu: 34.9)) == ["m5.large"])
    #expect(
      targets(Machines.machine("m5.xlarge", cpu: 35), .with(maxCPU: 71))
        == ["m5.large"])
  }

  @Test func peaksCountFromThePercentileOn() {
    // 12 of 240 hours are 5 %: the 95th percentile does not see them, one more it does.
    let rare = Dictionary(uniqueKeysWithValues: (0..<12).map { ($0, 90.0) })
    var often = rare
    often[12] = 90
    #expect(targets(Machines.machine("m5.xlarge", cpu: 20, peaks: rare)) == ["m5.large"])
    #expect(targets(Machines.machine("m5.xlarge", cpu: 20, peaks: often)).isEmpty)
    #expect(
      targets(
        Machines.machine("m5.xlarge", cpu: 20, peaks: rare),
        .with(cpuPercentile: 99)
      ).isEmpty)
  }

  /// A machine short of processors is slow, one short of memory may be dead.
  @Test(arguments: [(cpu: 6, memory: 3, fits: true), (7, 3, false), (6, 4, false)])
  func memoryCountsFurtherOutByDefault(cpu: Int, memory: Int, fits: Bool) {
    var machine = Machines.machine("m5.xlarge", cpu: 30, memory: 30, hours: 1000)
    for h in 0..<cpu { machine.cpuMax[h] = 60 }
    for h in 0..<memory { machine.memoryMax[h] = 60 }
    let usual = RightsizingRules(actions: [.size])
    #expect(targets(machine, usual) == (fits ? ["m5.large"] : []))
  }

  @Test func percentilesAreNearestRank() {
    let values = [15.0, 20, 35, 40, 50]
    #expect(
      [0, 5, 30, 40, 50, 100, 200, .nan].map { Load.percentile($0, ofSorted: values) }
        == [15, 15, 20, 20, 35, 50, 50, 50])
  }

  // MARK: Memory

  @Test func memoryMustFitAtItsHighest() {
    #expect(targets(Machines.machine("m5.xlarge", cpu: 10, memory: 40)).isEmpty)
    #expect(targets(Machines.machine("m5.xlarge", cpu: 10, memory: 39)) == ["m5.large"])
    var once = Machines.machine("m5.xlarge", cpu: 10, memory: 20)
    once.memoryMax[7] = 45
    #expect(targets(once).isEmpty)
    #expect(targets(once, .with(maxMemory: 95)) == ["m5.large"])
  }

  @Test func unknownMemoryIsKept() {
    let machine = Machines.machine("m5.xlarge", cpu: 10, memory: .nan)
    let kept = advice(machine)
    #expect(kept.candidates.isEmpty)
    #expect(kept.findings.map(\.rule) == ["utilization.unknown-memory"])
    #expect(kept.findings.map(\.severity) == [.note])
    let allowed = advice(machine, .with(unknownMemory: .allow))
    #expect(allowed.findings.isEmpty)
    #expect(
      allowed.candidates.first?.actions.first?.reason.contains("memory unknown") == true)
  }

  @Test func aFewMeasuredHoursOfMemoryAreNotKnowledge() {
    var machine = Machines.machine("m5.xlarge", cpu: 10, memory: .nan)
    for h in 0..<100 { machine.memoryMax[h] = 10 }
    #expect(targets(machine).isEmpty)
  }

  // MARK: Idle

  @Test func idleMachinesMayBeTerminated() {
    #expect(targets(Machines.machine("m5.large", cpu: 2, memory: .nan)) == ["none"])
    #expect(targets(Machines.machine("m5.xlarge", cpu: 2)) == ["none", "m5.large"])
    // One busy hour is enough to be needed.
    #expect(targets(Machines.machine("m5.large", cpu: 2, peaks: [5: 3])).isEmpty)
    #expect(
      targets(Machines.machine("m5.large", cpu: 2), .with(idleCPU: 2)).isEmpty)
  }

  // MARK: History and sizes

  @Test func aShortHistorySaysNothing() {
    let short = advice(Machines.machine("m5.xlarge", cpu: 1, hours: 167))
    #expect(short.candidates.isEmpty)
    #expect(short.findings.map(\.rule) == ["utilization.short-history"])
    #expect(short.findings.map(\.severity) == [.note])
    #expect(targets(Machines.machine("m5.xlarge", cpu: 10, hours: 168)) == ["m5.large"])
    var unmeasured = Machines.machine("m5.xlarge", cpu: 10, hours: 170)
    for h in 0..<10 { unmeasured.cpuMax[h] = .nan }
    #expect(targets(unmeasured).isEmpty)
  }

  @Test func stepsDownAreLimited() {
    let machine = Machines.machine("m5.8xlarge", cpu: 4, memory: 2)
    #expect(targets(machine, .with(maxSizesDown: 1)) == ["m5.2xlarge"])
    #expect(targets(machine, .with(maxSizesDown: 0)).isEmpty)
    #expect(targets(machine, .with(maxSizesDown: -1)).isEmpty)
  }

  @Test func onlyWhatSavesOnDemand() {
    #expect(targets(Machines.machine("c5.xlarge", cpu: 10)).isEmpty)
  }

  @Test func familySystemAndPriceMustBeThere() {
    // No m5.large on Windows below it; no price for r5 at all; flexibility of RIs does not matter.
    #expect(targets(Machines.machine("m5.large", cpu: 10, system: "Windows")).isEmpty)
    #expect(targets(Machines.machine("r5.xlarge", cpu: 1)).isEmpty)
    // Its disk inside would shrink.
    #expect(targets(Machines.machine("g4dn.2xlarge", cpu: 10)).isEmpty)
  }

  @Test func bareMetalIsNoSmallerSize() {
    #expect(
      !targets(Machines.machine("m5.24xlarge", cpu: 3.5, memory: 1)).contains("m5.metal"))
  }
}

@Suite struct AdviceTests {
  private func advice(_ series: [UtilizationSeries], window: HourWindow) -> RightsizingAdvice {
    Rightsizer(prices: Machines.prices, rules: .plain).advice(
      UtilizationHistory(series: series), window: window)
  }

  @Test func reasonsStateTheFigures() throws {
    let machine = Machines.machine("m5.2xlarge", cpu: 18.2, memory: 30)
    let actions = advice([machine], window: Machines.window).candidates.flatMap(\.actions)
    #expect(
      actions.map(\.reason) == [
        "95th percentile of CPU 18.2 % on m5.2xlarge → 36.4 % on m5.xlarge, limit 70 %; "
          + "highest memory 30.0 % → 60.0 %, limit 80 %."
      ])
    let idle = advice([Machines.machine("m5.large", cpu: 1.25)], window: Machines.window)
    #expect(
      idle.candidates.first?.actions.map(\.reason) == [
        "Idle: 95th percentile of CPU 1.3 % and highest CPU 1.3 % in 240 hours, both below 3 %."
      ])
  }

  @Test func numbersReadAsPeopleWriteThem() {
    #expect(
      [95, 99.5, 1, 2, 3, 11, 92, 100].map(Text.ordinal)
        == ["95th", "99.5th", "1st", "2nd", "3rd", "11th", "92nd", "100th"])
    #expect(Text.percent(-0.04) == "0.0 %" && Text.percent(-1.5) == "-1.5 %")
    #expect(Text.limit(72.5) == "72.5 %")
  }

  @Test func runningHoursAreThoseOfTheWindow() {
    let machine = Machines.machine("m5.xlarge", cpu: 10)
    let late = HourWindow(start: Machines.start + 230, hours: 100)
    #expect(
      advice([machine], window: late).candidates.map(\.runningHours) == [Array(0..<10)])
    let after = HourWindow(start: Machines.start + 240, hours: 10)
    #expect(advice([machine], window: after).candidates.isEmpty)
  }

  @Test func machinesKeepTheirOrder() {
    let machines = ["i-3", "i-1", "i-2"].map {
      Machines.machine($0 == "i-1" ? "m5.large" : "m5.xlarge", id: $0, cpu: 10)
    }
    let candidates = advice(machines, window: Machines.window).candidates
    #expect(candidates.map(\.resource.id) == ["i-3", "i-2"])
  }
}

@Suite struct UtilizationCheckTests {
  private func demand(_ quantities: [Double]) -> Demand {
    Demand(
      window: HourWindow(start: Machines.start, hours: quantities.count),
      groups: [UsageGroup(account: "A", sku: Machines.sku("m5.xlarge"))], quantities: quantities)
  }

  private var two: UtilizationHistory {
    UtilizationHistory(
      series: ["i-1", "i-2"].map {
        Machines.machine("m5.xlarge", id: $0, cpu: 10, hours: 3)
      })
  }

  @Test func machinesWithinTheUsageAreFine() {
    #expect(two.exceedances(of: demand([2, 2.5, 1.999_999_9, 0])).isEmpty)
  }

  @Test func moreMachinesThanUsageIsAnError() {
    let findings = two.exceedances(of: demand([2, 1, 1.5, 0]))
    #expect(findings.map(\.rule) == ["utilization.exceeds-usage"])
    #expect(findings.hasErrors)
    #expect(findings[0].message.contains("2023-03-01T01:00:00Z"))
    #expect(findings[0].message.contains("i-1, i-2"))
    #expect(findings[0].message.contains("2 such hour(s)"))
  }

  @Test func aGroupWithoutUsageIsAnError() {
    let history = UtilizationHistory(
      series: [Machines.machine("m5.large", cpu: 10, hours: 1)])
    #expect(history.exceedances(of: demand([5])).count == 1)
  }

  @Test func hoursOutsideTheDemandAreNotCompared() {
    #expect(two.exceedances(of: demand([])).isEmpty)
    #expect(two.exceedances(of: demand([2, 2])).isEmpty)
  }
}

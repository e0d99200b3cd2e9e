import CloudCosts
import Testing

@testable import Rightsizing

/// Actions beyond a smaller size: what fits by measured work, credits, hours, together.
@Suite struct ActionTests {
  /// Real types at real ratios, so that each kind of action is on sale.
  private static let book = PriceBook(
    rows: [
      ("m5.xlarge", 0.192), ("m5.large", 0.096), ("c5.large", 0.085), ("c5.xlarge", 0.17),
      ("r5.large", 0.126), ("m6i.large", 0.096), ("m6i.xlarge", 0.19), ("m7g.large", 0.0816),
      ("m7g.xlarge", 0.163), ("t3.large", 0.0832), ("t3.medium", 0.0416), ("m4.large", 0.05),
    ].map { PriceRow(sku: Machines.sku($0.0), product: .onDemand, hourly: $0.1) })

  private func advice(
    _ series: [UtilizationSeries], _ rules: RightsizingRules = RightsizingRules()
  ) -> RightsizingAdvice {
    Rightsizer(prices: Self.book, rules: rules)
      .advice(UtilizationHistory(series: series), window: Machines.window)
  }

  private func kinds(_ advice: RightsizingAdvice) -> [String: ActionKind] {
    Dictionary(
      advice.candidates.flatMap(\.actions).map { ($0.label, $0.kind) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func everyKindIsOffered() {
    let all = RightsizingRules(actions: Set(ActionKind.allCases))
    let found = kinds(advice([Machines.machine("m5.xlarge", cpu: 10, memory: 20)], all))
    #expect(found["m5.large"] == .size)
    #expect(found["c5.large"] == .shape)
    #expect(found["m6i.large"] == .generation)
    #expect(found["m7g.large"] == .architecture)
    #expect(found["t3.large"] == .burstable || found["t3.medium"] == .burstable)
    #expect(found["m4.large"] == nil, "an older generation is never advised")
  }

  @Test func otherProcessorsNeedConsent() {
    let machine = Machines.machine("m5.xlarge", cpu: 10, memory: 20)
    let without = advice([machine])
    #expect(kinds(without)["m7g.large"] == nil)
    #expect(without.findings.filter { $0.rule == "utilization.architecture" }.count <= 1)
    var willing = machine
    willing.resource.consent = [.architecture]
    #expect(kinds(advice([willing]))["m7g.large"] == .architecture)
  }

  /// Burstable types and hours of rest are named with what they would save, until someone allows
  /// them.
  @Test func whatNeedsAWordIsNamed() throws {
    let nights = Dictionary(uniqueKeysWithValues: (0..<400).map { ($0, $0 % 24 < 12 ? 1.0 : 10) })
    let machine = Machines.machine("m5.large", cpu: 10, peaks: nights, hours: 400)
    let findings = advice([machine]).findings
    let burstable = try #require(findings.first { $0.rule == "utilization.burstable" })
    #expect(burstable.message.contains("1 machine (i-1) could be cheaper by up to 0.04 USD"))
    #expect(burstable.remedy.hasPrefix("Write burstable into the column may"))
    #expect(findings.contains { $0.rule == "utilization.schedule" })
    var willing = machine
    willing.resource.consent = [.burstable, .schedule]
    let allowed = advice([willing])
    #expect(Set(allowed.candidates[0].actions.map(\.kind)).isSuperset(of: [.burstable, .schedule]))
    #expect(allowed.findings.allSatisfy { $0.rule == "utilization.architecture" })
  }

  @Test func whatHasNothingSmallerIsNamed() {
    let book = PriceBook(
      rows: [PriceRow(sku: Machines.sku("m5.large"), product: .onDemand, hourly: 0.1)])
    let alone = Rightsizer(prices: book).advice(
      UtilizationHistory(series: [
        Machines.machine("m5.large", id: "a", cpu: 10),
        Machines.machine("m5.large", id: "c", cpu: 9),
        Machines.machine("m5.large", id: "b", cpu: 90),
      ]), window: Machines.window)
    #expect(alone.candidates.isEmpty)
    #expect(alone.findings.map(\.rule) == ["utilization.nothing-cheaper"])
    #expect(
      alone.findings[0].message
        == "2 machines (a, c): nothing smaller of their family, or like it, is on sale; they keep"
        + " what they have.")
  }

  @Test func everyRefusalIsInTheTableOfRules() {
    for refusal in Refusal.allCases {
      #expect(FindingRule.of("utilization.\(refusal.rawValue)") != nil, "\(refusal)")
    }
  }

  @Test func measurementsThatCannotBeLeaveAMachineAlone() {
    var machine = Machines.machine("m5.xlarge", cpu: 10, memory: 20)
    #expect(!advice([machine]).candidates.isEmpty)
    machine.resource.isMismeasured = true
    #expect(advice([machine]).candidates.isEmpty)
  }

  /// A vCPU of an m6i does more than one of an m5: the same load fits where the count alone would
  /// say no.
  @Test func workAndNotTheNumberOfProcessorsDecides() throws {
    let old = try #require(MachineType.of(Machines.sku("m5.xlarge"))?.speed)
    let new = try #require(MachineType.of(Machines.sku("m6i.large"))?.speed)
    #expect(new * 2 > old)
    // Between the limit by count (45 %) and by work.
    let cpu = (45 + 90 * new / old) / 2
    let found = kinds(advice([Machines.machine("m5.xlarge", cpu: cpu, memory: 20)]))
    #expect(found["m5.large"] == nil)
    #expect(found["m6i.large"] == .generation)
  }

  @Test func unknownMemoryIsKeptAssumedOrGivenAway() {
    let machine = Machines.machine("c5.xlarge", cpu: 10, memory: .nan)
    let kept = advice([machine])
    // m5.large has the 8 GiB that it has now.
    #expect(kinds(kept)["m5.large"] == .shape)
    #expect(kinds(kept)["c5.large"] == nil)
    #expect(kept.findings.filter { $0.rule == "utilization.unknown-memory" }.count == 1)
    let assumed = { RightsizingRules(unknownMemory: .assume($0)) }
    #expect(kinds(advice([machine], assumed(40)))["c5.large"] == .size)
    #expect(kinds(advice([machine], assumed(50)))["c5.large"] == nil)
    #expect(kinds(advice([machine], RightsizingRules(unknownMemory: .allow)))["c5.large"] == .size)
  }

  @Test func refusalsAreSaidOnceForAllMachines() {
    let machines = (0..<20).map {
      Machines.machine("m5.xlarge", id: "i-\($0)", cpu: 10, memory: .nan)
    }
    let findings = advice(machines, .with(actions: [.size])).findings
    // Other processors with as much memory are a question of their own.
    #expect(findings.map(\.rule) == ["utilization.unknown-memory", "utilization.architecture"])
    #expect(findings[0].message.contains("20 machines"))
  }

  @Test func throughputThatIsNeededIsKept() {
    var machine = Machines.machine("m5.xlarge", cpu: 10, memory: 20)
    machine.networkMax = [Double](repeating: 1000, count: 240)
    // An m5.large may use 0.75 Gbit/s all the time.
    #expect(kinds(advice([machine], .with(actions: [.size])))["m5.large"] == nil)
    machine.networkMax = [Double](repeating: 100, count: 240)
    #expect(kinds(advice([machine], .with(actions: [.size])))["m5.large"] == .size)
  }

  /// Moving any threshold across the machine's load changes the answer.
  @Test func everyThresholdMatters() {
    var machine = Machines.machine(
      "m5.xlarge", cpu: 30, peaks: [3: 44, 9: 44, 20: 44, 33: 44], memory: 30)
    for h in [40, 41, 90] { machine.memoryMax[h] = 44 }
    let base = RightsizingRules(actions: [.size])
    func isOffered(_ change: (inout RightsizingRules) -> Void) -> Bool {
      var rules = base
      change(&rules)
      return kinds(advice([machine], rules))["m5.large"] != nil
    }
    #expect(isOffered { _ in })
    #expect(!isOffered { $0.maxCPU = 60 })
    #expect(!isOffered { ($0.maxCPU, $0.cpuPercentile) = (85, 100) })
    #expect(isOffered { ($0.maxCPU, $0.cpuPercentile) = (85, 95) })
    #expect(!isOffered { $0.maxMemory = 60 })
    #expect(!isOffered { ($0.maxMemory, $0.memoryPercentile) = (85, 100) })
    #expect(isOffered { ($0.maxMemory, $0.memoryPercentile) = (85, 95) })
    #expect(!isOffered { $0.minHistoryHours = 241 })
    #expect(!isOffered { $0.actions = [.shape] })
  }

  // MARK: Fit

  @Test func hoursAboveCapacityAreCounted() throws {
    let peaks = Dictionary(uniqueKeysWithValues: (0..<2).map { ($0 * 30, 80.0) })
    let machine = Machines.machine("m5.xlarge", cpu: 20, peaks: peaks, memory: 20)
    let action = try #require(
      advice([machine], .with(cpuPercentile: 95)).candidates.first?.actions
        .first { $0.label == "m5.large" })
    let fit = try #require(action.fit)
    #expect(fit.hours == 240 && fit.hoursAbove == 2)
    #expect(fit.band.contains(fit.shareAbove))
    #expect(fit.risk == 2)
    #expect(fit.readings.first { $0.metric == .cpu }?.max == 160)
    #expect(fit.unknown == [.network, .disk])
  }

  @Test func badHoursThatComeInBadDaysWidenTheBand() {
    let spread = AboveCapacity.band(24, of: 2400, days: (0..<100).map { $0 % 4 == 0 ? 1 : 0 })
    let oneDay = AboveCapacity.band(24, of: 2400, days: (0..<100).map { $0 == 7 ? 24 : 0 })
    #expect(oneDay.upperBound > 2 * spread.upperBound)
    #expect(AboveCapacity.band(0, of: 0, days: []) == 0...1)
  }

  // MARK: Credits

  @Test func creditsLastOrRunOut() throws {
    let type = try #require(MachineType.of(Machines.sku("t3.large")))
    let simulation = try #require(CreditSimulation(type))
    func throttled(_ mean: (Int) -> Double) throws -> Int {
      var series = Machines.machine("m5.large", cpu: 90)
      series.cpuAvg = (0..<240).map(mean)
      let load = try #require(Load(series, rules: RightsizingRules()))
      return simulation.throttledHours(load, ratio: 1).count
    }
    // The baseline of a t3.large is 30 % of two processors.
    #expect(try throttled { _ in 29 } == 0)
    #expect(try throttled { _ in 31 } == 240)
    // A night earns what a morning spends.
    #expect(try throttled { $0 % 24 < 18 ? 10 : 80 } == 0)
    #expect(try throttled { $0 % 24 < 18 ? 29 : 80 } > 0)
    #expect(CreditSimulation(try #require(MachineType.of(Machines.sku("m5.large")))) == nil)
  }

  // MARK: Hours

  @Test func aMachineThatSleepsAtNightIsStoppedThere() throws {
    var series = Machines.machine("m5.large", cpu: 40, memory: 20, hours: 24 * 21)
    for h in series.hours.indices where h % 24 < 8 { series.cpuMax[h] = 1 }
    let window = HourWindow(start: Machines.start, hours: 24 * 21)
    let rules = RightsizingRules(actions: [.schedule])
    let actions = Rightsizer(prices: Self.book, rules: rules)
      .advice(UtilizationHistory(series: [series]), window: window).candidates.flatMap(\.actions)
    let action = try #require(actions.first)
    #expect(actions.count == 1 && action.kind == .schedule && action.target == nil)
    // Seven of the eight hours: it is started one hour before it is needed.
    #expect(action.hours?.count == 7 * 21)
    #expect(action.hours?.allSatisfy { $0 % 24 < 7 } == true)
    #expect(action.reason.contains("(UTC: Mon to Sun 00:00 for 7 hours)"))
    series.cpuMax[2] = 50
    let once = Rightsizer(prices: Self.book, rules: rules)
      .advice(UtilizationHistory(series: [series]), window: window).candidates.flatMap(\.actions)
    #expect((once.first?.hours?.count ?? 0) < 7 * 21, "an hour of the week that was busy once")
  }

  /// The hours are in the reason: who makes the schedule has no other place to find them.
  @Test func officeHoursAreWrittenDown() throws {
    var series = Machines.machine("m5.large", cpu: 40, memory: 20, hours: 24 * 21)
    for h in series.hours.indices {
      let place = (Machines.start.sinceEpoch + h + 72) % 168
      let isOffice = place / 24 < 5 && (7..<19).contains(place % 24)
      if !isOffice { series.cpuMax[h] = 1 }
    }
    let week = try #require(IdleWeek(series, idleCPU: 3))
    #expect(week.text == "Mon to Thu 19:00 for 11 hours, Fri 19:00 for 59 hours")
    #expect(week.hoursAWeek == 4 * 11 + 59)
  }

  @Test func machinesThatStayAreCarriedIntoTheFuture() throws {
    let stays = Machines.machine("m5.xlarge", id: "stays", cpu: 10, hours: 240)
    let goes = Machines.machine("m5.xlarge", id: "goes", cpu: 10, hours: 180)
    let future = HourWindow(start: Machines.start + 240, hours: 336)
    let advice = Rightsizer(prices: Self.book).advice(
      UtilizationHistory(series: [goes, stays]), future: future)
    #expect(advice.candidates.map(\.resource.id) == ["stays"])
    let candidate = try #require(advice.candidates.first)
    #expect(candidate.runningHours.count == 336)
    #expect(candidate.alongside == [Int](repeating: 1, count: 336))
  }

  @Test func machinesAreCountedWhereUsageFalls() {
    let machine = Machines.machine("m5.xlarge", cpu: 10, hours: 240)
    func alongside(isShrinking: Bool) -> [Int]? {
      Rightsizer(prices: Self.book).advice(
        UtilizationHistory(series: [machine]),
        window: HourWindow(start: Machines.start, hours: 240), isShrinking: isShrinking
      ).candidates.first?.alongside
    }
    #expect(alongside(isShrinking: true) == [Int](repeating: 1, count: 240))
    #expect(alongside(isShrinking: false) == nil)
  }

  @Test func machinesOfAFleetAreOfferedWhatFitsAll() {
    var machines = [("i-1", 10.0), ("i-2", 60.0)].map {
      Machines.machine("m5.xlarge", id: $0.0, cpu: $0.1, memory: 20)
    }
    #expect(kinds(advice(machines))["m5.large"] == .size)
    for i in machines.indices { machines[i].resource.fleet = "web" }
    #expect(kinds(advice(machines))["m5.large"] == nil)
  }

  /// One that is busy, of another type, not believed or not measured keeps its whole group.
  @Test func whoCannotChangeKeepsItsGroup() throws {
    func machine(_ id: String, _ cpu: Double, _ type: String = "m5.xlarge") -> UtilizationSeries {
      var machine = Machines.machine(type, id: id, cpu: cpu, memory: 20)
      machine.resource.fleet = "web"
      return machine
    }
    let idle = machine("i-1", 10)
    var resized = machine("i-2", 10)
    resized.resource.isResized = true
    for other in [machine("i-2", 95), machine("i-2", 10, "m99.large"), resized] {
      let found = advice([idle, other])
      #expect(found.candidates.isEmpty)
      let finding = try #require(found.findings.first { $0.rule == "utilization.group" })
      #expect(finding.message.contains("(group web: i-2)"), "\(finding.message)")
    }
    var history = UtilizationHistory(series: [idle])
    let rightsizer = Rightsizer(prices: Machines.prices)
    #expect(!rightsizer.advice(history, window: Machines.window).candidates.isEmpty)
    history.unmeasured = [machine("i-9", 0).resource]
    #expect(rightsizer.advice(history, window: Machines.window).candidates.isEmpty)
    // A machine that is gone from the window is in no one's way.
    var gone = machine("i-2", 95)
    gone.hours = gone.hours.map { $0 + -1000 }
    #expect(!advice([idle, gone]).candidates.isEmpty)
  }

  /// What is not measured is not taken away inside a family either: disks inside, accelerators.
  @Test(arguments: [
    ("m5d.2xlarge", "m5d.xlarge", "local-disk"), ("g4dn.12xlarge", "g4dn.16xlarge", "accelerators"),
    ("inf1.2xlarge", "inf1.xlarge", "accelerators"), ("g4dn.4xlarge", "g4dn.2xlarge", nil),
  ])
  func disksAndAcceleratorsStay(from: String, to: String, refusal: String?) {
    let prices = PriceBook(
      rows: [(from, 2.0), (to, 1)].map {
        PriceRow(sku: Machines.sku($0.0), product: .onDemand, hourly: $0.1)
      })
    let machine = Machines.machine(from, cpu: 5, memory: 5)
    let advice = Rightsizer(prices: prices)
      .advice(UtilizationHistory(series: [machine]), window: Machines.window)
    #expect(advice.candidates.isEmpty == (refusal != nil))
    #expect(advice.findings.map(\.rule) == (refusal.map { ["utilization.\($0)"] } ?? []))
  }

  /// The same of other clouds. Accelerators: Azure's Resource SKUs and "NVv4-series", Google's "GPU
  /// machine types"; disks: Microsoft Learn, "Azure VM sizes with no local temporary disk". What
  /// the catalogue does not know stays as it is.
  @Test(arguments: [
    (Provider.azure, "Standard_NC16as_T4_v3", "Standard_NC8as_T4_v3", nil as String?),
    (.azure, "Standard_NC64as_T4_v3", "Standard_NC16as_T4_v3", "accelerators"),
    (.azure, "Standard_NV8as_v4", "Standard_NV4as_v4", "accelerators"),
    (.azure, "Standard_NG16ads_V620_v1", "Standard_NG8ads_V620_v1", "unknown-type"),
    (.azure, "Standard_D8s_v3", "Standard_D4s_v3", nil),
    (.azure, "Standard_D8s_v3", "Standard_D4s_v5", "local-disk"),
    (.azure, "Standard_D8s_v3", "Standard_D4ds_v5", nil),
    (.azure, "Standard_D8ds_v5", "Standard_D4ds_v5", "local-disk"),
    (.azure, "Standard_D8ds_v4", "Standard_D8ads_v5", nil),
    (.azure, "Standard_D8s_v4", "Standard_D8ds_v5", "local-disk"),
    (.azure, "Standard_L16s_v3", "Standard_L8s_v3", "local-disk"),
    (.gcp, "g2-standard-32", "g2-standard-8", nil),
    (.gcp, "g2-standard-24", "g2-standard-12", "accelerators"),
    (.gcp, "a2-ultragpu-1g", "a2-highgpu-1g", "local-disk"),
    (.gcp, "g4-standard-12", "g4-standard-6", "local-disk"),
    (.gcp, "c3-standard-8-lssd", "c3-standard-4-lssd", "local-disk"),
    (.gcp, "c3-standard-8-lssd", "c3-standard-4", "local-disk"),
    (.gcp, "z3-highmem-44-highlssd", "z3-highmem-22-highlssd", "local-disk"),
    (.gcp, "n2-standard-8", "n2-standard-4", nil),
  ])
  func disksAndAcceleratorsOfOtherClouds(
    _ provider: Provider, _ from: String, _ to: String, _ refusal: String?
  ) {
    func sku(_ type: String) -> SKU {
      SKU(provider: provider, region: "here", instanceType: type, operatingSystem: "Linux")
    }
    let prices = PriceBook(
      rows: [(from, 2.0), (to, 1)].map {
        PriceRow(sku: sku($0.0), product: .onDemand, hourly: $0.1)
      })
    var machine = Machines.machine("m5.large", cpu: 5, memory: 5)
    machine.resource.group = UsageGroup(account: "A", sku: sku(from))
    let advice = Rightsizer(prices: prices)
      .advice(UtilizationHistory(series: [machine]), window: Machines.window)
    #expect(advice.candidates.isEmpty == (refusal != nil))
    #expect(advice.findings.map(\.rule) == (refusal.map { ["utilization.\($0)"] } ?? []))
  }

  @Test func workHasMonths() {
    let window = HourWindow(start: Machines.start, hours: 24 * 62)
    let candidate = RightsizingCandidate(
      resource: Resource(id: "i", group: UsageGroup(sku: Machines.sku("m5.large"))),
      runningHours: Array(0..<window.hours),
      actions: [CandidateAction(target: nil, reason: "")])
    let actions = WorkCalendar.spread([candidate], window: window)[0].actions
    #expect(
      actions.map(\.label) == ["terminated", "terminated from 2023-04", "terminated from 2023-05"])
    #expect(actions.map { $0.hours?.count } == [nil, 24 * 31, 24])
  }

  @Test func whatTheCatalogueDoesNotKnowIsSaid() {
    let findings = advice([Machines.machine("m99.large", cpu: 10)]).findings
    #expect(findings.map(\.rule) == ["utilization.unknown-type"])
    #expect(findings[0].message.contains("the catalogue of machines does not know"))
    let unpriced = advice([Machines.machine("m5.8xlarge", cpu: 10)]).findings
    #expect(unpriced.map(\.message).joined().contains("has no price on demand"))
    var resized = Machines.machine("m5.xlarge", cpu: 10)
    resized.resource.isResized = true
    #expect(advice([resized]).candidates.isEmpty)
  }
}

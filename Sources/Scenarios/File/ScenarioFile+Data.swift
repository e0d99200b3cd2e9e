import CloudCosts
import Forecast
import Ingest
import Rightsizing

/// A scenario with the contents of its files.
package struct ScenarioData: Sendable {
  package var scenario: Scenario
  package var usage: UsageHistory
  /// All that the usage file has up to the window's end, where the scenario looks ahead; else nil.
  package var history: Demand?
  package var prices: PriceList
  package var owned: OwnedCommitments?
  package var utilization: UtilizationHistory?
  package var resources: ResourceList?
  /// What the provider recommends to buy: alternatives, one of each file.
  package var recommended: [RecommendedPurchases] = []
  /// What the provider recommends to do with machines: one of each file.
  package var machineRecommendations: [MachineRecommendations] = []
  /// What imported bills have of the providers that something was promised to.
  package var billed: [Provider: BilledSpend] = [:]

  /// The window of the history; where nothing looks ahead, with the forecast's growth, to plan for.
  package var demand: Demand {
    scenario.forecast.looksAhead ? usage.demand : usage.demand.growing(scenario.forecast.growth)
  }

  /// Whether the window is planned for with less usage than it had.
  package var isShrinking: Bool {
    !scenario.forecast.looksAhead && scenario.forecast.growth < 0
  }
}

/// All scenarios of a file with their data.
package struct ScenarioSet: Sendable {
  /// The value of `name` in the file.
  package var name: String
  /// The base first, then the others in the order of the file. Those that share files share
  /// storage.
  package var scenarios: [ScenarioData]
}

/// Reads the files of scenarios, each once, and compares them with each other.
struct ScenarioLoader {
  private struct UsageKey: Hashable {
    var file: InputFile
    var window: HourWindow?
  }

  private struct UtilizationKey: Hashable {
    var files: [InputFile]
    var resources: InputFile
  }

  /// Lists of some providers state no prices.
  private struct OwnedKey: Hashable {
    var file: InputFile
    var prices: [InputFile]
  }

  private(set) var findings: [Finding] = []
  private var known: Set<Finding> = []
  private var usages: [UsageKey: UsageHistory?] = [:]
  private var prices: [[InputFile]: PriceList?] = [:]
  private var owned: [OwnedKey: OwnedCommitments?] = [:]
  private var resources: [InputFile: ResourceList?] = [:]
  private var discounts: [InputFile: DiscountRules?] = [:]
  private var utilizations: [UtilizationKey: UtilizationHistory?] = [:]

  /// What one file states, as far as it can be used.
  private mutating func checked(
    _ listed: OwnedCommitments, _ currency: String, _ prices: PriceList, _ usage: UsageHistory
  ) -> OwnedCommitments? {
    let kept = CrossChecks.inCurrency(currency, listed)
    add(kept.findings)
    let rated = kept.value.map {
      CrossChecks.withRates($0, prices: prices, window: usage.demand.window)
    }
    add(rated?.findings ?? [])
    guard let owned = rated?.value else { return nil }
    add(CrossChecks.owned(owned, prices: prices, window: usage.demand.window))
    add(CrossChecks.sizes(of: owned, usage: usage))
    return owned
  }

  mutating func data(of draft: ScenarioParser.Draft) -> ScenarioData? {
    let files = draft.files
    let currency = draft.scenario?.currency
    var usage = files.usage.flatMap {
      once(\.usages, UsageKey(file: $0, window: files.window)) {
        ScenarioLoader.usage($0.file, window: $0.window)
      }
    }
    var prices =
      files.prices.isEmpty
      ? nil : once(\.prices, files.prices) { PriceReader.read(all: $0, currency: currency) }
    fit(&usage, &prices, files)
    let listed = files.owned.compactMap { file in
      once(\.owned, OwnedKey(file: file, prices: files.prices)) {
        OwnedReader.read($0.file, prices: prices, currency: currency)
      }
    }
    let resources = files.resources.flatMap {
      once(\.resources, $0) { ResourceReader.read($0) }
    }
    var utilization: UtilizationHistory?
    if !files.utilization.isEmpty, let list = files.resources {
      utilization = once(\.utilizations, UtilizationKey(files: files.utilization, resources: list))
      {
        MeasurementFiles.read($0.files, resources: resources)
      }
    }
    guard let usage, var prices, var scenario = draft.scenario else { return nil }
    let composed = prices.withCustomMachines(of: usage)
    prices = composed.prices
    add(composed.findings)
    if let file = files.usage, HistoryFile.isHistory(file.path) {
      let filled = prices.filled(from: file, usage: usage, currency: scenario.currency)
      prices = filled.prices
      add(filled.findings)
    }
    if let file = files.discounts, let rules = once(\.discounts, file, read: DiscountReader.read) {
      let discounted = rules.applied(to: prices, window: usage.demand.window)
      prices = discounted.prices
      add(discounted.findings)
    }
    var history: Demand?
    if scenario.forecast.looksAhead || scenario.forecast.isUnstated {
      history = self.history(usage, draft.files)
    }
    // A file of machines that asks for no forecast asks what could have been saved in its window.
    if let known = history, files.utilization.isEmpty {
      scenario.decide(by: known.window)
    }
    if !scenario.forecast.looksAhead { history = nil }
    if files.isHistory, let known = history {
      history = UnpricedServices.removed(from: known, prices: prices)
    }
    add(CrossChecks.prices(of: usage, in: prices))
    let usable = listed.compactMap { checked($0, scenario.currency, prices, usage) }
    let joined = OwnedCommitments.joined(usable)
    var owned = joined.value
    add(joined.findings)
    if owned == nil, files.isHistory, files.owned.isEmpty, let file = files.usage {
      add(CrossChecks.coverWithoutOwned(file))
    }
    if var listed = owned {
      // What comes off the bill comes off what is owned, too.
      for index in listed.commitments.indices {
        let provider = listed.commitments[index].terms.product.provider
        listed.commitments[index].paidShare = provider.flatMap { prices.paidShares[$0] } ?? 1
      }
      scenario.sharing.groups.merge(listed.groups) { stated, _ in stated }
      let scopes = OwnedScopes(
        listed, scenario.sharing, scoped: scenario.sharingScopes, usage: usage)
      owned = scopes.owned
      add(scopes.findings)
    }
    add(SharingChecks.findings(scenario, usage: usage, owned: owned))
    add(CrossChecks.families(of: usage, owned: owned, prices: prices))
    add(scenario.named.compactMap { $0.finding(in: usage) })
    if let resources { add(CrossChecks.resources(resources, in: usage)) }
    var data = ScenarioData(
      scenario: scenario, usage: usage, history: history, prices: prices, owned: owned,
      utilization: utilization, resources: resources)
    data.billed = billed(for: scenario, files.usage)
    for together in files.recommendations {
      let advice = recommended(together, prices, currency, scenario.sharing, usage)
      // Nothing to judge is not the advice to buy nothing.
      guard !advice.commitments.isEmpty || advice.leftOut == 0 else { continue }
      // A list inside the list is bought together.
      data.recommended += together.count > 1 ? [advice] : advice.alternatives
    }
    // Machines ran next to the usage as it was, whatever is planned for.
    if let utilization { add(utilization.exceedances(of: data.usage.demand)) }
    if !files.machineRecommendations.isEmpty, let resources {
      for file in files.machineRecommendations {
        let reading = MachineRecommendationReader.read(file, resources: resources)
        add(reading.findings)
        if let value = reading.value { data.machineRecommendations.append(value) }
      }
    }
    return data
  }

  /// What files that are bought together recommend, under the sharing that the scenario states.
  private mutating func recommended(
    _ files: [InputFile], _ prices: PriceList, _ currency: String?, _ sharing: Sharing,
    _ usage: UsageHistory
  ) -> RecommendedPurchases {
    let readings = files.map {
      RecommendationReader.read(
        $0, prices: prices, currency: currency, start: usage.demand.window.start)
    }
    for reading in readings { add(reading.findings) }
    let values = readings.compactMap(\.value)
    var advice = RecommendedPurchases(
      commitments: values.flatMap(\.commitments),
      file: files.map(\.name).joined(separator: " + "),
      leftOut: values.map(\.leftOut).reduce(0, +))
    advice.bases = values.reduce(into: [:]) { $0.merge($1.bases) { first, _ in first } }
    var listed = OwnedCommitments(
      commitments: advice.commitments, lines: values.flatMap(\.lines), file: advice.file)
    listed.unscoped = values.reduce(into: []) { $0.formUnion($1.unscoped) }
    let scopes = OwnedScopes(listed, sharing, scoped: [], usage: usage)
    add(scopes.findings)
    advice.commitments = scopes.owned.commitments
    return advice
  }

  /// Only of contracts whose spending no one states.
  private mutating func billed(
    for scenario: Scenario, _ file: InputFile?
  ) -> [Provider: BilledSpend] {
    let unknown = Set(scenario.spendCommitments.filter { $0.known == nil }.map(\.provider))
    guard !unknown.isEmpty, let file, HistoryFile.isHistory(file.path) else { return [:] }
    do {
      return try History(path: file.path).billedSpend(of: unknown, in: scenario.currency)
    } catch {
      add(error.findings)
      return [:]
    }
  }

  /// Prices for engines that none is stated for, and of a bill only the services that have prices.
  private mutating func fit(
    _ usage: inout UsageHistory?, _ prices: inout PriceList?, _ files: ScenarioFiles
  ) {
    guard let read = usage, let list = prices else { return }
    let completed = list.completed(for: read.demand.groups.map(\.sku))
    add(completed.findings)
    prices = completed.value ?? list
    guard files.isHistory, let file = files.usage, let prices else { return }
    let kept = UnpricedServices.leftOut(of: read, prices: prices, history: file.path)
    add(kept.findings)
    usage = kept.value ?? read
  }

  /// Out of a usage file or a history.
  private static func usage(_ file: InputFile, window: HourWindow?) -> Reading<UsageHistory> {
    HistoryFile.isHistory(file.path)
      ? HistoryUsageReader.read(file, window: window) : UsageReader.read(file, window: window)
  }

  /// What forecasts learn from: all hours of the file up to the window's end.
  private mutating func history(_ usage: UsageHistory, _ files: ScenarioFiles) -> Demand? {
    guard let window = files.window, let file = files.usage else { return usage.demand }
    let all = once(\.usages, UsageKey(file: file, window: nil)) {
      ScenarioLoader.usage($0.file, window: nil)
    }
    guard let demand = all?.demand else { return nil }
    let end = min(window.end, demand.window.end)
    return demand.restricted(to: HourWindow(from: demand.window.start, to: end)).used
  }

  /// The value for a key, read at its first use.
  private mutating func once<Key: Hashable, Value>(
    _ store: WritableKeyPath<ScenarioLoader, [Key: Value?]>, _ key: Key,
    read: (Key) -> Reading<Value>
  ) -> Value? {
    if let value = self[keyPath: store][key] { return value }
    let reading = read(key)
    add(reading.findings)
    self[keyPath: store][key] = .some(reading.value)
    return reading.value
  }

  private mutating func add(_ more: [Finding]) {
    for finding in more where known.insert(finding).inserted { findings.append(finding) }
  }
}

extension Demand {
  /// Only the groups that are used at all.
  var used: Demand {
    let rows = groups.indices.filter { hours(of: $0).contains { $0 > 0 } }
    guard rows.count < groups.count else { return self }
    return Demand(
      window: window, groups: rows.map { groups[$0] }, quantities: rows.flatMap { hours(of: $0) })
  }
}

extension Policy {
  /// The limits on purchases of another one, with what else this one says: keys of
  /// `Scenario.withoutLimit`, and what `rightsizing` limits.
  func limited(as other: Policy) -> Policy {
    var policy = other
    policy.actions = actions
    policy.leastWorth = leastWorth
    policy.sizeCost = sizeCost
    policy.costOfCapital = costOfCapital
    return policy
  }
}

extension Scenario {
  /// Puts in place what the file leaves open: with a history to look ahead from, futures; without,
  /// the window as it was; and of what may be bought what one would sign: as `Preset.walk`, or, of
  /// weeks that are too few to tell what comes, all that ends within a year.
  fileprivate mutating func decide(by history: HourWindow) {
    guard forecast.isUnstated else { return }
    forecast = forecast.decided(by: history)
    resolved = resolved.setting(["forecast", "method"], to: .text(forecast.method.rawValue))
    guard isUnlimited else { return }
    // Of the weeks as they were, who says what may be bought has asked for that.
    guard forecast.method == .futures || !stated.isAny else { return }
    guard history.hours >= ForecastSettings.leastWeeks * 168 else {
      offers.terms = [.oneYear]
      resolved = resolved.setting(["offers", "terms"], to: .list([.number(1)]))
      return
    }
    let usual = Preset.walk
    preset = usual
    resolved = resolved.setting(["policy", "preset"], to: .text(usual.rawValue))
    policy = policy.limited(as: usual.policy)
    offers = stated.winning(over: usual)
  }
}

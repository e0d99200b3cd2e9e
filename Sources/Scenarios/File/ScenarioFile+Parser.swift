import CloudCosts
import Foundation
import Ingest
import Rightsizing

/// Makes a scenario of a tree; what is wrong is noted, all of it at once.
struct ScenarioParser {
  /// The folder of the scenario file: what its paths are relative to.
  let directory: String
  let findings: ScenarioFindings

  /// What a scenario file says, and the files it names, of which some may be missing.
  struct Draft {
    /// Nil where a required file is missing.
    var scenario: Scenario?
    var files: ScenarioFiles
  }

  func draft(_ tree: ScenarioTree, name: String) -> Draft {
    let root = ScenarioSection(tree, path: "", findings: findings)
    _ = root.requiredText("name", "my-scenario")
    let files = ScenarioFiles(
      usage: file(root, "usage", isRequired: true), prices: requiredFiles(root, "prices"),
      owned: files(root, "owned"), utilization: filesAndFolders(root, "utilization"),
      resources: file(root, "resources"), discounts: file(root, "discounts"),
      recommendations: alternatives(root, "recommendations"),
      machineRecommendations: filesAndFolders(root, "machine_recommendations"),
      window: window(root))
    checkPair(root, "utilization", "resources")
    checkPair(root, "resources", "utilization")
    let currency = currency(root)
    let forecast = forecast(root)
    let policy = PolicyParser(root.section("policy"))
    if policy.risk != nil, !forecast.method.hasManyPaths, !forecast.isUnstated {
      findings.add(
        .note, "risk-of-one-path", line: root.section("policy").entry("risk")?.line,
        "policy.risk has no effect with forecast.method: \(forecast.method.rawValue)",
        remedy: "nothing: with a single path every measure of risk equals the cost")
    }
    let offers = offers(root.section("offers"), preset: policy.preset)
    let rightsizing = rightsizing(root.section("rightsizing"))
    var limited = policy.policy
    limited.actions = rightsizing.limits
    let solver = solver(root.section("solver"))
    let sharing = SharingParser(root.section("sharing"))
    let quotas = quotas(root.section("limits"))
    let backtest = backtest(root.section("backtest"), of: root)
    let compare = root.choices("compare", from: OutcomeKind.allCases) ?? OutcomeKind.allCases
    let named = root.texts("prices").count
    guard let usage = files.usage, !files.prices.isEmpty, files.prices.count == named else {
      return Draft(scenario: nil, files: files)
    }
    var scenario = Scenario(
      name: name, currency: currency, usage: usage, prices: files.prices, owned: files.owned,
      utilization: files.utilization, resources: files.resources, window: files.window,
      forecast: forecast, forecastPlace: findings.place(root.entry("forecast")?.line),
      offers: offers, policy: limited,
      policyPlace: findings.place(root.entry("policy")?.line), risk: policy.risk,
      ladder: root.entry("ladder") == nil ? nil : ladder(root.section("ladder")),
      rightsizing: rightsizing, solver: solver, quotas: quotas, backtest: backtest,
      compare: compare,
      preset: policy.preset, named: policy.named, sharing: sharing.sharing,
      spendCommitments: spendCommitments(root),
      sharingAccounts: sharing.accounts, sharingScopes: sharing.scoped)
    scenario.givingUp = givingUp(root.section("policy"))
    let keys = (root.entry("policy")?.value.entries ?? []).map(\.key)
    scenario.isUnlimited = keys.allSatisfy(Scenario.withoutLimit.contains)
    scenario.statesOnlyShares = keys.allSatisfy(Scenario.shares.contains)
    scenario.stated = StatedOffers(root.section("offers"), offers)
    scenario.resolved = ScenarioValue(scenario: tree)
    return Draft(scenario: scenario, files: files)
  }

  /// Quotas that the provider has raised.
  private func quotas(_ section: ScenarioSection) -> PurchaseQuotas {
    var quotas = PurchaseQuotas()
    for name in PurchaseQuotas.names {
      if let count = section.count(name, from: 0) { quotas.raised[name] = count }
    }
    return quotas
  }

  private func checkPair(_ root: ScenarioSection, _ key: String, _ other: String) {
    guard let entry = root.entry(key), root.entry(other) == nil else { return }
    findings.add(
      .error, "missing-key", line: entry.line, "\(key) is given without \(other)",
      remedy: "name both files, or neither")
  }

  private func currency(_ root: ScenarioSection) -> String {
    guard let code = root.text("currency") else { return "USD" }
    if code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) { return code }
    findings.add(
      .error, "unknown-value", line: root.entry("currency")?.value.line,
      "currency \(code.quoted) is no ISO 4217 code",
      remedy: "write three capital letters such as USD or EUR")
    return "USD"
  }

  private func window(_ root: ScenarioSection) -> HourWindow? {
    guard root.entry("window") != nil else { return nil }
    let section = root.section("window")
    let from = hour(section, "from")
    let to = hour(section, "to")
    guard let from, let to else { return nil }
    guard to > from, to - from <= 10 * 8784 else {
      findings.add(
        .error, "out-of-range", line: section.line,
        "the window from \(from) to \(to) has \(to - from) hours",
        remedy: "let it end after its start, and be no longer than ten years")
      return nil
    }
    return HourWindow(from: from, to: to)
  }

  func hour(_ section: ScenarioSection, _ key: String) -> Hour? {
    guard let text = section.requiredText(key, "2023-02-01T00:00:00Z"),
      let line = section.entry(key)?.value.line
    else { return nil }
    do {
      // A date alone is its first hour.
      return try Timestamp.parse(text.utf8.count == 10 ? text + "T00:00:00Z" : text)
    } catch {
      findings.add(
        .error, error.rule, line: line, "\(section.name(key)) \(text.quoted) \(error.complaint)",
        remedy: "write it as 2023-02-01, or 2023-02-01T00:00:00Z")
      return nil
    }
  }
}

// The smaller sections.
extension ScenarioParser {

  private func ladder(_ section: ScenarioSection) -> Ladder? {
    if section.entry("every") == nil {
      findings.add(
        .error, "missing-key", line: section.line, "the key 'ladder.every' is missing",
        remedy: "name one of month, week")
    }
    let step: Ladder.Step? = section.choice("every")
    let count = section.count("count", from: 1)
    let until = section.entry("until") == nil ? nil : hour(section, "until")
    return step.map { Ladder(every: $0, count: count, until: until) }
  }

  func offers(_ section: ScenarioSection, preset: Preset?) -> OfferFilter {
    var filter = preset?.offers ?? OfferFilter()
    let all = OfferFilter()
    let products = Product.allCases.filter { $0 != .onDemand }
    // A key that is written there wins over the preset, also where it is null: then everything
    // goes.
    if section.states("products") {
      let chosen = section.choices("products", from: products)
      filter.products = chosen.map { Set($0.flatMap(\.namesakes)) } ?? all.products
      filter.locksForThreeYears = true
    }
    if section.states("terms") { filter.terms = section.terms("terms").map(Set.init) ?? all.terms }
    if section.states("payments") {
      filter.payments =
        section.choices("payments", from: PaymentOption.allCases).map(Set.init) ?? all.payments
    }
    return filter
  }

  private func solver(_ section: ScenarioSection) -> SolverSettings {
    let defaults = SolverSettings()
    var settings = SolverSettings(
      gap: section.number("gap", "above 0 and below 1 (0.0001 is 0.01 %)") { $0 > 0 && $0 < 1 },
      timeLimit: section.number("time_limit", "above 0 (seconds)") { $0 > 0 && $0 <= 1e7 }
        ?? defaults.timeLimit)
    if let rivals = section.choices("rivals", from: RivalChoice.allCases) {
      settings.rivals = Set(rivals.compactMap(\.kind))
    }
    return settings
  }
}

extension StatedOffers {
  fileprivate init(_ section: ScenarioSection, _ filter: OfferFilter) {
    self.filter = filter
    products = section.states("products")
    terms = section.states("terms")
    payments = section.states("payments")
  }
}

/// What `solver.rivals` may name: the rivals of a plan, or none of them.
private struct RivalChoice: RawRepresentable, Hashable, CaseIterable {
  static let allCases =
    [RivalChoice(kind: nil)] + PlanRival.Kind.allCases.map { RivalChoice(kind: $0) }
  /// Nil: none.
  var kind: PlanRival.Kind?

  var rawValue: String { kind?.rawValue ?? "none" }

  init(kind: PlanRival.Kind?) { self.kind = kind }

  init?(rawValue: String) {
    kind = PlanRival.Kind(rawValue: rawValue)
    guard kind != nil || rawValue == "none" else { return nil }
  }
}

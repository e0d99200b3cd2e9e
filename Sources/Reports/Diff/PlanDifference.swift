import CloudCosts
import Scenarios

/// What changed from one plan to the next, and why: `plimsoll diff`.
///
/// It reads the two documents alone, so it needs none of their files. The reasons are what differs
/// in them: the inputs by their digests, the scenario by its keys, the release of the program. How
/// much of a change of cost each brings is split by the outcomes that both documents bill: on
/// demand (usage and prices), what is owned, and what is bought.
package struct PlanDifference: Hashable, Sendable, Codable {
  package var scenario: String
  package var currency: String
  package var before: Side
  package var after: Side
  package var inputs: [Input]
  package var keys: [Key]
  package var runs: [Run]
  /// Why, a sentence each.
  package var reasons: [String]

  /// One of the two documents.
  package struct Side: Hashable, Sendable, Codable {
    package var plan: String
    package var madeAt: String?
    package var version: String?
    package var window: RunDocument.Window

    private enum CodingKeys: String, CodingKey {
      case plan
      case madeAt = "made_at"
      case version, window
    }
  }

  /// A file that only one was made from, or that held something else.
  package struct Input: Hashable, Sendable, Codable {
    package enum Change: String, Hashable, Sendable, Codable {
      case changed, added, removed
    }

    package var path: String
    /// The scenario's key that names it: `usage`, `prices`, `owned`.
    package var role: String
    package var change: Change
  }

  /// A key of the scenario with another value; null where it is absent.
  package struct Key: Hashable, Sendable, Codable {
    package var run: String
    package var key: String
    package var before: ScenarioValue?
    package var after: ScenarioValue?
  }

  /// A run that both have, by the plan that each recommends.
  package struct Run: Hashable, Sendable, Codable {
    package var name: String
    /// Nil where one recommends nothing.
    package var cost: Change?
    package var savings: Change?
    /// What the change of cost comes from; the parts add up to it exactly.
    package var parts: Parts?
    package var purchases: [Purchase]
  }

  package struct Change: Hashable, Sendable, Codable {
    @JSONNumber package var before: Money
    @JSONNumber package var after: Money
    @JSONNumber package var difference: Money
  }

  /// Of a change of cost; negative: cheaper.
  package struct Parts: Hashable, Sendable, Codable {
    /// Everything on demand: usage and its prices.
    @JSONNumber package var usageAndPrices: Money
    /// What is owned saves less.
    @JSONNumber package var owned: Money
    /// What the plan buys and resizes saves less.
    @JSONNumber package var plan: Money

    private enum CodingKeys: String, CodingKey {
      case usageAndPrices = "usage_and_prices"
      case owned, plan
    }
  }

  /// A line that only one plan has, or of which it buys another amount.
  package struct Purchase: Hashable, Sendable, Codable {
    package var text: String
    /// Instances, or money per hour; 0: none.
    package var before: Double
    package var after: Double
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}

extension PlanDifference {
  /// - Parameter names: what the user calls the two documents.
  package init(_ old: RunDocument, _ new: RunDocument, names: (String, String)) {
    scenario = new.scenario
    currency = new.currency
    before = Side(old, names.0)
    after = Side(new, names.1)
    inputs = Self.inputs(old, new)
    keys = Self.keys(old, new)
    runs = new.runs.compactMap { run in
      old.runs.first { $0.name == run.name }.map { Run($0, run) }
    }
    reasons = []
    reasons = Self.reasons(self, old, new)
  }

  /// Whether nothing that matters differs.
  package var isEmpty: Bool {
    inputs.isEmpty && keys.isEmpty
      && runs.allSatisfy { $0.purchases.isEmpty && ($0.cost?.difference ?? .zero) == .zero }
  }

  private static func inputs(_ old: RunDocument, _ new: RunDocument) -> [Input] {
    func digests(_ document: RunDocument) -> [String: String] {
      Dictionary(
        (document.inputs ?? []).map { (document.name(of: $0), $0.sha256) }, uniquingKeysWith: { $1 }
      )
    }
    let (a, b) = (digests(old), digests(new))
    return Set(a.keys).union(b.keys).sorted().compactMap { name in
      guard a[name] != b[name] else { return nil }
      let change: Input.Change = a[name] == nil ? .added : b[name] == nil ? .removed : .changed
      return Input(
        path: name, role: (b[name] == nil ? old : new).role(of: name), change: change)
    }
  }

  private static func keys(_ old: RunDocument, _ new: RunDocument) -> [Key] {
    new.runs.flatMap { run -> [Key] in
      guard let then = old.runs.first(where: { $0.name == run.name })?.resolved,
        let now = run.resolved
      else { return [] }
      let (a, b) = (then.leaves, now.leaves)
      return Set(a.keys).union(b.keys).sorted().compactMap { key in
        a[key] == b[key] ? nil : Key(run: run.name, key: key, before: a[key], after: b[key])
      }
    }
  }

  private static func reasons(
    _ difference: PlanDifference, _ old: RunDocument, _ new: RunDocument
  ) -> [String] {
    var reasons: [String] = []
    if old.inputs == nil || new.inputs == nil {
      reasons.append(
        "One of the documents does not say what it was made from (format 2 or older): changed files"
          + " cannot be told.")
    }
    for (role, what) in [
      ("usage", "Usage changed"), ("prices", "Prices changed"), ("owned", "What is owned changed"),
    ] {
      let files = difference.inputs.filter { $0.role == role }.map(\.path)
      if !files.isEmpty { reasons.append("\(what): \(files.joined(separator: ", ")).") }
    }
    let sections = Set(difference.keys.map { String($0.key.prefix { $0 != "." }) }).sorted()
    if sections.contains("policy") || sections.contains("offers") {
      reasons.append("The policy or what may be bought changed.")
    }
    let others = sections.filter { !["policy", "offers"].contains($0) }
    if !others.isEmpty {
      reasons.append("The scenario changed in: \(others.joined(separator: ", ")).")
    }
    if old.window != new.window {
      reasons.append(
        "The window moved from \(old.window.from.prefix(10)) – \(old.window.to.prefix(10)) to"
          + " \(new.window.from.prefix(10)) – \(new.window.to.prefix(10)): costs are of different"
          + " hours.")
    }
    if old.version != new.version {
      reasons.append(
        "The program changed: \(old.version ?? "unknown") to \(new.version ?? "unknown").")
    }
    if reasons.isEmpty, !difference.isEmpty {
      reasons.append("Same inputs, same scenario: the search ended elsewhere (time, or threads).")
    }
    return reasons
  }
}

extension PlanDifference.Side {
  fileprivate init(_ document: RunDocument, _ name: String) {
    self.init(
      plan: name, madeAt: document.madeAt, version: document.version, window: document.window)
  }
}

extension PlanDifference.Change {
  fileprivate init(_ before: Money, _ after: Money) {
    self.init(before: before, after: after, difference: after - before)
  }
}

extension PlanDifference.Run {
  fileprivate init(_ old: RunDocument.Run, _ new: RunDocument.Run) {
    name = new.name
    let (then, now) = (old.recommended, new.recommended)
    if let then, let now {
      cost = .init(then.cost, now.cost)
      savings = .init(then.savings, now.savings)
      parts = Self.parts((old, then), (new, now))
    }
    purchases = Self.purchases(then?.plan?.purchases ?? [], now?.plan?.purchases ?? [])
  }

  /// Nil where one does not bill what is owned.
  private static func parts(
    _ old: (run: RunDocument.Run, plan: RunDocument.Outcome),
    _ new: (run: RunDocument.Run, plan: RunDocument.Outcome)
  ) -> PlanDifference.Parts? {
    guard let then = old.run.outcome("current"), let now = new.run.outcome("current") else {
      return nil
    }
    // On demand: what an outcome costs, and what it saves against that.
    let demand = (now.cost + now.savings) - (then.cost + then.savings)
    let owned = then.savings - now.savings
    let total = new.plan.cost - old.plan.cost
    return .init(usageAndPrices: demand, owned: owned, plan: total - demand - owned)
  }

  private static func purchases(
    _ old: [RunDocument.Purchase], _ new: [RunDocument.Purchase]
  ) -> [PlanDifference.Purchase] {
    func amounts(_ purchases: [RunDocument.Purchase]) -> [String: Double] {
      purchases.reduce(into: [:]) { $0[$1.lineText, default: 0] += $1.amountValue }
    }
    let (a, b) = (amounts(old), amounts(new))
    return Set(a.keys).union(b.keys).sorted().compactMap { text in
      let (before, after) = (a[text] ?? 0, b[text] ?? 0)
      return abs(before - after) < 1e-9
        ? nil : PlanDifference.Purchase(text: text, before: before, after: after)
    }
  }
}

extension RunDocument.Purchase {
  /// What is bought, without how much: `Compute Savings Plan, any instance, 3 y no upfront`.
  var lineText: String {
    let owner = account.isEmpty ? "" : ", account \(account)"
    return "\(product.title), \(subjectText), \(termText), from \(start.prefix(10))\(owner)"
  }

  /// Instances, or currency units per hour.
  var amountValue: Double {
    switch amount {
    case .quantity(let count): count
    case .hourlyCommitment(let money): money.value
    }
  }
}

extension RunDocument {
  /// The key of the scenario that names a file.
  fileprivate func role(of file: String) -> String {
    if inputs?.first.map(name(of:)) == file { return "scenario" }
    for run in runs {
      guard case .map(let entries)? = run.resolved else { continue }
      for (key, value) in entries.sorted(by: { $0.key < $1.key }) where value.names(file) {
        return key
      }
    }
    return "other"
  }
}

extension ScenarioValue {
  /// Whether it is a text, or has one in it.
  fileprivate func names(_ text: String) -> Bool {
    switch self {
    case .text(let own): own == text
    case .list(let items): items.contains { $0.names(text) }
    default: false
    }
  }

  /// Values by dot path; lists are one value.
  fileprivate var leaves: [String: ScenarioValue] {
    guard case .map(let entries) = self else { return [:] }
    return entries.reduce(into: [:]) { leaves, entry in
      guard case .map = entry.value else {
        leaves[entry.key] = entry.value
        return
      }
      for (key, value) in entry.value.leaves { leaves["\(entry.key).\(key)"] = value }
    }
  }

  /// As one would type it.
  var text: String {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): OrderedJSON.number(number)
    case .text(let text): text
    case .list(let items): "[\(items.map(\.text).joined(separator: ", "))]"
    case .map(let entries):
      "{\(entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }.joined(separator: ", "))}"
    }
  }
}

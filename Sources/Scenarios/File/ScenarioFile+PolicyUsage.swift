import CloudCosts
import Ingest

/// Usage that a limit of the policy names.
struct NamedUsage: Hashable, Sendable {
  enum Kind: String, Sendable { case family, account, region }

  var kind: Kind
  var name: String
  /// The limit's dot path: `policy.min_coverage_by.family`.
  var key: String
  /// `scenario.yaml:11`.
  var place: String
  var line: Int

  /// What of some usage it is about.
  func value(of group: UsageGroup) -> String {
    switch kind {
    case .family: group.sku.family
    case .account: group.account
    case .region: group.sku.region
    }
  }
}

/// Reads the keys of the section `policy` that name families, accounts and regions.
struct PolicyUsageParser {
  private let policy: ScenarioSection
  private(set) var named: [NamedUsage] = []

  init(_ policy: ScenarioSection) { self.policy = policy }

  /// `{family: {m5: 0.5}, account: {"123": 0.4}}`.
  mutating func shares(_ key: String) -> UsageShares {
    let section = policy.section(key)
    return UsageShares(
      families: shares(section, "family", .family), accounts: shares(section, "account", .account))
  }

  private mutating func shares(
    _ section: ScenarioSection, _ key: String, _ kind: NamedUsage.Kind
  ) -> [String: Double] {
    section.shares(key).reduce(into: [:]) { shares, entry in
      let name = stated(entry.name, kind)
      shares[name] = entry.share
      note(kind, name, section.name(key), line: entry.line)
    }
  }

  /// `{families: [p4d], accounts: ["123"], regions: [us-west-2]}`.
  mutating func exclusion() -> UsageExclusion {
    let section = policy.section("exclude")
    return UsageExclusion(
      families: names(section, "families", .family),
      accounts: names(section, "accounts", .account),
      regions: names(section, "regions", .region))
  }

  private mutating func names(
    _ section: ScenarioSection, _ key: String, _ kind: NamedUsage.Kind
  ) -> Set<String> {
    section.texts(key).reduce(into: []) { names, item in
      let name = stated(item.text, kind)
      names.insert(name)
      note(kind, name, section.name(key), line: item.line)
    }
  }

  private func stated(_ name: String, _ kind: NamedUsage.Kind) -> String {
    kind == .account ? AccountName.stated(name) : name
  }

  private mutating func note(_ kind: NamedUsage.Kind, _ name: String, _ key: String, line: Int) {
    named.append(
      NamedUsage(
        kind: kind, name: name, key: key, place: policy.findings.place(line), line: line))
  }

  /// Notes floors above caps, and shares of usage that is excluded.
  func checkClashes(_ policy: Policy) {
    for entry in named where entry.key.hasSuffix("_coverage_by.\(entry.kind)") {
      let isFamily = entry.kind == .family
      let floors = isFamily ? policy.minCoverageBy.families : policy.minCoverageBy.accounts
      let caps = isFamily ? policy.maxCoverageBy.families : policy.maxCoverageBy.accounts
      let excluded = isFamily ? policy.exclude.families : policy.exclude.accounts
      if entry.key.contains(".min_"), let least = floors[entry.name], let most = caps[entry.name],
        least > most
      {
        self.policy.findings.add(
          .error, "out-of-range", line: entry.line,
          "\(entry.key).\(entry.name) \(least) is above policy.max_coverage_by.\(entry.kind)"
            + ".\(entry.name) \(most)",
          remedy: "lower the one or raise the other")
      }
      if excluded.contains(entry.name) {
        self.policy.findings.add(
          .error, "excluded-usage", line: entry.line,
          "\(entry.key) limits the coverage of \(entry.name.quoted), which policy.exclude leaves out",
          remedy: "remove it here or there")
      }
    }
  }
}

extension NamedUsage {
  /// A warning where there is nothing of what it names in the usage.
  func finding(in usage: UsageHistory) -> Finding? {
    let known = Set(usage.demand.groups.map(value)).sorted()
    guard !known.contains(name) else { return nil }
    return Finding(
      .warning, rule: "scenario.no-such-usage", place: place,
      message:
        "\(key) names the \(kind) \(name.quoted), and \(usage.file) has no usage of it inside"
        + " the window: it has no effect",
      remedy: Spelling.nearest(to: name, in: known.filter { !$0.isEmpty })
        .map { "did you mean \($0.quoted)?" } ?? "nothing, if that is meant")
  }
}

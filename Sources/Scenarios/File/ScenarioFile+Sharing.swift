import CloudCosts
import Ingest

/// An account that the section `sharing` names.
struct NamedAccount: Hashable, Sendable {
  var account: String
  /// The dot path: `sharing.groups.web`.
  var key: String
  /// `scenario.yaml:11`.
  var place: String
}

/// A commitment whose reach the section `sharing` states.
struct ScopedCommitment: Hashable, Sendable {
  var id: Commitment.ID
  /// `scenario.yaml:11`.
  var place: String
}

/// Reads the section `sharing`: `{mode: restricted-group, groups: {web: ["1", "2"]}, off: ["3"]}`.
struct SharingParser {
  private(set) var sharing = Sharing()
  private(set) var accounts: [NamedAccount] = []
  /// Commitments that `commitments` names, and where.
  private(set) var scoped: [ScopedCommitment] = []

  init(_ section: ScenarioSection) {
    sharing.mode = section.choice("mode") ?? .organization
    for item in section.texts("off") {
      sharing.off.insert(AccountName.stated(item.text))
      note(item.text, "sharing.off", section, line: item.line)
    }
    sharing.google = section.choice("google")
    for item in section.textMap("commitments") {
      // AWS's words are a superset of the others'.
      guard let reach = Commitment.Reach(scope: item.text, provider: .aws) else {
        section.findings.add(
          .error, "unknown-scope", line: item.line,
          "sharing.commitments.\(item.name) is \(item.text.quoted)",
          remedy: Commitment.Reach.scopes(.aws))
        continue
      }
      sharing.commitments[item.name] = reach
      scoped.append(ScopedCommitment(id: item.name, place: section.findings.place(item.line)))
    }
    for (name, members) in section.lists("groups") {
      sharing.groups[name] = Set(members.map { AccountName.stated($0.text) })
      for member in members {
        note(member.text, "sharing.groups.\(name)", section, line: member.line)
      }
    }
    if sharing.mode != .organization, sharing.groups.isEmpty {
      section.findings.add(
        .error, "no-groups", line: section.entry("mode")?.line ?? section.line,
        "sharing.mode is \(sharing.mode.rawValue.quoted), and sharing.groups names no group",
        remedy: "add groups: {name: [account, account]}, or leave the mode out")
    }
  }

  private mutating func note(
    _ account: String, _ key: String, _ section: ScenarioSection, line: Int
  ) {
    accounts.append(
      NamedAccount(
        account: AccountName.stated(account), key: key, place: section.findings.place(line)))
  }
}

extension ScenarioSection {
  /// A map of names to texts, in the order of the file.
  func textMap(_ key: String) -> [(name: String, text: String, line: Int)] {
    guard let value = entry(key)?.value else { return [] }
    guard case .map(let entries) = value.content else {
      wrongType(
        key, value, expected: "a map of names to texts", remedy: "write it as {name: text}")
      return []
    }
    return entries.compactMap { entry in
      if case .scalar(let text, _) = entry.value.content, !text.isEmpty {
        return (entry.key, text, entry.line)
      }
      wrongType("\(key).\(entry.key)", entry.value, expected: "a text", remedy: "write a text")
      return nil
    }
  }

  /// A map of names to lists of texts, in the order of the file.
  func lists(_ key: String) -> [(name: String, items: [(text: String, line: Int)])] {
    guard let value = entry(key)?.value else { return [] }
    guard case .map(let entries) = value.content else {
      wrongType(
        key, value, expected: "a map of names to lists", remedy: "write it as {name: [a, b]}")
      return []
    }
    return entries.map { entry in
      let items: [ScenarioTree]
      if case .list(let list) = entry.value.content { items = list } else { items = [entry.value] }
      return (
        entry.key,
        items.compactMap { item in
          if case .scalar(let text, _) = item.content, !text.isEmpty { return (text, item.line) }
          wrongType(
            "\(key).\(entry.key)", item, expected: "a list of names", remedy: "write names")
          return nil
        }
      )
    }
  }
}

/// What the section `sharing` and the files say of each other.
enum SharingChecks {
  static func findings(
    _ scenario: Scenario, usage: UsageHistory, owned: OwnedCommitments?
  ) -> [Finding] {
    let known = Set(usage.demand.groups.map(\.account))
      .union(owned?.commitments.map(\.account) ?? []).filter { !$0.isEmpty }
    let unknown = scenario.sharingAccounts.filter { !known.contains($0.account) }.map { named in
      Finding(
        .warning, rule: "scenario.unknown-account", place: named.place,
        message: "\(named.key) names the account \(named.account.quoted), and neither usage nor"
          + " owned commitments are of it",
        remedy: Spelling.nearest(to: named.account, in: known.sorted())
          .map { "did you mean \($0.quoted)?" }
          ?? "none is needed where it has no usage and no commitments: then it shares nothing")
    }
    let twice = inTwoGroups(scenario, usage: usage, owned: owned)
    guard let owned else { return unknown + twice }
    return unknown + twice
      + owned.commitments.enumerated().compactMap { index, commitment in
        finding(of: commitment, scenario.sharing, place: owned.place(index))
      }
  }

  /// AWS counts an account to one sharing group. Azure's management groups lie in one another: a
  /// subscription is in each of those above it.
  private static func inTwoGroups(
    _ scenario: Scenario, usage: UsageHistory, owned: OwnedCommitments?
  ) -> [Finding] {
    var providers: [String: Set<Provider>] = [:]
    for group in usage.demand.groups {
      providers[group.account, default: []].insert(group.sku.provider)
    }
    for commitment in owned?.commitments ?? [] {
      if let provider = commitment.terms.product.provider {
        providers[commitment.account, default: []].insert(provider)
      }
    }
    var keyOf: [String: String] = [:]
    return scenario.sharingAccounts.filter { $0.key.hasPrefix("sharing.groups.") }.compactMap {
      named -> Finding? in
      let other = keyOf.updateValue(named.key, forKey: named.account)
      guard let other, other != named.key else { return nil }
      // Only AWS has modes.
      let isAWS =
        providers[named.account]?.contains(.aws) ?? (scenario.sharing.mode != .organization)
      guard isAWS else { return nil }
      return Finding(
        .error, rule: "scenario.account-in-two-groups", place: named.place,
        message: "\(named.key) names the account \(named.account.quoted), and so does \(other)",
        remedy: "leave it in one: AWS counts an account to one group (Azure's management groups may"
          + " lie in one another)")
    }
  }

  private static func finding(
    of commitment: Commitment, _ sharing: Sharing, place: String
  ) -> Finding? {
    if let name = commitment.reach.groupName, sharing.groups[name] == nil {
      return Finding(
        .error, rule: "owned.unknown-scope", place: place,
        message: "\(commitment.id.quoted) has the scope \("group:\(name)".quoted), and"
          + " sharing.groups of the scenario has no such group",
        remedy: Spelling.nearest(to: name, in: sharing.groups.keys.sorted())
          .map { "did you mean \($0.quoted)?" }
          ?? "name its accounts (Azure: subscriptions) in the scenario:"
          + " sharing: {groups: {\(name): [ID, ID]}}")
    }
    if commitment.account.isEmpty, !sharing.isDefault, commitment.terms.product.provider == .aws {
      return Finding(
        .warning, rule: "owned.no-account", place: place,
        message: "\(commitment.id.quoted) has no account, and whom it serves depends on that"
          + " under the section sharing: it is taken to serve all that have sharing on",
        remedy: "fill in the account that owns it")
    }
    return nil
  }
}

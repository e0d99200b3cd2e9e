import CloudCosts
import Ingest

/// Settles whose usage owned commitments may cover, by what the scenario says where their list does
/// not.
struct OwnedScopes {
  private(set) var owned: OwnedCommitments
  private(set) var findings: [Finding] = []
  private let sharing: Sharing
  private let accounts: [Provider: Set<String>]

  /// - Parameter scoped: where the scenario states the reach of a single commitment.
  init(
    _ owned: OwnedCommitments, _ sharing: Sharing, scoped: [ScopedCommitment],
    usage: UsageHistory
  ) {
    self.owned = owned
    self.sharing = sharing
    accounts = Dictionary(grouping: usage.demand.groups, by: \.sku.provider)
      .mapValues { Set($0.map(\.account)) }
    for commitment in scoped { applyStated(commitment.id, place: commitment.place) }
    for index in owned.commitments.indices {
      settleUnscoped(index)
      widenWithoutAccounts(index)
    }
  }

  private mutating func applyStated(_ id: Commitment.ID, place: String) {
    guard let index = owned.commitments.firstIndex(where: { $0.id == id }) else {
      findings.append(
        Finding(
          .error, rule: "scenario.unknown-commitment", place: place,
          message: "sharing.commitments names \(id.quoted), and \(owned.file) has no such"
            + " commitment",
          remedy: Spelling.nearest(to: id, in: owned.commitments.map(\.id))
            .map { "did you mean \($0.quoted)?" } ?? "write an id of \(owned.file)"))
      return
    }
    guard let reach = sharing.commitments[id] else { return }
    if case .groupFirst = reach, owned.commitments[index].terms.product.provider != .aws {
      findings.append(
        Finding(
          .error, rule: "scenario.unknown-scope", place: place,
          message: "\(id.quoted) cannot serve one group first and others then: only AWS does that",
          remedy: Commitment.Reach.scopes(.azure)))
      return
    }
    owned.commitments[index].reach = reach
    owned.unscoped.remove(id)
  }

  private mutating func settleUnscoped(_ index: Int) {
    guard owned.unscoped.contains(owned.commitments[index].id) else { return }
    if let name = owned.commitments[index].reach.groupName {
      settleGroup(name, index)
    } else {
      settleProject(index)
    }
  }

  /// Azure: the list names a management group, and only the scenario can say what is in it.
  private mutating func settleGroup(_ name: String, _ index: Int) {
    guard sharing.groups[name] == nil else { return }
    owned.commitments[index].reach = .shared
    let commitment = owned.commitments[index]
    let hourly = Money(rounding: commitment.effectiveHourly).formatted(decimals: 4)
    findings.append(
      Finding(
        .warning, rule: "owned.unknown-sharing", place: owned.place(index),
        message: "\(commitment.id.quoted) (\(hourly) an hour) is for the management group"
          + " \(name.quoted), and nothing says which subscriptions are in it: it counts for all",
        remedy: "name them in the scenario: sharing: {groups: {\(name): [ID, ID]}}"))
  }

  /// Google: the list does not say whether the project shares its discount.
  private mutating func settleProject(_ index: Int) {
    let commitment = owned.commitments[index]
    guard commitment.reach == .account else { return }
    if sharing.google == .billingAccount { owned.commitments[index].reach = .shared }
    let others = (accounts[.gcp] ?? []).subtracting([commitment.account, ""])
    guard sharing.google == nil, let other = others.min() else { return }
    let hourly = Money(rounding: commitment.effectiveHourly).formatted(decimals: 4)
    findings.append(
      Finding(
        .warning, rule: "owned.unknown-sharing", place: owned.place(index),
        message: "\(commitment.id.quoted) (\(hourly) an hour) is of the project"
          + " \(commitment.account.quoted), and its list does not say whether the billing account"
          + " shares it with others, such as \(other.quoted): it counts for its own project alone",
        remedy: "write sharing: {google: project} or sharing: {google: billing-account} into the"
          + " scenario; the console shows which, under Committed use discounts, Discount sharing"))
  }

  /// Usage that names no account at all cannot be distinguished by account.
  private mutating func widenWithoutAccounts(_ index: Int) {
    let commitment = owned.commitments[index]
    guard commitment.reach != .shared, let provider = commitment.terms.product.provider,
      provider != .aws, accounts[provider] == [""]
    else { return }
    owned.commitments[index].reach = .shared
    findings.append(
      Finding(
        .note, rule: "owned.scope-without-accounts",
        place: owned.place(index),
        message: "\(commitment.id.quoted) is for some accounts, and the usage names none: it counts"
          + " for all usage", remedy: "fill in the column account of the usage"))
  }
}

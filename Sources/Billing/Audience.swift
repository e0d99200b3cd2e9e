import CloudCosts

/// The accounts whose usage a commitment may meet at one of its turns.
///
/// - AWS (`Sharing` names the source): the owner's account; then, where groups count, its group;
///   then the organisation, where the mode lets it. A commitment that is shared with one group goes
///   by that and not by the mode. Who has sharing off takes part in the first turn alone. A
///   commitment without an owner is the organisation's.
/// - Azure and Google: each commitment has one turn, by its reach; the narrower reach goes first
///   (Microsoft Learn, "Scope reservations" and "Savings plan scopes", processing order). No one's
///   usage goes first within a shared scope.
enum Audience: Hashable {
  case account(String)
  /// AWS: the accounts of a group that have sharing on.
  case sharingGroup(String)
  /// AWS: all accounts that have sharing on.
  case organization
  /// Azure and Google: the accounts of a group.
  case group(String)
  case everyone

  /// In the order in which they come within a tier.
  enum Turn: CaseIterable {
    case owner
    case group
    case rest
  }

  /// Nil where the commitment has no such turn.
  init?(of commitment: Commitment, at turn: Turn, _ sharing: Sharing) {
    let audience =
      commitment.terms.product.provider == .aws
      ? Audience.aws(commitment, turn, sharing) : Audience.scoped(commitment, turn)
    guard let audience else { return nil }
    self = audience
  }

  private static func aws(
    _ commitment: Commitment, _ turn: Turn, _ sharing: Sharing
  ) -> Audience? {
    let owner = commitment.account
    if turn == .owner { return owner.isEmpty ? nil : .account(owner) }
    guard !sharing.off.contains(owner) else { return nil }
    switch (commitment.reach, turn) {
    case (.account, _), (.group, .rest): return nil
    case (.group(let name), _), (.groupFirst(let name), .group): return .sharingGroup(name)
    case (.groupFirst, _): return .organization
    case (.shared, _): break
    }
    guard !owner.isEmpty else { return turn == .rest ? .organization : nil }
    switch (turn, sharing.mode) {
    case (.group, .prioritizedGroup), (.group, .restrictedGroup):
      return sharing.group(of: owner).map(Audience.sharingGroup)
    case (.rest, .organization), (.rest, .prioritizedGroup): return .organization
    default: return nil
    }
  }

  private static func scoped(_ commitment: Commitment, _ turn: Turn) -> Audience? {
    switch (commitment.reach, turn) {
    case (.account, .owner): .account(commitment.account)
    case (.group(let name), .group): .group(name)
    case (.shared, .rest): .everyone
    default: nil
    }
  }

  /// How many accounts a management group has, and 0 of all else: of groups that lie in one another
  /// the narrower goes first, as of all scopes. Microsoft's pages do not speak of them.
  func width(_ sharing: Sharing) -> Int {
    guard case .group(let name) = self else { return 0 }
    return sharing.groups[name]?.count ?? 0
  }

  /// Whether usage of an account may be met.
  func contains(_ account: String, _ sharing: Sharing) -> Bool {
    switch self {
    case .account(let owner): account == owner
    case .sharingGroup(let name):
      sharing.group(of: account) == name && !sharing.off.contains(account)
    case .organization: !sharing.off.contains(account)
    case .group(let name): sharing.groups[name]?.contains(account) ?? false
    case .everyone: true
    }
  }
}

// Whose usage commitments serve, for the optimizer: pools by sharing domain.

extension Sharing {
  /// Whether a commitment may cover usage of an account at any of its turns.
  ///
  /// Sources: as `Sharing` and `Commitment.Reach` name them. The judge has the same rules turn by
  /// turn; a property test holds the two together.
  package func serves(_ commitment: Commitment, _ account: String) -> Bool {
    let owner = commitment.account
    guard commitment.terms.product.provider == .aws else {
      return switch commitment.reach {
      case .shared: true
      case .account: account == owner
      case .group(let name): groups[name]?.contains(account) ?? false
      case .groupFirst: false
      }
    }
    if !owner.isEmpty, owner == account { return true }
    if off.contains(owner) || off.contains(account) { return false }
    switch commitment.reach {
    case .account: return false
    case .group(let name): return group(of: account) == name
    case .groupFirst: return true
    case .shared: break
    }
    guard !owner.isEmpty, mode == .restrictedGroup else { return true }
    return group(of: owner).map { $0 == group(of: account) } ?? false
  }
}

/// The accounts of a demand, divided so that commitments serve all usage of a domain or none of it.
///
/// Accounts that no commitment, owned or to be bought, distinguishes are one domain: an
/// organisation that shares everything has one.
package struct SharingDomains: Sendable {
  /// Accounts whose purchases serve the same usage.
  package struct Buyer: Hashable, Sendable {
    package var provider = Provider.aws
    /// The one with most usage: it represents all of them.
    package var account: String
    package var owners: Set<String>
    /// The accounts whose usage is served.
    package var served: Set<String>
  }

  /// The accounts that AWS purchases may be made by, where it matters which; empty where all usage
  /// is shared.
  package let buyers: [Buyer]
  /// The projects that Google's resource-based commitments may be bought in, where each serves its
  /// own alone.
  private let projects: [Buyer]
  private let served: [Commitment.ID: Set<String>]
  private let domains: [Provider: [String: Int]]

  /// - Parameters:
  ///   - groups: of the demand, those with most usage first.
  ///   - mayBuy: whether purchases are to be distinguished as well.
  package init(
    _ sharing: Sharing, owned: [Commitment], groups: [UsageGroup], mayBuy: Bool = true
  ) {
    var accounts: [Provider: [String]] = [:]
    var seen: [Provider: Set<String>] = [:]
    for group in groups
    where seen[group.sku.provider, default: []].insert(group.account).inserted {
      accounts[group.sku.provider, default: []].append(group.account)
    }
    var reaches: [Provider: Set<Set<String>>] = [:]
    var served: [Commitment.ID: Set<String>] = [:]
    for commitment in owned {
      guard let provider = commitment.terms.product.provider else { continue }
      let all = accounts[provider] ?? []
      let reached = Set(all.filter { sharing.serves(commitment, $0) })
      guard reached.count < all.count else { continue }
      served[commitment.id] = reached
      reaches[provider, default: []].insert(reached)
    }
    buyers =
      mayBuy && !sharing.isDefault
      ? SharingDomains.buyers(sharing, among: accounts[.aws] ?? []) : []
    let projects = accounts[.gcp] ?? []
    self.projects =
      mayBuy && sharing.google == .project && projects.count > 1
      ? projects.filter { !$0.isEmpty }
        .map { Buyer(provider: .gcp, account: $0, owners: [$0], served: [$0]) } : []
    for buyer in buyers + self.projects {
      reaches[buyer.provider, default: []].insert(buyer.served)
    }
    self.served = served
    domains = Dictionary(
      uniqueKeysWithValues: accounts.map { provider, accounts in
        (provider, SharingDomains.divide(accounts, by: reaches[provider] ?? []))
      })
  }

  /// Time: linear in accounts for each sharing group. `Sharing.serves` asks of an owner only
  /// whether its sharing is off and in which group it is: who is served by another of the group
  /// serves the same accounts, and who is not, or is off, serves itself.
  private static func buyers(_ sharing: Sharing, among accounts: [String]) -> [Buyer] {
    var buyers: [Buyer] = []
    var ofGroup: [String?: Int] = [:]
    var ofServed: [Set<String>: Int] = [:]
    for account in accounts where !account.isEmpty {
      let isOff = sharing.off.contains(account)
      let group = sharing.group(of: account)
      var candidates = isOff ? [account] : accounts
      if !isOff, let known = ofGroup[group] {
        if buyers[known].served.contains(account) {
          buyers[known].owners.insert(account)
          continue
        }
        candidates = [account]
      }
      let purchase = Commitment(
        id: "", account: account,
        terms: OfferTerms(product: .computeSavingsPlan, term: .oneYear, payment: .noUpfront),
        subject: .savingsPlan(scope: SavingsPlanScope(provider: .aws), hourlyCommitment: 0),
        start: Hour(sinceEpoch: 0), end: Hour(sinceEpoch: 1))
      let served = Set(candidates.filter { sharing.serves(purchase, $0) })
      let number = ofServed[served] ?? buyers.count
      ofServed[served] = number
      if !isOff, ofGroup[group] == nil { ofGroup[group] = number }
      if number < buyers.count {
        buyers[number].owners.insert(account)
      } else {
        buyers.append(Buyer(account: account, owners: [account], served: served))
      }
    }
    return buyers.count > 1 || buyers.contains { $0.served.count < accounts.count } ? buyers : []
  }

  /// Numbers from 0 on, the same for accounts that are in the same of some sets.
  private static func divide(_ accounts: [String], by sets: Set<Set<String>>) -> [String: Int] {
    // All share alike: one domain, which an account that is not listed is of, too.
    guard !sets.isEmpty else { return [:] }
    let ordered = sets.sorted { $0.sorted().lexicographicallyPrecedes($1.sorted()) }
    var known: [[Bool]: Int] = [:]
    return Dictionary(
      uniqueKeysWithValues: accounts.sorted().map { account in
        let signature = ordered.map { $0.contains(account) }
        let number = known[signature] ?? known.count
        known[signature] = number
        return (account, number)
      })
  }

  /// The domain of an account's usage.
  package func domain(of account: String, _ provider: Provider) -> Int {
    domains[provider]?[account] ?? 0
  }

  /// The domains that an owned commitment serves; nil: all.
  package func reach(of commitment: Commitment) -> Set<Int>? {
    guard let accounts = served[commitment.id],
      let provider = commitment.terms.product.provider
    else { return nil }
    return Set(accounts.map { domain(of: $0, provider) })
  }

  /// The domains that a purchase serves.
  package func reach(of buyer: Buyer) -> Set<Int> {
    Set(buyer.served.map { domain(of: $0, buyer.provider) })
  }

  /// Who may buy a product, where it matters for whose usage is served; empty: anyone.
  package func buyers(of product: Product) -> [Buyer] {
    switch product.provider {
    case .aws: buyers
    case .gcp where product.isReservation: projects
    default: []
    }
  }
}

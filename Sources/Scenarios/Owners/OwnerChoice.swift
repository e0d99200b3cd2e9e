import Billing
import CloudCosts

/// What the bill would be if another account made a purchase.
package struct OwnerOption: Hashable, Sendable {
  package var account: String
  /// The judge's bill of the window.
  package var cost: Money
}

/// Decides which account makes each purchase. AWS serves the owner's usage first, and under
/// restricted or switched off sharing no one else's, so the owner is part of the decision.
///
/// Where there are few ways of giving the purchases to accounts, all are billed and the cheapest is
/// taken (of large fleets, whose bills take long, ways are searched by what differs). Else each
/// starts with the account with most usage that it may cover, and they are looked at one by one,
/// the largest first, over and over, until no other owner of a single purchase lowers the bill.
///
/// Of equal bills the account with most usage that the purchase may cover is named (there its
/// discount stays where the usage is), decided for the largest purchase first; of equal usage the
/// first by name. Wherever all share alike, all bills are equal.
struct OwnerChoice {
  /// How many accounts are tried for a purchase, those with most usage and the one with least.
  static let mostAccounts = 6
  /// So many ways are all tried; more are searched, in so many rounds at most.
  static let mostWays = 72
  static let mostRounds = 3

  let judge: Judge
  let demand: Demand
  let owned: [Commitment]
  let costOfCapital: Double
  /// Hours × groups × bills: about a second of bills. Where more would be needed, what another
  /// owner changes is looked at alone (`OwnerSearch`).
  var mostWork = 5e7

  /// The purchases with their owners, and for each what other owners would cost, all else as
  /// decided; empty where there is nothing to choose.
  func choose(
    _ purchases: [Purchase], keepingOwners: Bool = false
  ) throws -> (purchases: [Purchase], options: [[OwnerOption]]) {
    // Where all owners are kept it is not looked at.
    lazy var usage = AccountUsage(demand, judge.prices)
    lazy var domains = SharingDomains(judge.sharing, owned: [], groups: demand.groups)
    let candidates = purchases.map { purchase in
      let commitment = purchase.commitment
      return keepingOwners && !commitment.account.isEmpty
        ? [commitment.account]
        : accounts(for: commitment, usage, isTiedToOwner: isTiedToOwner(commitment, domains))
    }
    var chosen = purchases
    for (index, accounts) in candidates.enumerated() {
      guard let first = accounts.first else { continue }
      chosen[index].commitment = chosen[index].commitment.bought(by: first, judge.sharing)
    }
    let open = purchases.indices.filter { candidates[$0].count > 1 }
      .sorted {
        let (a, b) = (purchases[$0].commitment, purchases[$1].commitment)
        return (b.effectiveHourly, $0) < (a.effectiveHourly, $1)
      }
    var options = purchases.map { _ in [OwnerOption]() }
    guard !open.isEmpty else { return (chosen, options) }
    if isMuch(open.map { candidates[$0].count }),
      let found = try searched(chosen, candidates, open)
    {
      return found
    }
    var trials = OwnerTrials(choices: open.map { candidates[$0] }) { accounts in
      var commitments = chosen.map(\.commitment)
      for (index, account) in zip(open, accounts) {
        commitments[index] = commitments[index].bought(by: account, judge.sharing)
      }
      return try judge.bill(demand, under: owned + commitments, costOfCapital: costOfCapital).cost
    }
    let best = try trials.best()
    for (place, index) in open.enumerated() {
      chosen[index].commitment = chosen[index].commitment
        .bought(by: candidates[index][best[place]], judge.sharing)
      options[index] = try candidates[index].indices.map { other in
        OwnerOption(
          account: candidates[index][other],
          cost: try trials.cost(best.replacing(place, with: other)))
      }
    }
    return (chosen, options)
  }

  /// A purchase as each account would own it that is tried.
  var byOwners: (Commitment) -> [Commitment] {
    let usage = AccountUsage(demand, judge.prices)
    let domains = SharingDomains(judge.sharing, owned: [], groups: demand.groups)
    return { commitment in
      accounts(for: commitment, usage, isTiedToOwner: isTiedToOwner(commitment, domains))
        .map { commitment.bought(by: $0, judge.sharing) }
    }
  }

  private func isTiedToOwner(_ commitment: Commitment, _ domains: SharingDomains) -> Bool {
    !commitment.account.isEmpty && !domains.buyers(of: commitment.terms.product).isEmpty
  }

  /// Purchases that others propose, each in the account that it names, or where it matters in the
  /// one that makes the lowest bill.
  static func owned(
    _ proposed: [Commitment], _ inputs: ScenarioInputs, _ demand: Demand
  ) throws -> [Commitment] {
    guard !inputs.sharing.sharesAll else { return proposed }
    let choice = OwnerChoice(
      judge: inputs.judge, demand: demand, owned: inputs.owned,
      costOfCapital: inputs.policy.costOfCapital)
    return try choice.choose(
      proposed.map { Purchase(commitment: $0, reason: "proposed") }, keepingOwners: true
    ).purchases.map(\.commitment)
  }

  /// Whether trials with whole bills would take long.
  private func isMuch(_ choices: [Int]) -> Bool {
    let ways = choices.reduce(1.0) { $0 * Double($1) }
    let rounds = Double(choices.reduce(0) { $0 + $1 - 1 } * 2)
    let bills = ways <= Double(Self.mostWays) ? ways : rounds
    return bills * Double(demand.quantities.count) > mostWork
  }

  /// The same by differences. Nil where these do not add up to the judge's bill.
  private func searched(
    _ purchases: [Purchase], _ candidates: [[String]], _ open: [Int]
  ) throws -> (purchases: [Purchase], options: [[OwnerOption]])? {
    var chosen = purchases
    let first = owned.count
    var search = try OwnerSearch(
      judge: judge, demand: demand, commitments: owned + chosen.map(\.commitment),
      candidates: owned.map { _ in [] } + candidates)
    let before = search.cost
    let start = try cost(chosen)
    let dust = 1e-9 * max(1, before)
    var differences = purchases.map { _ in [Double]() }
    // Changes so far, and how many there were when a purchase was looked at last.
    var changes = 0
    var looked = purchases.map { _ in -1 }
    for round in 0..<Self.mostRounds + 1 {
      for index in open where looked[index] < changes {
        let found = try search.differences(of: first + index, candidates[index])
        differences[index] = found
        looked[index] = changes
        let best = found.indices.dropFirst().reduce(0) { found[$1] < found[$0] - dust ? $1 : $0 }
        let account = candidates[index][best]
        guard round < Self.mostRounds, account != search.owners[first + index] else { continue }
        try search.give(first + index, to: account)
        differences[index] = found.map { $0 - found[best] }
        changes += 1
        looked[index] = changes
      }
      if open.allSatisfy({ looked[$0] == changes }) { break }
    }
    for index in open { chosen[index].commitment.account = search.owners[first + index] }
    let end = try changes == 0 ? start : cost(chosen)
    guard abs((end - start).value - (search.cost - before)) <= 1e-7 * max(1, before) else {
      return nil
    }
    var options = purchases.map { _ in [OwnerOption]() }
    for index in open {
      options[index] = zip(candidates[index], differences[index]).map { account, difference in
        OwnerOption(
          account: account,
          cost: abs(difference) <= dust ? end : end + Money(rounding: difference))
      }
    }
    return (chosen, options)
  }

  private func cost(_ purchases: [Purchase]) throws -> Money {
    try judge.bill(
      demand, under: owned + purchases.map(\.commitment), costOfCapital: costOfCapital
    ).cost
  }

  /// The provider's accounts; where the plan is for the usage that one of them shares with, those
  /// whose purchases serve the same usage. Those with most usage that the commitment may cover, at
  /// on-demand prices, first. At last the one with least: what comes first in its own account hardly
  /// keeps a wide plan from the usage that it saves most on.
  ///
  /// - Parameter isTiedToOwner: whether whose usage is served depends on the account it names.
  private func accounts(
    for commitment: Commitment, _ usage: AccountUsage, isTiedToOwner: Bool
  ) -> [String] {
    let accounts = usage.accounts(of: commitment.terms.product.provider)
    func served(_ owner: String) -> Set<String> {
      let owned = commitment.bought(by: owner, judge.sharing)
      return accounts.filter { judge.sharing.serves(owned, $0) }
    }
    let planned = isTiedToOwner ? served(commitment.account) : nil
    let buyers = planned.map { planned in accounts.filter { served($0) == planned } } ?? accounts
    let ranked = usage.totals(of: buyers, for: commitment)
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    guard ranked.count > Self.mostAccounts, let least = ranked.last else { return ranked }
    return ranked.prefix(Self.mostAccounts - 1) + [least]
  }
}

/// What each group's usage would cost on demand, and whose it is; worked out once for all
/// purchases.
private struct AccountUsage {
  private let accounts: [Provider: Set<String>]
  private let groups: [UsageGroup]
  private let worths: [Double]

  init(_ demand: Demand, _ prices: PriceBook) {
    groups = demand.groups
    var accounts: [Provider: Set<String>] = [:]
    for group in groups where !group.account.isEmpty {
      accounts[group.sku.provider, default: []].insert(group.account)
    }
    self.accounts = accounts
    worths = demand.groups.enumerated().map { g, group in
      demand.hours(of: g).reduce(0, +) * (prices.onDemandPrice(of: group.sku) ?? 0)
    }
  }

  /// The accounts that have usage of a provider; nil: of any.
  func accounts(of provider: Provider?) -> Set<String> {
    provider.map { accounts[$0] ?? [] } ?? accounts.values.reduce(into: []) { $0.formUnion($1) }
  }

  /// By account, the usage that a commitment may cover.
  func totals(of buyers: Set<String>, for commitment: Commitment) -> [String: Double] {
    var totals: [String: Double] = [:]
    var covered: [SKU: Bool] = [:]
    for (group, worth) in zip(groups, worths) where buyers.contains(group.account) {
      let isCovered = covered[group.sku] ?? commitment.mayCover(group.sku)
      covered[group.sku] = isCovered
      totals[group.account, default: 0] += isCovered ? worth : 0
    }
    return totals
  }
}

/// Bills of ways to give purchases to accounts; a way names for each purchase the number of its
/// account.
private struct OwnerTrials {
  let choices: [[String]]
  let bill: ([String]) throws -> Money
  private var known: [[Int]: Money] = [:]

  init(choices: [[String]], bill: @escaping ([String]) throws -> Money) {
    self.choices = choices
    self.bill = bill
  }

  mutating func cost(_ way: [Int]) throws -> Money {
    if let cost = known[way] { return cost }
    let cost = try bill(zip(choices, way).map { $0[$1] })
    known[way] = cost
    return cost
  }

  /// The cheapest way; of equal ones the first, counted like numbers whose digits are the
  /// accounts'.
  mutating func best() throws -> [Int] {
    let ways = choices.reduce(1) { min($0 * $1.count, OwnerChoice.mostWays + 1) }
    return try ways <= OwnerChoice.mostWays ? best(of: all()) : descent()
  }

  private func all() -> [[Int]] {
    choices.reduce([[]]) { ways, accounts in
      ways.flatMap { way in accounts.indices.map { way + [$0] } }
    }
  }

  private mutating func best(of ways: [[Int]]) throws -> [Int] {
    var best = ways[0]
    for way in ways.dropFirst() where try cost(way) < cost(best) { best = way }
    return best
  }

  private mutating func descent() throws -> [Int] {
    var way = [Int](repeating: 0, count: choices.count)
    for _ in 0..<OwnerChoice.mostRounds {
      let before = way
      for place in choices.indices {
        way = try best(of: choices[place].indices.map { way.replacing(place, with: $0) })
      }
      if way == before { break }
    }
    return way
  }
}

extension [Int] {
  fileprivate func replacing(_ place: Int, with value: Int) -> [Int] {
    var copy = self
    copy[place] = value
    return copy
  }
}

extension Commitment {
  /// A purchase as an account makes it.
  fileprivate func bought(by account: String, _ sharing: Sharing) -> Commitment {
    var purchase = self
    purchase.account = account
    return sharing.purchased(purchase)
  }

  /// Whether usage of a SKU lies in what it is for, at whatever rate.
  func mayCover(_ sku: SKU) -> Bool {
    guard terms.product.covers(sku) else { return false }
    switch subject {
    case .reservation(let reserved, let zone, _, _, _):
      if let zone {
        return reserved.zoneless == sku.zoneless.asListed && (sku.zone.isEmpty || sku.zone == zone)
      }
      return !Set(ReservationScope.all(of: reserved))
        .isDisjoint(with: ReservationScope.all(of: sku.zoneless))
    case .savingsPlan(let scope, _): return scope.contains(sku)
    }
  }
}

import Billing
import CloudCosts

/// What the bill would be if another account made a purchase.
public struct OwnerOption: Hashable, Sendable {
  public var account: String
  /// The judge's bill of the window.
  public var cost: Money
}

/// Decides which account makes each purchase. AWS serves the owner's usage first, and under restricted or
/// switched off sharing nobody else's, so the owner is part of the decision.
///
/// One pass over the purchases, the largest first, each given to the account with the lowest bill; of equal
/// bills to the one with most usage that it may cover (there its discount stays where the usage is).
struct OwnerChoice {
  /// How many accounts are tried for a purchase, those with most usage; and how many purchases, the
  /// largest: each trial is a whole bill. The others go to the account with most usage.
  static let mostAccounts = 6
  static let mostPurchases = 12

  let judge: Judge
  let demand: Demand
  let owned: [Commitment]
  let costOfCapital: Double

  /// The purchases with their owners, and for each what other owners would cost; empty where there is
  /// nothing to choose.
  func choose(
    _ purchases: [Purchase]
  ) throws -> (purchases: [Purchase], options: [[OwnerOption]]) {
    var chosen = purchases
    let candidates = purchases.map { accounts(for: $0.commitment) }
    for (index, accounts) in candidates.enumerated() where chosen[index].commitment.account.isEmpty
    {
      chosen[index].commitment.account = accounts.first ?? ""
    }
    var options = purchases.map { _ in [OwnerOption]() }
    let largest = purchases.indices.sorted {
      let (a, b) = (purchases[$0].commitment, purchases[$1].commitment)
      return (b.effectiveHourly, $0) < (a.effectiveHourly, $1)
    }
    for index in largest.filter({ candidates[$0].count > 1 }).prefix(OwnerChoice.mostPurchases)
    where purchases[index].commitment.account.isEmpty {
      options[index] = try candidates[index].map { account in
        chosen[index].commitment.account = account
        let bill = try judge.bill(
          demand, under: owned + chosen.map(\.commitment), costOfCapital: costOfCapital)
        return OwnerOption(account: account, cost: bill.cost)
      }
      let best = options[index].min { $0.cost < $1.cost }
      chosen[index].commitment.account = best?.account ?? candidates[index][0]
    }
    return (chosen, options)
  }

  /// The accounts whose usage a commitment may cover, those with most of it at on-demand prices first.
  private func accounts(for commitment: Commitment) -> [String] {
    var totals: [String: Double] = [:]
    for (g, group) in demand.groups.enumerated()
    where !group.account.isEmpty && commitment.mayCover(group.sku) {
      let price = judge.prices.onDemandPrice(of: group.sku) ?? 0
      totals[group.account, default: 0] += demand.hours(of: g).reduce(0, +) * price
    }
    return totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(OwnerChoice.mostAccounts).map(\.key)
  }
}

extension Commitment {
  /// Whether usage of a SKU lies in what it is for, at whatever rate.
  fileprivate func mayCover(_ sku: SKU) -> Bool {
    guard terms.product.covers(sku) else { return false }
    switch subject {
    case .reservation(let reserved, let zone, _, _, _):
      if let zone {
        return reserved.zoneless == sku.zoneless && (sku.zone.isEmpty || sku.zone == zone)
      }
      return ReservationScope(of: reserved).units(of: sku.zoneless) != nil
    case .savingsPlan(let scope, _): return scope.contains(sku)
    }
  }
}

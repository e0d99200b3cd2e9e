import CloudCosts

/// Decisions about owners, and what other owners would cost.
final class DecidedOwners {
  private var known: [(commitments: [Commitment], demand: Demand, options: [[OwnerOption]])] = []
  /// A search on the bill decides many times; what was decided last is asked for again.
  private static let most = 4

  func options(of purchases: [Purchase], _ demand: Demand) -> [[OwnerOption]]? {
    let commitments = purchases.map(\.commitment)
    return known.first { $0.commitments == commitments && $0.demand == demand }?.options
  }

  func note(_ found: (purchases: [Purchase], options: [[OwnerOption]]), _ demand: Demand) {
    if known.count == Self.most { known.removeFirst() }
    known.append((found.purchases.map(\.commitment), demand, found.options))
  }
}

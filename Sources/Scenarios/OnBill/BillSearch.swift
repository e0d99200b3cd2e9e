import Billing
import CloudCosts
import Planning

/// Looks on the judge's bill for what the ILP cannot see: the provider applies commitments in its
/// own order, which may cost more than the best allocation, and cover and use other things than the
/// policy asks for.
///
/// A pattern search: a purchase grows, shrinks or goes, money moves from one savings plan to
/// another, an offer comes in; of all moves that keep the limits on purchases the best one is made,
/// until none is better. First limits are missed by less, then the bill is lower
/// (`BillTrial.isBetter`).
struct BillSearch {
  let trials: BillTrials
  let revision: PlanRevision
  let end: Deadline
  let stop: StopSignal
  /// A purchase as each of the accounts would own it that may.
  var byOwners: (Commitment) -> [Commitment] = { _ in [] }
  /// Whether bills are so quick that parts of purchases are exchanged for any other offer, too.
  var isThorough = false

  /// The share of a purchase that a move takes.
  private static let shares = [1, 0.5, 0.2, 0.05, 0.01]
  /// More offers than this are not all tried: those that no purchase has yet are left out.
  private static let mostOffers = 60

  var isOver: Bool { end.isOver || stop.isStopped }

  // MARK: Keeping limits

  /// The trial, or the nearest one found that keeps the limits: first owners, then each purchase
  /// alone as large as it may be (or as small, where a floor asks for more), then the pattern search.
  func keepingLimits(_ start: BillTrial) throws -> BillTrial {
    var current = try usedEnough(byOthers(start))
    while !current.isKept, !isOver {
      guard let next = try bestCut(of: current), next.missed < current.missed - 1e-9 else { break }
      current = next
    }
    if !current.isKept { current = try bettered(current, until: { $0.isKept }) }
    return current
  }

  /// The trial with purchases owned by others where limits are missed by less: an owner's usage
  /// comes first, and may be usage that no cap counts.
  private func byOthers(_ start: BillTrial) throws -> BillTrial {
    var current = start
    let order = start.purchases.indices.sorted {
      let (a, b) = (start.purchases[$0], start.purchases[$1])
      return (b.effectiveHourly, $0) < (a.effectiveHourly, $1)
    }
    for index in order where !current.isKept {
      for owned in byOwners(current.purchases[index]) where !isOver {
        var purchases = current.purchases
        guard purchases[index].account != owned.account else { continue }
        purchases[index] = owned
        if let found = try trial(purchases, current.actions), found.isBetter(than: current) {
          current = found
        }
      }
    }
    return current
  }

  /// The trial with purchases that are used too little cut down to what is used of them over what
  /// should be, all at once, until all are used enough.
  private func usedEnough(_ start: BillTrial) throws -> BillTrial {
    var current = start
    for round in 0..<24 where !isOver {
      let floors = current.readings.suffix(current.purchases.count)
      guard floors.count == current.purchases.count,
        floors.allSatisfy({ $0.row.hasPrefix("min_utilization") })
      else { return current }
      let short = zip(current.purchases, floors).enumerated().filter { $0.element.1.shortfall > 0 }
      guard !short.isEmpty else { return current }
      let amounts = short.map { index, pair in
        // A hair more each time, since what is used falls with the amount.
        let share = max(0, pair.1.billed / pair.1.limit - 1e-4 * Double(round + 1))
        let steps = pair.0.onGrid(pair.0.amount * share)
        return (index: index, amount: min(steps, pair.0.amount - pair.0.grid))
      }
      guard let next = try trial(current.purchases.setting(amounts), current.actions) else {
        return current
      }
      current = next
    }
    return current
  }

  /// Of all purchases the one that, cut down or raised to where the limits are missed least, does
  /// best.
  private func bestCut(of trial: BillTrial) throws -> BillTrial? {
    var best: BillTrial?
    for index in trial.purchases.indices where !isOver {
      for found in try [cut(trial, index), raised(trial, index)].compactMap({ $0 })
      where found.isBetter(than: best ?? trial) {
        best = found
      }
    }
    return best
  }

  /// The largest amount of a purchase under which limits are missed no more than without it.
  private func cut(_ trial: BillTrial, _ index: Int) throws -> BillTrial? {
    let all = trial.purchases[index].amount
    guard let none = try self.trial(trial, index, 0), none.missed < trial.missed - 1e-9 else {
      return nil
    }
    var (kept, broken) = (none, all)
    var low = 0.0
    for _ in 0..<20 where broken - low > trial.purchases[index].grid && !isOver {
      let middle = trial.purchases[index].onGrid((low + broken) / 2)
      guard middle > low, middle < broken else { break }
      if let found = try self.trial(trial, index, middle), found.missed <= none.missed + 1e-9 {
        (kept, low) = (found, middle)
      } else {
        broken = middle
      }
    }
    return kept
  }

  /// The smallest amount of a purchase above what it is under which limits are kept, or the largest
  /// that helps.
  private func raised(_ trial: BillTrial, _ index: Int) throws -> BillTrial? {
    guard trial.readings.contains(where: { $0.isFloor && $0.shortfall > 0 }) else { return nil }
    let grid = trial.purchases[index].grid
    var low = trial.purchases[index].amount
    var high = low
    var best: BillTrial?
    for step in 0..<16 where !isOver {
      high = trial.purchases[index].onGrid(max(high + grid, high * (step < 4 ? 1.05 : 1.4)))
      guard let found = try self.trial(trial, index, high) else { return best }
      guard found.missed < (best ?? trial).missed - 1e-9 else { return best }
      best = found
      if found.isKept { break }
      low = high
    }
    guard best?.isKept == true else { return best }
    for _ in 0..<20 where high - low > grid && !isOver {
      let middle = trial.purchases[index].onGrid((low + high) / 2)
      guard middle > low, middle < high else { break }
      if let found = try self.trial(trial, index, middle), found.isKept {
        (best, high) = (found, middle)
      } else {
        low = middle
      }
    }
    return best
  }

  /// Nil where the limits on purchases do not allow it.
  private func trial(_ trial: BillTrial, _ index: Int, _ amount: Double) throws -> BillTrial? {
    try self.trial(trial.purchases.setting([(index, amount)]), trial.actions)
  }

  private func trial(
    _ purchases: [Commitment], _ actions: [ChosenAction]
  ) throws -> BillTrial? {
    revision.allows(purchases, actions) ? try trials.trial(purchases, actions) : nil
  }

  // MARK: Pattern search

  /// The best trial that moves lead to.
  func bettered(
    _ start: BillTrial, until isEnough: (BillTrial) -> Bool = { _ in false }
  ) throws -> BillTrial {
    var current = start
    while !isOver, !isEnough(current) {
      var best = current
      for purchases in moves(from: current) where !isOver {
        if let found = try trial(purchases, current.actions), found.isBetter(than: best) {
          best = found
        }
      }
      guard best.isBetter(than: current) else { break }
      // Less than this is what the search of purchases itself leaves open.
      let isMuch =
        best.missed < current.missed - 1e-9
        || current.measured - best.measured > 1e-6 * abs(current.measured)
      current = best
      if !isMuch { break }
    }
    return current
  }

  /// Purchases that differ in one amount, or in how two savings plans share theirs; where limits
  /// are missed also by an offer that is not among them.
  private func moves(from trial: BillTrial) -> [[Commitment]] {
    let purchases = trial.purchases
    let plans = purchases.indices.filter { purchases[$0].plannedSpend != nil }
    var result: [[Commitment]] = []
    for i in purchases.indices {
      let amount = purchases[i].amount
      for share in Self.shares {
        let moved = max(purchases[i].grid, amount * share)
        for sign in [-1.0, 1] where sign < 0 || share < 1 {
          result.append(purchases.setting([(i, amount + sign * moved)]))
        }
        guard plans.contains(i) else { continue }
        for j in plans where j != i {
          result.append(
            purchases.setting([(i, amount - moved), (j, purchases[j].amount + min(amount, moved))]))
        }
      }
    }
    guard isThorough || !trial.isKept, revision.offers.count <= Self.mostOffers else {
      return result.filter { $0 != purchases }
    }
    let known = Set(purchases.map(\.withoutAmount))
    let others = revision.offers.filter { !known.contains($0.withoutAmount) }
    for offer in others {
      for share in [0.5, 0.1, 0.02] {
        result.append(purchases.adding(offer, offer.amount * share, like: purchases.first))
      }
    }
    if isThorough {
      result += exchanges(purchases, others)
      for (i, purchase) in purchases.enumerated() {
        for owned in byOwners(purchase) where owned.account != purchase.account {
          var changed = purchases
          changed[i] = owned
          result.append(changed)
        }
      }
    }
    return result.filter { $0 != purchases }
  }
}

extension BillSearch {
  /// Purchases of which a part is another one, or another offer, of the same price.
  private func exchanges(_ purchases: [Commitment], _ others: [Commitment]) -> [[Commitment]] {
    var result: [[Commitment]] = []
    for (i, purchase) in purchases.enumerated() {
      for share in Self.shares {
        let moved = min(max(purchase.grid, purchase.amount * share), purchase.amount)
        let money = purchase.with(amount: moved).effectiveHourly
        let rest = (i, purchase.amount - moved)
        for (j, other) in purchases.enumerated() where j != i {
          guard let more = other.amount(for: money) else { continue }
          result.append(purchases.setting([rest, (j, other.amount + more)]))
        }
        for offer in others {
          guard let amount = offer.amount(for: money) else { continue }
          result.append(purchases.setting([rest]).adding(offer, amount, like: purchase))
        }
      }
    }
    return result
  }
}

extension Commitment {
  /// So much of it as an amount of money an hour buys, and at least the least; nil where it costs
  /// nothing.
  fileprivate func amount(for hourly: Double) -> Double? {
    let unit = with(amount: 1).effectiveHourly
    return unit > 0 ? onGrid(max(grid, hourly / unit)) : nil
  }

  /// Currency units per hour of a savings plan; nil of a reservation.
  fileprivate var plannedSpend: Double? {
    if case .savingsPlan(_, let hourly) = subject { return hourly }
    return nil
  }

  /// Amounts are multiples of this.
  fileprivate var grid: Double { plannedSpend == nil ? 1 : 0.001 }

  fileprivate func onGrid(_ amount: Double) -> Double {
    plannedSpend == nil ? amount.rounded(.down) : (amount * 1000).rounded(.down) / 1000
  }

  func with(amount: Double) -> Commitment {
    var changed = self
    switch subject {
    case .reservation(let sku, let zone, _, let upfront, let hourly):
      changed.subject = .reservation(
        sku: sku, zone: zone, count: max(0, amount.rounded()), upfront: upfront, hourly: hourly)
    case .savingsPlan(let scope, _):
      changed.subject = .savingsPlan(
        scope: scope, hourlyCommitment: max(0, (amount * 1000).rounded()) / 1000)
    }
    return changed
  }

  /// What it is, whatever its amount, id and owner.
  var withoutAmount: Commitment {
    var kind = with(amount: 0)
    kind.id = ""
    kind.account = ""
    return kind
  }
}

extension [Commitment] {
  /// The same with other amounts; what comes to nothing goes.
  func setting(_ amounts: [(index: Int, amount: Double)]) -> [Commitment] {
    var changed = self
    for (index, amount) in amounts { changed[index] = changed[index].with(amount: amount) }
    return changed.filter { $0.amount > 0 }
  }

  /// With some of an offer that is not among them, owned by whom another purchase is: whose usage
  /// comes first is then known.
  fileprivate func adding(
    _ offer: Commitment, _ amount: Double, like other: Commitment?
  ) -> [Commitment] {
    var added = offer.with(amount: offer.onGrid(Swift.max(offer.grid, amount)))
    added.id = "more-\(count)"
    if added.account.isEmpty, other?.terms.product.provider == added.terms.product.provider {
      added.account = other?.account ?? ""
    }
    return self + [added]
  }
}

import CloudCosts

/// The saving of commitments, split among those whose usage they serve: three ways, each of which
/// adds up to the whole.
package struct SharedSaving: Hashable, Sendable {
  /// What one account gets of it.
  package struct Share: Hashable, Sendable {
    /// The account; empty where no one tells.
    package var name: String
    /// Its usage that a commitment is on sale for, at this customer's on-demand prices.
    package var usage: Money
    /// The covered part of it.
    package var covered: Money
    /// By use: what its covered usage saved, less its share of what was not used, by use.
    package var byUse: Money
    /// By usage: the saving in proportion to `usage`, covered or not.
    package var byUsage: Money
    /// By Shapley value: the mean of what it adds to the covered usage when accounts come one after
    /// another, over all orders.
    package var shapley: Money
    /// Standard error of `shapley` where orders were sampled; nil where it is exact.
    package var shapleyError: Money?
  }

  /// The commitments' saving: covered usage on demand, less all that they cost.
  package var whole: Money
  /// By name.
  package var shares: [Share]
  /// Orders that were sampled; nil where all count.
  package var samples: Int?

  /// With up to so many accounts all coalitions are billed (2^8).
  package static let mostExact = 8
  /// Orders that are sampled where there are more.
  package static let sampledOrders = 60
}

extension Judge {
  /// - Parameters:
  ///   - demand: the usage that is served.
  ///   - commitments: all, in the order of `bill`.
  /// - Returns: nil where there are fewer than two accounts, or no commitments.
  package func sharedSaving(
    _ demand: Demand, under commitments: [Commitment], costOfCapital: Double = 0
  ) throws -> SharedSaving? {
    let names = Set(demand.groups.map(\.account)).sorted()
    guard names.count > 1, !commitments.isEmpty else { return nil }
    let bill = try bill(demand, under: commitments, costOfCapital: costOfCapital)
    var game = CoveredGame(judge: self, demand: demand, commitments: commitments, names: names)
    let values =
      names.count <= SharedSaving.mostExact
      ? try game.exact() : try game.sampled(orders: SharedSaving.sampledOrders)
    return SharedSaving(bill, names: names, values)
  }
}

extension SharedSaving {
  fileprivate init(_ bill: Bill, names: [String], _ values: CoveredGame.Values) {
    var usage: [String: Money] = [:]
    var covered: [String: Money] = [:]
    var effective: [String: Money] = [:]
    for row in bill.rows {
      guard let group = row.group, bill.eligibleSKUs.contains(group.sku) else { continue }
      usage[group.account, default: .zero] += row.contracted
      guard row.kind == .coveredUsage else { continue }
      covered[group.account, default: .zero] += row.contracted
      effective[group.account, default: .zero] += row.effective
    }
    let whole = bill.commitments.map(\.savings).total()
    let used = names.map { usage[$0] ?? .zero }
    let met = names.map { covered[$0] ?? .zero }
    let paid = names.map { effective[$0] ?? .zero }
    let gains = zip(met, paid).map { $0 - $1 }
    // What no one used, and interest, is shared by use.
    let waste = (whole - gains.total()).split(by: paid.map(\.value))
    let byUsage = whole.split(by: used.map(\.value))
    let shapley = whole.split(by: values.means)
    let scale = values.means.reduce(0, +)
    let errors = values.errors?.map { error in
      Money(rounding: scale > 0 ? abs(whole.value) * error / scale : 0)
    }
    let shares = names.indices.map { index in
      Share(
        name: names[index], usage: used[index], covered: met[index],
        byUse: gains[index] + waste[index], byUsage: byUsage[index], shapley: shapley[index],
        shapleyError: errors?[index])
    }
    self.init(whole: whole, shares: shares, samples: values.samples)
  }
}

/// The game of which the Shapley value is taken: a coalition is worth what of its usage the
/// commitments would cover, on demand, were there no other usage. So an account is worth much where
/// it fills what others leave empty.
private struct CoveredGame {
  struct Values {
    /// Of each account; they add up to the worth of all.
    var means: [Double]
    /// Standard errors; nil where exact.
    var errors: [Double]?
    var samples: Int?
  }

  let judge: Judge
  let demand: Demand
  let commitments: [Commitment]
  let names: [String]
  private var known: [[Bool]: Double] = [:]

  init(judge: Judge, demand: Demand, commitments: [Commitment], names: [String]) {
    self.judge = judge
    self.demand = demand
    self.commitments = commitments
    self.names = names
  }

  private mutating func worth(_ members: [Bool]) throws -> Double {
    guard members.contains(true) else { return 0 }
    if let value = known[members] { return value }
    let accounts = Set(zip(names, members).filter(\.1).map(\.0))
    let rows = demand.groups.indices.filter { accounts.contains(demand.groups[$0].account) }
    let part = Demand(
      window: demand.window, groups: rows.map { demand.groups[$0] },
      quantities: rows.flatMap { demand.hours(of: $0) })
    let value = try judge.bill(part, under: commitments).coveredOnDemand.value
    known[members] = value
    return value
  }

  /// Σ over coalitions without the account of |S|! (n − |S| − 1)! / n! times what it adds.
  mutating func exact() throws -> Values {
    let n = names.count
    var means = [Double](repeating: 0, count: n)
    for coalition in 0..<(1 << n) {
      let members = (0..<n).map { coalition & (1 << $0) != 0 }
      let size = members.count { $0 }
      let before = try worth(members)
      for player in 0..<n where !members[player] {
        var with = members
        with[player] = true
        means[player] += Self.weight(size, of: n) * (try worth(with) - before)
      }
    }
    return Values(means: means)
  }

  /// 1 / (n × (n − 1 over size)).
  private static func weight(_ size: Int, of n: Int) -> Double {
    var ways = 1.0
    for k in 0..<size { ways = ways * Double(n - 1 - k) / Double(k + 1) }
    return 1 / (Double(n) * ways)
  }

  /// Means over random orders; the same at every run.
  mutating func sampled(orders count: Int) throws -> Values {
    let n = names.count
    var random = SplitMix64(seed: 0x9E37_79B9_7F4A_7C15)
    var sums = [Double](repeating: 0, count: n)
    var squares = sums
    for _ in 0..<count {
      var members = [Bool](repeating: false, count: n)
      var before = 0.0
      for player in Array(0..<n).shuffled(using: &random) {
        members[player] = true
        let after = try worth(members)
        sums[player] += after - before
        squares[player] += (after - before) * (after - before)
        before = after
      }
    }
    let size = Double(count)
    let errors = zip(sums, squares).map { sum, square in
      (max(0, square / size - (sum / size) * (sum / size)) / max(1, size - 1)).squareRoot()
    }
    return Values(means: sums.map { $0 / size }, errors: errors, samples: count)
  }
}

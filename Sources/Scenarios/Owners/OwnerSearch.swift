import Billing
import CloudCosts
import Dispatch

/// What the bill comes to when other accounts make purchases, without billing all usage again.
///
/// Commitments that the provider applies before those for all usage (reservations, plans of one
/// family) meet one part of the usage each, so another owner of one of them changes what that part
/// leaves. Where it leaves the same, hour by hour, of each SKU and of each account that owns a wide
/// plan, the bill is the same; where it does not, the wide plans are applied again to the hours
/// that differ. Accounts next to each other by name that own nothing and share alike count as one:
/// whose usage of a SKU is met among them does not change the bill.
struct OwnerSearch {
  private let judge: Judge
  private let demand: Demand
  private let commitments: [Commitment]
  /// Accounts that may own a wide plan.
  private let wideCandidates: Set<String>
  private let wide: [Int]
  private var parts: [Part] = []
  /// The part of each commitment; nil of wide ones.
  private var partOf: [Int: Int] = [:]

  private(set) var owners: [String]
  /// Of each part, what its narrow commitments leave, by accounts that may matter later.
  private var left: [Demand] = []
  private var met: Met

  /// Usage that narrow commitments tie together.
  private struct Part {
    /// Rows of the demand.
    var rows: [Int]
    var commitments: [Int]
  }

  /// What reaches wide plans, and what they leave, at on-demand prices hour by hour.
  private struct Met {
    var usage: [Demand]
    var hourly: [Double]
  }

  /// - Parameters:
  ///   - commitments: with an owner each, where someone owns it.
  ///   - candidates: accounts that each commitment may be given to; empty where it is not asked.
  init(
    judge: Judge, demand: Demand, commitments: [Commitment], candidates: [[String]]
  ) throws {
    self.judge = judge
    self.demand = demand
    self.commitments = commitments
    let counted = commitments.indices.filter { commitments[$0].terms.product.provider == .aws }
    wide = counted.filter { commitments[$0].isAppliedLast }
    owners = commitments.map(\.account)
    wideCandidates = Set(wide.flatMap { candidates[$0] + [commitments[$0].account] })
    met = Met(usage: [], hourly: [])
    split(counted.filter { !commitments[$0].isAppliedLast })
    left = try inParallel(parts.indices) { try leftover(of: $0, owners) }
    met = try reaching(left, owners)
  }

  /// At on-demand prices, what no commitment meets.
  var cost: Double { met.hourly.reduce(0, +) }

  // MARK: Trials

  /// By how much the bill rises where a commitment has other owners.
  func differences(of index: Int, _ accounts: [String]) throws -> [Double] {
    try inParallel(accounts.indices) { position in
      accounts[position] == owners[index] ? 0 : try difference(index, accounts[position])
    }
  }

  mutating func give(_ index: Int, to account: String) throws {
    owners[index] = account
    if let part = partOf[index] { left[part] = try leftover(of: part, owners) }
    met = try reaching(left, owners)
  }

  private func difference(_ index: Int, _ account: String) throws -> Double {
    var owners = owners
    owners[index] = account
    guard let part = partOf[index] else {
      return try reaching(left, owners).hourly.reduce(0, +) - cost
    }
    var usage = met.usage
    usage[part] = merged(try leftover(of: part, owners), by: classes(wideOwners(owners)))
    let differs = hoursThatDiffer(usage[part], met.usage[part])
    guard let differs else { return 0 }
    let hourly = try leftoverCost(usage, owners, only: differs)
    return differs.indices.reduce(0) {
      differs[$1] ? $0 + hourly[$1] - met.hourly[$1] : $0
    }
  }

  /// Nil where none does.
  private func hoursThatDiffer(_ a: Demand, _ b: Demand) -> [Bool]? {
    guard a.groups == b.groups else { return Array(repeating: true, count: a.window.hours) }
    var differs: [Bool]?
    let hours = a.window.hours
    for place in a.quantities.indices
    where abs(a.quantities[place] - b.quantities[place]) > 1e-9 {
      differs = differs ?? Array(repeating: false, count: hours)
      differs?[place % hours] = true
    }
    return differs
  }

  // MARK: Walks

  private func leftover(of part: Int, _ owners: [String]) throws -> Demand {
    let members = parts[part].commitments
    let apart = wideCandidates.union(members.map { owners[$0] })
    let usage = merged(demand, rows: parts[part].rows, by: classes(apart))
    guard !members.isEmpty else { return usage }
    return try judge.leftover(usage, under: members.map { owned($0, owners) })
  }

  private func reaching(_ left: [Demand], _ owners: [String]) throws -> Met {
    let classes = classes(wideOwners(owners))
    let usage = left.map { merged($0, by: classes) }
    return Met(usage: usage, hourly: try leftoverCost(usage, owners, only: nil))
  }

  /// Hour by hour, of all parts together.
  private func leftoverCost(
    _ usage: [Demand], _ owners: [String], only: [Bool]?
  ) throws -> [Double] {
    let rows = usage.flatMap { part in part.groups.indices.map { (part, $0) } }
      .sorted { $0.0.groups[$0.1] < $1.0.groups[$1.1] }
    var quantities: [Double] = []
    quantities.reserveCapacity(rows.count * demand.window.hours)
    for (part, row) in rows { quantities.append(contentsOf: part.hours(of: row)) }
    let all = Demand(
      window: demand.window, groups: rows.map { $0.0.groups[$0.1] }, quantities: quantities)
    return try judge.leftoverCost(all, under: wide.map { owned($0, owners) }, only: only)
  }

  private func owned(_ index: Int, _ owners: [String]) -> Commitment {
    var commitment = commitments[index]
    commitment.account = owners[index]
    return commitment
  }

  private func wideOwners(_ owners: [String]) -> Set<String> { Set(wide.map { owners[$0] }) }

  // MARK: Accounts and parts

  /// For each account the one that represents it: itself, or the first of those next to it by name
  /// that share as it does. (By name, since of equal usage that is the order of applying.)
  private func classes(_ apart: Set<String>) -> [String: String] {
    var result: [String: String] = [:]
    var run: (first: String, part: Sharing.Part)?
    for account in Set(demand.groups.map(\.account)).sorted() {
      guard !apart.contains(account) else {
        run = nil
        result[account] = account
        continue
      }
      let part = judge.sharing.part(of: account)
      if run?.part != part { run = (account, part) }
      result[account] = run?.first ?? account
    }
    return result
  }

  /// The same usage with accounts counted as those that stand for them.
  private func merged(
    _ demand: Demand, rows: [Int]? = nil, by classes: [String: String]
  ) -> Demand {
    let rows = rows ?? Array(demand.groups.indices)
    var sums: [UsageGroup: [Int]] = [:]
    for row in rows {
      var group = demand.groups[row]
      group.account = classes[group.account] ?? group.account
      sums[group, default: []].append(row)
    }
    let groups = sums.keys.sorted()
    let hours = demand.window.hours
    var quantities = [Double](repeating: 0, count: groups.count * hours)
    quantities.withUnsafeMutableBufferPointer { sum in
      demand.quantities.withUnsafeBufferPointer { source in
        for (g, group) in groups.enumerated() {
          for row in sums[group] ?? [] {
            for h in 0..<hours { sum[g * hours + h] += max(0, source[row * hours + h]) }
          }
        }
      }
    }
    return Demand(window: demand.window, groups: groups, quantities: quantities)
  }

  /// Parts of the usage, each with the commitments that meet no other.
  private mutating func split(_ narrow: [Int]) {
    let skus = Set(demand.groups.map(\.sku)).sorted()
    var root = Dictionary(uniqueKeysWithValues: skus.map { ($0, $0) })
    func find(_ sku: SKU) -> SKU {
      var at = sku
      while let next = root[at], next != at { at = next }
      return at
    }
    var firstSKU: [Int: SKU] = [:]
    for index in narrow {
      let met = skus.filter { commitments[index].mayCover($0) }
      firstSKU[index] = met.first
      for sku in met.dropFirst() { root[find(sku)] = find(met[0]) }
    }
    var rows: [SKU: [Int]] = [:]
    for (row, group) in demand.groups.enumerated() where group.sku.provider == .aws {
      rows[find(group.sku), default: []].append(row)
    }
    for (sku, rows) in rows.sorted(by: { $0.key < $1.key }) {
      let members = narrow.filter { firstSKU[$0].map(find) == sku }
      for member in members { partOf[member] = parts.count }
      parts.append(Part(rows: rows, commitments: members))
    }
  }
}

extension Sharing {
  /// All that tells accounts apart that own nothing.
  fileprivate struct Part: Hashable {
    var isOff: Bool
    var groups: Set<String>
  }

  fileprivate func part(of account: String) -> Part {
    Part(
      isOff: off.contains(account),
      groups: Set(groups.lazy.filter { $0.value.contains(account) }.map(\.key)))
  }
}

/// Results in the order of the indices, computed on all cores.
private func inParallel<Value: Sendable>(
  _ indices: Range<Int>, _ body: (Int) throws -> Value
) throws -> [Value] {
  let count = indices.count
  let results = [Result<Value, any Error>](unsafeUninitializedCapacity: count) {
    buffer, initialized in
    nonisolated(unsafe) let slots = buffer
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: count) { position in
      slots.initializeElement(
        at: position, to: Result { try body(indices.lowerBound + position) })
    }
    initialized = count
  }
  return try results.map { try $0.get() }
}

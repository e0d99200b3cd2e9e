import CloudCosts

/// The figures by which commitments are managed, of all of a bill or of one account, family or tag.
///
/// Usage belongs to the account and the family that it is of, a commitment to the account that owns
/// it and to the family that it is locked to ("any" where it is not). So the parts add up to the
/// whole.
package struct Measures: Hashable, Sendable {
  /// `overall`, an account, a family.
  package var name: String
  /// Its usage on demand, at the provider's public prices.
  package var list = Money.zero
  /// The same at this customer's prices.
  package var contracted = Money.zero
  /// Of that: what a commitment is on sale for, or was applied to.
  package var eligibleOnDemand = Money.zero
  /// Of that: what commitments cover.
  package var coveredOnDemand = Money.zero
  /// What its usage costs, on demand and by its share of commitments, and what its own commitments
  /// cost unused.
  package var cost = Money.zero
  /// Amortised cost of its own commitments, and the part that was used.
  package var committed = Money.zero
  package var used = Money.zero
  /// What usage on demand would have cost that its commitments' unused part could have met, at the
  /// ratio of what they did meet (AWS: unrealized savings). A commitment that met nothing counts
  /// its own cost: too little, and never an invention.
  package var unrealizedSavings = Money.zero
  /// Its own commitments.
  package var commitments: [CommitmentUse] = []

  package init(name: String) { self.name = name }

  /// Covered share of eligible usage, at on-demand prices.
  package var coverage: Double { Measures.ratio(coveredOnDemand, eligibleOnDemand) }
  /// Used share of its commitments; nil where it owns none.
  package var utilization: Double? {
    committed == .zero ? nil : Measures.ratio(used, committed)
  }
  /// The share of its commitments that is not used; nil where it owns none.
  package var vacancy: Double? { utilization.map { 1 - $0 } }
  /// (list − cost) / list.
  package var effectiveSavingsRate: Double { Measures.ratio(list - cost, list) }

  private static func ratio(_ part: Money, _ whole: Money) -> Double {
    whole == .zero ? 0 : part.value / whole.value
  }
}

/// What ends in a calendar month.
package struct Expiry: Hashable, Sendable {
  package var month: CalendarMonth
  package var commitments: Int
  /// Currency units per hour, amortised.
  package var hourly: Double
}

extension Bill {
  package var overallMeasures: Measures {
    measures({ _ in [("overall", 1)] }, owner: { _ in "overall" }, rest: "overall").first
      ?? Measures(name: "overall")
  }

  /// By account, in the order of their names; "" where it is not stated.
  package var measuresByAccount: [Measures] {
    measures({ [($0.group?.account ?? "", 1)] }, owner: { $0.account })
  }

  /// By family; "any" holds the commitments that are locked to none.
  package var measuresByFamily: [Measures] {
    measures({ [($0.group?.sku.family ?? "", 1)] }, owner: { $0.lockedFamily ?? "any" })
  }

  /// By the value of the usage's tag; "" holds what has none, and the commitments, which are
  /// no one's. Nil where usage has no tags. What a group costs is shared out by instance-hours
  /// (`UsageTags`).
  package var measuresByTag: [Measures]? {
    tags.map { tags in
      measures(
        { row in row.group.map { tags.shares(of: $0, in: row.month) } ?? [] }, owner: { _ in "" })
    }
  }

  /// - Parameter parts: the parts that a row of usage belongs to, and how much of it; they make 1.
  private func measures(
    _ parts: (BillRow) -> [(value: String, share: Double)], owner: (Commitment) -> String,
    rest: String = ""
  ) -> [Measures] {
    var result: [String: Measures] = [:]
    var owners: [Commitment.ID: String] = [:]
    for use in commitments {
      let name = owner(use.commitment)
      owners[use.commitment.id] = name
      result[name, default: Measures(name: name)].add(use)
    }
    for row in rows {
      let shares =
        row.group == nil ? [(row.commitment.flatMap { owners[$0] } ?? rest, 1)] : parts(row)
      var left = row
      for (index, (name, share)) in shares.enumerated() {
        // The last part takes what rounding leaves, so that the parts make the whole.
        let part = index == shares.count - 1 ? left : row.part(share)
        left.take(part)
        let isEligible = row.group.map { eligibleSKUs.contains($0.sku) } ?? false
        result[name, default: Measures(name: name)].add(part, isEligible: isEligible)
      }
    }
    return result.values.sorted { $0.name < $1.name }
  }
}

extension Measures {
  fileprivate mutating func add(_ use: CommitmentUse) {
    committed += use.amortized
    used += use.used
    unrealizedSavings += use.unrealizedSavings
    commitments.append(use)
  }

  fileprivate mutating func add(_ row: BillRow, isEligible: Bool) {
    cost += row.effective
    if row.kind.isUsage {
      list += row.list
      contracted += row.contracted
    }
    if isEligible { eligibleOnDemand += row.contracted }
    if row.kind == .coveredUsage { coveredOnDemand += row.contracted }
  }
}

extension BillRow {
  /// A share of what measures look at.
  fileprivate func part(_ share: Double) -> BillRow {
    guard share < 1 else { return self }
    var part = self
    part.list = Money(rounding: list.value * share)
    part.contracted = Money(rounding: contracted.value * share)
    part.effective = Money(rounding: effective.value * share)
    return part
  }

  fileprivate mutating func take(_ part: BillRow) {
    list -= part.list
    contracted -= part.contracted
    effective -= part.effective
  }
}

extension Sequence where Element == CommitmentUse {
  /// What ends, by calendar month.
  package var expiries: [Expiry] {
    let ends = Dictionary(grouping: map(\.commitment)) { commitment in
      // The last hour in which it applies: one that ends at midnight of the first ends in the old
      // month.
      (commitment.end + -1).month
    }
    return ends.sorted { $0.key < $1.key }.map { month, commitments in
      Expiry(
        month: month, commitments: commitments.count,
        hourly: commitments.map(\.effectiveHourly).sorted().reduce(0, +))
    }
  }

  /// How long the commitments that are active at an hour still bind: calendar months to their ends,
  /// weighted by what they cost an hour. 0 where none is active.
  package func lockInMonths(at hour: Hour) -> Double {
    let active = map(\.commitment).filter { $0.start <= hour && hour < $0.end }
    let hourly = active.map(\.effectiveHourly).sorted().reduce(0, +)
    guard hourly > 0 else { return 0 }
    let weighted = active.map { $0.effectiveHourly * calendarMonths(from: hour, to: $0.end) }
    return weighted.sorted().reduce(0, +) / hourly
  }
}

/// Whole calendar months between two hours, and the share of the one that is begun.
package func calendarMonths(from start: Hour, to end: Hour) -> Double {
  guard end > start else { return 0 }
  var whole = (end.month.year - start.month.year) * 12 + end.month.month - start.month.month
  while whole > 0, start.adding(months: whole) > end { whole -= 1 }
  let last = start.adding(months: whole)
  let next = start.adding(months: whole + 1)
  return Double(whole) + Double(end - last) / Double(max(1, next - last))
}

extension Commitment {
  /// The family that it covers alone; nil where it covers more.
  var lockedFamily: String? {
    switch subject {
    case .reservation(let sku, _, _, _, _): sku.family
    case .savingsPlan(let scope, _): scope.family
    }
  }
}

extension CommitmentUse {
  /// See `Measures.unrealizedSavings`.
  package var unrealizedSavings: Money {
    guard unused > .zero else { return .zero }
    guard used > .zero else { return unused }
    return Money(rounding: unused.value * coveredOnDemand.value / used.value)
  }
}

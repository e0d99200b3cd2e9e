import CloudCosts

/// `min_utilization` of a large program, as rows over purchases alone. On the bill each purchase
/// that is active in hours H is used for at least the share u; so whatever adds up what purchases
/// use adds up to at least u of what they bring.
///
/// **What purchases use together.** Let k be a pool whose SKUs are all in pool P, c_k what is
/// bought of it, and m_k the least capacity of P for one of k that a SKU of k takes. Then
///
///     u |H| M ≤ Σ_h min(M, D_h),     M = Σ_k m_k c_k,   D_h the usage of P in hour h
///
/// and so M ≤ X_P, the largest M that keeps this: `most`.
///
/// **What narrower purchases leave.** The provider applies narrower commitments first. Those of a
/// family F ⊂ P use at least base_Fh + slope_Fh T_F wherever T_F is between two amounts (0 and
/// X_F, or what a case of `UseBranching` says; see `FamilyUse`), and no purchase of P is used by
/// the same usage. So purchases of P, M of them, use at most
///
///     Σ_h min(M, D_h − Σ_F m_F (base_Fh + slope_Fh T_F))
///
/// a concave function. (What owned commitments use before is lost to purchases of P as well: see
/// `FamilyUse` and `PurchaseRange.offered`.) Each set S of hours makes a row of it: M in hours
/// outside S, the other term in those of S. Rows are made where the function meets u |H| M, with
/// T_F = τ X_F for some τ.
struct UtilizationRows {
  let model: Model
  let share: Double
  let ranges: [PurchaseRange]

  /// Where rows are made. On a year of 23 families eight of them prove as much as all sets of hours
  /// do, to a hundred-thousandth.
  private static let shares = [0, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

  init(_ model: Model, _ share: Double) {
    self.model = model
    self.share = share
    let contained = ContainedPools(model)
    ranges = Set(model.instruments.map(\.active)).sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }.map { PurchaseRange(model, share, $0, contained) }
  }

  var all: [PolicyRow] {
    ranges.flatMap { range in
      let taken = range.families.map { $0.taken() }
      return range.pools.flatMap { pool in
        [together(pool, range)] + remainders(pool, range, taken)
      }
    }
  }

  private func together(_ pool: PurchaseRange.Filled, _ range: PurchaseRange) -> PolicyRow {
    var row = row(
      "\(pool.name) together", pool.rates, range.active, atMost: pool.usage.most(share))
    row.impliedBy = pool.name
    return row
  }

  private func remainders(
    _ wide: PurchaseRange.Filled, _ range: PurchaseRange, _ taken: [FamilyUse.Taken]
  ) -> [PolicyRow] {
    guard wide.isWide, wide.families.contains(where: { $0 != nil }) else { return [] }
    return Self.shares.enumerated().compactMap { position, part in
      var bought: [Int: Double] = [:]
      for family in range.families { bought[family.home] = part * family.whole.most }
      var left = wide.all
      left.hours = range.left(to: wide, bought, taken)
      return remainder(
        "\(wide.name) after narrower ones, \(position + 1)", wide, range, taken,
        left: left.hours, under: left.most(share))
    }
  }

  /// The row of the hours in which narrower purchases leave less than a capacity.
  func remainder(
    _ name: String, _ wide: PurchaseRange.Filled, _ range: PurchaseRange,
    _ taken: [FamilyUse.Taken], left: [Double], under capacity: Double
  ) -> PolicyRow? {
    let usage = wide.all
    let offered = range.offered(to: wide, taken)
    let scarce = left.indices.filter { left[$0] < capacity }
    guard !scarce.isEmpty else { return nil }
    func sum(_ value: (Int) -> Double) -> Double {
      scarce.reduce(0) { $0 + usage.probabilities[$1] * value($1) }
    }
    // u |H| M less what is used outside S.
    let own = share * usage.count - (usage.count - sum { _ in 1 })
    guard own > 0 else { return nil }
    var rates: [Int: Double] = [:]
    for (pool, rate) in wide.same { rates[pool] = own * rate }
    for (f, family) in range.families.enumerated() {
      guard let rate = wide.families[f] else { continue }
      for (i, share) in family.shares.enumerated() {
        let each = rate * sum { taken[f].slopes[i][$0] }
        for filled in share.filled { rates[filled.pool] = filled.rate * each }
      }
    }
    // By hour, as the other rows are.
    for pool in rates.keys { rates[pool, default: 0] /= usage.count }
    var row = row(name, rates, range.active, atMost: sum { offered[$0] } / usage.count)
    row.impliedBy = wide.name
    return row
  }

  private func row(
    _ name: String, _ rates: [Int: Double], _ active: Range<Int>, atMost upper: Double
  ) -> PolicyRow {
    PolicyRow(
      name: name,
      instruments: model.weighted(by: { $0.safeUnit * (rates[$0.pool] ?? 0) }) {
        rates[$0.pool] != nil && $0.active == active
      }, upper: upper)
  }

  /// What purchases of each family of a range take at least.
  ///
  /// - Parameter box: between what shares of the most that is used enough an amount lies; nil:
  ///   anything.
  func taken(
    _ r: Int, _ box: (BoundProof.Branching.Family) -> ClosedRange<Double>?
  ) -> [FamilyUse.Taken] {
    ranges[r].families.map { family in
      family.taken { box(BoundProof.Branching.Family(range: r, pool: $0)) ?? 0...1 }
    }
  }

  /// What is bought of a family or a part of it, as a share of the most that is used enough.
  func held(_ share: FamilyUse.Share, _ range: PurchaseRange) -> PolicyRow {
    let rates = share.filled.map { ($0.pool, $0.rate / share.most) }
    return row(
      "held \(share.pool)", Dictionary(rates, uniquingKeysWith: max), range.active, atMost: 1)
  }

  /// How many are bought of an instrument.
  func units(of j: Int) -> PolicyRow {
    PolicyRow(
      name: "units \(model.instruments[j].label)", instruments: [(j, 1)],
      upper: model.instruments[j].upper.rounded(.up))
  }
}

extension BoundProof.Branching.Amount {
  /// The two parts into which a range of an amount falls.
  func sides(
    of whole: ClosedRange<Double>, at: Double
  ) -> (below: ClosedRange<Double>, above: ClosedRange<Double>) {
    func inside(_ value: Double) -> Double {
      min(max(value, whole.lowerBound), whole.upperBound)
    }
    switch self {
    case .family: return (whole.lowerBound...inside(at), inside(at)...whole.upperBound)
    case .units:
      let below = inside(at.rounded(.down))
      // Where nothing lies above, what is above is what is below.
      let above = inside(at.rounded(.down) + 1)
      return (whole.lowerBound...below, above...whole.upperBound)
    }
  }
}

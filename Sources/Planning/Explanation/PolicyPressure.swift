import CloudCosts

/// Which rows of the policy are at their limit under a decision, and which way they push a
/// purchase.
struct PolicyPressure {
  private let model: Model
  private var sides: [Side] = []

  /// One side of a row.
  private struct Side {
    var row: PolicyRow
    var isUpper: Bool
    /// What is left until the limit, in the row's unit.
    var slack: Double
    /// Whether that is hardly anything.
    var isTight: Bool
  }

  /// Whole units leave a row a little short of its limit; relative to its size.
  private static let tolerance = 2e-3

  init(_ model: Model, _ decision: Decision, _ allocation: Allocation) {
    self.model = model
    for row in model.rows {
      let (activity, gross) = model.sums(of: row, decision, allocation)
      let size = model.size(of: row, gross)
      for (isUpper, slack) in [(true, row.upper - activity), (false, activity - row.lower)]
      where slack < .infinity {
        sides.append(
          Side(
            row: row, isUpper: isUpper, slack: slack, isTight: slack <= Self.tolerance * size))
      }
    }
  }

  /// The first row that fewer of an instrument would break: it speaks for the purchase.
  func rewarding(_ j: Int) -> String? {
    sides.first { isAtLimit($0, by: -strain(of: $0, by: j), j) }.map { key($0.row) }
  }

  /// The first row that more of an instrument would break.
  func limiting(_ j: Int) -> String? {
    sides.first { isAtLimit($0, by: strain(of: $0, by: j), j) }.map { key($0.row) }
  }

  /// Whether a row is at its limit, or one grid step away from it.
  private func isAtLimit(_ side: Side, by strain: Double, _ j: Int) -> Bool {
    strain > 0 && (side.isTight || side.slack < strain * model.instruments[j].grid)
  }

  /// What an amount of an offer weighs in the limits on purchases.
  struct Weight {
    var term: Term
    /// Amortised, in currency units per hour.
    var hourly: Double
    var upfront: Double
  }

  /// The first limit that would be broken by one purchase in place of another.
  ///
  /// Offers that were dominated have no place in the model's rows any more, so this goes by what
  /// the limits mean.
  func limitingExchange(of old: Weight, for new: Weight) -> String? {
    sides.lazy.filter { $0.isUpper && $0.isTight }.map { key($0.row) }.first { key in
      switch key {
      case "max_upfront": new.upfront > old.upfront * (1 + 1e-9)
      case "max_hourly_commitment": new.hourly > old.hourly * (1 + 1e-9)
      // Both cover the same usage, so that only the term counts.
      case "max_three_year_share": new.term == .threeYears && old.term != .threeYears
      default: false
      }
    }
  }

  /// Above 0 where more of an instrument moves a row beyond its limit, below 0 where fewer does.
  private func strain(of side: Side, by j: Int) -> Double {
    let members = model.pools[model.instruments[j].pool].members
    // Coverage of usage of this pool leaves less on demand; how much is not known here.
    let covers = members.contains { member in
      let c = model.usageClass(member.sku)
      return side.row.remaining.indices.contains(c) && side.row.remaining[c] > 0
    }
    let change = coefficient(side.row, j) - (covers ? .leastNonzeroMagnitude : 0)
    return side.isUpper ? change : -change
  }

  private func coefficient(_ row: PolicyRow, _ j: Int) -> Double {
    row.instruments.reduce(0) { $0 + ($1.index == j ? $1.coefficient : 0) }
  }

  /// `max_hourly_commitment at hour 8760` means `max_hourly_commitment`.
  private func key(_ row: PolicyRow) -> String {
    row.name.split(separator: " ").first.map(String.init) ?? row.name
  }
}

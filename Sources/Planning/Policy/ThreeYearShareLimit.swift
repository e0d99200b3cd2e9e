import CloudCosts

/// `max_three_year_share`: Σ_{j of three years, active at h} worth_j x_j + O₃(h) ≤ s D for every h
/// in which something is bought.
///
/// The share of the eligible usage that is bound for three years. worth_j is what a unit covers at
/// on-demand prices if it is fully used (by the mean mix of its usage), O₃(h) the same of what is
/// owned and bound for three years, D the mean on-demand cost per hour of the eligible usage. D is
/// no decision, so that no purchase is worth making only because it admits another.
///
/// Where what is owned is more than s D by itself, nothing is bought for three years.
func threeYearShareLimit(_ policy: Policy, _ model: Model) -> [PolicyRow] {
  guard let share = policy.maxThreeYearShare, share < 1 else { return [] }
  let use = PoolWorth(model)
  let limit = share * model.eligible / Double(max(1, model.pathHours))
  let starts = Set(
    model.instruments.lazy.filter { $0.term == .threeYears }.map(\.active.lowerBound))
  return starts.sorted().map { hour in
    PolicyRow(
      name: hour == 0 ? "max_three_year_share" : "max_three_year_share at hour \(hour)",
      instruments: model.weighted(by: use.worth) {
        $0.term == .threeYears && $0.active.contains(hour)
      },
      upper: max(0, limit - use.ownedForThreeYears(at: hour)))
  }
}

/// What a unit of capacity covers, at on-demand prices.
struct PoolWorth {
  private let model: Model
  /// For each pool.
  private let worths: [Double]

  init(_ model: Model) {
    self.model = model
    let amounts = model.demand.expected(model.risk.probabilities)
    worths = model.pools.map { pool in
      var cost = 0.0
      var use = 0.0
      for member in pool.members {
        cost += amounts[member.sku] * model.worth(member.sku)
        use += amounts[member.sku] * member.use
      }
      return use > 0 ? cost / use : 0
    }
  }

  /// Of one `x`, in currency units per hour.
  func worth(_ instrument: Instrument) -> Double { instrument.unit * worths[instrument.pool] }

  /// Of what is owned and bound for three years, in an hour of the window.
  func ownedForThreeYears(at hour: Int) -> Double {
    zip(model.pools, worths).reduce(0) { sum, pool in
      pool.0.owned.reduce(sum) {
        $0 + ($1.isForThreeYears && $1.hours.contains(hour) ? $1.capacity * pool.1 : 0)
      }
    }
  }
}

extension Model {
  /// 0 to 1, and more where what is owned passes it: the largest share of the eligible usage that
  /// is bound for three years in an hour in which something is bought, by the limit's measure.
  func threeYearShare(_ decision: Decision) -> Double {
    guard eligible > 0 else { return 0 }
    let use = PoolWorth(self)
    let bought = instruments.indices.filter { decision.purchases[$0] > 0 }
    let hours = Set(bought.map { instruments[$0].active.lowerBound })
    let most = hours.map { hour in
      bought.reduce(use.ownedForThreeYears(at: hour)) { sum, j in
        let instrument = instruments[j]
        let counts = instrument.term == .threeYears && instrument.active.contains(hour)
        return sum + (counts ? use.worth(instrument) * decision.purchases[j] : 0)
      }
    }.max()
    return (most ?? 0) * Double(pathHours) / eligible
  }
}

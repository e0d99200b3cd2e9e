import CloudCosts

/// What no plan of a case costs less than: the parts of a bound in which clusters are alone and
/// purchases are counted.
///
///     constant + Σ_i y_i b_i + w rest + Σ_w min r_w x_w + min Σ_f cost_f(n_f),   Σ_f n_f + |on| ≤ most
///
/// with r_w what is left of the price of an instrument of the widest pools.
struct SwitchedTotal {
  private let costToGo: CostToGo
  private let prices: SeparableBound.Prices
  /// For each instrument of the widest pools whether it is bought; those that are not there may be
  /// either.
  private let states: [Int: Bool]

  init(_ costToGo: CostToGo, _ prices: SeparableBound.Prices, _ states: [Int: Bool]) {
    (self.costToGo, self.prices, self.states) = (costToGo, prices, states)
  }

  /// How many purchases the clusters may make; nil: any number.
  var limit: Int? { costToGo.model.mostPurchases.map { $0 - states.values.count { $0 } } }

  /// - Parameters:
  ///   - cuts: those of any point: what belongs to no cluster is the same in all.
  ///   - counts: what the clusters cost.
  func value(_ cuts: CostToGo.ClusterCuts, _ counts: PurchaseCounts) -> Double {
    costToGo.model.constant + prices.constant + prices.weight * cuts.rest
      + prices.widest(cuts.slopes, allowed) + counts.least
  }

  private var allowed: [ClosedRange<Double>] {
    var result = costToGo.model.instruments.map { 0...$0.upper }
    for choice in costToGo.model.switches {
      let upper = costToGo.model.instruments[choice.instrument].upper
      // What must be more than can be of use is never bought.
      if upper < choice.minimum { result[choice.instrument] = 0...0 }
      switch states[choice.instrument] {
      case true?: result[choice.instrument] = min(choice.minimum, upper)...upper
      case false?: result[choice.instrument] = 0...0
      case nil: break
      }
    }
    return result
  }
}

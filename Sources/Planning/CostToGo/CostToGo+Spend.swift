/// A contract year of a spend commitment as a row over θ, of one path:
///
///     Σ_{slots s of the path that touch y} θ_s + Σ_j cash_jy x_j ≥ amount_y
///
/// θ counts what is missing in addition to what stays on demand: what is missing costs as much as
/// it is, so one more of θ costs what one more of it does. It is in the θ of the first slot. Other
/// providers' hours count, too: then the row asks for less, and stays a bound of all bills.
struct SpendCut: Sendable {
  /// The name of the `SpendRow`, and of the path where there are several.
  var name: String
  /// That which holds what is missing comes first.
  var slots: [Int]
  var cash: [(index: Int, coefficient: Double)]
  var amount: Double

  /// What is missing of it.
  func shortfall(_ slotValues: [Double], _ purchases: [Double]) -> Double {
    let left = slots.reduce(amount) { $0 - slotValues[$1] }
    return max(0, cash.reduce(left) { $0 - $1.coefficient * purchases[$1.index] })
  }
}

extension Model {
  /// Contract years that are rows of the decomposition, too. A floor on coverage limits θ from
  /// above, and θ must be free to hold what is missing.
  var cutSpendRows: [SpendRow] { rows.contains(where: \.isFloor) ? [] : spendRows }

  /// Whether each path needs a θ of its own.
  var tellsPathsApart: Bool {
    risk.isAverse || (risk.probabilities.count > 1 && !cutSpendRows.isEmpty)
  }
}

extension CostToGo {
  /// The rows of all contract years and paths.
  static func spendCuts(
    _ model: Model, _ slots: [Slot], _ stretches: [Range<Int>]
  ) -> [SpendCut] {
    let paths = model.risk.probabilities.count
    return model.cutSpendRows.flatMap { row in
      (0..<paths).compactMap { path -> SpendCut? in
        let touched = slots.indices.filter { s in
          (slots[s].path ?? 0) == path
            && slots[s].stretches.contains { stretch in
              let first = stretches[stretch].lowerBound % model.pathHours
              let hours = first..<first + stretches[stretch].count
              return hours.overlaps(row.hours)
            }
        }
        guard !touched.isEmpty else { return nil }
        return SpendCut(
          name: paths == 1 ? row.name : "\(row.name) path \(path + 1)", slots: touched,
          cash: row.cash, amount: row.amount)
      }
    }
  }

  /// Slots' costs-to-go with what contract years miss.
  func withShortfalls(_ slotValues: [Double], _ purchases: [Double]) -> [Double] {
    guard !spendCuts.isEmpty else { return slotValues }
    var lifted = slotValues
    for cut in spendCuts {
      guard let first = cut.slots.first else { continue }
      lifted[first] += cut.shortfall(slotValues, purchases)
    }
    return lifted
  }

  /// What a decision costs, with what contract years miss: no more than the allocation says.
  func cost(_ decision: Decision, _ allocation: Allocation) -> Double {
    let cost = model.cost(decision, allocation)
    guard !spendCuts.isEmpty else { return cost }
    let values = evaluate(
      purchased: capacity(of: decision.purchases, by: \.unit), actions: decision.actions
    ).values
    return cost + riskValue(withShortfalls(values, decision.purchases)) - riskValue(values)
  }
}

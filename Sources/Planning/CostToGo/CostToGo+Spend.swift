/// A contract year of a spend commitment as a row over θ, of one path:
///
///     s + Σ_{slots of the path in y} θ_slot + Σ_j cash_jy x_j ≥ amount_y,     s ≥ 0
///
/// s is what is missing, and costs as much as it is. Slots of its provider's usage, where it is not
/// alone (`ProviderParts`).
struct SpendCut: Sendable {
  /// The name of the `SpendRow`, and of the path where there are several.
  var name: String
  var path: Int
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
  /// Whether each path needs a θ of its own.
  var tellsPathsApart: Bool {
    risk.isAverse || (risk.probabilities.count > 1 && !spendRows.isEmpty)
  }

  /// What contract years miss on each path.
  func shortfalls(_ decision: Decision, _ allocation: Allocation) -> [Double] {
    var paths = risk.probabilities.map { _ in 0.0 }
    for (row, spent) in zip(spendRows, allocation.spent) {
      let cash = row.cash.reduce(0) { $0 + $1.coefficient * decision.purchases[$1.index] }
      for path in paths.indices { paths[path] += max(0, row.amount - cash - spent[path]) }
    }
    return paths
  }
}

extension CostToGo {
  /// The rows of all contract years and paths.
  static func spendCuts(
    _ model: Model, _ slots: [Slot], _ stretches: [Range<Int>], _ parts: ProviderParts
  ) -> [SpendCut] {
    let paths = model.risk.probabilities.count
    return model.spendRows.flatMap { row in
      (0..<paths).map { path in
        let inside = slots.indices.filter { s in
          (slots[s].path ?? 0) == path && slots[s].part == parts.part(of: row)
            && slots[s].stretches.contains { stretch in
              row.hours.contains(model.windowHour(stretches[stretch].lowerBound))
            }
        }
        return SpendCut(
          name: paths == 1 ? row.name : "\(row.name) path \(path + 1)", path: path,
          slots: inside, cash: row.cash, amount: row.amount)
      }
    }
  }

  /// What each path costs by slots' costs-to-go, with what contract years miss.
  func pathCosts(_ slotValues: [Double], _ purchases: [Double]) -> [Double] {
    var sums = pathSums(slotValues)
    for cut in spendCuts { sums[cut.path] += cut.shortfall(slotValues, purchases) }
    return sums
  }

  /// What is minimised of that.
  func riskValue(_ slotValues: [Double], _ purchases: [Double]) -> Double {
    let costs = pathCosts(slotValues, purchases)
    return model.tellsPathsApart ? model.risk.value(costs) : costs[0]
  }
}

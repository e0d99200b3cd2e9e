import CloudCosts

/// A contract year of a spend commitment as a row of the program, of each path:
///
///     s_y + Σ_{h in y} share_h Σ_{g of the provider} p_g od_gh + Σ_j cash_jy x_j ≥ amount_y
///
/// s_y ≥ 0 is what is missing and paid all the same: it costs as much as it is. Cash counts, on the
/// day on which it is billed, so amount_y is what is promised, less what is spent otherwise and
/// what owned commitments bill. A month that the year cuts counts by its hours, as on the bill
/// (`ContractYear`). The bill's own allocation is a solution of this row, so the bound stays one of
/// all bills.
struct SpendRow: Sendable {
  var name: String
  var amount: Double
  /// For each hour of a path, the share of it that lies in the year.
  var shares: [Double]
  /// SKUs (indices) of the provider.
  var skus: Set<Int>
  /// What one `x` of an instrument bills in the year.
  var cash: [(index: Int, coefficient: Double)]
}

extension Model {
  /// The rows of all contract years that the window touches; none where it is a sample of hours.
  mutating func addSpendRows(_ problem: PlanningProblem) {
    guard hoursPerStep == 1 else { return }
    let window = problem.demand.window
    let owned = problem.owned.map(problem.prices.priced)
    spendRows = problem.spendCommitments.flatMap { commitment in
      commitment.years.enumerated().compactMap { index, year in
        SpendRow(self, commitment, index, year, window, owned)
      }
    }
    guard !spendRows.isEmpty else { return }
    // What is paid upfront may fill a year although no one uses it.
    for j in instruments.indices where instruments[j].upfront > 0 {
      let most = spendRows.compactMap { row -> Double? in
        guard let cash = row.cash.first(where: { $0.index == j })?.coefficient, cash > 0 else {
          return nil
        }
        return (max(0, row.amount) / cash / instruments[j].grid).rounded(.up) * instruments[j].grid
      }.max()
      instruments[j].upper += most ?? 0
    }
  }
}

extension SpendRow {
  fileprivate init?(
    _ model: Model, _ commitment: SpendCommitment, _ index: Int, _ year: HourWindow,
    _ window: HourWindow, _ owned: [Commitment]
  ) {
    let inside = window.indices(from: year.start, to: year.end)
    guard !inside.isEmpty else { return nil }
    name = "spend_commitments \(commitment.name) year \(index + 1)"
    var shares = [Double](repeating: 0, count: window.hours)
    var parts: [(part: HourWindow, share: Double)] = []
    for (_, hours) in window.months {
      let common = hours.clamped(to: inside)
      guard !common.isEmpty else { continue }
      let share = Double(common.count) / Double(max(1, hours.count))
      for hour in hours { shares[hour] = share }
      parts.append((HourWindow(start: window.start + hours.lowerBound, hours: hours.count), share))
    }
    self.shares = shares
    func cash(_ commitment: Commitment) -> Double {
      parts.reduce(0) { $0 + $1.share * commitment.cash(in: $1.part) }
    }
    let part = Double(inside.count) / Double(max(1, year.hours))
    amount =
      (commitment.amount - commitment.other) * part
      - owned.filter { $0.terms.product.provider == commitment.provider }
      .reduce(0) { $0 + cash($1) }
    skus = Set(model.skus.indices.filter { model.skus[$0].provider == commitment.provider })
    self.cash = model.instruments.enumerated().compactMap { j, instrument in
      guard instrument.offer.terms.product.provider == commitment.provider else { return nil }
      let bought = instrument.commitment(id: "", amount: 1, windowStart: window.start)
      let coefficient = cash(bought)
      return coefficient == 0 ? nil : (j, coefficient)
    }
  }
}

extension Commitment {
  /// What is billed for it in a stretch of hours.
  fileprivate func cash(in part: HourWindow) -> Double {
    let hours = part.indices(from: start, to: end).count
    let isBought = part.start <= start && start < part.end && start < end && spread.start == start
    return recurringHourly * Double(hours) + (isBought ? upfront : 0)
  }
}

import CloudCosts

/// A contract year of a spend commitment as a row of the program, of each path:
///
///     s_y + Σ_{h in y} Σ_{g of the provider} p_g od_gh + Σ_j cash_jy x_j ≥ amount_y
///
/// s_y ≥ 0 is what is missing and paid all the same: it costs as much as it is. What a commitment
/// bills counts as `SpendPart` says, as on the bill; so amount_y is what the part of the year owes,
/// less what is spent otherwise, what owned commitments bill, and what was paid for those that are
/// given up. The bill's own allocation is a solution of this row, so the bound stays one of all
/// bills.
struct SpendRow: Sendable {
  var name: String
  var provider: Provider
  var amount: Double
  /// The hours of a path that lie in the year.
  var hours: Range<Int>
  /// SKUs (indices) of the provider, ascending.
  var skus: [Int]
  /// What one `x` of an instrument bills in the year.
  var cash: [(index: Int, coefficient: Double)]
}

extension Model {
  /// Whether what is spent in an hour counts in several contract years.
  var countsSpendTwice: Bool {
    spendRows.indices.contains { a in
      spendRows[..<a].contains {
        $0.hours.overlaps(spendRows[a].hours) && !Set($0.skus).isDisjoint(with: spendRows[a].skus)
      }
    }
  }

  /// The rows of all contract years that the window touches; none where it is a sample of hours.
  mutating func addSpendRows(_ problem: PlanningProblem) {
    guard hoursPerStep == 1 else { return }
    let window = problem.demand.window
    let owned = problem.owned.map(problem.prices.priced)
    spendRows = problem.spendCommitments.flatMap { commitment in
      commitment.years.enumerated().compactMap { index, year in
        year.part(in: window).map { SpendRow(self, commitment, index, $0, problem, owned) }
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
  fileprivate init(
    _ model: Model, _ commitment: SpendCommitment, _ index: Int, _ part: SpendPart,
    _ problem: PlanningProblem, _ owned: [Commitment]
  ) {
    let window = problem.demand.window
    let provider = commitment.provider
    self.provider = provider
    name = "spend_commitments \(commitment.name) year \(index + 1)"
    hours = window.indices(from: part.window.start, to: part.window.end)
    let paid =
      owned.filter { $0.terms.product.provider == provider }.map(part.counted)
      + problem.givenUp.filter { $0.commitment.terms.product.provider == provider }
      .map { part.counted(of: $0) }
    amount = part.amount - part.other - paid.reduce(0, +)
    skus = model.skus.indices.filter { model.skus[$0].provider == provider }
    cash = model.instruments.enumerated().compactMap { j, instrument in
      guard instrument.offer.terms.product.provider == provider else { return nil }
      let bought = instrument.commitment(id: "", amount: 1, windowStart: window.start)
      let coefficient = part.counted(of: bought)
      return coefficient == 0 ? nil : (j, coefficient)
    }
  }
}

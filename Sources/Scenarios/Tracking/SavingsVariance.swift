import Billing
import CloudCosts

/// One way in which usage, prices and purchases may be, of which savings are asked.
package struct SavingsWorld: Sendable {
  package var demand: Demand
  package var prices: PriceBook
  package var sharing: Sharing
  package var costOfCapital: Double
  package var owned: [Commitment]
  /// Nil: not bought.
  package var lines: [Commitment?]
  /// What providers were promised to be spent: what is missing is paid all the same, and not saved.
  package var spendCommitments: [SpendCommitment] = []
  /// What was owned and is given up.
  package var givenUp: [GivingUp] = []

  package init(
    demand: Demand, prices: PriceBook, sharing: Sharing, costOfCapital: Double,
    owned: [Commitment], lines: [Commitment?]
  ) {
    self.demand = demand
    self.prices = prices
    self.sharing = sharing
    self.costOfCapital = costOfCapital
    self.owned = owned
    self.lines = lines
  }

  /// The bill with all lines but those left out.
  package func bill(without left: (Int) -> Bool = { _ in false }) throws -> Bill {
    let bought = lines.indices.compactMap { left($0) ? nil : lines[$0] }
    var judge = Judge(prices: prices, sharing: sharing)
    judge.spendCommitments = spendCommitments
    judge.givenUp = givenUp
    return try judge.bill(demand, under: owned + bought, costOfCapital: costOfCapital)
  }

  /// The bill without any line less that with all.
  package func saving() throws -> Money {
    try bill { _ in true }.cost - bill().cost
  }

  /// The same, and of each line the bill without it less that with all.
  package func savings() throws -> LineSavings {
    let all = try bill().cost
    return LineSavings(
      total: try bill { _ in true }.cost - all,
      lines: try lines.indices.map { line in
        lines[line] == nil ? .zero : try bill { $0 == line }.cost - all
      })
  }
}

/// What purchases save: all of them, and each against the bill without it alone.
///
/// Two that compete for the same usage save less together than the sum of what each saves: the rest
/// is `overlap`.
package struct LineSavings: Hashable, Sendable {
  package var total: Money
  package var lines: [Money]

  package init(total: Money, lines: [Money]) {
    self.total = total
    self.lines = lines
  }

  package var overlap: Money { total - lines.total() }
}

/// The difference between a projected and a realised saving, split into causes that add up to it
/// exactly.
///
/// Sequential substitution, one cause after another; each part is the change of the saving that its
/// own step makes, so that the sum telescopes. In the order:
///
/// 1. `usage`: each month's usage at its real level, as projected in everything else. The level is
///    the month's on-demand cost at the projected prices;
/// 2. `mix`: the real groups and hours at that level, and what else is owned now;
/// 3. `price`: the real prices on demand, rates, and what purchases really cost;
/// 4. `purchases`: the lines and amounts that were really bought, on the planned dates;
/// 5. `timing`: the dates on which they really began and ended.
///
/// Source: the flexible-budget and sales-mix variances of cost accounting (Horngren, Datar and
/// Rajan, "Cost Accounting", chapters 7 and 14: quantity at the budgeted mix and price, then mix at
/// the budgeted price, then price at actual quantities), carried on to what was bought and when. A
/// split by substitution depends on its order; `reversed` is the same from the other end.
package struct SavingsVariance: Hashable, Sendable {
  package var projected: Money
  package var usage: Money
  package var mix: Money
  package var price: Money
  package var purchases: Money
  package var timing: Money
  package var realised: Money

  package init(
    projected: Money, usage: Money, mix: Money, price: Money, purchases: Money, timing: Money,
    realised: Money
  ) {
    self.projected = projected
    self.usage = usage
    self.mix = mix
    self.price = price
    self.purchases = purchases
    self.timing = timing
    self.realised = realised
  }

  /// Of savings after none, one, … and all five substitutions.
  init(_ steps: [Money]) {
    func part(_ step: Int) -> Money { steps[step] - steps[step - 1] }
    self.init(
      projected: steps[0], usage: part(1), mix: part(2), price: part(3), purchases: part(4),
      timing: part(5), realised: steps[5])
  }

  package var difference: Money { realised - projected }

  package static func + (a: SavingsVariance, b: SavingsVariance) -> SavingsVariance {
    SavingsVariance(
      projected: a.projected + b.projected, usage: a.usage + b.usage, mix: a.mix + b.mix,
      price: a.price + b.price, purchases: a.purchases + b.purchases, timing: a.timing + b.timing,
      realised: a.realised + b.realised)
  }

  package static let zero = SavingsVariance(
    projected: .zero, usage: .zero, mix: .zero, price: .zero, purchases: .zero, timing: .zero,
    realised: .zero)
}

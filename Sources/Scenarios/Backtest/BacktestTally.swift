import Billing
import CloudCosts

/// Bills of one policy, added up.
struct BacktestTally {
  var cost = Money.zero
  var savings: [Money]
  var purchases = 0
  var used = Money.zero
  var paid = Money.zero
  var covered = Money.zero
  var locked = Money.zero
  var commitments: [Commitment] = []
  var tail = BacktestTail.Savings()
  /// The cost of the same walk with other seeds of the futures.
  var costsOfOtherSeeds: [Money] = []
  /// On-demand value of all usage and of what was covered of it, by month.
  var usage: [Double]
  var coverage: [Double]

  init(months: Int) {
    savings = Array(repeating: .zero, count: months)
    usage = Array(repeating: 0, count: months)
    coverage = usage
  }

  /// Savings are the difference of two bills, month by month.
  ///
  /// - Parameter tail: bills what is held in the end.
  mutating func add(_ bill: Bill, against onDemand: Bill, tail: BacktestTail) throws {
    self.tail = self.tail + (try tail.savings(of: bill.commitments.map(\.commitment)))
    cost += bill.cost
    covered += bill.coveredOnDemand
    purchases += bill.commitments.count
    commitments += bill.commitments.map(\.commitment)
    for use in bill.commitments {
      let commitment = use.commitment
      locked += Money(
        rounding: commitment.effectiveHourly
          * Double(max(0, commitment.end - max(commitment.start, bill.window.end))))
      used += use.used
      paid += use.amortized
    }
    for (place, months) in zip(onDemand.monthly, bill.monthly).enumerated() {
      savings[place] += months.0.effective - months.1.effective
    }
    for (place, month) in bill.window.months.enumerated() {
      usage[place] += bill.hourlyOnDemand[month.hours].reduce(0, +)
      coverage[place] += bill.hourlyCovered[month.hours].reduce(0, +)
    }
  }

  func result(_ name: PolicyName, list: Money, hindsight: Money) -> Backtest.Result {
    let net = list - cost
    let rates = ([cost] + costsOfOtherSeeds).map {
      list == .zero ? 0 : (list - $0).value / list.value
    }
    return Backtest.Result(
      name: name, cost: cost, purchases: purchases, monthlySavings: savings,
      utilization: paid == .zero ? nil : used.value / paid.value,
      coverage: list == .zero ? 0 : covered.value / list.value,
      monthlyCoverage: zip(coverage, usage).map { $1 > 0 ? $0 / $1 : nil }, netSavings: net,
      lockedBeyond: locked, tailSavings: tail.stays, tailSavingsHalved: tail.halves,
      shareOfHindsight: hindsight > .zero ? net.value / hindsight.value : nil,
      regret: hindsight - net,
      seeds: costsOfOtherSeeds.isEmpty ? nil : SeedSpread(rates: rates),
      bought: Backtest.Bought.summed(commitments))
  }
}

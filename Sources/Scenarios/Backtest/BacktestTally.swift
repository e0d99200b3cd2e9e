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
    return Backtest.Result(
      name: name, cost: cost, purchases: purchases, monthlySavings: savings,
      utilization: paid == .zero ? nil : used.value / paid.value,
      coverage: list == .zero ? 0 : covered.value / list.value,
      monthlyCoverage: zip(coverage, usage).map { $1 > 0 ? $0 / $1 : nil }, netSavings: net,
      lockedBeyond: locked, tailSavings: tail.stays, tailSavingsHalved: tail.halves,
      shareOfHindsight: hindsight > .zero ? net.value / hindsight.value : nil,
      regret: hindsight - net, bought: Backtest.Bought.summed(commitments))
  }
}

/// What is held when a backtest ends, billed to the end of its terms with nothing new bought: the price of being
/// locked on.
struct BacktestTail: Sendable {
  /// What it saves against all on demand; negative where it loses.
  struct Savings: Hashable, Sendable {
    /// Where usage stays as in the last year.
    var stays = Money.zero
    /// Where there is half as much.
    var halves = Money.zero

    static func + (a: Savings, b: Savings) -> Savings {
      Savings(stays: a.stays + b.stays, halves: a.halves + b.halves)
    }
  }

  /// Whole weeks of a year, and of what there is.
  private static let weeks = 52
  private let usage: Demand
  private let judge: Judge

  init(after usage: Demand, judge: Judge) {
    self.usage = usage
    self.judge = judge
  }

  func savings(of commitments: [Commitment]) throws -> Savings {
    let end = usage.window.end
    guard let last = commitments.map(\.end).max(), last > end else { return Savings() }
    let held = commitments.filter { $0.end > end }
    let coming = repeated(over: HourWindow(from: end, to: last))
    func saved(_ usage: Demand) throws -> Money {
      try judge.bill(usage, under: []).cost - judge.bill(usage, under: held).cost
    }
    return Savings(stays: try saved(coming), halves: try saved(coming.scaled(by: 0.5)))
  }

  /// The last year over and over; of a shorter history its whole weeks.
  private func repeated(over window: HourWindow) -> Demand {
    let known = usage.window.hours
    let period = max(1, min(Self.weeks, known / 168)) * 168
    guard known >= period else {
      return usage.restricted(to: HourWindow(start: window.start, hours: 0))
    }
    return Demand(
      window: window, groups: usage.groups,
      quantities: usage.groups.indices.flatMap { g in
        let row = usage.hours(of: g).suffix(period)
        return (0..<window.hours).map { row[row.startIndex + $0 % period] }
      })
  }
}

import Billing
import CloudCosts

/// What is held when a backtest ends, billed to the end of its terms with nothing new bought: the
/// price of being locked on.
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

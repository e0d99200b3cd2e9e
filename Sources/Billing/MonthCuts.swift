import CloudCosts

/// What of each group's cost on demand lies before an hour inside a month: a contract year may
/// begin or end there, and rows are those of whole months.
struct MonthCuts {
  /// Hours of the window, inside its months, at which something is to be known; ascending.
  let hours: [Int]
  private let window: HourWindow
  /// For each hour, the share of the month's cost of a group that lies before it.
  private var shares: [Int: [UsageGroup: Double]] = [:]
  /// Instance-hours on demand by line, at hours of the month at hand.
  private var marks: [(hour: Int, onDemand: [Double])] = []

  init(_ commitments: [SpendCommitment], in window: HourWindow) {
    self.window = window
    let bounds = commitments.flatMap { commitment in
      commitment.years.compactMap { $0.part(in: window)?.window }
        .flatMap { [$0.start - window.start, $0.end - window.start] }
    }
    let months = Set(window.months.flatMap { [$0.hours.lowerBound, $0.hours.upperBound] })
    hours = Set(bounds).subtracting(months).sorted()
  }

  /// Takes note of what is on demand in the month's hours before one; of others nothing.
  mutating func note(_ hour: Int, _ onDemand: [Double]) {
    if hours.contains(hour) { marks.append((hour, onDemand)) }
  }

  /// Ends a month, whose hours these are.
  mutating func close(_ waterfall: Waterfall, _ usage: UsageIndex, hours: Range<Int>) {
    guard !marks.isEmpty else { return }
    // Sustained use is discounted by whole months: a line's price is the same in all hours of one.
    let prices = zip(usage.onDemand, waterfall.sustained.shares(in: hours)).map { $0 * $1 }
    for mark in marks {
      for lines in usage.linesOfGroup {
        let whole = lines.reduce(0) { $0 + waterfall.onDemand[$1] * prices[$1] }
        guard whole > 0 else { continue }
        let before = lines.reduce(0) { $0 + mark.onDemand[$1] * prices[$1] }
        shares[mark.hour, default: [:]][usage.groups[lines.lowerBound]] = before / whole
      }
    }
    marks = []
  }

  /// What of a group's cost on demand in a month lies in a part of the window, 0 to 1.
  func share(of group: UsageGroup, in month: CalendarMonth, _ part: HourWindow) -> Double {
    let first = max(part.start, window.start, month.start)
    let last = min(part.end, window.end, month.next.start)
    guard first < last else { return 0 }
    func before(_ hour: Hour) -> Double {
      shares[hour - window.start]?[group] ?? 0
    }
    let end = last < min(window.end, month.next.start) ? before(last) : 1
    return end - (first > max(window.start, month.start) ? before(first) : 0)
  }
}

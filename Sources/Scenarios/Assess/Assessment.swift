import CloudCosts

/// How well a practice of buying works, by what its bills say and by what is proven.
package struct Assessment: Sendable {
  package var path: String
  /// ISO 4217 code.
  package var currency: String
  package var window: HourWindow
  package var total: CostSlice
  /// Of all usage that has prices; nil where nothing could be computed.
  package var efficiency: Efficiency?
  /// By calendar month.
  package var months: [Efficiency]
  /// Each account as if it were alone, dearest first.
  package var accounts: [Efficiency]
  /// Months that commitments still bind at the window's end, weighted by what they cost.
  package var lockInMonths: Double?
  /// What ends in which quarter after the window, currency units per hour.
  package var expiries: [(quarter: String, hourly: Double)]
  /// What a vCPU-hour costs, and of which share of the machine hours the vCPUs are known.
  package var corePrice: (price: Double, known: Double)?
  package var measures: [MaturityMeasure]
  package var findings: [Finding]

  /// The stage of the measure that is furthest behind; nil where nothing was measured.
  package var stage: MaturityStage? { measures.map(\.stage).min() }

  /// The measure that holds the practice back; nil where all are at run.
  package var heldBackBy: MaturityMeasure? {
    measures.filter { $0.stage < .run }.min { ($0.stage, $0.reached) < ($1.stage, $1.reached) }
  }
}

/// How much of what could have been saved was, with a proof.
package struct Efficiency: Hashable, Sendable {
  /// `all`, a month, an account.
  package var name: String
  /// What its usage and its commitments' unused part cost, amortised.
  package var bill: Money
  /// Its usage on demand, at the same prices as the bound.
  package var onDemand: Money
  /// No way of buying could have cost less, knowing every hour in advance: proven.
  package var bound: Money

  /// 1 − (bill − bound) / bill; above 1 where the bill has prices that the price book has not.
  package var share: Double? { bill <= .zero ? nil : bound.value / bill.value }

  /// The part of the possible saving that was made: (on demand − bill) / (on demand − bound).
  package var captured: Double? {
    let possible = onDemand - bound
    return possible <= .zero ? nil : (onDemand - bill).value / possible.value
  }
}

/// The FinOps Framework's words for how far a practice has come.
package enum MaturityStage: String, Hashable, Sendable, Comparable, CaseIterable {
  case crawl, walk, run

  package static func < (a: MaturityStage, b: MaturityStage) -> Bool {
    allCases.firstIndex(of: a) ?? 0 < allCases.firstIndex(of: b) ?? 0
  }
}

/// One measure, where it puts the practice, and what would take it further.
package struct MaturityMeasure: Hashable, Sendable {
  package var name: String
  /// 0 to 1.
  package var value: Double
  /// From these values on it is at walk, and at run.
  package var walk: Double
  package var run: Double
  /// Whether less is better.
  package var isInverse = false
  /// Who says so.
  package var source: String
  /// What to do next.
  package var next: String

  package var stage: MaturityStage {
    let passes = { (bar: Double) in isInverse ? value <= bar : value >= bar }
    return passes(run) ? .run : passes(walk) ? .walk : .crawl
  }

  /// How much of the way to the next stage is done; the least is what holds back most.
  var reached: Double {
    let bar = stage == .crawl ? walk : run
    guard bar > 0, value > 0 else { return value <= 0 && !isInverse ? 0 : 1 }
    return isInverse ? bar / value : value / bar
  }
}

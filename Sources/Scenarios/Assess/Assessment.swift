import CloudCosts

/// How well a practice of buying works, by what its bills say and by what is proven.
public struct Assessment: Sendable {
  public var path: String
  /// ISO 4217 code.
  public var currency: String
  public var window: HourWindow
  public var total: CostSlice
  /// Of all usage that has prices; nil where nothing could be computed.
  public var efficiency: Efficiency?
  /// By calendar month.
  public var months: [Efficiency]
  /// Each account as if it were alone, dearest first.
  public var accounts: [Efficiency]
  /// Months that commitments still bind at the window's end, weighted by what they cost.
  public var lockInMonths: Double?
  /// What ends in which quarter after the window, currency units per hour.
  public var expiries: [(quarter: String, hourly: Double)]
  /// What a vCPU-hour costs, and of which share of the machine hours the vCPUs are known.
  public var corePrice: (price: Double, known: Double)?
  public var measures: [MaturityMeasure]
  public var findings: [Finding]

  /// The stage of the measure that is furthest behind; nil where nothing was measured.
  public var stage: MaturityStage? { measures.map(\.stage).min() }

  /// The measure that holds the practice back; nil where all are at run.
  public var heldBackBy: MaturityMeasure? {
    measures.filter { $0.stage < .run }.min { ($0.stage, $0.reached) < ($1.stage, $1.reached) }
  }
}

/// How much of what could have been saved was, with a proof.
public struct Efficiency: Hashable, Sendable {
  /// `all`, a month, an account.
  public var name: String
  /// What its usage and its commitments' unused part cost, amortised.
  public var bill: Money
  /// Its usage on demand, at the same prices as the bound.
  public var onDemand: Money
  /// No way of buying could have cost less, knowing every hour in advance: proven.
  public var bound: Money

  /// 1 − (bill − bound) / bill; above 1 where the bill has prices that the price book has not.
  public var share: Double? { bill <= .zero ? nil : bound.value / bill.value }

  /// The part of the possible saving that was made: (on demand − bill) / (on demand − bound).
  public var captured: Double? {
    let possible = onDemand - bound
    return possible <= .zero ? nil : (onDemand - bill).value / possible.value
  }
}

/// The FinOps Framework's words for how far a practice has come.
public enum MaturityStage: String, Hashable, Sendable, Comparable, CaseIterable {
  case crawl, walk, run

  public static func < (a: MaturityStage, b: MaturityStage) -> Bool {
    allCases.firstIndex(of: a) ?? 0 < allCases.firstIndex(of: b) ?? 0
  }
}

/// One measure, where it puts the practice, and what would take it further.
public struct MaturityMeasure: Hashable, Sendable {
  public var name: String
  /// 0 to 1.
  public var value: Double
  /// From these values on it is at walk, and at run.
  public var walk: Double
  public var run: Double
  /// Whether less is better.
  public var isInverse = false
  /// Who says so.
  public var source: String
  /// What to do next.
  public var next: String

  public var stage: MaturityStage {
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

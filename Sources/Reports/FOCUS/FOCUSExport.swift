import Billing
import CloudCosts
import Scenarios

/// A bill as a FOCUS 1.2 file: what a provider would have sent for an outcome.
///
/// FOCUS (FinOps Open Cost and Usage Specification) 1.2, "Commitment discount" in its appendix:
///
/// | row | BilledCost | EffectiveCost | ConsumedQuantity |
/// |---|---|---|---|
/// | purchase, upfront (One-Time) or by the hour (Recurring) | what is paid | 0 | null |
/// | usage that a commitment covers (Used) | 0 | its share of the commitment | instance-hours |
/// | what nothing used (Unused) | 0 | the rest of the commitment | null |
/// | usage on demand | what is paid | the same | instance-hours |
///
/// So for each commitment Σ EffectiveCost of Used and Unused is Σ BilledCost of its purchases, over
/// its whole term; of an upfront payment a window holds the share of the term that lies in it.
/// ListCost is at the provider's public prices and ContractedCost at the negotiated ones
/// (`BillRow`). Interest (a policy's cost of capital) is no charge of a provider and is not in the
/// file. Google's sustained use discount is in the cost of a month's row; by the hour or day it is
/// a credit of the month.
package struct FOCUSExport: Sendable {
  /// How long a row's charge period is.
  package enum Period: String, Sendable, CaseIterable {
    case hour
    case day
    case month
  }

  package let text: String

  /// - Throws: `FindingsError` where usage has no price.
  package init(_ billed: BilledOutcome, per period: Period = .month) throws {
    var csv = CSVText(header: FOCUSRow.columns)
    let prices = billed.judge.prices
    var judge = billed.judge
    judge.discountsSustainedUse = period == .month
    let byID = Dictionary(billed.commitments.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a })
    for part in FOCUSExport.periods(of: billed.demand.window, period) {
      let bill = try judge.bill(
        billed.demand.restricted(to: part), under: billed.commitments)
      let maker = FOCUSRowMaker(billed, part: part, currency: prices.currency)
      for row in bill.rows {
        let commitment = row.commitment.flatMap { byID[$0] }
        if let row = maker.row(row, commitment, prices) { csv.append(row.cells) }
      }
    }
    if period != .month {
      for row in try FOCUSExport.credits(billed) { csv.append(row.cells) }
    }
    text = csv.text
  }

  /// Google's sustained use discount of each month, a credit for each group: it depends on the
  /// whole month, so rows of hours and days are without it.
  private static func credits(_ billed: BilledOutcome) throws -> [FOCUSRow] {
    try periods(of: billed.demand.window, .month).flatMap { month -> [FOCUSRow] in
      let bill = try billed.judge.bill(
        billed.demand.restricted(to: month), under: billed.commitments)
      let maker = FOCUSRowMaker(billed, part: month, currency: billed.judge.prices.currency)
      return bill.rows.compactMap(maker.credit)
    }
  }

  /// Consecutive stretches that make up the window, none across a month's end.
  static func periods(of window: HourWindow, _ period: Period) -> [HourWindow] {
    window.months.flatMap { _, hours -> [HourWindow] in
      let length =
        switch period {
        case .hour: 1
        case .day: 24
        case .month: hours.count
        }
      // Days are the calendar's: the first may be short.
      let phase = period == .day ? (window.start + hours.lowerBound).sinceEpoch % 24 : 0
      var result: [HourWindow] = []
      var first = hours.lowerBound
      while first < hours.upperBound {
        let want = first == hours.lowerBound ? length - phase : length
        let last = min(first + max(1, want), hours.upperBound)
        result.append(HourWindow(start: window.start + first, hours: last - first))
        first = last
      }
      return result
    }
  }
}

import Billing
import CloudCosts
import Scenarios

/// What the template shows of cash: the drawing, when the money is back, and the months as numbers.
struct CashPage {
  let svg: String
  let chartOf: String
  let against: String
  let payback: String
  let rows: [Row]

  /// One month's figures.
  struct Row {
    let month: String
    let cells: [String]
  }

  init(plan: Outcome, reference: Outcome) {
    chartOf = plan.kind.rawValue
    against = reference.kind.rawValue
    svg =
      CashChart(
        plan: plan.bill, planName: chartOf, reference: reference.bill, referenceName: against
      ).svg
    let amounts = AmountText(currency: plan.bill.currency, minus: "−")
    let months = zip(reference.bill.monthly, plan.bill.monthly)
    var ahead = Money.zero
    var aheads: [(month: CalendarMonth, ahead: Money)] = []
    rows = months.map { before, after in
      ahead += before.cash - after.cash
      aheads.append((after.month, ahead))
      return Row(
        month: after.month.description,
        cells: [before.cash, after.cash, ahead, before.effective, after.effective]
          .map(amounts.headline))
    }
    payback = CashPage.payback(aheads, against: against, amounts)
  }

  /// Since when the plan has paid less cash in total than the reference, and stays so.
  private static func payback(
    _ aheads: [(month: CalendarMonth, ahead: Money)], against: String, _ amounts: AmountText
  ) -> String {
    guard let last = aheads.last else { return "" }
    guard last.ahead >= .zero else {
      return "Inside the window it pays \(amounts.headline(-last.ahead)) more cash than "
        + "\(against); terms that outlast the window are in that."
    }
    let end = "at the end of the window it has paid \(amounts.headline(last.ahead)) less in all."
    guard let behind = aheads.last(where: { $0.ahead < .zero }) else {
      return "Its cumulative cash is below that of \(against) from the first month on; " + end
    }
    return "Its cumulative cash is below that of \(against) from \(behind.month.next) on; " + end
  }
}

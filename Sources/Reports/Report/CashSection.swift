import Billing
import CloudCosts
import Scenarios

/// Cash by month: the drawing, when the money is back, and the months as numbers.
struct CashSection {
  let html: HTML

  init(plan: Outcome, reference: Outcome) {
    let name = plan.kind.rawValue
    let against = reference.kind.rawValue
    let amounts = AmountText(currency: plan.bill.currency, minus: "−")
    var ahead = Money.zero
    var aheads: [(month: CalendarMonth, ahead: Money)] = []
    let rows = zip(reference.bill.monthly, plan.bill.monthly).map { before, after in
      ahead += before.cash - after.cash
      aheads.append((after.month, ahead))
      return [after.month.description]
        + [before.cash, after.cash, ahead, before.effective, after.effective].map(amounts.headline)
    }
    let table = HTMLTable(
      [
        "Month", "Cash, \(against)", "Cash, \(name)", "Ahead so far", "Cost, \(against)",
        "Cost, \(name)",
      ], rows
    ).html
    html = HTML.section(
      "Cash by month", style: "chart",
      lead: "Outcome \(name). \(CashSection.payback(aheads, against: against, amounts))",
      """
      \(HTML.figure { size in
        CashChart(
          plan: plan.bill, planName: name, reference: reference.bill, referenceName: against,
          size: size
        ).svg
      })
      \(HTML.details("The months as numbers", style: "months", table))
      """)
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

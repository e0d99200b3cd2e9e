import CloudCosts

/// When the whole obligation is repaid, in words.
enum ObligationText {
  static func sentence(_ obligation: RunDocument.Obligation, _ amounts: AmountText? = nil)
    -> String
  {
    let share = AmountText.percent(obligation.repaidShare)
    let whole = amounts.map { ", \($0.headline(obligation.committed))," } ?? ""
    if let months = obligation.months {
      return "all that it binds to\(whole) is repaid after \(text(months)) months: from then on "
        + "nothing is lost, even without any usage"
    }
    let inside = "\(share) of all that it binds to\(whole) is repaid inside the window"
    guard let months = obligation.monthsAtThisPace else {
      return inside + "; at the pace of the window it is never repaid: it binds more than it saves"
    }
    return inside + "; at the pace of the window all is after \(text(months)) months"
  }

  private static func text(_ months: Double) -> String {
    AmountText.decimal(months, decimals: 1)
  }
}

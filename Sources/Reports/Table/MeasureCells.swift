import CloudCosts

/// The columns in which measures are reported, on a terminal and on the page.
struct MeasureCells {
  let header: [String]
  private let tellsList: Bool
  private let money: (Money) -> String

  /// - Parameter money: how amounts are written.
  init(_ measures: [RunDocument.Measures], money: @escaping (Money) -> String) {
    let all = measures.flatMap { [$0.overall] + $0.accounts + $0.families + ($0.tags ?? []) }
    // The public price is worth a column only where somebody pays less.
    tellsList = all.contains { $0.list != $0.contracted }
    header =
      (tellsList ? ["list"] : [])
      + [
        "on demand", "cost", "covered", "used", "vacant", "ESR", "unrealized", "locked",
        "paid back",
      ]
    self.money = money
  }

  func cells(_ part: RunDocument.MeasuredPart) -> [String] {
    (tellsList ? [money(part.list)] : []) + [
      money(part.contracted), money(part.cost), percent(part.coverage),
      percent(part.utilization), percent(part.vacancy), percent(part.effectiveSavingsRate),
      part.utilization == nil ? "–" : money(part.unrealizedSavings),
      months(part.lockInMonthsAtEnd), payback(part.breakEvenMonths),
    ]
  }

  func percent(_ share: Double?) -> String {
    share.map { AmountText.decimal($0 * 100, decimals: 1) + "%" } ?? "–"
  }

  func payback(_ months: Double?) -> String {
    months.map { $0 < 0.05 ? "at once" : self.months($0) } ?? "–"
  }

  func months(_ months: Double?) -> String {
    months.map { AmountText.decimal($0, decimals: 1) + " mo" } ?? "–"
  }
}

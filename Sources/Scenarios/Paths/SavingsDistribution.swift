import CloudCosts
import Planning

/// What a plan saves on each path against buying nothing new: what is owned and nothing else,
/// billed by the judge.
package struct SavingsDistribution: Hashable, Sendable {
  package var risk: RiskSettings
  package var probabilities: [Double]
  /// The plan's bill on each path.
  package var costs: [Money]
  /// Negative where the plan loses money.
  package var savings: [Money]
  /// What is minimised, of the judge's bills in the outcome's window.
  package var riskAdjustedCost: Money
  /// The least that is saved in one calendar month of any path.
  package var worstMonth: Month
  /// What is left of the saving where usage falls, or its largest family goes.
  package var downsides: [Downside] = []

  package struct Month: Hashable, Sendable {
    package var month: CalendarMonth
    /// Which path, from 0.
    package var path: Int
    package var savings: Money

    package init(month: CalendarMonth, path: Int, savings: Money) {
      self.month = month
      self.path = path
      self.savings = savings
    }
  }

  package var expected: Money {
    Money(rounding: zip(probabilities, savings).reduce(0) { $0 + $1.0 * $1.1.value })
  }

  /// The probability of paths on which the plan costs more than buying nothing.
  package var probabilityOfLoss: Double {
    zip(probabilities, savings).reduce(0) { $0 + ($1.1 < .zero ? $1.0 : 0) }
  }

  /// The least saving that is reached or undercut with this probability.
  ///
  /// With fewer than 1 / share paths this is the worst of them: no finer statement can be made.
  package func quantile(_ share: Double) -> Money {
    var mass = 0.0
    for path in savings.indices.sorted(by: { savings[$0] < savings[$1] }) {
      mass += probabilities[path]
      if mass >= share - 1e-9 { return savings[path] }
    }
    return savings.max() ?? .zero
  }

  package init(
    risk: RiskSettings, probabilities: [Double], costs: [Money], savings: [Money],
    riskAdjustedCost: Money, worstMonth: Month, downsides: [Downside] = []
  ) {
    self.risk = risk
    self.probabilities = probabilities
    self.costs = costs
    self.savings = savings
    self.riskAdjustedCost = riskAdjustedCost
    self.worstMonth = worstMonth
    self.downsides = downsides
  }

  init(
    _ plan: PathBiller.Result, against current: PathBiller.Result, window: HourWindow,
    probabilities: [Double], risk: RiskSettings?, reference: [Double]?
  ) {
    self.risk = risk ?? RiskSettings(measure: .expected)
    self.probabilities = probabilities
    costs = plan.costs
    savings = zip(current.costs, plan.costs).map { $0 - $1 }
    riskAdjustedCost = Money(
      rounding: RiskMeasurement(self.risk, probabilities: probabilities, reference: reference)
        .value(of: plan.costs.map(\.value)))
    let names = window.months.map(\.month)
    var worst: Month?
    for path in plan.months.indices {
      for (m, month) in names.enumerated() where plan.months[path].indices.contains(m) {
        let saved = current.months[path][m] - plan.months[path][m]
        if worst.map({ saved < $0.savings }) ?? true {
          worst = Month(month: month, path: path, savings: saved)
        }
      }
    }
    worstMonth = worst ?? Month(month: window.start.month, path: 0, savings: .zero)
  }
}

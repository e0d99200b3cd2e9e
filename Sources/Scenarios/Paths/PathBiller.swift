import Billing
import CloudCosts

/// The judge's bills of every future, one after another; with one future, of that.
struct PathBiller {
  let judge: Judge
  let paths: DemandPaths
  let costOfCapital: Double

  init(_ inputs: ScenarioInputs, judge: Judge) {
    self.judge = judge
    paths = inputs.paths ?? DemandPaths(inputs.demand)
    costOfCapital = inputs.policy.costOfCapital
  }

  /// The same for other futures.
  func limited(to paths: DemandPaths) -> PathBiller {
    PathBiller(judge: judge, paths: paths, costOfCapital: costOfCapital)
  }

  private init(judge: Judge, paths: DemandPaths, costOfCapital: Double) {
    self.judge = judge
    self.paths = paths
    self.costOfCapital = costOfCapital
  }

  /// What the bills of all futures come to.
  struct Result {
    /// What is expected.
    var bill: Bill
    /// Of each path.
    var costs: [Money]
    /// Of each path, by calendar month.
    var months: [[Money]]
  }

  /// - Parameter scale: every hour of usage times this.
  func bills(
    actions: [ChosenAction] = [], scale: Double = 1, under commitments: [Commitment]
  ) throws -> Result {
    func one(_ path: Demand) throws -> Bill {
      try judge.bill(
        path.applying(actions).scaled(by: scale), under: commitments, costOfCapital: costOfCapital)
    }
    guard paths.paths.count > 1 else {
      let bill = try one(paths.paths[0])
      return Result(bill: bill, costs: [bill.cost], months: [bill.monthly.map(\.effective)])
    }
    var expected = ExpectedBill()
    var costs: [Money] = []
    var months: [[Money]] = []
    for (path, probability) in zip(paths.paths, paths.probabilities) {
      let bill = try one(path)
      expected.add(bill, probability: probability)
      costs.append(bill.cost)
      months.append(bill.monthly.map(\.effective))
    }
    guard let bill = expected.value else { return try bills(under: commitments) }
    return Result(bill: bill, costs: costs, months: months)
  }
}

import Billing
import CloudCosts
import Dispatch
import Foundation

/// The judge's bills of every future; with one future, of that.
struct PathBiller {
  let judge: Judge
  let paths: DemandPaths
  let costOfCapital: Double
  private let known = KnownBills()

  /// How long the last bill took that had to be made; 0 before the first.
  var secondsOfABill: Double { known.seconds }

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
    let question = KnownBills.Question(actions: actions, scale: scale, commitments: commitments)
    if let answer = known.answer(question) { return answer }
    let start = ContinuousClock.now
    let answer = try newBills(actions: actions, scale: scale, under: commitments)
    known.note(answer, question, seconds: (ContinuousClock.now - start) / .seconds(1))
    return answer
  }

  private func newBills(
    actions: [ChosenAction], scale: Double, under commitments: [Commitment]
  ) throws -> Result {
    @Sendable func one(_ path: Demand) throws -> Bill {
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
    // As many at a time as there are cores; they are added up in the order of the futures, so that
    // the sums do not depend on that.
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    for first in stride(from: 0, to: paths.paths.count, by: cores) {
      let part = first..<min(first + cores, paths.paths.count)
      for (path, bill) in zip(part, try concurrently(part, one)) {
        expected.add(bill, probability: paths.probabilities[path])
        costs.append(bill.cost)
        months.append(bill.monthly.map(\.effective))
      }
    }
    guard let bill = expected.value else {
      return try newBills(actions: [], scale: 1, under: commitments)
    }
    return Result(bill: bill, costs: costs, months: months)
  }

  /// The bills of some of the paths, each on a core of its own.
  private func concurrently(
    _ part: Range<Int>, _ one: @Sendable (Demand) throws -> Bill
  ) throws -> [Bill] {
    let results = [Swift.Result<Bill, any Error>](unsafeUninitializedCapacity: part.count) {
      buffer, initialized in
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: part.count) { place in
        places.initializeElement(
          at: place, to: Swift.Result { try one(paths.paths[part.lowerBound + place]) })
      }
      initialized = part.count
    }
    return try results.map { try $0.get() }
  }
}

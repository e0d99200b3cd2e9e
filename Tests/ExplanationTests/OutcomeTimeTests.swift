import Planning
import Testing

@testable import Scenarios

/// One time limit, shared out among all that looks for a plan.
@Suite struct OutcomeTimeTests {
  @Test(arguments: [false, true])
  func stagesEndOneAfterAnotherWithinTheLimit(_ hasRivals: Bool) {
    let time = OutcomeTime(seconds: 1000, hasRivals: hasRivals)
    let stages: [OutcomeTime.Stage] = [.reference, .solving, .bill, .trimming, .rivals]
    let left = stages.map { time.end(of: $0).secondsLeft }
    // The clock goes on between two looks at it.
    #expect(zip(left, left.dropFirst()).allSatisfy { $0 <= $1 + 1 })
    #expect(left.allSatisfy { $0 <= 1000 })
    // Whoever solves gets most of it.
    #expect(left[1] - left[0] >= 0.35 * 1000)
  }

  /// What a plan comes to is billed within the limit, too; but most of it is for the plan.
  @Test func billsAfterThePlanHaveTheirShare() {
    func end(bill: Double) -> Double {
      OutcomeTime(seconds: 1000, bill: bill, hasRivals: false).end(of: .rivals).secondsLeft
    }
    #expect(abs(end(bill: 5) - (1000 - 5 * OutcomeTime.billsAfter)) < 1)
    #expect(abs(end(bill: 500) - 600) < 1)
  }

  @Test func aPartCountsFromTheSameStart() {
    let whole = Deadline(seconds: 1000)
    // Looked at first: the clock goes on.
    let left = whole.secondsLeft
    #expect(whole.part(0.5).secondsLeft <= left - 500 + 1e-6)
    #expect(whole.within(10).secondsLeft <= 10)
    #expect(Deadline(seconds: 5).within(10).secondsLeft <= 5)
    #expect(Deadline(seconds: 0).isOver && !whole.isOver)
    #expect(!Deadline(seconds: .infinity).within(.infinity).isOver)
  }

  /// No more than is left, and never nothing at all.
  @Test func aSearchGetsWhatIsLeft() {
    let effort = PlanningEffort(timeLimit: 10)
    #expect(effort.until(Deadline(seconds: 4)).timeLimit <= 4)
    #expect(effort.until(Deadline(seconds: 400)).timeLimit == 10)
    #expect(abs(effort.until(Deadline(seconds: 0)).timeLimit - 0.2) < 1e-9)
  }
}

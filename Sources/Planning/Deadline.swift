/// The moment by which work must be over, and how long there was for it in all.
///
/// Who asks for an answer starts one clock and gives parts of its time to the searches behind it,
/// so that these do not add up to more.
package struct Deadline: Sendable {
  private let start: ContinuousClock.Instant
  private let seconds: Double

  /// - Parameter seconds: from now on.
  package init(seconds: Double) { self.init(start: .now, seconds: seconds) }

  private init(start: ContinuousClock.Instant, seconds: Double) {
    self.start = start
    self.seconds = max(0, seconds)
  }

  /// What is left; 0 once it is over.
  package var secondsLeft: Double {
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    return max(0, seconds - elapsed)
  }

  package var isOver: Bool { secondsLeft == 0 }

  /// When a share of all the time is over, counted from the same start.
  package func part(_ share: Double) -> Deadline {
    Deadline(start: start, seconds: seconds * share)
  }

  /// This, or so many seconds from now on, whichever is sooner.
  package func within(_ seconds: Double) -> Deadline {
    let now = Deadline(seconds: seconds)
    return now.secondsLeft < secondsLeft ? now : self
  }
}

extension PlanningEffort {
  /// The least time that a search is given, as a share of the limit: no answer at all would be
  /// worse.
  private static let least = 0.02

  /// The same with no more time than is left.
  package func until(_ deadline: Deadline) -> PlanningEffort {
    var effort = self
    effort.timeLimit = max(Self.least * timeLimit, min(timeLimit, deadline.secondsLeft))
    return effort
  }
}

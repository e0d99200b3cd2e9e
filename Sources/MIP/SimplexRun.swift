internal import CGLPK

/// Where a solve of the relaxation is: which method has its turn, and what the last slice said.
///
/// GLPK's simplex calls nobody back, so it runs in slices of about a second, and between two of them
/// time and flag are looked at.
struct SimplexRun {
  let deadline: Deadline
  let interrupt: Interrupt?
  var method = PLIMSOLL_SIMPLEX_WARM
  var last = plimsoll_simplex_result()
  var iterations = 0
  private var remedies = [PLIMSOLL_SIMPLEX_COLD, PLIMSOLL_SIMPLEX_ADVANCED]

  init(until deadline: Deadline, interrupt: Interrupt?) {
    self.deadline = deadline
    self.interrupt = interrupt
  }

  var stop: StopReason? {
    if interrupt?.isRaised == true { return .interrupted }
    return deadline.hasPassed ? .timeLimit : nil
  }

  /// The next slice goes on from the basis of the last one.
  mutating func resume() {
    if method != PLIMSOLL_SIMPLEX_WARM { method = PLIMSOLL_SIMPLEX_PRIMAL }
  }

  /// The primal simplex looks at what the dual one said.
  mutating func confirm() {
    method = PLIMSOLL_SIMPLEX_PRIMAL
  }

  /// The next method starts from a basis of its own.
  mutating func fallBack() throws(MIPError) {
    guard !remedies.isEmpty else {
      throw .numericalTrouble("no simplex method solved the relaxation accurately")
    }
    method = remedies.removeFirst()
  }
}

/// A moment after which a solve stops, if there is one.
struct Deadline {
  private let moment: ContinuousClock.Instant?

  init(_ limit: Duration?) {
    moment = limit.map { ContinuousClock.now + $0 }
  }

  var hasPassed: Bool { moment.map { ContinuousClock.now >= $0 } ?? false }

  /// The milliseconds until this moment, but at least one, and at most `longest`.
  func slice(_ longest: Duration = .seconds(1_000_000)) -> Int32 {
    let left = moment.map { min($0 - .now, longest) } ?? longest
    return max(1, Int32(left / .milliseconds(1)))
  }
}

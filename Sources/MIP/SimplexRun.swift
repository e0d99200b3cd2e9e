internal import CGLPK

/// Where a solve of the relaxation is: what is being tried, and what the last slice said.
///
/// GLPK's simplex calls no one back, so it runs in slices of about a second, and between two of
/// them time and flag are looked at.
struct SimplexRun {
  /// A way to solve: a method, and what to do to the problem before.
  struct Attempt {
    var method: Int
    var basis: Basis = .present
    var scaling = Scaling.present

    enum Basis { case present, slacks, triangular }
    enum Scaling { case present, anew, off }
  }

  let deadline: Deadline
  let interrupt: Interrupt?
  private(set) var attempt = Attempt(method: PLIMSOLL_SIMPLEX_LONG_DUAL)
  /// Whether the attempt has not begun.
  private(set) var isNew = true
  private(set) var last = plimsoll_simplex_result()
  private(set) var iterations = 0
  private var slice = Duration.seconds(1)
  private var iterationsLeft = 0
  private let patience: Int
  private var remedies = Attempt.remedies

  /// - Parameter size: Columns and rows together. A method takes two to five times as many
  ///   iterations from scratch, and far fewer from a warm start; more than that, and it turns in
  ///   circles.
  /// - Parameter isPart: Whether that is a part of the program, and the rest stays as it is. Long
  ///   steps then flip columns that are as good as each other, and turned in circles in every
  ///   second solve that was looked at.
  init(size: Int, isPart: Bool = false, until deadline: Deadline, interrupt: Interrupt?) {
    self.deadline = deadline
    if isPart { attempt = Attempt(method: PLIMSOLL_SIMPLEX_DUAL) }
    self.interrupt = interrupt
    patience = 200 + 5 * size
    iterationsLeft = patience
  }

  var stop: StopReason? {
    if interrupt?.isRaised == true { return .interrupted }
    return deadline.hasPassed ? .timeLimit : nil
  }

  /// How long the next slice may take.
  var milliseconds: Int32 { deadline.slice(slice) }

  /// How many iterations the next slice may take; the last remedy may take as many as it likes.
  var iterationLimit: Int32 {
    remedies.isEmpty ? .max : Int32(clamping: iterationsLeft)
  }

  /// Notes what a slice came to.
  mutating func note(_ result: plimsoll_simplex_result) {
    last = result
    isNew = false
    iterations += Int(result.iterations)
    iterationsLeft = max(1, iterationsLeft - Int(result.iterations))
  }

  /// The next slice goes on from the basis of the last one. A slice that hardly got under way was
  /// too short for so large a model, so the next one is longer; a minute of that, and another way
  /// has its turn.
  mutating func resume() throws(MIPError) {
    guard last.iterations < 10 else { return }
    slice *= 2
    if slice > .seconds(60) { try fallBack() }
  }

  /// The primal simplex looks at what the dual one said.
  mutating func confirm() {
    begin(Attempt(method: PLIMSOLL_SIMPLEX_PRIMAL, scaling: attempt.scaling == .off ? .off : .anew))
  }

  /// The next way has its turn.
  mutating func fallBack() throws(MIPError) {
    guard !remedies.isEmpty else {
      throw .numericalTrouble("no simplex method solved the relaxation accurately")
    }
    begin(remedies.removeFirst())
  }

  private mutating func begin(_ next: Attempt) {
    attempt = next
    isNew = true
    iterationsLeft = patience
    slice = .seconds(1)
  }
}

extension SimplexRun.Attempt {
  var isPrimal: Bool { method == PLIMSOLL_SIMPLEX_PRIMAL }

  /// What is tried when a warm start fails, in this order. The primal simplex comes late because on
  /// bad numbers it is the one that runs into GLPK's assertions, and those cost the solver.
  static let remedies = [
    Self(method: PLIMSOLL_SIMPLEX_DUAL, scaling: .anew),
    Self(method: PLIMSOLL_SIMPLEX_DUAL, basis: .slacks),
    Self(method: PLIMSOLL_SIMPLEX_DUAL, scaling: .off),
    Self(method: PLIMSOLL_SIMPLEX_DUAL, basis: .slacks, scaling: .off),
    Self(method: PLIMSOLL_SIMPLEX_PRIMAL, basis: .slacks, scaling: .anew),
    Self(method: PLIMSOLL_SIMPLEX_PRIMAL, basis: .triangular),
  ]
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

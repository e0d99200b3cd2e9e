import Planning

/// The time limit of a plan, shared out among all that looks for it: here and nowhere else.
///
/// A stage that ends early leaves its time to those after it. What a plan comes to is billed after
/// all of them. How long bills take was measured, and so much of the limit is kept for them.
struct OutcomeTime {
  /// What is done, in this order.
  enum Stage {
    /// What each future costs who knows it.
    case reference
    case solving
    /// Limits, and what the provider's order costs, on the bill.
    case bill
    /// Lines that are not worth signing, and the plan without them.
    case trimming
    /// Other rules of buying.
    case rivals
  }

  /// Bills over all hours planned for that what a plan comes to takes: what is left of it where
  /// usage falls, what each line adds, and the like.
  static let billsAfter = 18.0
  /// At most this share of the limit is kept for them: a plan that was not looked for is worth
  /// less than one whose bills are late.
  static let mostForBills = 0.4

  private let whole: Deadline
  private let hasRivals: Bool

  /// - Parameters:
  ///   - bill: the seconds that a bill of all hours and futures takes.
  ///   - hasRivals: whether other rules of buying are solved for, too.
  init(seconds: Double, bill: Double = 0, hasRivals: Bool) {
    whole = Deadline(seconds: seconds - min(Self.billsAfter * bill, Self.mostForBills * seconds))
    self.hasRivals = hasRivals
  }

  /// When a stage must be over.
  func end(of stage: Stage) -> Deadline {
    switch stage {
    case .reference: whole.part(0.3)
    case .solving: whole.part(hasRivals ? 0.7 : 0.9)
    case .bill: whole.part(hasRivals ? 0.8 : 0.95)
    case .trimming: whole.part(hasRivals ? 0.85 : 1)
    case .rivals: whole
    }
  }
}

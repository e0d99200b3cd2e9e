import Planning

/// The time limit of a plan, shared out among all that looks for it: here and nowhere else.
///
/// A stage that ends early leaves its time to those after it.
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

  private let whole: Deadline
  private let hasRivals: Bool

  /// - Parameter hasRivals: whether other rules of buying are solved for, too.
  init(seconds: Double, hasRivals: Bool) {
    whole = Deadline(seconds: seconds)
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

import Billing
import CloudCosts
import Planning

/// What a reader of a plan must know next to its figures.
struct PlanFindings {
  private(set) var findings: [Finding] = []
  private let prefix: String
  private let currency: String

  /// - Parameters:
  ///   - isOnly: whether the run is the only one, so that its name need not be reported.
  ///   - quotas: what of its purchases the provider sells in a month.
  ///   - inputs: what it was planned from; nil: nothing is said of cash.
  init(
    _ run: ScenarioRun, isOnly: Bool, quotas: PurchaseQuotas = PurchaseQuotas(),
    inputs: ScenarioInputs? = nil
  ) {
    prefix = isOnly ? "" : "\(run.name): "
    currency = run.outcomes.first?.bill.currency ?? ""
    for outcome in run.outcomes {
      findings += outcome.bill.findings
      guard let plan = outcome.plan else { continue }
      lockedBeyondWindow(outcome, plan)
      leftOut(outcome, plan)
      sizes(outcome, plan)
      unproven(outcome, plan)
      beyond(quotas, outcome, plan)
      if let inputs {
        let place = "\(prefix)\(outcome.kind.rawValue)"
        findings += [
          Self.cash(outcome, plan, inputs, place: place, text: text),
          Self.saleEnds(outcome, plan, place: place),
          Self.googleSharing(plan, inputs, place: place, text: text),
        ].compactMap { $0 }
      }
    }
  }

  /// Quotas of a month are reported once a plan, the largest first.
  private mutating func beyond(
    _ quotas: PurchaseQuotas, _ outcome: Outcome, _ plan: PlannedOutcome
  ) {
    let exceeded = quotas.exceeded(by: plan.purchases.map(\.purchase.commitment))
    guard let first = exceeded.first else { return }
    let names = Set(exceeded.map(\.interface)).sorted()
    let limits = names.map { name in
      "\(name): \(exceeded.filter { $0.interface == name }.map(\.instances).max() ?? 0)"
    }.joined(separator: ", ")
    let more = exceeded.count > 1 ? ", and \(exceeded.count - 1) more such" : ""
    findings.append(
      Finding(
        .note, rule: "plan.quota", place: "\(prefix)\(outcome.kind.rawValue)",
        message:
          "\(first.instances) reservations of \(first.interface) (\(first.place))\(more) are more than "
          + "the \(first.quota) that are sold there in a month.",
        remedy: "Raise the quota to \(first.instances) with the provider, then state limits: "
          + "{\(limits)}; or buy over several months (ladder)."))
  }

  /// Lines that save too little to be signed.
  private mutating func leftOut(_ outcome: Outcome, _ plan: PlannedOutcome) {
    guard !plan.leftOut.isEmpty else { return }
    let cost = plan.costOfLeavingOut
    let gap = Money(rounding: plan.gap * 100).formatted(decimals: 2)
    let lines = plan.leftOut.count == 1 ? "1 purchase is" : "\(plan.leftOut.count) purchases are"
    findings.append(
      Finding(
        .note, rule: "plan.left-out", place: "\(prefix)\(outcome.kind.rawValue)",
        message: "\(lines) left out because each saves too little"
          + (cost > .zero
            ? ": together they would save \(text(cost)) more. With them the best plan may undercut "
              + "this one by up to \(gap) %." : "; the bill is no higher without them."),
        remedy: "Nothing, if fewer lines are worth that; else lower policy.least_worth."))
  }

  /// What the sizes in use cost, or would cost.
  private mutating func sizes(_ outcome: Outcome, _ plan: PlannedOutcome) {
    let bought = Money(rounding: plan.sizes.bought)
    let refused = Money(rounding: plan.sizes.refused)
    var sentences: [String] = []
    if bought.value >= 0.005 {
      sentences.append(
        "Reservations in the sizes in use cost \(text(bought)) more than in smaller sizes, since "
          + "the price list rounds.")
    }
    if plan.sizes.fewerInstances >= 1 {
      let fewer = Int(exactly: plan.sizes.fewerInstances.rounded()) ?? .max
      sentences.append(
        "Other reservations are in a smaller size than the one in use, whose price is rounded down: "
          + "\(fewer) fewer instances of the size in use would cost \(text(refused)) more.")
    }
    guard !sentences.isEmpty else { return }
    let cost = outcome.bill.cost.value
    let share = cost > 0 ? ((plan.sizes.bought + plan.sizes.refused) / cost * 1e4).rounded(.up) : 0
    findings.append(
      Finding(
        .note, rule: "plan.sizes", place: "\(prefix)\(outcome.kind.rawValue)",
        message: sentences.joined(separator: " "),
        remedy: plan.sizes.fewerInstances >= 1
          ? "Nothing, or policy: {size_cost: \(share / 1e4)} to buy fewer instances."
          : "Nothing, if fewer instances are worth that; else policy: {size_cost: 0}."))
  }

  /// A 3-year price that is judged on one year hides two years of risk.
  private mutating func lockedBeyondWindow(_ outcome: Outcome, _ plan: PlannedOutcome) {
    let cost = outcome.bill.cost
    guard plan.lockedBeyondWindow.value > 0.5 * cost.value else { return }
    let isLong = plan.purchases.contains { $0.purchase.commitment.terms.term == .threeYears }
    findings.append(
      Finding(
        .warning, rule: "plan.locked-beyond-window", place: "\(prefix)\(outcome.kind.rawValue)",
        message: "The purchases still cost \(text(plan.lockedBeyondWindow)) after the window ends: "
          + "more than half of the \(text(cost)) that the window costs.",
        remedy: (plan.horizon.map {
          "Their worth is planned for up to \($0.window.end), by futures. "
        } ?? "Their worth after the window is not judged here. ")
          + (isLong
            ? "Lower max_three_year_share, or offer 1-year terms only, unless you are sure of that "
              + "usage."
            : "Plan a longer window, unless you are sure of that usage.")))
  }

  /// `4,747,449 USD`, small amounts with the decimals that they need.
  private func text(_ amount: Money) -> String {
    amount.naturallyFormatted() + (currency.isEmpty ? "" : " " + currency)
  }

  private mutating func unproven(_ outcome: Outcome, _ plan: PlannedOutcome) {
    let certificate = plan.certificate
    guard certificate.status == .feasible else { return }
    // What was left out, or bought in larger sizes, is in the gap, and a finding says so.
    let isKnown = !plan.leftOut.isEmpty || plan.sizes.bought > 0
    if certificate.stop == .billingOrder, isKnown { return }
    if certificate.stop == .billingOrder {
      return isGoogle(outcome, plan) ? sustainedUse(outcome, plan) : lowerBill(outcome, plan)
    }
    if certificate.stop == .undercut { return undercut(outcome, plan) }
    let percent =
      plan.gap.isFinite
      ? Money(rounding: plan.gap * 100).formatted(decimals: 3) : "an unknown number of"
    findings.append(
      Finding(
        .warning, rule: "plan.not-optimal", place: "\(prefix)\(outcome.kind.rawValue)",
        message: "The solver stopped (\(certificate.stop.rawValue)) with a plan that the "
          + "best one may undercut by up to \(percent) %.",
        remedy: "Raise solver.time_limit, or accept a larger solver.gap."))
  }

  /// What the program proved is no bound.
  private mutating func undercut(_ outcome: Outcome, _ plan: PlannedOutcome) {
    findings.append(
      Finding(
        .warning, rule: "plan.bound-undercut", place: "\(prefix)\(outcome.kind.rawValue)",
        message:
          "The bill of this plan, \(text(Money(rounding: plan.billed))), keeps the policy and is below "
          + "what was proven of all plans: the program leaves out something that the provider does. "
          + "So nothing is proven of this plan.",
        remedy: "Buy by the bill alone, which is the provider's, or ask again with fewer limits in "
          + "policy; and please report the scenario."))
  }

  /// Whether all that is bought is Google's; where nothing is, all that is used.
  private func isGoogle(_ outcome: Outcome, _ plan: PlannedOutcome) -> Bool {
    let bought = plan.purchases.map(\.purchase.commitment.terms.product.provider)
    guard bought.isEmpty else { return bought.allSatisfy { $0 == .gcp } }
    return outcome.bill.rows.compactMap(\.group).allSatisfy { $0.sku.provider == .gcp }
  }

  /// The search ended at its gap, and the bill is further off: by the provider's order.
  private mutating func lowerBill(_ outcome: Outcome, _ plan: PlannedOutcome) {
    let percent = Money(rounding: plan.gap * 100).formatted(decimals: 2)
    let order = Money(rounding: plan.billingGap * 100).formatted(decimals: 2)
    findings.append(
      Finding(
        .note, rule: "plan.lower-bill", place: "\(prefix)\(outcome.kind.rawValue)",
        message:
          "The provider applies commitments in its own order, and the bound is that of the best one. So the "
          + "best plan may undercut this one by up to \(percent) %, of which \(order) % is what the bill "
          + "is above the best known allocation of these purchases.",
        remedy: "None is needed; the cost itself is the bill as the provider makes it."))
  }

  /// The search ended at its gap, and the bill is further off: that is what Google's rules hide.
  private mutating func sustainedUse(_ outcome: Outcome, _ plan: PlannedOutcome) {
    let percent = Money(rounding: plan.gap * 100).formatted(decimals: 2)
    findings.append(
      Finding(
        .note, rule: "plan.sustained-use", place: "\(prefix)\(outcome.kind.rawValue)",
        message:
          "Google's sustained use discount depends on whole months, and so does what of it flexible "
          + "commitments and limits on single purchases leave. The bound is that of the most of it; "
          + "the best plan may undercut this one by up to \(percent) %.",
        remedy: "None is needed; the cost itself is the bill as Google makes it.")
    )
  }

  /// Findings that say why there is no plan.
  static func explaining(_ error: any Error, _ inputs: ScenarioInputs) -> [Finding] {
    switch error {
    case let error as FindingsError: return error.findings
    case PlanningError.infeasible(let clashing):
      return [ClashText(clashing, inputs).finding]
    case let error as LimitsNotKept: return [error.finding(inputs)]
    case PlanningError.solver(let words):
      return [
        Finding(
          .error, rule: "solver.failed", place: "scenario.yaml: solver",
          message: "The solver could not finish '\(inputs.name)': \(words)",
          remedy: "Raise solver.time_limit, or simplify the policy.")
      ]
    default:
      return [
        Finding(
          .error, rule: "run.failed", place: "scenario.yaml", message: "\(error)",
          remedy: "Report this as a fault of the program.")
      ]
    }
  }
}

extension PlanFindings {
  /// What the break-even limit keeps off the list of offers.
  static func leftOut(_ inputs: ScenarioInputs) throws -> [Finding] {
    guard let months = inputs.policy.maxBreakEvenMonths else { return [] }
    let problem = OutcomePlanner.problem(inputs, mayBuy: true, mayResize: true)
    let offers = try Planner(problem).leftOutOffers()
    guard !offers.isEmpty else { return [] }
    let examples = offers.prefix(3).map { offer in
      let time = offer.breakEvenMonths.map { "\($0) months" } ?? "more than its term"
      let terms = "\(offer.terms.term.years) y \(offer.terms.payment.rawValue)"
      return "\(offer.terms.product.title) \(offer.subject) \(terms) (\(time))"
    }
    let more = offers.count > 3 ? " and \(offers.count - 3) more" : ""
    return [
      Finding(
        .note, rule: "policy.left-out", place: inputs.policyPlace,
        message:
          "max_break_even_months: \(months) leaves out of '\(inputs.name)' what does not repay "
          + "its upfront in that time even if fully used: \(examples.joined(separator: ", "))\(more).",
        remedy: "Nothing, if that is meant; else raise it.")
    ]
  }
}

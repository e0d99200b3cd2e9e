import CloudCosts
import Scenarios

/// Leadership's one number: what a run's recommended plan would have cost instead, and how sure
/// that it could not be much better.
struct Headline {
  var outcome: RunDocument.Outcome
  var plan: RunDocument.Plan
  var baseline: Money
  /// `on demand`, or what else the baseline is.
  var baselineName: String
  /// The outcome that the baseline is the bill of.
  var baselineOutcome: String
  let amounts: AmountText

  /// - Parameter selected: the outcome that it is about; nil: the recommended one.
  init?(
    _ run: RunDocument.Run, amounts: AmountText, selected: RunDocument.Outcome? = nil
  ) {
    guard let outcome = selected ?? run.recommended, let plan = outcome.plan else { return nil }
    self.outcome = outcome
    self.plan = plan
    self.amounts = amounts
    let onDemand = outcome.cost + outcome.savings
    // What is paid today is the honest comparison; without commitments that is the on-demand bill.
    let baseline = Recommendation.baseline(
      current: run.outcome("current")?.cost, onDemand: onDemand)
    self.baseline = baseline.cost
    baselineOutcome = baseline.kind.rawValue
    baselineName = baseline.cost == onDemand ? "on demand" : "with what is owned today"
  }

  /// Share of the baseline; negative where the plan costs more.
  var savingsRate: Double {
    baseline == .zero ? 0 : (baseline - outcome.cost).value / baseline.value
  }

  /// `32.7 % less`.
  var change: String { Self.change(savingsRate) }

  /// The same of any saving, as a share of a bill.
  static func change(_ savingsRate: Double) -> String {
    AmountText.percent(abs(savingsRate)) + (savingsRate < 0 ? " more" : " less")
  }

  /// `18.0 % less if usage falls by 30 %, 4.1 % more if m5 goes; loses money in 1 of 24 futures; `;
  /// with one future, what is left if usage falls; empty where nothing is bought.
  var downside: String {
    guard !plan.purchases.isEmpty else { return "" }
    guard let paths = outcome.paths else {
      return plan.headlineDownside.map { "\(Self.change($0.savingsRate)) if \($0.name); " } ?? ""
    }
    let cases = (paths.downsides ?? []).map { "\(Self.change($0.savingsRate)) if \($0.name)" }
    let lost = paths.savings.count { $0.wrappedValue < .zero }
    return (cases.isEmpty ? "" : cases.joined(separator: ", ") + "; ")
      + "loses money in \(lost) of \(paths.count) futures; "
  }

  var verb: String {
    plan.purchases.isEmpty && !plan.actions.isEmpty
      ? "Carrying out the \(outcome.name) plan" : "Buying the \(outcome.name) plan"
  }

  var costSentence: String {
    if plan.purchases.isEmpty && plan.actions.isEmpty {
      return "The \(outcome.name) plan is to change nothing: \(amounts.headline(outcome.cost))"
    }
    return
      "\(verb) \(outcome.paths == nil ? "would have cost" : "is expected to cost") \(amounts.headline(outcome.cost)) instead of "
      + "\(amounts.headline(baseline)) \(baselineName)"
      + (plan.costOfWork > .zero
        ? " (and \(amounts.headline(plan.costOfWork)) of work on machines, once)" : "")
  }

  var proofSentence: String {
    guard plan.stop != .undercut else { return "but nothing is proven of it." }
    let within = "within \(AmountText.provenGap(plan.gap)) of the best possible plan\(plan.span)"
    return !plan.isStoppedEarly
      ? "proven \(within) under this policy."
      : "stopped early (\(plan.stop.rawValue)), \(within) under this policy."
  }

  var sentence: String {
    costSentence
      + (plan.purchases.isEmpty && plan.actions.isEmpty ? "; " : ": \(change); \(downside)")
      + proofSentence
  }
}

import CloudCosts
import Scenarios

/// What `plimsoll judge --json` prints: somebody's own purchases, billed next to the best plan.
package struct JudgeDocument: Hashable, Sendable, Codable {
  package var scenario: String
  package var run: String
  /// ISO 4217 code; every amount of the document is in it.
  package var currency: String
  package var window: RunDocument.Window
  /// What is paid without anything new.
  @JSONNumber package var current: Money
  @JSONNumber package var onDemand: Money
  /// The bill with what is owned and what is proposed.
  package var proposal: RunDocument.Outcome
  /// `current` less the proposal's cost; negative where it loses money.
  @JSONNumber package var savings: Money
  package var savingsRate: Double
  /// If usage falls in every hour.
  package var downside: [Downside]
  /// Keys of the policy that the proposal does not keep.
  package var missed: [String]
  /// The optimizer's plan under the policy; nil where there is none.
  package var best: Best?
  package var findings: [RunDocument.Note]

  package struct Downside: Hashable, Sendable, Codable {
    /// 0.3: usage falls by 30 %.
    package var drop: Double
    @JSONNumber package var cost: Money
    /// Against buying nothing new; negative: a loss.
    @JSONNumber package var savings: Money
  }

  package struct Best: Hashable, Sendable, Codable {
    @JSONNumber package var cost: Money
    @JSONNumber package var savings: Money
    /// The proposal's cost less the best plan's.
    @JSONNumber package var distance: Money
    /// `distance` as a share of what the best plan saves; nil where it saves nothing.
    package var missedShare: Double?
    /// No plan that keeps the policy costs less by what is minimised, in the hours that plans are
    /// made for: `window`, or those of `horizon`.
    @JSONNumber package var bound: Money
    /// Absent where plans are made for `window`.
    package var horizon: RunDocument.Window?
    package var purchases: Int

    private enum CodingKeys: String, CodingKey {
      case cost, savings, distance
      case missedShare = "missed_share"
      case bound, horizon, purchases
    }
  }

  private enum CodingKeys: String, CodingKey {
    case scenario, run, currency, window, current
    case onDemand = "on_demand"
    case proposal, savings
    case savingsRate = "savings_rate"
    case downside, missed, best, findings
  }

  package init(_ judged: JudgedProposal) {
    let cost = judged.outcome.bill.cost
    let saved = judged.current - cost
    scenario = judged.scenario
    run = judged.run
    currency = judged.currency
    window = RunDocument.Window(
      from: judged.window.start.iso8601, to: judged.window.end.iso8601)
    current = judged.current
    onDemand = judged.onDemand
    var outcome = RunDocument.Outcome(judged.outcome)
    outcome.name = "proposal"
    proposal = outcome
    savings = saved
    savingsRate = RunDocument.rounded(
      judged.current == .zero ? 0 : saved.value / judged.current.value)
    downside = judged.downside.map {
      Downside(drop: $0.drop, cost: $0.cost, savings: $0.savings)
    }
    missed = judged.missed
    best = judged.best.map { best in
      let most = judged.current - best.bill.cost
      return Best(
        cost: best.bill.cost, savings: most, distance: cost - best.bill.cost,
        missedShare: most > .zero
          ? RunDocument.rounded((cost - best.bill.cost).value / most.value) : nil,
        bound: Money(rounding: best.plan?.certificate.bound ?? 0),
        horizon: best.plan?.horizon.map {
          RunDocument.Window(from: $0.window.start.iso8601, to: $0.window.end.iso8601)
        },
        purchases: best.plan?.purchases.count ?? 0)
    }
    findings = judged.findings.map(RunDocument.Note.init)
  }

  package func json() throws -> String { try OrderedJSON.text(self) }
}

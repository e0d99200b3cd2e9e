import CloudCosts
import Scenarios

extension RunDocument {
  /// What a plan was made for that looks further ahead than its outcome is billed: `objective`,
  /// `bound`, `gap`, `limits`, `sensitivity` and `compared` are of these hours.
  package struct Horizon: Hashable, Sendable, Codable {
    /// ISO 8601.
    package var from: String
    package var to: String
    /// What was minimised, of the judge's bills.
    @JSONNumber package var cost: Money
    /// What it buys when 1-year terms end, its cost and saving inside these hours. None of it is
    /// decided today.
    package var renewals: [Purchase]

    init(_ horizon: PlannedHorizon) {
      from = horizon.window.start.iso8601
      to = horizon.window.end.iso8601
      cost = horizon.cost
      renewals = horizon.renewals.map(Purchase.init)
    }
  }
}

extension RunDocument.Plan {
  /// ` from 2025-01-01 to 2028-01-01`; empty where the plan was made for the outcome's window.
  var span: String {
    horizon.map { " from \($0.from.prefix(10)) to \($0.to.prefix(10))" } ?? ""
  }
}

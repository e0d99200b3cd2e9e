/// A kind of input that is read whatever bytes it holds: with a value, or with findings.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// An imported history, as it is and with a checksum that fits.
  case history
  /// Bills by their formats; what they hold decides, these are seeds of their own.
  case cur, focus, native
  /// Price files of any known kind, and our own.
  case prices
  /// `plan.json`.
  case plan
  /// `scenario.yaml`.
  case scenario
  /// Lists of what is owned, proposed or recommended; CSV and what the providers' tools print.
  case owned
  /// Negotiated discounts.
  case discounts
  /// Machines, their measurements and what is recommended to do with them.
  case metrics
  /// Usage by the hour.
  case usage

  /// Reads the bytes.
  ///
  /// - Returns: what is wrong with the reader; nil where all is well. A trap is wrong, too, and
  ///   returns nothing.
  package func complaint(about bytes: [UInt8]) -> String? {
    switch self {
    case .history: HistoryFuzz.complaint(about: bytes)
    case .cur, .focus, .native: BillFuzz.complaint(about: bytes)
    case .prices: PriceFuzz.complaint(about: bytes)
    case .plan: PlanFuzz.complaint(about: bytes)
    case .scenario: ScenarioFuzz.complaint(about: bytes)
    case .owned: OwnedFuzz.complaint(about: bytes)
    case .discounts: DiscountFuzz.complaint(about: bytes)
    case .metrics: MetricsFuzz.complaint(about: bytes)
    case .usage: UsageFuzz.complaint(about: bytes)
    }
  }
}

import CloudCosts

/// Rows and money of one file, month and service that one rule of classification took.
///
/// `rule` is empty in the file's own totals: those are summed apart, over all rows, before any
/// rule.
package struct HistoryTotal: Hashable, Sendable {
  /// The month in which the charge periods start.
  package var month: CalendarMonth
  package var service: String
  /// Nil in the file's own totals.
  package var chargeClass: ChargeClass?
  /// `usage.instance-hours`, `set-aside.tax`; see `Sources/Ingest/README.md`.
  package var rule: String
  package var rows: Int
  package var list: Money
  package var contracted: Money
  package var billed: Money
  package var effective: Money

  package init(
    month: CalendarMonth, service: String, chargeClass: ChargeClass?, rule: String, rows: Int,
    list: Money, contracted: Money, billed: Money, effective: Money
  ) {
    self.month = month
    self.service = service
    self.chargeClass = chargeClass
    self.rule = rule
    self.rows = rows
    self.list = list
    self.contracted = contracted
    self.billed = billed
    self.effective = effective
  }
}

extension HistoryTotal {
  /// At list prices, or at cost where the bill has none.
  package var worth: Money { max(list, effective) }

  /// Whether it is usage that commitments can cover, read as demand or not.
  package var isCoverable: Bool {
    chargeClass?.isUsage == true
      && (rule.hasPrefix("usage.") || BilledUsage.coverableRules.contains(rule))
  }
}

import CloudCosts

/// Rows and money of one file, month and service that one rule of classification took.
///
/// `rule` is empty in the file's own totals: those are summed apart, over all rows, before any
/// rule.
public struct HistoryTotal: Hashable, Sendable {
  /// The month in which the charge periods start.
  public var month: CalendarMonth
  public var service: String
  /// Nil in the file's own totals.
  public var chargeClass: ChargeClass?
  /// `usage.instance-hours`, `set-aside.tax`; see `Sources/Ingest/README.md`.
  public var rule: String
  public var rows: Int
  public var list: Money
  public var contracted: Money
  public var billed: Money
  public var effective: Money

  public init(
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
  public var worth: Money { max(list, effective) }

  /// Whether it is usage that commitments can cover, read as demand or not.
  public var isCoverable: Bool {
    chargeClass?.isUsage == true
      && (rule.hasPrefix("usage.") || BilledUsage.coverableRules.contains(rule))
  }
}

import CloudCosts

/// What a cost row is for.
public enum ChargeKind: String, Hashable, Sendable, CaseIterable {
  /// Usage that no commitment covers, at the on-demand price less Google's sustained use discount.
  case onDemand = "on-demand"
  /// Usage that a commitment covers.
  case coveredUsage = "covered usage"
  /// The part of a commitment that nothing used.
  case unusedCommitment = "unused commitment"
  /// Interest on money paid before it is used up (only where the policy has a cost of capital).
  case costOfCapital = "cost of capital"
}

/// One row of a bill: a month's charges of one kind for one group under one commitment.
public struct BillRow: Hashable, Sendable {
  public var kind: ChargeKind
  public var month: CalendarMonth
  /// Nil where the charge is not for usage.
  public var group: UsageGroup?
  /// Nil for on-demand usage.
  public var commitment: Commitment.ID?
  /// Instance-hours; 0 where the charge is not for usage.
  public var instanceHours: Double
  /// What the usage would cost on demand (FOCUS ListCost); 0 where the charge is not for usage.
  public var list: Money
  /// What it costs with upfront payments spread over their term (FOCUS EffectiveCost).
  public var effective: Money

  public init(
    kind: ChargeKind, month: CalendarMonth, group: UsageGroup? = nil,
    commitment: Commitment.ID? = nil, instanceHours: Double = 0, list: Money = .zero,
    effective: Money
  ) {
    self.kind = kind
    self.month = month
    self.group = group
    self.commitment = commitment
    self.instanceHours = instanceHours
    self.list = list
    self.effective = effective
  }
}

/// Cash that leaves in a month (FOCUS BilledCost).
public struct Payment: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case onDemand = "on-demand"
    case upfront
    case recurring
  }

  public var kind: Kind
  public var month: CalendarMonth
  /// Nil for on-demand.
  public var commitment: Commitment.ID?
  public var amount: Money

  public init(
    kind: Kind, month: CalendarMonth, commitment: Commitment.ID? = nil, amount: Money
  ) {
    self.kind = kind
    self.month = month
    self.commitment = commitment
    self.amount = amount
  }
}

/// What the provider would charge for usage under commitments, over a window.
public struct Bill: Sendable {
  public var window: HourWindow
  public var currency: String
  /// Amortised view. Each row is rounded once; every total is the exact sum of its rows.
  /// By month, then kind, then commitment and group; the order of the judge's input is irrelevant.
  public var rows: [BillRow]
  /// Cash view, by month.
  public var payments: [Payment]
  /// Per hour of the window: all usage at on-demand prices, currency units.
  public var hourlyList: [Double]
  /// Per hour of the window: the covered part of `hourlyList`.
  public var hourlyCovered: [Double]
  /// Per commitment, in the order the judge was given them: what it costs in the window, and how
  /// much of that was used.
  public var commitments: [CommitmentUse]
  /// The SKUs that some commitment is on sale for, or was applied to.
  public var eligibleSKUs: Set<SKU>
  /// What is doubtful about this bill: a plan without rates, for example.
  public var findings: [Finding]

  public init(
    window: HourWindow, currency: String, rows: [BillRow], payments: [Payment],
    hourlyList: [Double], hourlyCovered: [Double], commitments: [CommitmentUse],
    eligibleSKUs: Set<SKU> = [], findings: [Finding] = []
  ) {
    self.window = window
    self.currency = currency
    self.rows = rows
    self.payments = payments
    self.hourlyList = hourlyList
    self.hourlyCovered = hourlyCovered
    self.commitments = commitments
    self.eligibleSKUs = eligibleSKUs
    self.findings = findings
  }
}

import CloudCosts

/// What a cost row is for.
package enum ChargeKind: String, Hashable, Sendable, CaseIterable {
  /// Usage that no commitment covers, at the on-demand price less Google's sustained use discount.
  case onDemand = "on-demand"
  /// Usage that a commitment covers.
  case coveredUsage = "covered usage"
  /// The part of a commitment that nothing used.
  case unusedCommitment = "unused commitment"
  /// Interest on money paid before it is used up (only where the policy has a cost of capital).
  case costOfCapital = "cost of capital"
  /// What a spend commitment (EDP, MACC) misses in a contract year, and is paid all the same.
  case shortfall
  /// Giving up a commitment: what is paid out for it, and what it still costs.
  case settlement
  /// What is paid for a commitment on its first day.
  case upfrontPurchase = "upfront purchase"
  /// What is paid for a commitment's hours.
  case recurringPurchase = "recurring purchase"

  /// Whether the charge is for usage, covered or not.
  package var isUsage: Bool { self == .onDemand || self == .coveredUsage }
}

/// One row of a bill: a month's charges of one kind for one group under one commitment.
///
/// It has FOCUS's four costs (FOCUS specification 1.2: ListCost, ContractedCost, BilledCost,
/// EffectiveCost):
///
/// | kind | list | contracted | billed | effective |
/// |---|---|---|---|---|
/// | on-demand | at public prices | at this customer's prices | contracted, less sustained use discount | as billed |
/// | covered usage | at public prices | at this customer's prices | 0 | its share of the commitment |
/// | unused commitment | 0 | 0 | 0 | the rest of the commitment |
/// | upfront and recurring purchase | at public prices | as billed | what is paid | 0 |
/// | shortfall of a spend commitment | as billed | as billed | what is missing | as billed |
/// | settlement of what is given up | as effective | as list | what is paid out, negative | fees, and what no one pays for |
/// | cost of capital (no charge of a provider) | 0 | 0 | 0 | interest |
///
/// So contracted ≤ list; and over its term a commitment's covered and unused rows have the
/// effective cost that its purchases bill.
package struct BillRow: Hashable, Sendable {
  package var kind: ChargeKind
  package var month: CalendarMonth
  /// Nil where the charge is not for usage.
  package var group: UsageGroup?
  /// Nil for on-demand usage.
  package var commitment: Commitment.ID?
  /// Instance-hours; 0 where the charge is not for usage.
  package var instanceHours: Double
  /// FOCUS ListCost: at the provider's public prices, on demand where it is for usage.
  package var list: Money
  /// FOCUS ContractedCost: the same at the prices that were negotiated, before commitments.
  package var contracted: Money
  /// FOCUS BilledCost: what is paid for it in this month.
  package var billed: Money
  /// FOCUS EffectiveCost: what it costs with upfront payments spread over their term.
  package var effective: Money

  /// - Parameter contracted: nil: as `list`.
  package init(
    kind: ChargeKind, month: CalendarMonth, group: UsageGroup? = nil,
    commitment: Commitment.ID? = nil, instanceHours: Double = 0, list: Money = .zero,
    contracted: Money? = nil, billed: Money = .zero, effective: Money = .zero
  ) {
    self.kind = kind
    self.month = month
    self.group = group
    self.commitment = commitment
    self.instanceHours = instanceHours
    self.list = list
    self.contracted = contracted ?? list
    self.billed = billed
    self.effective = effective
  }
}

/// Cash that leaves in a month (FOCUS BilledCost).
package struct Payment: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case onDemand = "on-demand"
    case upfront
    case recurring
    case shortfall
    case settlement
  }

  package var kind: Kind
  package var month: CalendarMonth
  /// Nil for on-demand.
  package var commitment: Commitment.ID?
  package var amount: Money

  package init(
    kind: Kind, month: CalendarMonth, commitment: Commitment.ID? = nil, amount: Money
  ) {
    self.kind = kind
    self.month = month
    self.commitment = commitment
    self.amount = amount
  }
}

/// What the provider would charge for usage under commitments, over a window.
package struct Bill: Sendable {
  package var window: HourWindow
  package var currency: String
  /// Each row is rounded once; every total is the exact sum of its rows.
  /// By month, then kind, then commitment and group; the order of the judge's input is irrelevant.
  package var rows: [BillRow]
  /// Per hour of the window: all usage on demand at this customer's prices, currency units.
  package var hourlyOnDemand: [Double]
  /// Per hour of the window: the covered part of `hourlyOnDemand`.
  package var hourlyCovered: [Double]
  /// Per commitment, in the order the judge was given them: what it costs in the window, and how
  /// much of that was used.
  package var commitments: [CommitmentUse]
  /// The SKUs that some commitment is on sale for, or was applied to.
  package var eligibleSKUs: Set<SKU>
  /// How spend commitments fare, year by year.
  package var contractYears: [ContractYear] = []
  /// What is doubtful about this bill: a plan without rates, for example.
  package var findings: [Finding]
  /// Whose usage it is below the account; nil where no one tells.
  package var tags: UsageTags?

  package init(
    window: HourWindow, currency: String, rows: [BillRow],
    hourlyOnDemand: [Double], hourlyCovered: [Double], commitments: [CommitmentUse],
    eligibleSKUs: Set<SKU> = [], findings: [Finding] = []
  ) {
    self.window = window
    self.currency = currency
    self.rows = rows
    self.hourlyOnDemand = hourlyOnDemand
    self.hourlyCovered = hourlyCovered
    self.commitments = commitments
    self.eligibleSKUs = eligibleSKUs
    self.findings = findings
  }
}

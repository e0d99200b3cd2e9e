import Billing
import CloudCosts

/// A table of the FOCUS specification's appendix, summed up by what its rows are.
///
/// Only `BilledCost` and `EffectiveCost` are read: those are what the specification defines a
/// commitment's rows by, and its tables are not right everywhere else (the cases' READMEs name the
/// slips).
struct FOCUSTable {
  enum RowKind: String {
    case oneTime = "One-Time purchase"
    case recurring = "Recurring purchase"
    case used = "Used"
    case unused = "Unused"
    case standard = "Standard usage"
  }

  struct Costs: Equatable {
    var billed = Money.zero
    var effective = Money.zero
  }

  private(set) var sums: [RowKind: Costs] = [:]

  init(_ rows: [[String: String]]) throws {
    for row in rows {
      guard let billed = row["BilledCost"].flatMap(Double.init),
        let effective = row["EffectiveCost"].flatMap(Double.init), let kind = FOCUSTable.kind(row)
      else { throw GoldenCase.Unreadable(what: "FOCUS row \(row)") }
      add(Costs(billed: Money(rounding: billed), effective: Money(rounding: effective)), kind)
    }
  }

  /// The same sums of a bill.
  init(_ bill: Bill) {
    for row in bill.rows {
      let costs = Costs(billed: row.billed, effective: row.effective)
      switch row.kind {
      case .upfrontPurchase: add(costs, .oneTime)
      case .recurringPurchase: add(costs, .recurring)
      case .coveredUsage: add(costs, .used)
      case .unusedCommitment: add(costs, .unused)
      case .onDemand: add(costs, .standard)
      case .costOfCapital, .shortfall, .settlement: break
      }
    }
  }

  private mutating func add(_ costs: Costs, _ kind: RowKind) {
    sums[kind, default: Costs()].billed += costs.billed
    sums[kind, default: Costs()].effective += costs.effective
  }

  private static func kind(_ row: [String: String]) -> RowKind? {
    switch (row["ChargeCategory"], row["ChargeFrequency"], row["PricingCategory"]) {
    case ("Purchase", "One-Time", "Standard"): .oneTime
    case ("Purchase", "Recurring", "Standard"): .recurring
    case ("Usage", "Usage-Based", "Standard"): .standard
    case ("Usage", "Usage-Based", "Committed"):
      row["CommitmentDiscountStatus"].flatMap(RowKind.init(rawValue:))
    default: nil
    }
  }
}

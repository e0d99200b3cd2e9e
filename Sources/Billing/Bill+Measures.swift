import CloudCosts

/// The figures that a bill is judged by. Money is the exact sum of rows; ratios are taken of sums.
extension Bill {
  /// What the window costs, with upfront payments spread over their terms: all rows.
  public var cost: Money { rows.lazy.map(\.effective).total() }

  /// All usage at on-demand prices.
  public var list: Money { rows.lazy.map(\.list).total() }

  /// What one kind of charge comes to.
  public func cost(of kind: ChargeKind) -> Money {
    rows.lazy.filter { $0.kind == kind }.map(\.effective).total()
  }

  /// All that is paid inside the window.
  public var cash: Money { payments.lazy.map(\.amount).total() }

  /// What is paid on the first days of commitments that start inside the window.
  public var upfront: Money {
    payments.lazy.filter { $0.kind == .upfront }.map(\.amount).total()
  }

  /// Usage at on-demand prices that a commitment is on sale for, or was applied to.
  public var eligibleList: Money {
    rows.lazy.filter { $0.group.map { eligibleSKUs.contains($0.sku) } ?? false }
      .map(\.list).total()
  }

  /// Covered usage at on-demand prices.
  public var coveredList: Money {
    rows.lazy.filter { $0.kind == .coveredUsage }.map(\.list).total()
  }

  /// Covered usage as a share of eligible usage, both at on-demand prices; 0 where none is eligible.
  public var coverage: Double { Bill.ratio(coveredList, eligibleList) }

  /// The used share of what the commitments cost; 0 where there is no commitment.
  public var utilization: Double {
    Bill.ratio(
      commitments.lazy.map(\.used).total(), commitments.lazy.map(\.amortized).total())
  }

  /// (list − cost) / list: what is saved of on-demand prices, after all waste. Negative where
  /// commitments cost more than they save; 0 without usage.
  ///
  /// For one instrument it is k (1 − (1 − d) / u) with coverage k, utilisation u, discount d.
  public var effectiveSavingsRate: Double { Bill.ratio(list - cost, list) }

  /// Per calendar month of the window: what it costs and what is paid in it.
  public var monthly: [(month: CalendarMonth, effective: Money, cash: Money)] {
    var totals: [CalendarMonth: (effective: Money, cash: Money)] = [:]
    for row in rows { totals[row.month, default: (.zero, .zero)].effective += row.effective }
    for payment in payments {
      totals[payment.month, default: (.zero, .zero)].cash += payment.amount
    }
    return window.months.map { month, _ in
      let total = totals[month] ?? (.zero, .zero)
      return (month, total.effective, total.cash)
    }
  }

  private static func ratio(_ part: Money, _ whole: Money) -> Double {
    whole == .zero ? 0 : part.value / whole.value
  }
}

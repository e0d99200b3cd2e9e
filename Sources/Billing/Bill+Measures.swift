import CloudCosts

extension Payment.Kind {
  fileprivate init(_ kind: ChargeKind) {
    self =
      switch kind {
      case .upfrontPurchase: .upfront
      case .shortfall: .shortfall
      case .settlement: .settlement
      default: .recurring
      }
  }
}

/// The figures that a bill is judged by. Money is the exact sum of rows; ratios are taken of sums.
extension Bill {
  /// What the window costs, with upfront payments spread over their terms: all rows.
  package var cost: Money { rows.lazy.map(\.effective).total() }

  /// All usage on demand, at the provider's public prices.
  package var list: Money { rows.lazy.filter(\.kind.isUsage).map(\.list).total() }

  /// All usage on demand, at this customer's prices.
  package var contracted: Money { rows.lazy.filter(\.kind.isUsage).map(\.contracted).total() }

  /// What one kind of charge comes to.
  package func cost(of kind: ChargeKind) -> Money {
    rows.lazy.filter { $0.kind == kind }.map(\.effective).total()
  }

  /// All that is paid inside the window.
  package var cash: Money { rows.lazy.map(\.billed).total() }

  /// What is paid on the first days of commitments that start inside the window.
  package var upfront: Money {
    rows.lazy.filter { $0.kind == .upfrontPurchase }.map(\.billed).total()
  }

  /// Cash view, by month: usage on demand in one, then each commitment's payments.
  package var payments: [Payment] {
    let paid = Dictionary(grouping: rows.lazy.filter { $0.billed != .zero }, by: \.month)
    return window.months.flatMap { month, _ -> [Payment] in
      let rows = paid[month] ?? []
      let usage = rows.lazy.filter { $0.kind == .onDemand }.map(\.billed).total()
      let onDemand = Payment(kind: .onDemand, month: month, amount: usage)
      return (usage == .zero ? [] : [onDemand])
        + rows.filter { $0.kind != .onDemand }.map { row in
          Payment(
            kind: Payment.Kind(row.kind), month: month,
            commitment: row.commitment, amount: row.billed)
        }
    }
  }

  /// Usage at this customer's on-demand prices that a commitment is on sale for, or was applied to.
  package var eligibleOnDemand: Money {
    rows.lazy.filter { $0.group.map { eligibleSKUs.contains($0.sku) } ?? false }
      .map(\.contracted).total()
  }

  /// Covered usage at this customer's on-demand prices.
  package var coveredOnDemand: Money {
    rows.lazy.filter { $0.kind == .coveredUsage }.map(\.contracted).total()
  }

  /// Covered usage as a share of eligible usage, both at this customer's on-demand prices; 0 where
  /// none is eligible.
  package var coverage: Double { Bill.ratio(coveredOnDemand, eligibleOnDemand) }

  /// The used share of what the commitments cost; 0 where there is no commitment.
  package var utilization: Double {
    Bill.ratio(
      commitments.lazy.map(\.used).total(), commitments.lazy.map(\.amortized).total())
  }

  /// (list − cost) / list: what is saved of public on-demand prices by commitments, negotiated and
  /// other discounts, after all waste. Negative where commitments cost more than they save; 0
  /// without usage.
  ///
  /// For one instrument, and prices as on the public list, it is k (1 − (1 − d) / u) with coverage
  /// k, utilisation u, discount d.
  package var effectiveSavingsRate: Double { Bill.ratio(list - cost, list) }

  /// Per calendar month of the window: what it costs and what is paid in it.
  package var monthly: [(month: CalendarMonth, effective: Money, cash: Money)] {
    var totals: [CalendarMonth: (effective: Money, cash: Money)] = [:]
    for row in rows {
      totals[row.month, default: (.zero, .zero)].effective += row.effective
      totals[row.month, default: (.zero, .zero)].cash += row.billed
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

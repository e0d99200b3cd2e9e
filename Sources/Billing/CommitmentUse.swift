import CloudCosts

/// How one commitment fared in the window.
package struct CommitmentUse: Hashable, Sendable {
  package var commitment: Commitment
  /// The used part of its amortised cost inside the window.
  package var used: Money
  /// The part of its amortised cost inside the window that nothing used.
  package var unused: Money
  /// What the covered usage would have cost on demand.
  package var coveredOnDemand: Money
  /// Interest on its upfront payment while that is not used up.
  package var costOfCapital: Money
  /// The calendar months in which it was active inside the window, ascending.
  package var months: [CommitmentMonth]

  package init(
    commitment: Commitment, used: Money, unused: Money, coveredOnDemand: Money,
    costOfCapital: Money = .zero, months: [CommitmentMonth] = []
  ) {
    self.commitment = commitment
    self.used = used
    self.unused = unused
    self.coveredOnDemand = coveredOnDemand
    self.costOfCapital = costOfCapital
    self.months = months
  }

  /// The whole of its months.
  package init(commitment: Commitment, months: [CommitmentMonth]) {
    self.init(
      commitment: commitment, used: months.lazy.map(\.used).total(),
      unused: months.lazy.map(\.unused).total(),
      coveredOnDemand: months.lazy.map(\.coveredOnDemand).total(),
      costOfCapital: months.lazy.map(\.costOfCapital).total(), months: months)
  }

  /// Amortised cost inside the window, used or not; without cost of capital.
  package var amortized: Money { used + unused }

  /// What the covered usage would have cost on demand, less all that the commitment costs.
  package var savings: Money { coveredOnDemand - amortized - costOfCapital }

  /// 0 to 1: the used share of the amortised cost; 0 where it costs nothing.
  package var utilization: Double {
    amortized == .zero ? 0 : used.value / amortized.value
  }
}

/// How one commitment fared in one calendar month.
package struct CommitmentMonth: Hashable, Sendable {
  package var month: CalendarMonth
  /// The hours of the month in which it was active inside the window.
  package var activeHours: Int
  package var used: Money
  package var unused: Money
  package var coveredOnDemand: Money
  package var costOfCapital: Money
  /// What was paid on its first day, if that day lies in this month and in the window.
  package var upfront: Money
  /// What was paid for its active hours in addition to the upfront.
  package var recurring: Money

  package init(
    month: CalendarMonth, activeHours: Int, used: Money = .zero, unused: Money = .zero,
    coveredOnDemand: Money = .zero, costOfCapital: Money = .zero, upfront: Money = .zero,
    recurring: Money = .zero
  ) {
    self.month = month
    self.activeHours = activeHours
    self.used = used
    self.unused = unused
    self.coveredOnDemand = coveredOnDemand
    self.costOfCapital = costOfCapital
    self.upfront = upfront
    self.recurring = recurring
  }
}

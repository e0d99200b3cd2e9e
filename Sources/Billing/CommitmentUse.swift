import CloudCosts

/// How one commitment fared in the window.
public struct CommitmentUse: Hashable, Sendable {
  public var commitment: Commitment
  /// The used part of its amortised cost inside the window.
  public var used: Money
  /// The part of its amortised cost inside the window that nothing used.
  public var unused: Money
  /// What the covered usage would have cost on demand.
  public var coveredOnDemand: Money
  /// Interest on its upfront payment while that is not used up.
  public var costOfCapital: Money
  /// The calendar months in which it was active inside the window, ascending.
  public var months: [CommitmentMonth]

  public init(
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
  public init(commitment: Commitment, months: [CommitmentMonth]) {
    self.init(
      commitment: commitment, used: months.lazy.map(\.used).total(),
      unused: months.lazy.map(\.unused).total(),
      coveredOnDemand: months.lazy.map(\.coveredOnDemand).total(),
      costOfCapital: months.lazy.map(\.costOfCapital).total(), months: months)
  }

  /// Amortised cost inside the window, used or not; without cost of capital.
  public var amortized: Money { used + unused }

  /// What the covered usage would have cost on demand, less all that the commitment costs.
  public var savings: Money { coveredOnDemand - amortized - costOfCapital }

  /// 0 to 1: the used share of the amortised cost; 0 where it costs nothing.
  public var utilization: Double {
    amortized == .zero ? 0 : used.value / amortized.value
  }
}

/// How one commitment fared in one calendar month.
public struct CommitmentMonth: Hashable, Sendable {
  public var month: CalendarMonth
  /// The hours of the month in which it was active inside the window.
  public var activeHours: Int
  public var used: Money
  public var unused: Money
  public var coveredOnDemand: Money
  public var costOfCapital: Money
  /// What was paid on its first day, if that day lies in this month and in the window.
  public var upfront: Money
  /// What was paid for its active hours in addition to the upfront.
  public var recurring: Money

  public init(
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

/// What a team allows itself: limits on what may be bought. Nil or empty means no limit.
public struct Policy: Hashable, Sendable {
  /// Currency units paid on first days, all purchases together.
  public var maxUpfront: Double?
  /// Currency units per hour, all purchases together (amortised).
  public var maxHourlyCommitment: Double?
  /// 0 to 1: the share of eligible usage (at on-demand prices) that commitments of three years may
  /// cover, what is owned included.
  public var maxThreeYearShare: Double?
  /// 0 to 1: the least share of eligible usage (at on-demand prices) that commitments must cover.
  public var minCoverage: Double?
  /// 0 to 1: the largest share of eligible usage that commitments may cover.
  public var maxCoverage: Double?
  /// Yearly interest on money paid before it is used up; 0.08 is 8 %.
  public var costOfCapital: Double
  /// Currency units paid on first days that lie in one calendar month.
  public var maxUpfrontPerMonth: Double?
  /// Currency units per hour (amortised) that end in one calendar month, owned ones included.
  public var maxExpiringPerMonth: Double?
  /// Currency units per hour (amortised): the least that is bought of an offer if any is.
  public var minPurchase: Double?
  /// How many different purchases a plan may hold.
  public var maxPurchases: Int?
  /// Calendar months within which a fully used purchase must have repaid its upfront.
  public var maxBreakEvenMonths: Int?
  /// 0 to 1: the least share of bought capacity that must be used.
  public var minUtilization: Double?
  /// As `minCoverage`, for the usage of some families and accounts.
  public var minCoverageBy = UsageShares()
  /// As `maxCoverage`, for the usage of some families and accounts.
  public var maxCoverageBy = UsageShares()
  /// Usage that nothing is bought for.
  public var exclude = UsageExclusion()
  /// 0 to 1: purchases that save less than this share of the plan's saving are left out.
  public var leastWorth = 0.0
  /// What reservations in the sizes in use may cost more than in the smallest, as a share of the
  /// plan's cost; nil: what the solver's gap leaves open.
  public var sizeCost: Double?
  /// How much may be done with machines.
  public var actions = ActionLimits()

  public init(
    maxUpfront: Double? = nil, maxHourlyCommitment: Double? = nil,
    maxThreeYearShare: Double? = nil, minCoverage: Double? = nil, maxCoverage: Double? = nil,
    costOfCapital: Double = 0
  ) {
    self.maxUpfront = maxUpfront
    self.maxHourlyCommitment = maxHourlyCommitment
    self.maxThreeYearShare = maxThreeYearShare
    self.minCoverage = minCoverage
    self.maxCoverage = maxCoverage
    self.costOfCapital = costOfCapital
  }
}

/// Shares (0 to 1) of the usage of families and of accounts.
public struct UsageShares: Hashable, Sendable {
  /// By instance family: `m5`.
  public var families: [String: Double]
  public var accounts: [String: Double]

  public init(families: [String: Double] = [:], accounts: [String: Double] = [:]) {
    self.families = families
    self.accounts = accounts
  }
}

/// Usage that nothing is bought for: what is in one of these families, accounts or regions.
public struct UsageExclusion: Hashable, Sendable {
  public var families: Set<String>
  public var accounts: Set<String>
  public var regions: Set<String>

  public init(
    families: Set<String> = [], accounts: Set<String> = [], regions: Set<String> = []
  ) {
    self.families = families
    self.accounts = accounts
    self.regions = regions
  }

  public func contains(_ group: UsageGroup) -> Bool {
    families.contains(group.sku.family) || accounts.contains(group.account)
      || regions.contains(group.sku.region)
  }
}

/// Which offers may be bought.
public struct OfferFilter: Hashable, Sendable {
  public var products: Set<Product>
  public var terms: Set<Term>
  public var payments: Set<PaymentOption>
  /// Whether what is bound to a family or a region may be bound to it for three years.
  public var locksForThreeYears = true

  public init(
    products: Set<Product> = Set(Product.allCases).subtracting([.onDemand]),
    terms: Set<Term> = [.oneYear, .threeYears],
    payments: Set<PaymentOption> = Set(PaymentOption.allCases)
  ) {
    self.products = products
    self.terms = terms
    self.payments = payments
  }

  public func allows(_ terms: OfferTerms) -> Bool {
    products.contains(terms.product) && self.terms.contains(terms.term)
      && payments.contains(terms.payment)
      && (locksForThreeYears || terms.term == .oneYear || terms.product.followsUsage)
  }
}

/// How much may be done with machines: limits on all actions together. Nil: no limit.
public struct ActionLimits: Hashable, Sendable {
  /// How many machines may change.
  public var most: Int?
  /// 0 to 1: the share of the machine-hours of all machines that may be looked at which may lie
  /// above capacity, by their history.
  public var risk: Double?
  /// Hours of work in one calendar month.
  public var effortPerMonth: Double?

  public init(most: Int? = nil, risk: Double? = nil, effortPerMonth: Double? = nil) {
    self.most = most
    self.risk = risk
    self.effortPerMonth = effortPerMonth
  }
}

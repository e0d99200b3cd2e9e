/// What a team allows itself: limits on what may be bought. Nil or empty means no limit.
package struct Policy: Hashable, Sendable {
  /// Currency units paid on first days, all purchases together.
  package var maxUpfront: Double?
  /// Currency units per hour, all purchases together (amortised).
  package var maxHourlyCommitment: Double?
  /// 0 to 1: the share of eligible usage (at on-demand prices) that commitments of three years may
  /// cover, what is owned included.
  package var maxThreeYearShare: Double?
  /// 0 to 1: the least share of eligible usage (at on-demand prices) that commitments must cover.
  package var minCoverage: Double?
  /// 0 to 1: the largest share of eligible usage that commitments may cover.
  package var maxCoverage: Double?
  /// Yearly interest on money paid before it is used up; 0.08 is 8 %.
  package var costOfCapital: Double
  /// Currency units paid on first days that lie in one calendar month.
  package var maxUpfrontPerMonth: Double?
  /// Currency units per hour (amortised) that end in one calendar month, owned ones included.
  package var maxExpiringPerMonth: Double?
  /// Currency units per hour (amortised): the least that is bought of an offer if any is.
  package var minPurchase: Double?
  /// How many different purchases a plan may hold.
  package var maxPurchases: Int?
  /// Calendar months within which a fully used purchase must have repaid its upfront.
  package var maxBreakEvenMonths: Int?
  /// 0 to 1: the least share of bought capacity that must be used.
  package var minUtilization: Double?
  /// As `minCoverage`, for the usage of some families and accounts.
  package var minCoverageBy = UsageShares()
  /// As `maxCoverage`, for the usage of some families and accounts.
  package var maxCoverageBy = UsageShares()
  /// Usage that nothing is bought for.
  package var exclude = UsageExclusion()
  /// 0 to 1: purchases that save less than this share of the plan's saving are left out.
  package var leastWorth = 0.0
  /// What reservations in the sizes in use may cost more than in the smallest, as a share of the
  /// plan's cost; nil: what the solver's gap leaves open.
  package var sizeCost: Double?
  /// How much may be done with machines.
  package var actions = ActionLimits()
  /// What must be bought on the first hour in return for what is given up, by product: what the
  /// purchases cost over their whole terms, in currency units.
  package var worthAtOnce: [Product: Double] = [:]

  package init(
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

extension Policy {
  /// Whether purchases are worth what must be bought at an hour in return for what is given up.
  package func isWorthEnough(_ purchases: [Commitment], at hour: Hour) -> Bool {
    purchases.areWorth(worthAtOnce, at: hour)
  }
}

extension [Commitment] {
  /// Whether those that start at an hour are worth so much over their whole terms, by product.
  func areWorth(_ needed: [Product: Double], at hour: Hour) -> Bool {
    needed.allSatisfy { product, least in
      let bought = filter { $0.terms.product == product && $0.start == hour }
      return bought.reduce(0) { $0 + $1.wholeWorth } >= least - 1e-6 * Swift.max(1, least)
    }
  }
}

/// Shares (0 to 1) of the usage of families and of accounts.
package struct UsageShares: Hashable, Sendable {
  /// By instance family: `m5`.
  package var families: [String: Double]
  package var accounts: [String: Double]

  package init(families: [String: Double] = [:], accounts: [String: Double] = [:]) {
    self.families = families
    self.accounts = accounts
  }
}

/// Usage that nothing is bought for: what is in one of these families, accounts or regions.
package struct UsageExclusion: Hashable, Sendable {
  package var families: Set<String>
  package var accounts: Set<String>
  package var regions: Set<String>

  package init(
    families: Set<String> = [], accounts: Set<String> = [], regions: Set<String> = []
  ) {
    self.families = families
    self.accounts = accounts
    self.regions = regions
  }

  package func contains(_ group: UsageGroup) -> Bool {
    families.contains(group.sku.family) || accounts.contains(group.account)
      || regions.contains(group.sku.region)
  }
}

/// Which offers may be bought.
package struct OfferFilter: Hashable, Sendable {
  package var products: Set<Product>
  package var terms: Set<Term>
  package var payments: Set<PaymentOption>
  /// Whether what is bound to a family or a region may be bound to it for three years.
  package var locksForThreeYears = true

  package init(
    products: Set<Product> = Set(Product.allCases).subtracting([.onDemand]),
    terms: Set<Term> = [.oneYear, .threeYears],
    payments: Set<PaymentOption> = Set(PaymentOption.allCases)
  ) {
    self.products = products
    self.terms = terms
    self.payments = payments
  }

  package func allows(_ terms: OfferTerms) -> Bool {
    products.contains(terms.product) && self.terms.contains(terms.term)
      && payments.contains(terms.payment)
      && (locksForThreeYears || terms.term == .oneYear || terms.product.followsUsage)
  }
}

/// How much may be done with machines: limits on all actions together. Nil: no limit.
package struct ActionLimits: Hashable, Sendable {
  /// How many machines may change.
  package var most: Int?
  /// 0 to 1: the share of the machine-hours of all machines that may be looked at which may lie
  /// above capacity, by their history.
  package var risk: Double?
  /// Hours of work in one calendar month.
  package var effortPerMonth: Double?

  package init(most: Int? = nil, risk: Double? = nil, effortPerMonth: Double? = nil) {
    self.most = most
    self.risk = risk
    self.effortPerMonth = effortPerMonth
  }
}

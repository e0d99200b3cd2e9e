/// What a team allows itself: limits on what may be bought. Nil means no limit.
public struct Policy: Hashable, Sendable {
  /// Currency units paid on first days, all purchases together.
  public var maxUpfront: Double?
  /// Currency units per hour, all purchases together (amortised).
  public var maxHourlyCommitment: Double?
  /// 0 to 1: the share of the purchases' hourly commitment that may be bound for three years.
  public var maxThreeYearShare: Double?
  /// 0 to 1: the least share of eligible usage (at on-demand prices) that commitments must cover.
  public var minCoverage: Double?
  /// 0 to 1: the largest share of eligible usage that commitments may cover.
  public var maxCoverage: Double?
  /// Yearly interest on money paid before it is used up; 0.08 is 8 %.
  public var costOfCapital: Double

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

/// Which offers may be bought.
public struct OfferFilter: Hashable, Sendable {
  public var products: Set<Product>
  public var terms: Set<Term>
  public var payments: Set<PaymentOption>

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
  }
}

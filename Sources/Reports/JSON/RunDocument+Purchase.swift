import CloudCosts

extension RunDocument {
  /// One line of a plan: all that a buyer needs, and what it does to the bill.
  package struct Purchase: Hashable, Sendable {
    /// How much is bought.
    package enum Amount: Hashable, Sendable {
      /// Instances.
      case quantity(Double)
      /// Currency units per hour.
      case hourlyCommitment(Money)
    }

    package var product: Product
    package var provider: Provider
    /// Nil: any region.
    package var region: String?
    /// The family where a plan is good for one, nil where it is good for all.
    package var instanceType: String?
    /// Nil where any will do; so the tenancy.
    package var operatingSystem: String?
    package var tenancy: String?
    /// Nil where capacity is not reserved in one zone.
    package var zone: String?
    /// Empty where the account does not matter.
    package var account: String
    package var termYears: Int
    package var payment: PaymentOption
    package var amount: Amount
    /// Paid on the first day.
    @JSONNumber package var upfront: Money
    /// ISO 8601.
    package var start: String
    package var end: String
    /// Amortised, inside the window.
    @JSONNumber package var cost: Money
    /// What the covered usage would have cost on demand, less `cost`.
    @JSONNumber package var savings: Money
    package var utilization: Double
    /// Nil where it does not pay back inside the window.
    package var breakEvenMonths: Double?
    package var reason: String
    /// Nil where a plan was made without.
    package var explanation: Explanation?
    /// Nil where it cannot be returned.
    package var returnable: Returnable?
    /// What the whole bill would be if another account bought it; nil where there is no choice.
    package var owners: [Owner]?
    /// 1 for the line to buy first; nil in documents of older versions.
    package var order: Int?
    /// What it saves after those before it.
    package var adds: Money?
  }

  /// An account that could make a purchase.
  package struct Owner: Hashable, Sendable, Codable {
    package var account: String
    @JSONNumber package var cost: Money
  }
}

extension RunDocument.Purchase: Codable {
  private enum CodingKeys: String, CodingKey {
    case product, provider, region
    case instanceType = "instance_type"
    case operatingSystem = "operating_system"
    case tenancy, zone, account
    case termYears = "term_years"
    case payment, quantity
    case hourlyCommitment = "hourly_commitment"
    case upfront, start, end, cost, savings, utilization
    case breakEvenMonths = "break_even_months"
    case reason, explanation, returnable, owners, order, adds
  }

  /// As much as a usage file's hour may hold.
  private static let mostBought = 1e9

  package init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: CodingKeys.self)
    product = try keyed.decode(Product.self, forKey: .product)
    provider = try keyed.decode(Provider.self, forKey: .provider)
    region = try keyed.decodeIfPresent(String.self, forKey: .region)
    instanceType = try keyed.decodeIfPresent(String.self, forKey: .instanceType)
    operatingSystem = try keyed.decodeIfPresent(String.self, forKey: .operatingSystem)
    tenancy = try keyed.decodeIfPresent(String.self, forKey: .tenancy)
    zone = try keyed.decodeIfPresent(String.self, forKey: .zone)
    account = try keyed.decode(String.self, forKey: .account)
    termYears = try keyed.decode(Int.self, forKey: .termYears)
    payment = try keyed.decode(PaymentOption.self, forKey: .payment)
    if product.isReservation {
      amount = .quantity(try keyed.decode(Double.self, forKey: .quantity))
    } else {
      amount = .hourlyCommitment(
        try keyed.decode(JSONNumber.self, forKey: .hourlyCommitment).wrappedValue)
    }
    let isSensible: Bool
    switch amount {
    case .quantity(let count): isSensible = count > 0 && count <= Self.mostBought
    case .hourlyCommitment(let rate):
      isSensible = rate > .zero && rate <= Money(rounding: Self.mostBought)
    }
    guard isSensible else {
      throw DecodingError.dataCorruptedError(
        forKey: product.isReservation ? .quantity : .hourlyCommitment, in: keyed,
        debugDescription: "what is bought is not more than 0 and at most 1,000,000,000")
    }
    _upfront = try keyed.decode(JSONNumber.self, forKey: .upfront)
    start = try keyed.decode(String.self, forKey: .start)
    end = try keyed.decode(String.self, forKey: .end)
    _cost = try keyed.decode(JSONNumber.self, forKey: .cost)
    _savings = try keyed.decode(JSONNumber.self, forKey: .savings)
    utilization = try keyed.decode(Double.self, forKey: .utilization)
    breakEvenMonths = try keyed.decodeIfPresent(Double.self, forKey: .breakEvenMonths)
    reason = try keyed.decode(String.self, forKey: .reason)
    explanation = try keyed.decodeIfPresent(
      RunDocument.Explanation.self, forKey: .explanation)
    returnable = try keyed.decodeIfPresent(RunDocument.Returnable.self, forKey: .returnable)
    owners = try keyed.decodeIfPresent([RunDocument.Owner].self, forKey: .owners)
    order = try keyed.decodeIfPresent(Int.self, forKey: .order)
    adds = try keyed.decodeIfPresent(JSONNumber.self, forKey: .adds)?.wrappedValue
  }

  package func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: CodingKeys.self)
    try keyed.encode(product, forKey: .product)
    try keyed.encode(provider, forKey: .provider)
    try keyed.encode(region, forKey: .region)
    try keyed.encode(instanceType, forKey: .instanceType)
    try keyed.encode(operatingSystem, forKey: .operatingSystem)
    try keyed.encode(tenancy, forKey: .tenancy)
    try keyed.encodeIfPresent(zone, forKey: .zone)
    try keyed.encode(account, forKey: .account)
    try keyed.encode(termYears, forKey: .termYears)
    try keyed.encode(payment, forKey: .payment)
    switch amount {
    case .quantity(let quantity): try keyed.encode(quantity, forKey: .quantity)
    case .hourlyCommitment(let money):
      try keyed.encode(JSONNumber(wrappedValue: money), forKey: .hourlyCommitment)
    }
    try keyed.encode(_upfront, forKey: .upfront)
    try keyed.encode(start, forKey: .start)
    try keyed.encode(end, forKey: .end)
    try keyed.encode(_cost, forKey: .cost)
    try keyed.encode(_savings, forKey: .savings)
    try keyed.encode(utilization, forKey: .utilization)
    try keyed.encode(breakEvenMonths, forKey: .breakEvenMonths)
    try keyed.encode(reason, forKey: .reason)
    try keyed.encodeIfPresent(explanation, forKey: .explanation)
    try keyed.encodeIfPresent(returnable, forKey: .returnable)
    try keyed.encodeIfPresent(owners, forKey: .owners)
    try keyed.encodeIfPresent(order, forKey: .order)
    try keyed.encodeIfPresent(adds.map { JSONNumber(wrappedValue: $0) }, forKey: .adds)
  }
}

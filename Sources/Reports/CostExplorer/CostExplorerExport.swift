import CloudCosts

/// A plan's AWS purchases in the shapes of Cost Explorer's recommendations, for tools that read
/// those: an array of responses of `GetSavingsPlansPurchaseRecommendation` (one for each type, term
/// and payment) and `GetReservationPurchaseRecommendation`.
///
/// Shapes: AWS Cost Management API reference, `SavingsPlansPurchaseRecommendation`,
/// `ReservationPurchaseRecommendation`. All numbers are texts, as there. What Cost Explorer knows
/// and a plan does not (a lookback of days) is left out.
package struct CostExplorerExport: Sendable {
  package let text: String
  /// What has no such shape.
  package let findings: [Finding]

  package init(_ selection: PlanSelection) throws {
    let shapes = CostExplorerShapes(selection)
    let purchases = selection.plan.purchases.inBuyingOrder
    let plans = purchases.filter { $0.provider == .aws && !$0.product.isReservation }
    let machines = purchases.filter { [.standardRI, .convertibleRI].contains($0.product) }
    let others = purchases.filter { !plans.contains($0) && !machines.contains($0) }
    let responses =
      CostExplorerExport.grouped(plans).map(shapes.savingsPlans)
      + CostExplorerExport.grouped(machines).map(shapes.reservations)
    text = try OrderedJSON.text(responses)
    findings = others.map { purchase in
      Finding(
        .warning, rule: "export.not-in-cost-explorer", place: purchase.product.title,
        message: "\(purchase.subjectText): Cost Explorer has no recommendation of this kind here",
        remedy: "use --format csv or json for it")
    }
  }

  /// By what one response is about, in the order of first appearance.
  private static func grouped(_ purchases: [RunDocument.Purchase]) -> [[RunDocument.Purchase]] {
    var keys: [String] = []
    var groups: [String: [RunDocument.Purchase]] = [:]
    for purchase in purchases {
      let key = "\(purchase.product.rawValue)/\(purchase.termYears)/\(purchase.payment.rawValue)"
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(purchase)
    }
    return keys.compactMap { groups[$0] }
  }
}

/// JSON whose keys keep their order.
private indirect enum Shape: Encodable {
  case text(String)
  case list([Shape])
  case object([(String, Shape)])

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .text(let text):
      var container = encoder.singleValueContainer()
      try container.encode(text)
    case .list(let shapes):
      var container = encoder.unkeyedContainer()
      for shape in shapes { try container.encode(shape) }
    case .object(let members):
      var container = encoder.container(keyedBy: Key.self)
      for (name, shape) in members { try container.encode(shape, forKey: Key(stringValue: name)) }
    }
  }
}

private struct CostExplorerShapes {
  let selection: PlanSelection
  /// Calendar months of the window.
  private let months: Double

  init(_ selection: PlanSelection) {
    self.selection = selection
    months = Double(max(1, selection.outcome.monthly.count))
  }

  func savingsPlans(_ purchases: [RunDocument.Purchase]) -> Shape {
    let product = purchases[0].product
    return .object([
      ("Metadata", metadata),
      (
        "SavingsPlansPurchaseRecommendation",
        .object([
          ("AccountScope", scope(purchases)),
          ("SavingsPlansType", .text(CostExplorerShapes.planType(product))),
          ("TermInYears", term(purchases[0])), ("PaymentOption", payment(purchases[0])),
          ("SavingsPlansPurchaseRecommendationDetails", .list(purchases.map(plan))),
          ("SavingsPlansPurchaseRecommendationSummary", summary(purchases)),
        ])
      ),
    ])
  }

  func reservations(_ purchases: [RunDocument.Purchase]) -> Shape {
    let isConvertible = purchases[0].product == .convertibleRI
    return .object([
      ("Metadata", metadata),
      (
        "Recommendations",
        .list([
          .object([
            ("AccountScope", scope(purchases)), ("TermInYears", term(purchases[0])),
            ("PaymentOption", payment(purchases[0])),
            (
              "ServiceSpecification",
              .object([
                (
                  "EC2Specification",
                  .object([("OfferingClass", .text(isConvertible ? "CONVERTIBLE" : "STANDARD"))])
                )
              ])
            ),
            ("RecommendationDetails", .list(purchases.map(reservation))),
          ])
        ])
      ),
    ])
  }

  private var metadata: Shape {
    .object([
      ("RecommendationId", .text("\(selection.scenario)/\(selection.run)")),
      ("GenerationTimestamp", .text(selection.window.from)),
    ])
  }

  private func plan(_ purchase: RunDocument.Purchase) -> Shape {
    var details: [(String, Shape)] = []
    if let region = purchase.region { details.append(("Region", .text(region))) }
    if let family = purchase.instanceType { details.append(("InstanceFamily", .text(family))) }
    var hourly = Money.zero
    if case .hourlyCommitment(let amount) = purchase.amount { hourly = amount }
    return .object(
      [
        ("SavingsPlansDetails", .object(details)), ("AccountId", .text(purchase.account)),
        ("UpfrontCost", money(purchase.upfront)),
        ("HourlyCommitmentToPurchase", .text(hourly.formatted(decimals: 3, grouped: false))),
        ("EstimatedSPCost", money(purchase.cost)),
      ] + estimates(purchase))
  }

  private func reservation(_ purchase: RunDocument.Purchase) -> Shape {
    var count = 0.0
    if case .quantity(let quantity) = purchase.amount { count = quantity }
    let machine: [(String, Shape)] = [
      ("Family", .text(family(purchase))), ("InstanceType", .text(purchase.instanceType ?? "")),
      ("Region", .text(purchase.region ?? "")), ("AvailabilityZone", .text(purchase.zone ?? "")),
      ("Platform", .text(platform(purchase))),
      ("Tenancy", .text(purchase.tenancy == "dedicated" ? "dedicated" : "shared")),
    ]
    return .object(
      [
        ("AccountId", .text(purchase.account)),
        ("InstanceDetails", .object([("EC2InstanceDetails", .object(machine))])),
        (
          "RecommendedNumberOfInstancesToPurchase",
          .text(Money(rounding: count).formatted(decimals: 0, grouped: false))
        ),
        ("UpfrontCost", money(purchase.upfront)),
        ("RecurringStandardMonthlyCost", money(recurring(purchase))),
        (
          "EstimatedBreakEvenInMonths",
          .text(
            purchase.breakEvenMonths.map {
              Money(rounding: $0).formatted(decimals: 2, grouped: false)
            } ?? "")
        ),
      ] + estimates(purchase))
  }

  private func estimates(_ purchase: RunDocument.Purchase) -> [(String, Shape)] {
    let before = purchase.cost + purchase.savings
    return [
      ("CurrencyCode", .text(selection.currency)),
      ("EstimatedSavingsAmount", money(purchase.savings)),
      ("EstimatedMonthlySavingsAmount", money(perMonth(purchase.savings))),
      ("EstimatedSavingsPercentage", percent(purchase.savings, of: before)),
      (
        "EstimatedAverageUtilization",
        .text(
          Money(rounding: purchase.utilization * 100).formatted(decimals: 2, grouped: false))
      ),
    ]
  }

  private func summary(_ purchases: [RunDocument.Purchase]) -> Shape {
    let cost = purchases.map(\.cost).total()
    let savings = purchases.map(\.savings).total()
    let hourly = purchases.map { purchase -> Money in
      if case .hourlyCommitment(let amount) = purchase.amount { amount } else { .zero }
    }.total()
    return .object([
      ("EstimatedROI", percent(savings, of: cost)), ("CurrencyCode", .text(selection.currency)),
      ("EstimatedTotalCost", money(cost)), ("EstimatedSavingsAmount", money(savings)),
      ("TotalRecommendationCount", .text(String(purchases.count))),
      ("HourlyCommitmentToPurchase", .text(hourly.formatted(decimals: 3, grouped: false))),
      ("EstimatedSavingsPercentage", percent(savings, of: cost + savings)),
      ("EstimatedMonthlySavingsAmount", money(perMonth(savings))),
    ])
  }

  /// Amortised cost of a month that is no upfront payment.
  private func recurring(_ purchase: RunDocument.Purchase) -> Money {
    switch purchase.payment {
    case .allUpfront: .zero
    default:
      perMonth(
        purchase.cost
          - Money(rounding: purchase.upfront.value * windowShare(purchase)))
    }
  }

  /// The share of the term that is inside the window.
  private func windowShare(_ purchase: RunDocument.Purchase) -> Double {
    guard let start = Hour(iso8601: purchase.start), let end = Hour(iso8601: purchase.end),
      let last = Hour(iso8601: selection.window.to), end > start
    else { return 0 }
    return Double(max(0, min(end, last) - start)) / Double(end - start)
  }

  private func perMonth(_ amount: Money) -> Money { Money(rounding: amount.value / months) }

  private func money(_ amount: Money) -> Shape {
    .text(amount.formatted(decimals: 2, grouped: false))
  }

  private func percent(_ part: Money, of whole: Money) -> Shape {
    let share = whole == .zero ? 0 : part.value / whole.value
    return .text(Money(rounding: share * 100).formatted(decimals: 2, grouped: false))
  }

  private func scope(_ purchases: [RunDocument.Purchase]) -> Shape {
    .text(purchases.contains { !$0.account.isEmpty } ? "LINKED" : "PAYER")
  }

  private func term(_ purchase: RunDocument.Purchase) -> Shape {
    .text(purchase.termYears == 3 ? "THREE_YEARS" : "ONE_YEAR")
  }

  private func payment(_ purchase: RunDocument.Purchase) -> Shape {
    .text(purchase.payment.title.uppercased().replacing(" ", with: "_"))
  }

  private func family(_ purchase: RunDocument.Purchase) -> String {
    String((purchase.instanceType ?? "").prefix { $0 != "." })
  }

  private func platform(_ purchase: RunDocument.Purchase) -> String {
    let system = purchase.operatingSystem ?? "Linux"
    return system == "Linux" ? "Linux/UNIX" : system
  }

  /// `SupportedSavingsPlansType` of the API.
  private static func planType(_ product: Product) -> String {
    switch product {
    case .ec2InstanceSavingsPlan: "EC2_INSTANCE_SP"
    case .sageMakerSavingsPlan: "SAGEMAKER_SP"
    case .databaseSavingsPlan: "DATABASE_SP"
    default: "COMPUTE_SP"
    }
  }
}

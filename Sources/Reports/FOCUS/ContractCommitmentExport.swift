import Billing
import CloudCosts
import Scenarios

/// What is owned and what a plan buys as FOCUS 1.4's dataset Contract Commitment: a row a
/// commitment, with its terms, price and scope.
///
/// FOCUS specification, working draft of 1.4, datasets/contract_commitment. What a plan buys has
/// the status Proposed; what is owned is Pending, Active or Expired by the window's first hour,
/// which also serves as the record's times: a scenario states no other.
package struct ContractCommitmentExport: Sendable {
  package let text: String

  static let columns = [
    "BillingCurrency", "ContractCommitmentApplicability", "ContractCommitmentBenefitCategory",
    "ContractCommitmentCategory", "ContractCommitmentCost", "ContractCommitmentCreated",
    "ContractCommitmentDescription", "ContractCommitmentDiscountPercentage",
    "ContractCommitmentDurationType", "ContractCommitmentFulfillmentInterval",
    "ContractCommitmentId", "ContractCommitmentLastUpdated", "ContractCommitmentLifecycleStatus",
    "ContractCommitmentModel", "ContractCommitmentOfferCategory",
    "ContractCommitmentPaymentInterval", "ContractCommitmentPaymentModel",
    "ContractCommitmentPaymentUpfrontPercentage", "ContractCommitmentPeriodEnd",
    "ContractCommitmentPeriodStart", "ContractCommitmentQuantity", "ContractCommitmentType",
    "ContractCommitmentUnit", "ContractId", "ContractPeriodEnd", "ContractPeriodStart",
    "InvoiceIssuerName", "PricingCurrency", "PricingCurrencyContractCommitmentCost",
    "ServiceProviderName",
  ]

  /// - Throws: `FindingsError` where usage has no price.
  package init(_ billed: BilledOutcome) throws {
    let bill = try billed.judge.bill(billed.demand, under: billed.commitments)
    var list: [Commitment.ID: Money] = [:]
    for row in bill.rows where row.kind == .coveredUsage {
      if let id = row.commitment { list[id, default: .zero] += row.list }
    }
    let first = billed.commitments.count - billed.purchaseCount
    var csv = CSVText(header: ContractCommitmentExport.columns)
    for (index, use) in bill.commitments.enumerated() {
      let cells = ContractCommitmentExport.cells(
        use, list: list[use.commitment.id] ?? .zero, isProposed: index >= first,
        at: bill.window.start, currency: bill.currency)
      csv.append(ContractCommitmentExport.columns.map { cells[$0] ?? .number("") })
    }
    text = csv.text
  }

  private static func cells(
    _ use: CommitmentUse, list: Money, isProposed: Bool, at now: Hour, currency: String
  ) -> [String: CSVText.Cell] {
    let commitment = use.commitment
    let hours = Double(max(0, commitment.end - commitment.start))
    let cost = Money(rounding: commitment.effectiveHourly * hours)
    let upfront = cost == .zero ? 0 : min(1, commitment.upfront / cost.value)
    let discount =
      list == .zero ? 0 : min(1, max(0, (list - use.used).value / list.value))
    let isNegotiated = commitment.paidShare < 1
    return [
      "BillingCurrency": .text(currency), "PricingCurrency": .text(currency),
      "ContractCommitmentApplicability": .text(commitment.focusApplicability),
      "ContractCommitmentBenefitCategory": .text("Discount"),
      "ContractCommitmentCategory": .text(commitment.isSpend ? "Spend" : "Usage"),
      "ContractCommitmentCost": .money(cost),
      "PricingCurrencyContractCommitmentCost": .money(cost),
      "ContractCommitmentCreated": .text((isProposed ? now : commitment.start).iso8601),
      "ContractCommitmentLastUpdated": .text(now.iso8601),
      "ContractCommitmentDescription": .text(commitment.focusTitle),
      "ContractCommitmentDiscountPercentage": .ratio(discount),
      "ContractCommitmentDurationType": .text(
        "\(commitment.terms.term.years) Year\(commitment.terms.term.years == 1 ? "" : "s")"),
      "ContractCommitmentFulfillmentInterval": .text("Hourly"),
      "ContractCommitmentId": .text(commitment.id), "ContractId": .text(commitment.id),
      "ContractCommitmentLifecycleStatus": .text(commitment.focusStatus(isProposed, at: now)),
      "ContractCommitmentModel": .text("Continuous"),
      "ContractCommitmentOfferCategory": .text(isNegotiated ? "Negotiated" : "Public"),
      "ContractCommitmentPaymentInterval": .text(
        commitment.terms.payment == .allUpfront ? "One-Time" : "Monthly"),
      "ContractCommitmentPaymentModel": .text(commitment.terms.payment.title),
      "ContractCommitmentPaymentUpfrontPercentage": .ratio(
        commitment.terms.payment == .allUpfront ? 1 : upfront),
      "ContractCommitmentPeriodStart": .text(commitment.start.iso8601),
      "ContractCommitmentPeriodEnd": .text(commitment.end.iso8601),
      "ContractPeriodStart": .text(commitment.start.iso8601),
      "ContractPeriodEnd": .text(commitment.end.iso8601),
      "ContractCommitmentQuantity": .ratio(commitment.capacity),
      "ContractCommitmentUnit": .text(commitment.focusUnit(currency)),
      "ContractCommitmentType": .text(commitment.terms.product.title),
      "InvoiceIssuerName": .text(commitment.provider.focusName),
      "ServiceProviderName": .text(commitment.provider.focusName),
    ]
  }
}

extension Commitment {
  /// The lifecycle status of FOCUS 1.4.
  fileprivate func focusStatus(_ isProposed: Bool, at now: Hour) -> String {
    if isProposed { return "Proposed" }
    return now < start ? "Pending" : now < end ? "Active" : "Expired"
  }

  /// The object ContractCommitmentApplicability: whose usage it may cover.
  fileprivate var focusApplicability: String {
    var rules: [(dimension: String, value: String)] = []
    if let region = focusRegion { rules.append(("RegionId", region)) }
    switch subject {
    case .reservation(let sku, let zone, _, _, _):
      if let zone { rules.append(("AvailabilityZone", zone)) }
      rules.append(("ServiceName", sku.service.focusName))
      rules.append(("x_InstanceFamily", sku.family))
    case .savingsPlan(let scope, _):
      if let service { rules.append(("ServiceName", service.focusName)) }
      if let family = scope.family { rules.append(("x_InstanceFamily", family)) }
    }
    if reach == .account, !account.isEmpty { rules.append(("SubAccountId", account)) }
    guard !rules.isEmpty else {
      // Several services of one provider: more than rules of one dataset can say.
      return "{\"IsComplexScope\": true}"
    }
    let written = rules.map {
      "{\"Dimension\": \(OrderedJSON.quoted($0.dimension)), \"Operator\": \"In\", "
        + "\"Values\": [\(OrderedJSON.quoted($0.value))]}"
    }
    return "{\"InclusionOperator\": \"And\", \"Inclusions\": [\(written.joined(separator: ", "))]}"
  }
}

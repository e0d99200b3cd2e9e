import CloudCosts

extension OwnedLists {
  private static let live: Set<String> = [
    "Succeeded", "Active", "Creating", "PendingBilling", "ConfirmedBilling", "Pending", "Warning",
    "NoBenefit", "Expiring", "FutureBenefit",
  ]

  /// What reservations and plans of Azure state alike.
  private struct Life {
    var id: String
    var account: String
    var term: Term
    var payment: PaymentOption
    var start: Hour
  }

  private func life(_ value: JSONValue, line: Int) -> Life? {
    let properties = value["properties"]
    let id = value["id"]?.text ?? value["name"]?.text ?? properties?["displayName"]?.text ?? ""
    let state =
      properties?["provisioningState"]?.text ?? properties?["displayProvisioningState"]?.text
    if let state, !Self.live.contains(state) {
      leaveAside("state \(state)", id)
      return nil
    }
    let term = word(properties?["term"], "term", of: id, line: line, AzureTerms.term)
    let moment =
      properties?["benefitStartTime"] ?? properties?["effectiveDateTime"]
      ?? properties?["purchaseDateTime"] ?? properties?["purchaseDate"]
    let start = hour(moment, "benefitStartTime", of: id, line: line)
    let plan = properties?["billingPlan"]?.text ?? "Monthly"
    guard let term, let start else { return nil }
    return Life(
      id: id, account: account(properties), term: term,
      payment: plan == "Upfront" ? .allUpfront : .noUpfront, start: start)
  }

  /// The subscription, where the benefit belongs to just one.
  private func account(_ properties: JSONValue?) -> String {
    let scopes = properties?["appliedScopes"]?.elements.compactMap(\.text) ?? []
    guard scopes.count == 1 else { return "" }
    let parts = scopes[0].split(separator: "/").map(String.init)
    return parts.count > 1 && parts[0] == "subscriptions" ? parts[1] : ""
  }

  /// One of `az reservations reservation list`.
  func azureReservation(_ value: JSONValue, line: Int) {
    let properties = value["properties"]
    let name = value["id"]?.text ?? value["name"]?.text ?? ""
    let kind = properties?["reservedResourceType"]?.text ?? "VirtualMachines"
    guard kind == "VirtualMachines" else { return leaveAside("reservation of \(kind)", name) }
    guard let life = life(value, line: line) else { return }
    let type = text(value["sku", "name"], "sku.name", of: life.id, line: line)
    let region = text(
      value["location"] ?? properties?["location"], "location", of: life.id, line: line)
    let count = amount(properties?["quantity"], "quantity", of: life.id, line: line)
    guard let type, let region, let count else { return }
    let sku = SKU(
      provider: .azure, region: region.lowercased().replacing(" ", with: ""), instanceType: type)
    let terms = OfferTerms(product: .azureReservation, term: life.term, payment: life.payment)
    guard let price = price(of: sku, terms, id: life.id, line: line) else { return }
    add(
      Commitment(
        id: life.id, account: life.account, terms: terms,
        subject: .reservation(
          sku: sku, zone: nil, count: count, upfront: price.upfront, hourly: price.hourly),
        start: life.start, end: life.start + life.term.hours), line: line)
  }

  /// One of `az billing-benefits savings-plan list`.
  func azurePlan(_ value: JSONValue, line: Int) {
    guard let life = life(value, line: line) else { return }
    let commitment = value["properties", "commitment"]
    guard commitment?["grain"]?.text ?? "Hourly" == "Hourly" else {
      return leaveAside("commitment not by the hour", life.id)
    }
    guard
      let hourly = amount(commitment?["amount"], "commitment.amount", of: life.id, line: line),
      accepts(commitment?["currencyCode"]?.text, of: life.id, line: line)
    else { return }
    add(
      Commitment(
        id: life.id, account: life.account,
        terms: OfferTerms(product: .azureSavingsPlan, term: life.term, payment: life.payment),
        subject: .savingsPlan(
          scope: SavingsPlanScope(provider: .azure), hourlyCommitment: hourly),
        start: life.start, end: life.start + life.term.hours), line: line)
  }

  /// The price of the price book; a finding where it has none.
  func price(of sku: SKU, _ terms: OfferTerms, id: String, line: Int?) -> PriceRow? {
    let rows = prices?.rows ?? []
    let row = rows.first {
      $0.sku == sku && $0.product == terms.product && $0.term == terms.term
        && $0.payment == terms.payment
    }
    if row == nil {
      add(
        .error, "no-price", line: line,
        "the list states no price of \(id.quoted), and \(prices?.file ?? "the price book") has none"
          + " for \(sku) \(terms.words)",
        remedy: "add the price at which it was bought to the price book, or write the commitment"
          + " into a CSV of owned commitments")
    }
    return row
  }
}

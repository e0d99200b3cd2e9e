import CloudCosts

extension OwnedLists {
  /// States in which nothing is owned: it failed, was given back, or goes on under other ids.
  private static let azureDead: Set<String> = [
    "cancelled", "failed", "billingfailed", "split", "merged", "canceled", "returned", "refunded",
  ]
  private static let azureAlive: Set<String> = [
    "succeeded", "expired", "expiring", "created", "confirmedbilling", "warning",
  ]
  /// What pays for the licences of machines, as `reservedResourceType` calls it.
  private static let softwarePlans: Set<String> = [
    "suselinux", "redhat", "redhatosa", "virtualmachinesoftware", "sqlazurehybridbenefit",
  ]
  /// It is paid for right now.
  private static let azurePending: Set<String> = [
    "creating", "pending", "processing", "pendingbilling", "pendingresourcehold",
    "confirmedresourcehold",
  ]

  /// What reservations and plans of Azure state alike.
  private struct Life {
    var id: String
    var account: String
    var reach: Commitment.Reach
    var term: Term
    var payment: PaymentOption
    var window: HourWindow
    var renews: Bool
  }

  /// A renewal or an exchange starts anew; what is split or merged keeps the start of the benefit.
  ///
  /// It ends at `expiryDateTime` or `expiryDate`; where neither is stated, after calendar years.
  ///
  /// - Parameter unstated: how it is paid where `billingPlan` is missing.
  private func life(_ value: JSONValue, unstated: PaymentOption, line: Int) -> Life? {
    let properties = value["properties"]
    let id = value["id"]?.text ?? value["name"]?.text ?? properties?["displayName"]?.text ?? ""
    // One that was cancelled may be so by the state that is shown alone.
    let states = ["provisioningState", "displayProvisioningState"].compactMap {
      properties?[$0]?.text
    }
    // One whose subscription or group is gone is paid for and covers nothing, which its status says.
    let status = [properties?["extendedStatusInfo", "statusCode"]?.text].compactMap { $0 }
    let useless = (states + status).first { $0.lowercased().hasPrefix("nobenefit") }
    let state = states.first { Self.azureDead.contains($0.lowercased()) } ?? useless ?? states.first
    guard countsAsOwned(state, id, line: line) else { return nil }
    let term = word(properties?["term"], "term", of: id, line: line, AzureTerms.term)
    let written =
      properties?["benefitStartTime"] ?? properties?["effectiveDateTime"]
      ?? properties?["purchaseDateTime"] ?? properties?["purchaseDate"]
    let start = moment(written, "benefitStartTime", of: id, line: line)
    let payment: PaymentOption =
      switch properties?["billingPlan"]?.text?.lowercased() {
      case "upfront": .allUpfront
      case nil: unstated
      default: .noUpfront
      }
    guard let term, let start,
      let window = life(
        from: start, to: properties?["expiryDateTime"] ?? properties?["expiryDate"],
        "expiryDateTime", of: id, line: line,
        fallback: start.hour.adding(months: 12 * term.years))
    else { return nil }
    let scope = scope(properties, of: id, line: line)
    if scope.reach.groupName != nil { setUnscoped(id) }
    // The one that a renewal bought is in the list by itself.
    if properties?["renewDestination"]?.text?.isEmpty == false { renewed.insert(id.lowercased()) }
    if let source = properties?["renewSource"]?.text { renewed.insert(source.lowercased()) }
    return Life(
      id: id, account: scope.account, reach: scope.reach, term: term,
      payment: payment, window: window,
      renews: (properties?["renew"]?.flag ?? false) && state != "Expired")
  }

  private func countsAsOwned(_ state: String?, _ id: String, line: Int) -> Bool {
    guard let state else { return true }
    let word = state.lowercased()
    if Self.azureDead.contains(word) {
      leaveAside("state \(state)", id)
      return false
    }
    if Self.azurePending.contains(word) {
      tellPending("pending", id, line: line)
    } else if !Self.azureAlive.contains(word) {
      add(
        .warning, "unknown-state", line: line,
        "the state of \(id.quoted) is \(state.quoted), which may mean that it covers nothing: it"
          + " counts as owned",
        remedy: "remove the entry if it is not paid for, or if its scope is gone")
    }
    return true
  }

  /// An order holds reservations or plans and says nothing of what they are for.
  func azureOrder(_ value: JSONValue, line: Int) -> Bool {
    let type = (value["type"]?.text ?? "").lowercased()
    let isOrder =
      value["properties", "reservations"] != nil || value["properties", "savingsPlans"] != nil
      || type.hasSuffix("orders")
    guard isOrder, value["properties", "quantity"] == nil,
      value["properties", "commitment"] == nil
    else { return false }
    leaveOut(
      "azure-order", line: line,
      "\((value["id"]?.text ?? value["name"]?.text ?? "").quoted) is an order, which does not say what"
        + " was bought",
      remedy: "export what is in it: az reservations reservation list --reservation-order-id ID, or"
        + " az billing-benefits savings-plan list")
    return true
  }

  /// The subscription and the reach of a scope: shared, a management group, subscriptions, or
  /// resource groups in them, which usage does not name: then their subscriptions' usage counts.
  private func scope(
    _ properties: JSONValue?, of id: String, line: Int
  ) -> (account: String, reach: Commitment.Reach) {
    let details = properties?["appliedScopeProperties"]
    let type = (properties?["appliedScopeType"]?.text ?? "").lowercased()
    let paths = properties?["appliedScopes"]?.elements.compactMap(\.text) ?? []
    let scopes = (paths.isEmpty ? [Self.single(details)] : paths).map(AzureScope.init)
    let subscriptions = Set(scopes.compactMap(\.subscription)).sorted()
    if type == "managementgroup" {
      let group = details?["managementGroupId"]?.text ?? paths.first ?? ""
      return ("", .group(group.split(separator: "/").last.map(String.init) ?? group))
    }
    if type == "shared" || (type.isEmpty && subscriptions.isEmpty) { return ("", .shared) }
    guard let subscription = subscriptions.first else {
      add(
        .warning, "unknown-scope", line: line,
        "\(id.quoted) has the scope \(type.quoted) and names no subscription: it counts as shared",
        remedy: "export the list with appliedScopeProperties, or set scope in a CSV of owned"
          + " commitments")
      return ("", .shared)
    }
    if let group = scopes.lazy.compactMap(\.resourceGroup).first {
      add(
        .warning, "resource-group-scope", line: line,
        "\(id.quoted) is for the resource group \(group.quoted), and usage does not name resource"
          + " groups: it counts for all usage of its subscription",
        remedy: "give the usage of that resource group an account of its own, and set scope to"
          + " account in a CSV of owned commitments, if that matters")
    }
    guard subscriptions.count > 1 else { return (subscription, .account) }
    // The list itself says who is in it.
    let name = "subscriptions " + subscriptions.joined(separator: ", ")
    setGroup(name, Set(subscriptions))
    return ("", .group(name))
  }

  private static func single(_ details: JSONValue?) -> String {
    details?["resourceGroupId"]?.text ?? details?["subscriptionId"]?.text ?? ""
  }

  /// One of `az reservations reservation list`; PowerShell writes the SKU's name alone.
  func azureReservation(_ value: JSONValue, line: Int) {
    let properties = value["properties"]
    let name = value["id"]?.text ?? value["name"]?.text ?? ""
    let kind = properties?["reservedResourceType"]?.text ?? "VirtualMachines"
    let isMachine = kind.lowercased() == "virtualmachines"
    if Self.softwarePlans.contains(kind.lowercased()) { return tellLicence(kind, name, line: line) }
    let sold = value["sku", "name"] ?? value["sku"] ?? value["skuName"]
    let named = sold?.text ?? ""
    guard isMachine || AzureReservation.find(kind, named, region: "") != nil else {
      return leaveAside("reservation of \(kind)", name)
    }
    guard let life = life(value, unstated: .noUpfront, line: line) else { return }
    let type = text(sold, "sku.name", of: life.id, line: line)
    let region = text(
      value["location"] ?? properties?["location"], "location", of: life.id, line: line)
    let count = amount(properties?["quantity"], "quantity", of: life.id, line: line)
    guard let type, let region, let count else { return }
    let code = AzureRegions.code(named: region)
    if code.isEmpty, !isMachine {
      return leaveAside("reservation of \(kind) for all regions: name one in a CSV", name)
    }
    let machine = SKU(provider: .azure, region: code, instanceType: type)
    let (sku, units) =
      isMachine ? (machine, 1) : AzureReservation.find(kind, type, region: code) ?? (machine, 1)
    let terms = OfferTerms(product: .azureReservation, term: life.term, payment: life.payment)
    guard let price = price(of: sku, terms, id: life.id, line: line) else { return }
    var commitment = Commitment(
      id: life.id, account: life.account, terms: terms,
      subject: .reservation(
        sku: sku, zone: nil, count: count * units, upfront: price.upfront, hourly: price.hourly),
      start: life.window.start, end: life.window.end, reach: life.reach)
    commitment.renews = life.renews
    let flexibility = properties?["instanceFlexibility"]?.text ?? "On"
    commitment.coversOtherSizes = flexibility.lowercased() == "on"
    add(commitment, line: line)
  }

  /// One of `az billing-benefits savings-plan list`.
  func azurePlan(_ value: JSONValue, line: Int) {
    // `Compute_Savings_Plan`, or the one for databases.
    let sold = (value["sku", "name"] ?? value["sku"])?.text?.lowercased() ?? "compute"
    let product =
      sold.contains("database")
      ? Product(rawValue: "azure-savings-plan-database") : Product.azureSavingsPlan
    guard let product, sold.contains("database") || sold.contains("compute") else {
      return leaveOut(
        "unknown-plan", line: line,
        "\((value["id"]?.text ?? "").quoted) is a plan of the kind \(sold.quoted), which is not known",
        remedy: "write it into a CSV of owned commitments")
    }
    // Plans that are paid by the month say so, and those that are paid at once say nothing (API
    // reference of Microsoft.BillingBenefits: `billingPlan`).
    guard let life = life(value, unstated: .allUpfront, line: line) else { return }
    let spend = value["properties", "commitment"]
    guard spend?["grain"]?.text ?? "Hourly" == "Hourly" else {
      return leaveAside("commitment not by the hour", life.id)
    }
    guard
      let hourly = amount(spend?["amount"], "commitment.amount", of: life.id, line: line),
      accepts(spend?["currencyCode"]?.text, of: life.id, line: line)
    else { return }
    var commitment = Commitment(
      id: life.id, account: life.account,
      terms: OfferTerms(product: product, term: life.term, payment: life.payment),
      subject: .savingsPlan(scope: SavingsPlanScope(provider: .azure), hourlyCommitment: hourly),
      start: life.window.start, end: life.window.end, reach: life.reach)
    commitment.renews = life.renews
    add(commitment, line: line)
  }

  /// The price of the price book. Where it has none, that on demand, so that no saving is claimed
  /// for what is owned and none of its usage is bought for again; nil, with a finding, without
  /// either.
  func price(of sku: SKU, _ terms: OfferTerms, id: String, line: Int?) -> PriceRow? {
    if let row = prices?.committedPrice(of: sku, terms) { return row }
    let lacking =
      "the list states no price of \(id.quoted), and \(prices?.file ?? "the price book") has none"
      + " for \(sku) \(terms.words)"
    let remedy =
      "add the price at which it was bought to the price book, or write the commitment"
      + " into a CSV of owned commitments"
    let rows = prices?.rows ?? []
    guard let onDemand = rows.first(where: { $0.sku == sku && $0.product == .onDemand }) else {
      leaveOut("no-price", line: line, lacking, remedy: remedy)
      return nil
    }
    add(
      .warning, "no-price", line: line,
      lacking
        + ": it counts at the price on demand, \(onDemand.hourly) an hour, so that no saving is"
        + " claimed for it", remedy: remedy)
    return onDemand
  }
}

import CloudCosts

/// Purchase recommendations of Azure: the lists of Consumption and Cost Management, and Advisor's.
///
/// The list and Advisor state each of up to two terms, two scopes and three look-backs, which are
/// alternatives. Azure asks as much for monthly payments as for one upfront.
extension RecommendationReader {
  /// Whether it is one.
  func recommendationOfAzure(_ value: JSONValue, line: Int) -> Bool {
    // Commands of `az` print what is in `properties` next to the rest.
    let stated = value["properties"] ?? value
    if let details = stated["extendedProperties"], stated["category"] != nil {
      advice(stated, details, line: line)
    } else if stated["recommendationDetails"] != nil || value["kind"]?.text == "SavingsPlan" {
      plan(stated, line: line)
    } else if stated["recommendedQuantity"] ?? stated["recommendedQuantityNormalized"] != nil {
      reservation(value, stated, line: line)
    } else {
      return false
    }
    isKnown = true
    return true
  }

  // MARK: Reservations

  /// One of `Microsoft.Consumption/reservationRecommendations`: the legacy kind has the SKU and the
  /// place next to its properties and amounts as numbers, the modern one in them and as money.
  private func reservation(_ value: JSONValue, _ stated: JSONValue, line: Int) {
    let saved = stated["netSavings"]
    let code = saved?["currency"]?.text
    let hours = stated["totalHours"]?.number ?? lookbackDays(stated).map { $0 * 24 }
    note((saved?["value"] ?? saved)?.number, code, overHours: hours)
    let named = [
      (stated["skuName"] ?? value["skuName"] ?? value["sku", "name"] ?? value["sku"])?.text
        .map { ($0, "recommendedQuantity") },
      stated["normalizedSize"]?.text.map { ($0, "recommendedQuantityNormalized") },
    ].compactMap { $0 }
    reserve(
      stated["resourceType"]?.text ?? "VirtualMachines",
      named.filter { stated[$0.1] != nil }, in: stated,
      region: (stated["location"] ?? value["location"] ?? value["region"])?.text,
      scope: scope(stated, id: value["id"]?.text), currency: code, line: line)
  }

  /// - Parameter named: names of the SKU, each with the field that counts it.
  private func reserve(
    _ kind: String, _ named: [(sku: String, count: String)], in stated: JSONValue,
    region: String?, scope: RecommendedScope, currency code: String?, line: Int
  ) {
    guard let region, let first = named.first else {
      return leaveOut(
        "missing-field", line, "a reservation is recommended without its SKU, place or quantity",
        "export the recommendation again")
    }
    let place = AzureRegions.code(named: region)
    let found = named.compactMap { name in
      reserved(kind, name.sku, place).map { (sku: $0.sku, units: $0.units, count: name.count) }
    }
    guard !found.isEmpty else {
      return leaveOut(
        "left-aside", line,
        "a recommendation for \(kind), \(first.sku.quoted), is of nothing known here",
        "nothing; judge it by the provider's own figures")
    }
    guard let term = word(stated, "term", line: line, AzureTerms.term),
      accepts(code, line: line)
    else { return }
    let monthly = OfferTerms(product: .azureReservation, term: term, payment: .noUpfront)
    let priced = found.lazy.compactMap { entry in
      self.prices.committedPrice(of: entry.sku, monthly).map { (entry, $0) }
    }.first
    guard let (entry, price) = priced else {
      return leaveOut(
        "no-price", line, "\(prices.file) has no \(monthly.words) of \(found[0].sku)",
        "add it to the price book, so that the recommendation can be judged")
    }
    guard let count = amount(stated, entry.count, line: line) else { return }
    let whole = (count * entry.units).rounded()
    guard whole > 0 else { return }
    add(
      monthly,
      .reservation(
        sku: entry.sku, zone: nil, count: whole, upfront: price.upfront, hourly: price.hourly),
      scope, stated, line: line)
  }

  private func reserved(
    _ kind: String, _ sku: String, _ region: String
  ) -> (sku: SKU, units: Double)? {
    kind.lowercased() == "virtualmachines"
      ? (SKU(provider: .azure, region: region, instanceType: sku), 1)
      : AzureReservation.find(kind, sku, region: region)
  }

  // MARK: Savings plans

  /// One of `Microsoft.CostManagement/benefitRecommendations`.
  private func plan(_ stated: JSONValue, line: Int) {
    let details = stated["recommendationDetails"] ?? .null
    note(
      details["savingsAmount"]?.number, stated["currencyCode"]?.text,
      overHours: stated["totalHours"]?.number ?? lookbackDays(stated).map { $0 * 24 })
    guard stated["commitmentGranularity"]?.text ?? "Hourly" == "Hourly" else {
      return leaveOut(
        "left-aside", line, "a plan is recommended that is not by the hour",
        "nothing; judge it by the provider's own figures")
    }
    commit(
      stated["armSkuName"]?.text, stated, amount: (details, "commitmentAmount"),
      scope: scope(stated, id: nil), currency: stated["currencyCode"]?.text, line: line)
  }

  private func commit(
    _ name: String?, _ stated: JSONValue, amount field: (JSONValue, String),
    scope: RecommendedScope, currency code: String?, line: Int
  ) {
    let sold = name?.lowercased() ?? "compute"
    let product =
      sold.contains("database")
      ? Product(rawValue: "azure-savings-plan-database") : Product.azureSavingsPlan
    guard let product, sold.contains("database") || sold.contains("compute") else {
      return leaveOut(
        "left-aside", line, "a plan of the kind \(sold.quoted) is recommended, which is not known",
        "nothing; judge it by the provider's own figures")
    }
    guard let term = word(stated, "term", line: line, AzureTerms.term) else { return }
    var terms = OfferTerms(product: product, term: term, payment: .noUpfront)
    let upfront = OfferTerms(product: product, term: term, payment: .allUpfront)
    // Its rates are the same either way.
    if !prices.rows.contains(where: { $0.offered == terms }),
      prices.rows.contains(where: { $0.offered == upfront })
    {
      terms = upfront
    }
    guard hasRates(terms, line: line), let hourly = amount(field.0, field.1, line: line),
      accepts(code, line: line), hourly > 0
    else { return }
    add(
      terms, .savingsPlan(scope: SavingsPlanScope(provider: .azure), hourlyCommitment: hourly),
      scope, stated, line: line)
  }

  // MARK: Advisor

  /// One of `az advisor recommendation list`, which advises on machines too.
  private func advice(_ stated: JSONValue, _ details: JSONValue, line: Int) {
    let counts = ["commitment", "commitmentAmount", "hourlyCommitment"]
    let committed = counts.first { details[$0] != nil }
    let sku = (details["displaySKU"] ?? details["vmSize"] ?? details["sku"])?.text
    let isPlan = committed != nil || sku?.lowercased().contains("savings_plan") == true
    guard stated["category"]?.text?.lowercased() == "cost",
      isPlan || details["reservedResourceType"] != nil || details["term"] != nil
    else { return leaveAside("Advisor's advice on something else than a purchase") }
    let code = details["savingsCurrency"]?.text
    note(
      details["annualSavingsAmount"]?.number ?? details["savingsAmount"]?.number.map { $0 * 12 },
      code, overHours: 12 * Self.hoursOfMonth)
    let quantities = ["displayQty", "qty", "targetResourceCount", "quantity"]
    let quantity = quantities.first { details[$0] != nil } ?? "displayQty"
    let subscription =
      (details["subId"] ?? details["subscriptionId"])?.text
      ?? stated["resourceMetadata", "resourceId"]?.text
    let scope = scope(details, id: subscription)
    if isPlan {
      commit(
        sku, details, amount: (details, committed ?? quantity), scope: scope, currency: code,
        line: line)
    } else {
      reserve(
        details["reservedResourceType"]?.text ?? "VirtualMachines",
        sku.map { [($0, quantity)] } ?? [], in: details,
        region: (details["region"] ?? details["location"] ?? details["regionId"])?.text,
        scope: scope, currency: code, line: line)
    }
  }

  // MARK: What they share

  /// Whom a recommendation is for.
  private struct RecommendedScope {
    var account: String
    var reach: Commitment.Reach
    var basis: String
    /// Usage does not name resource groups.
    var resourceGroup: String?
  }

  /// `Shared`, or `Single` for one subscription: a field names it, or the entry's own path.
  private func scope(_ stated: JSONValue, id: String?) -> RecommendedScope {
    let type = stated["scope"]?.text?.lowercased() ?? "shared"
    let path = stated["subscriptionId"]?.text ?? id ?? ""
    guard type == "single" || type == "subscription",
      let subscription = AzureScope(path).subscription, !subscription.isEmpty
    else { return RecommendedScope(account: "", reach: .shared, basis: type) }
    return RecommendedScope(
      account: subscription, reach: .account, basis: type,
      resourceGroup: stated["resourceGroup"]?.text)
  }

  private func add(
    _ terms: OfferTerms, _ subject: Commitment.Subject, _ scope: RecommendedScope,
    _ stated: JSONValue, line: Int
  ) {
    if let group = scope.resourceGroup {
      log.add(
        .warning, "resource-group-scope", line: line,
        "a purchase is recommended for the resource group \(group.quoted), and usage does not name"
          + " resource groups: it is judged for all usage of its subscription",
        remedy: "give the usage of that resource group an account of its own, if that matters")
    }
    let days = lookbackDays(stated).map { "last \(Int($0)) days" }
    add(
      terms, subject, account: scope.account, reach: scope.reach,
      basis: RecommendationBasis(scope: scope.basis, lookback: days ?? ""), line: line)
  }

  /// `Last30Days`, `30`.
  private func lookbackDays(_ stated: JSONValue) -> Double? {
    let digits = (stated["lookBackPeriod"]?.text ?? "").filter(\.isNumber)
    return Double(digits).flatMap { $0 > 0 && $0 < 1000 ? $0 : nil }
  }

  private static var hoursOfMonth: Double { 730 }

  /// What an entry says that it saves in so many hours, as a month's.
  private func note(_ amount: Double?, _ code: String?, overHours hours: Double?) {
    saving = amount.flatMap { amount in
      hours.flatMap { hours in
        hours > 0 ? (amount * Self.hoursOfMonth / hours, code ?? currency ?? "") : nil
      }
    }
  }
}

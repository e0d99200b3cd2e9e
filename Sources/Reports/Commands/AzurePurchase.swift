import CloudCosts

/// A purchase as calls of Azure's command line with its extensions `billing-benefits` and
/// `reservation`: where Azure itself is to say what it is called, one asks, and one buys.
///
/// Names and values are those of the extensions' commands `reservation-order-aliases create`,
/// `savings-plan-order-aliases create`, `validate-purchase` and `reservations catalog show`
/// (Azure/azure-cli-extensions, API version 2022-11-01). An alias is put under a name: sent twice,
/// it is bought once. None can be queued.
struct AzurePurchase {
  /// Prints the SKU that is on sale; nil where it is known.
  private(set) var lookup: [String]?
  /// What the SKU is called, if it is on sale; where several names may be, the first.
  private(set) var sku = ""
  private(set) var buy: [String] = []
  /// Words that the shell is to read, as they are.
  private(set) var expressions: Set<String> = [scope, found, subscription]

  /// The subscription that pays, by its whole name and by its own.
  static let scope = "\"$scope\""
  private static let subscription = "\"${scope##*/}\""
  /// The SKU that was looked up.
  private static let found = "\"$sku\""

  /// Nil where the catalogue does not know what Azure calls it.
  ///
  /// - Parameter token: by which the provider knows the request again.
  init?(_ purchase: RunDocument.Purchase, currency: String, token: String) {
    guard purchase.product.api.interface == "azure", ShellText.isTime(purchase.start),
      [1, 3].contains(purchase.termYears), ShellText.isName(token)
    else { return nil }
    let name = "plimsoll-\(token)"
    let common =
      ["--applied-scope-type", "Shared"]
      + (purchase.payment == .allUpfront ? [] : ["--billing-plan", "P1M"])
      + [
        "--billing-scope-id", AzurePurchase.scope, "--display-name", name, "--term",
        "P\(purchase.termYears)Y",
      ]
    switch purchase.amount {
    case .quantity:
      guard let offer = AzureOffer(purchase) else { return nil }
      reserve(offer, name, common, years: purchase.termYears)
    case .hourlyCommitment(let hourly):
      guard hourly >= Money(micros: 1_000), ShellText.isName(currency)
      else { return nil }
      commit(purchase, hourly.formatted(decimals: 3, grouped: false), currency, name, common)
    }
  }

  private mutating func reserve(
    _ offer: AzureOffer, _ name: String, _ common: [String], years: Int
  ) {
    sku = offer.name
    if !offer.isKnown {
      let names = offer.names.map { "name=='\($0)'" }.joined(separator: " || ")
      lookup = [
        "az", "reservations", "catalog", "show", "--subscription-id", Self.subscription,
        "--reserved-resource-type", offer.reserved, "--location", offer.region ?? "global",
        // Older versions answer with the list itself.
        "--query", "(value || @)[?(\(names)) && contains(terms, 'P\(years)Y')].name", "--output",
        "tsv",
      ]
    }
    buy =
      [
        "az", "billing-benefits", "reservation-order-aliases", "create",
        "--reservation-order-alias-name", name,
      ] + common + (offer.region.map { ["--location", $0] } ?? []) + [
        "--quantity", String(offer.count), "--renew", "false", "--reserved-resource-type",
        offer.reserved, "--sku", offer.isKnown ? offer.name : Self.found,
      ]
      + (offer.isMachine ? ["--reserved-resource-properties", "{instance-flexibility:On}"] : [])
  }

  private mutating func commit(
    _ purchase: RunDocument.Purchase, _ amount: String, _ currency: String, _ name: String,
    _ common: [String]
  ) {
    sku = purchase.product.api.word
    let commitment = "{amount:\(amount),currency-code:\(currency),grain:Hourly}"
    let isDocumented = purchase.product == .azureSavingsPlan
    if !isDocumented {
      // Only public tools tell this name: Azure says first whether the purchase would do.
      let plan = purchase.payment == .allUpfront ? "" : "billing-plan:P1M,"
      let benefits =
        "\"[{applied-scope-type:Shared,\(plan)billing-scope-id:$scope,display-name:\(name),"
        + "sku:\(sku),term:P\(purchase.termYears)Y,commitment:\(commitment)}]\""
      expressions.insert(benefits)
      lookup = [
        "az", "billing-benefits", "validate-purchase", "--benefits", benefits, "--query",
        "benefits[?valid].['\(sku)'][]", "--output", "tsv",
      ]
    }
    buy =
      [
        "az", "billing-benefits", "savings-plan-order-aliases", "create",
        "--savings-plan-order-alias-name", name,
      ] + common + ["--sku", isDocumented ? sku : Self.found, "--commitment", commitment]
  }
}

/// What Azure calls what is reserved.
struct AzureOffer {
  var reserved: String
  /// What it may be called.
  var names: [String]
  var count: Int
  /// Nil: it is good for all regions.
  var region: String?
  var isMachine: Bool
  /// Whether the first name is known to be on sale.
  var isKnown: Bool

  var name: String { names.first ?? "" }

  /// Nil where the catalogue does not know, or a name is none.
  init?(_ purchase: RunDocument.Purchase) {
    guard case .quantity(let count) = purchase.amount, count >= 1, count < 1e6,
      count == count.rounded(), let region = purchase.region, ShellText.isName(region),
      let type = purchase.instanceType
    else { return nil }
    let sku = SKU(
      provider: .azure, region: region, instanceType: type,
      operatingSystem: purchase.operatingSystem ?? "Linux")
    guard let offer = AzureReservation.offer(for: sku, count: count), !offer.names.isEmpty,
      offer.names.allSatisfy(ShellText.isName)
    else { return nil }
    (reserved, names, self.region) = (offer.reserved, offer.names, offer.region)
    (self.count, isKnown, isMachine) = (Int(offer.count), offer.isKnown, sku.service.isMachines)
  }
}

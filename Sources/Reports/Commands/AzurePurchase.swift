import CloudCosts

/// A purchase as a call of Azure's command line with its extension `billing-benefits`.
///
/// Names and values are those of the extension's commands `reservation-order-aliases create` and
/// `savings-plan-order-aliases create` (Azure/azure-cli-extensions, API version 2022-11-01). An alias
/// is put under a name: sent twice, it is bought once. Neither can be queued.
struct AzurePurchase {
  /// The subscription that pays is the word `AzurePurchase.scope`.
  let buy: [String]

  static let scope = "\"$scope\""

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
    case .quantity(let count):
      guard let offer = AzureOffer(purchase), count >= 1, count < 1e6, count == count.rounded()
      else { return nil }
      buy =
        [
          "az", "billing-benefits", "reservation-order-aliases", "create",
          "--reservation-order-alias-name", name,
        ] + common + [
          "--location", offer.region, "--quantity", String(Int(count)), "--renew", "false",
          "--reserved-resource-type", offer.reserved, "--sku", offer.name,
        ]
        + (offer.isMachine
          ? ["--reserved-resource-properties", "{instance-flexibility:On}"] : [])
    case .hourlyCommitment(let hourly):
      guard hourly >= Money(micros: 1_000), ShellText.isName(currency)
      else { return nil }
      let amount = hourly.formatted(decimals: 3, grouped: false)
      buy =
        [
          "az", "billing-benefits", "savings-plan-order-aliases", "create",
          "--savings-plan-order-alias-name", name,
        ] + common + [
          "--sku", "Compute_Savings_Plan", "--commitment",
          "{amount:\(amount),currency-code:\(currency),grain:Hourly}",
        ]
    }
  }
}

/// What Azure calls what is reserved.
struct AzureOffer {
  var reserved: String
  var name: String
  var region: String
  var isMachine: Bool

  /// Nil where the catalogue does not know, or a name is none.
  init?(_ purchase: RunDocument.Purchase) {
    guard let region = purchase.region, ShellText.isName(region), let type = purchase.instanceType
    else { return nil }
    let sku = SKU(
      provider: .azure, region: region, instanceType: type,
      operatingSystem: purchase.operatingSystem ?? "Linux")
    guard let offer = AzureReservation.offer(for: sku), ShellText.isName(offer.name) else {
      return nil
    }
    (reserved, name, self.region) = (offer.reserved, offer.name, region)
    isMachine = sku.service.isMachines
  }
}

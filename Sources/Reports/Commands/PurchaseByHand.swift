import CloudCosts

/// What a person needs to buy what no command buys: why none does, on which page, and the values to
/// type there.
struct PurchaseByHand {
  let lines: [String]

  init(_ purchase: RunDocument.Purchase, currency: String) {
    lines = [
      Self.why(purchase), "Page: " + Self.page(purchase),
      "Values: " + Self.values(purchase, currency).joined(separator: "; "),
    ].map(Printable.clean)
  }

  private static func why(_ purchase: RunDocument.Purchase) -> String {
    if purchase.product.api.interface == "console" {
      return "Why: \(purchase.product.title) is sold in the provider's console, and by no command."
    }
    switch purchase.provider {
    case .gcp where needsReservation(purchase):
      // Source: Google Cloud, "Purchase hardware resource-based commitments with attached
      // reservations" (of any GPUs and most local SSD disks); read in a stored copy of 2026.
      return "Why: Google sells this with a reservation of the same attached, in a zone and of "
        + "machines that a plan does not choose. With one of yours: gcloud compute commitments "
        + "create NAME --existing-reservation name=RESERVATION,zone=ZONE …"
    case .gcp: return "Why: no type of commitment is known for this machine type."
    case .azure: return "Why: no SKU of Azure's catalogue is known for it."
    case .aws: return "Why: a value of it is none that AWS's client takes."
    }
  }

  private static func needsReservation(_ purchase: RunDocument.Purchase) -> Bool {
    guard let type = purchase.instanceType else { return false }
    return GoogleBuiltMachine.named(type) != nil || type.hasSuffix("-lssd")
      || Service(of: type, .gcp) != .machines(of: .gcp)
  }

  private static func page(_ purchase: RunDocument.Purchase) -> String {
    let (interface, word) = purchase.product.api
    if interface == "console", !word.isEmpty { return word }
    switch purchase.provider {
    case .gcp: return "https://console.cloud.google.com/compute/commitments"
    case .azure: return "https://portal.azure.com, Reservations, Add"
    case .aws: return "https://console.aws.amazon.com, the reservations of the service"
    }
  }

  private static func values(_ purchase: RunDocument.Purchase, _ currency: String) -> [String] {
    var values = [purchase.product.title]
    switch purchase.amount {
    case .quantity(let count):
      values.append(AmountText.count(count) + " × " + purchase.typeText)
    case .hourlyCommitment(let hourly):
      values.append(hourlyText(purchase, hourly, currency))
    }
    values.append(purchase.placeText)
    if !purchase.account.isEmpty { values.append("account \(purchase.account)") }
    return values + [purchase.termText, "from \(purchase.start.prefix(10))"]
  }

  /// What is paid an hour, and the usage at prices on demand that it pays for, which some pages ask
  /// for instead.
  private static func hourlyText(
    _ purchase: RunDocument.Purchase, _ hourly: Money, _ currency: String
  ) -> String {
    let paid = "\(hourly.formatted(decimals: 3, grouped: false)) \(currency) an hour as it is paid"
    guard let share = purchase.product.share(Term(years: purchase.termYears)), share > 0 else {
      return paid
    }
    let onDemand = Money(rounding: hourly.value / share)
    return paid + ", for usage of \(onDemand.formatted(decimals: 3, grouped: false)) on demand"
  }
}

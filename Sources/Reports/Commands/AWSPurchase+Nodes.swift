import CloudCosts

extension AWSPurchase {
  /// Reservations of RDS, ElastiCache and others, by the names of `ReservationInterface`. Their
  /// lookups differ in what they can filter, so all of it is left to the query of the command line.
  init?(
    nodes purchase: RunDocument.Purchase, _ interface: ReservationInterface, token: String
  ) {
    guard case .quantity(let count) = purchase.amount, count >= 1, count < 1e6,
      count == count.rounded(), let duration = AWSPurchase.seconds(purchase.termYears),
      let region = purchase.region, ShellText.isName(region),
      let qualified = purchase.instanceType
    else { return nil }
    let sku = SKU(
      provider: .aws, region: region, instanceType: qualified,
      operatingSystem: purchase.operatingSystem ?? "Linux",
      tenancy: purchase.tenancy ?? "default")
    let type = sku.nativeType
    guard ShellText.isName(type), let facts = AWSPurchase.conditions(sku, interface) else {
      return nil
    }
    let payment =
      interface.payment == "PaymentOption"
      ? purchase.payment.title.uppercased().replacing(" ", with: "_") : purchase.payment.title
    let conditions = [
      "\(interface.type)==`\"\(type)\"`", "Duration==`\(duration)`",
      "\(interface.payment)==`\"\(payment)\"`",
    ]
    let query = (conditions + facts).joined(separator: " && ")
    canBeQueued = false
    lookup = [
      "aws", interface.service.name, interface.describe, "--region", region, "--query",
      "\(interface.offerings)[?\(query)].\(interface.offering)", "--output", "text",
    ]
    buy = [
      "aws", interface.service.name, interface.purchase, "--region", region,
      interface.offeringOption, AWSPurchase.offering, interface.countOption, String(Int(count)),
    ]
    guard interface.nameOption.isEmpty else {
      buy += [interface.nameOption, "plimsoll-\(token)"]
      isKnownAgain = true
      return
    }
    earlier = AWSPurchase.earlier(interface, type: type, purchase, duration, region: region)
  }

  /// Lists reservations of the same type, term and payment that began since the purchase is to.
  private static func earlier(
    _ interface: ReservationInterface, type: String, _ purchase: RunDocument.Purchase,
    _ duration: String, region: String
  ) -> [String] {
    let list = interface.describe.replacing("-offerings", with: "") + "s"
    let query =
      "\(interface.list)[?\(interface.type)==`\"\(type)\"` && Duration==`\(duration)`"
      + " && \(interface.payment)==`\"\(purchase.payment.title)\"`"
      + " && StartTime>='\(purchase.start.prefix(10))'].\(interface.id)"
    return [
      "aws", interface.service.name, list, "--region", region, "--query", query, "--output", "text",
    ]
  }

  /// The engine and the deployment, where offerings tell them apart; nil where this one is not
  /// sold.
  private static func conditions(_ sku: SKU, _ interface: ReservationInterface) -> [String]? {
    guard !interface.engine.isEmpty else { return [] }
    guard let engine = Engine.of(sku) else { return nil }
    var conditions = ["\(interface.engine)==`\"\(engine.api)\"`"]
    guard !interface.deployment.isEmpty else { return conditions }
    // Mirrored SQL Server is sold as Multi-AZ; clusters and I/O-Optimized are covered by what is
    // sold.
    switch sku.tenancy {
    case "default": conditions.append("\(interface.deployment)==`false`")
    case "Multi-AZ", "mirroring": conditions.append("\(interface.deployment)==`true`")
    default: return nil
    }
    return conditions
  }
}

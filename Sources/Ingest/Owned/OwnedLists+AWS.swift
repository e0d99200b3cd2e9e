import CloudCosts

extension OwnedLists {
  /// One of `ReservedInstances`. Its region is in no field unless the reservation is zonal; then the
  /// name of the file must tell.
  func reservedInstances(_ value: JSONValue, _ hints: FileNameHints, line: Int) {
    guard let id = text(value["ReservedInstancesId"], "ReservedInstancesId", of: "", line: line)
    else { return }
    let state = value["State"]?.text ?? "active"
    guard ["active", "queued", "payment-pending"].contains(state) else {
      return leaveAside("state \(state)", id)
    }
    let type = text(value["InstanceType"], "InstanceType", of: id, line: line)
    let count = amount(value["InstanceCount"], "InstanceCount", of: id, line: line)
    let start = hour(value["Start"], "Start", of: id, line: line)
    let term = word(value["Duration"], "Duration", of: id, line: line, AWSDuration.term)
    let payment = word(
      value["OfferingType"], "OfferingType", of: id, line: line, AWSTerms.payment)
    let product = AWSTerms.offeringClass(value["OfferingClass"]?.text ?? "standard")
    let zone = value["Scope"]?.text == "Region" ? nil : value["AvailabilityZone"]?.text
    let region = value["Region"]?.text ?? zone.map(AWSRegions.region(ofZone:)) ?? hints.region
    if region == nil {
      add(
        .error, "no-region", line: line, "nothing tells the region of \(id.quoted)",
        remedy: "put it into the file's name, such as reserved-instances.us-east-1.json: AWS lists"
          + " reservations by region and does not name it")
    }
    let prices = charges(value, id, line: line)
    guard let type, let count, let start, let term, let payment, let product, let region,
      let prices, accepts(value["CurrencyCode"]?.text, of: id, line: line)
    else { return }
    let sku = SKU(
      provider: .aws, region: region, instanceType: type,
      operatingSystem: AWSPlatform.name(
        productDescription: value["ProductDescription"]?.text ?? "Linux/UNIX"),
      tenancy: AWSTerms.tenancy(value["InstanceTenancy"]?.text ?? "default") ?? "dedicated")
    add(
      Commitment(
        id: id, account: value["OwnerId"]?.text ?? hints.account ?? "",
        terms: OfferTerms(product: product, term: term, payment: payment),
        subject: .reservation(
          sku: sku, zone: zone, count: count, upfront: prices.upfront, hourly: prices.hourly),
        start: start, end: start + term.hours), line: line)
  }

  /// What one instance costs: at once, and in every hour of the term.
  func charges(
    _ value: JSONValue, _ id: String, line: Int
  ) -> (upfront: Double, hourly: Double)? {
    var hourly = 0.0
    var isWhole = value["FixedPrice"] != nil
    for charge in value["RecurringCharges"]?.elements ?? [] {
      let frequency = charge["Frequency"] ?? charge["RecurringChargeFrequency"]
      guard frequency?.text ?? "Hourly" == "Hourly",
        let amount = (charge["Amount"] ?? charge["RecurringChargeAmount"])?.number
      else {
        isWhole = false
        continue
      }
      hourly += amount
    }
    let upfront = value["FixedPrice"]?.number
    // Offers from before 2014 charged by use; nothing sold today does.
    let usage = value["UsagePrice"]?.number ?? 0
    guard isWhole, let upfront, upfront >= 0, hourly >= 0, upfront + hourly + usage > 0 else {
      add(
        .error, "no-price", line: line,
        "\(id.quoted) states no FixedPrice and hourly RecurringCharges that can be used",
        remedy: "export the list again, with all its fields")
      return nil
    }
    return (upfront, hourly + usage)
  }

  /// One of `savingsPlans`.
  func savingsPlan(_ value: JSONValue, line: Int) {
    guard let id = text(value["savingsPlanId"], "savingsPlanId", of: "", line: line) else { return }
    let state = value["state"]?.text ?? "active"
    guard ["active", "queued", "payment-pending", "pending-return"].contains(state) else {
      return leaveAside("state \(state)", id)
    }
    let product = word(value["savingsPlanType"], "savingsPlanType", of: id, line: line) { text in
      Product(word: text)
    }
    let hourly = amount(value["commitment"], "commitment", of: id, line: line)
    let start = hour(value["start"], "start", of: id, line: line)
    let term = word(
      value["termDurationInSeconds"], "termDurationInSeconds", of: id, line: line,
      AWSDuration.term)
    let payment = word(
      value["paymentOption"], "paymentOption", of: id, line: line, AWSTerms.payment)
    var scope = SavingsPlanScope(provider: .aws)
    if product?.scope == .family {
      let region = text(value["region"], "region", of: id, line: line)
      let family = text(value["ec2InstanceFamily"], "ec2InstanceFamily", of: id, line: line)
      guard let region, let family else { return }
      scope.region = AWSRegions.code(named: region) ?? region
      scope.family = family
    }
    guard let product, let hourly, let start, let term, let payment,
      accepts(value["currency"]?.text, of: id, line: line)
    else { return }
    // arn:aws:savingsplans::123456789012:savingsplan/…
    let arn = (value["savingsPlanArn"]?.text ?? "").split(
      separator: ":", omittingEmptySubsequences: false)
    add(
      Commitment(
        id: id, account: arn.count > 4 ? String(arn[4]) : "",
        terms: OfferTerms(product: product, term: term, payment: payment),
        subject: .savingsPlan(scope: scope, hourlyCommitment: hourly), start: start,
        end: start + term.hours), line: line)
  }
}

/// Terms in seconds.
enum AWSDuration {
  static func term(_ text: String) -> Term? {
    switch text {
    case "31536000": .oneYear
    case "94608000": .threeYears
    default: nil
    }
  }
}

import CloudCosts

extension OwnedLists {
  /// States of what is owned: EC2, Savings Plans and the services' nodes have the same words, but
  /// for Redshift, where a payment that is made right now is `pending-payment`.
  static let alive: Set<String> = [
    "active", "queued", "payment-pending", "pending-payment", "exchanging",
  ]

  static let dead: Set<String> = [
    "retired", "payment-failed", "queued-deleted", "returned", "pending-return",
  ]

  /// One of `ReservedInstances`. Its region is in no field unless the reservation is zonal; then
  /// the name of the file must tell.
  func reservedInstances(_ value: JSONValue, _ hints: FileNameHints, line: Int) {
    guard let id = text(value["ReservedInstancesId"], "ReservedInstancesId", of: "", line: line)
    else { return }
    let state = (value["State"]?.text ?? "active").lowercased()
    let isRetired = state == "retired"
    // What is retired was in force up to its end, and a modified one goes on with its price.
    guard Self.alive.contains(state) || isRetired && value["End"] != nil else {
      return leaveOut(state: state, dead: Self.dead, id, line: line)
    }
    let type = text(value["InstanceType"], "InstanceType", of: id, line: line)
    let count = amount(value["InstanceCount"], "InstanceCount", of: id, line: line)
    let life = life(
      of: value, id, line: line, ("Start", "End", "Duration"))
    let payment = word(
      value["OfferingType"], "OfferingType", of: id, line: line, AWSTerms.ownedPayment)
    let product = AWSTerms.offeringClass(value["OfferingClass"]?.text ?? "standard")
    let zone = value["Scope"]?.text == "Region" ? nil : value["AvailabilityZone"]?.text
    let region = value["Region"]?.text ?? zone.map(AWSRegions.region(ofZone:)) ?? hints.region
    if region == nil {
      leaveOut(
        "no-region", line: line, "nothing tells the region of \(id.quoted)",
        remedy: "put it into the file's name, such as reserved-instances.us-east-1.json: AWS lists"
          + " reservations by region and does not name it")
    }
    let prices = charges(value, id, line: line)
    guard let type, let count, let life, let payment, let product, let region,
      let prices, accepts(value["CurrencyCode"]?.text, of: id, line: line)
    else { return }
    let sku = SKU(
      provider: .aws, region: region, instanceType: type,
      operatingSystem: AWSPlatform.name(
        productDescription: value["ProductDescription"]?.text ?? "Linux/UNIX"),
      tenancy: AWSTerms.tenancy(value["InstanceTenancy"]?.text ?? "default") ?? "dedicated")
    tellPending(state, id, line: line)
    let terms = OfferTerms(product: product, term: life.term, payment: payment)
    guard
      let hourly = isRetired
        ? prices.hourly : hourlyCharge(prices, of: sku, terms, id, life.window, line: line)
    else { return }
    reservations.append(
      ListedReservation(
        commitment: Commitment(
          id: id, account: value["OwnerId"]?.text ?? hints.account ?? "",
          terms: terms,
          subject: .reservation(
            sku: sku, zone: zone, count: count, upfront: prices.upfront, hourly: hourly),
          start: life.window.start, end: life.window.end), line: line, isRetired: isRetired))
  }

  /// The hours of a life, by its end, or else by a number of seconds; and the term that it is
  /// nearest to. Reservations from the marketplace last any number of seconds.
  func life(
    of value: JSONValue, _ id: String, line: Int,
    _ fields: (start: String, end: String, duration: String)
  ) -> (window: HourWindow, term: Term)? {
    guard let start = moment(value[fields.start], fields.start, of: id, line: line) else {
      return nil
    }
    var seconds: Double?
    if value[fields.duration] != nil {
      seconds = amount(value[fields.duration], fields.duration, of: id, line: line)
      guard let seconds, seconds < 1e10 else { return nil }
    }
    let fallback = seconds.map { start.hour + max(1, Int($0) / 3600) }
    guard
      let window = life(
        from: start, to: value[fields.end], fields.end, of: id, line: line, fallback: fallback)
    else { return nil }
    return (window, Term.nearest(hours: seconds.map { Int($0) / 3600 } ?? window.hours))
  }

  func tellPending(_ state: String, _ id: String, line: Int) {
    guard state.contains("pending") else { return }
    add(
      .note, "payment-pending", line: line,
      "\(id.quoted) is paid for right now, and counts as owned",
      remedy: "remove it from the list if the payment fails")
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
    // What is paid at once may have been paid for an original (`addReservations`); by the hour it
    // is not.
    let isContinued = AWSTerms.ownedPayment(value["OfferingType"]?.text ?? "") != .noUpfront
    guard isWhole, let upfront, upfront >= 0, hourly >= 0,
      isContinued || upfront + hourly + usage > 0
    else {
      leaveOut(
        "no-price", line: line,
        "\(id.quoted) states no FixedPrice and hourly RecurringCharges that can be used",
        remedy: "export the list again, with all its fields")
      return nil
    }
    return (upfront, hourly + usage)
  }

  /// What one instance costs in every hour. Of what is paid in part upfront the rest is paid by the
  /// hour: where the list has no such charge it is missing, and no zero; then the price book tells.
  func hourlyCharge(
    _ prices: (upfront: Double, hourly: Double), of sku: SKU, _ terms: OfferTerms, _ id: String,
    _ life: HourWindow, line: Int
  ) -> Double? {
    guard terms.payment == .partialUpfront, prices.hourly <= 0 else { return prices.hourly }
    guard let row = price(of: sku, terms, id: id, line: line) else { return nil }
    guard row.product != .onDemand else {
      return max(0, row.hourly - prices.upfront / Double(max(1, life.hours)))
    }
    add(
      .warning, "no-price", line: line,
      "\(id.quoted) is paid in part by the hour and states no hourly charge: that of the price book"
        + " counts, \(row.hourly)", remedy: "export the list again, with RecurringCharges")
    return row.hourly
  }

  /// One of `savingsPlans`.
  func savingsPlan(_ value: JSONValue, line: Int) {
    guard let id = text(value["savingsPlanId"], "savingsPlanId", of: "", line: line) else { return }
    let state = (value["state"]?.text ?? "active").lowercased()
    let isRetired = state == "retired"
    // What is returned was never paid for; what is retired was in force up to its end.
    guard Self.alive.contains(state) || isRetired && value["end"] != nil else {
      return leaveOut(state: state, dead: Self.dead, id, line: line)
    }
    let product = word(value["savingsPlanType"], "savingsPlanType", of: id, line: line) { text in
      Product(word: text)
    }
    let hourly = amount(value["commitment"], "commitment", of: id, line: line)
    let life = life(of: value, id, line: line, ("start", "end", "termDurationInSeconds"))
    let payment = word(
      value["paymentOption"], "paymentOption", of: id, line: line, AWSTerms.payment)
    var scope = SavingsPlanScope(provider: .aws)
    if product?.scope == .family {
      let region = text(value["region"], "region", of: id, line: line)
      let family = text(value["ec2InstanceFamily"], "ec2InstanceFamily", of: id, line: line)
      guard let region, let family else { return }
      scope.region = AWSRegions.code(named: region) ?? region
      scope.family = family.lowercased()
    }
    guard let product, let hourly, let life, let payment,
      accepts(value["currency"]?.text, of: id, line: line)
    else { return }
    if isRetired, life.window.end > now { return leaveAside("retired before its end", id) }
    tellPending(state, id, line: line)
    // arn:aws:savingsplans::123456789012:savingsplan/…
    let arn = (value["savingsPlanArn"]?.text ?? "").split(
      separator: ":", omittingEmptySubsequences: false)
    add(
      Commitment(
        id: id, account: arn.count > 4 ? String(arn[4]) : "",
        terms: OfferTerms(product: product, term: life.term, payment: payment),
        subject: .savingsPlan(scope: scope, hourlyCommitment: hourly),
        start: life.window.start, end: life.window.end), line: line)
  }
}

extension Term {
  /// The term that is on sale and nearest to a number of hours.
  static func nearest(hours: Int) -> Term { hours <= 2 * 8760 ? .oneYear : .threeYears }
}

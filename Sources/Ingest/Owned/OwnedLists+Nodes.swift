import CloudCosts

extension OwnedLists {
  /// One of the lists of a service with reservations of its own: RDS, ElastiCache and others.
  ///
  /// Some name the account and region in an ARN; else the file's name must tell the region. Of
  /// MemoryDB no list names an engine: its reserved nodes are taken for Redis, which cover Valkey
  /// too.
  func reservedNodes(
    _ value: JSONValue, _ interface: ReservationInterface, _ hints: FileNameHints, line: Int
  ) {
    let service = interface.service
    guard let id = text(value[interface.id], interface.id, of: "", line: line),
      let product = Product.covering(service, money: false)
    else { return }
    let state = (value["State"]?.text ?? "active").lowercased()
    // What is retired was in force up to its end.
    guard Self.alive.contains(state) || state == "retired" && value["StartTime"] != nil else {
      return leaveOut(state: state, dead: Self.dead, id, line: line)
    }
    let type = text(value[interface.type], interface.type, of: id, line: line)
    let count = amount(value[interface.count], interface.count, of: id, line: line)
    let life = life(of: value, id, line: line, ("StartTime", "End", "Duration"))
    let payment = word(
      value[interface.payment], interface.payment, of: id, line: line, AWSTerms.ownedPayment)
    let arn = OwnedLists.arn(of: value)
    let region = arn?.region ?? hints.region
    if region == nil {
      leaveOut(
        "no-region", line: line, "nothing tells the region of \(id.quoted)",
        remedy: "put it into the file's name, such as reserved-nodes.us-east-1.json: this list"
          + " does not name it")
    }
    let prices = charges(value, id, line: line)
    guard let type, let count, let life, let payment, let region, let prices,
      accepts(value["CurrencyCode"]?.text, of: id, line: line)
    else { return }
    if state == "retired", life.window.end > now {
      return leaveAside("retired before its end", id)
    }
    let sku = SKU(
      provider: .aws, region: region, instanceType: service.type(type),
      operatingSystem: engine(value[interface.engine]?.text, service, id, line: line),
      tenancy: value[interface.deployment]?.flag == true ? "Multi-AZ" : "default")
    tellPending(state, id, line: line)
    let terms = OfferTerms(product: product, term: life.term, payment: payment)
    guard let hourly = hourlyCharge(prices, of: sku, terms, id, life.window, line: line) else {
      return
    }
    let commitment = Commitment(
      id: id, account: arn?.account ?? hints.account ?? "", terms: terms,
      subject: .reservation(
        sku: sku, zone: nil, count: count, upfront: prices.upfront, hourly: hourly),
      start: life.window.start, end: life.window.end)
    // Nodes that were exchanged go on with what was paid for others, as modified instances do.
    if state != "retired" { tellSunk(commitment, line: line) }
    add(commitment, line: line)
  }

  /// The list of `aws es describe-reserved-elasticsearch-instances`.
  static let elasticsearch = "ReservedElasticsearchInstances"

  /// An entry of it in the words of `aws opensearch describe-reserved-instances`, as which the same
  /// reservations are listed; others as they are.
  static func renamed(_ value: JSONValue) -> JSONValue {
    guard case .object(let members) = value, value["ReservedElasticsearchInstanceId"] != nil else {
      return value
    }
    return .object(
      members.map { member in
        var member = member
        member.key = member.key.replacing("Elasticsearch", with: "")
        if member.key == "InstanceType", case .string(let type) = member.value {
          member.value = .string(type.replacing(".elasticsearch", with: ".search"))
        }
        return member
      })
  }

  /// One that no one knows is kept apart under its own name, and said.
  private func engine(_ text: String?, _ service: Service, _ id: String, line: Int) -> String {
    guard let text else { return Engine.defaultName(of: service) }
    if let engine = Engine.of(service, api: text) { return engine.name }
    let name = Engine.name(text, service)
    if name == text, Engine.code(of: name, service) == nil {
      add(
        .warning, "unknown-engine", line: line,
        "\(id.quoted) is for the engine \(text.quoted), which is not known: it covers usage of"
          + " exactly this name and type", remedy: "name the usage's engine so, if it is the same")
    }
    return name
  }

  /// The list of `aws redshift-serverless list-reservations`.
  static let serverless = "reservationsList"

  /// One of it: reserved RPUs of Redshift Serverless. The offering's charges are those of one RPU:
  /// the same offering is listed for sale without a number of them (botocore 1.44.8,
  /// redshift-serverless 2021-04-21, Reservation and ReservationOffering).
  func reservedCapacity(_ value: JSONValue, line: Int) {
    guard let id = text(value["reservationId"], "reservationId", of: "", line: line),
      let product = Product(rawValue: "ri-redshift-serverless"),
      let service = product.services.first
    else { return }
    let state = (value["status"]?.text ?? "active").lowercased()
    guard Self.alive.contains(state) || state == "retired" && value["endDate"] != nil else {
      return leaveOut(state: state, dead: Self.dead, id, line: line)
    }
    let count = amount(value["capacity"], "capacity", of: id, line: line)
    let life = life(of: value, id, line: line, ("startDate", "endDate", "duration"))
    let payment = word(
      value["offering", "offeringType"], "offeringType", of: id, line: line, AWSTerms.payment)
    let arn = OwnedLists.arn(of: value)
    if arn == nil {
      leaveOut(
        "no-region", line: line, "nothing tells the region of \(id.quoted)",
        remedy: "export the list again, with its reservationArn")
    }
    let upfront = value["offering", "upfrontCharge"]?.number ?? 0
    let hourly = value["offering", "hourlyCharge"]?.number ?? 0
    guard let count, let life, let payment, let arn,
      accepts(value["offering", "currencyCode"]?.text, of: id, line: line)
    else { return }
    guard upfront >= 0, hourly >= 0, upfront + hourly > 0 else {
      return leaveOut(
        "no-price", line: line, "\(id.quoted) states no charges of its offering",
        remedy: "export the list again, with all its fields")
    }
    if state == "retired", life.window.end > now {
      return leaveAside("retired before its end", id)
    }
    tellPending(state, id, line: line)
    add(
      Commitment(
        id: id, account: arn.account,
        terms: OfferTerms(product: product, term: life.term, payment: payment),
        subject: .reservation(
          sku: SKU(
            provider: .aws, region: arn.region, instanceType: service.type("RPU")),
          zone: nil, count: count, upfront: upfront, hourly: hourly),
        start: life.window.start, end: life.window.end), line: line)
  }

  /// `arn:aws:rds:us-west-2:123456789012:ri:myreservedinstance`
  private static func arn(of value: JSONValue) -> (region: String, account: String)? {
    for field in ["ReservedDBInstanceArn", "ReservationARN", "ARN"] {
      let parts = (value[field]?.text ?? "").split(
        separator: ":", omittingEmptySubsequences: false
      ).map(String.init)
      if parts.count > 5, parts[0] == "arn" { return (parts[3], parts[4]) }
    }
    return nil
  }
}

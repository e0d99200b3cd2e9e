import CloudCosts

enum OwnedColumn: Int, ServiceColumn {
  case id, provider, account, region, instanceType, operatingSystem, tenancy, zone, product
  case termYears, payment, quantity, hourlyCommitment, upfront, hourly, start, end
  case scope, currency, sizeFlexibility, renews, service, unit, engine, license, deployment

  static let headings = [
    "id", "provider", "account", "region", "instance_type", "operating_system", "tenancy", "zone",
    "product", "term_years", "payment", "quantity", "hourly_commitment", "upfront", "hourly",
    "start", "end", "scope", "currency", "size_flexibility", "renews", "service", "unit", "engine",
    "license", "deployment",
  ]
  static let required: [OwnedColumn] = [
    .id, .provider, .product, .termYears, .payment, .start, .end,
  ]
}

/// Commitments that are owned, and where the file says so.
package struct OwnedCommitments: Sendable {
  /// In the order of the file.
  package var commitments: [Commitment]
  /// For each commitment its line.
  package var lines: [Int]
  /// The file, as its user calls it; of several files all of them.
  package var file: String
  /// For each commitment the file that it is of, where there are several; else empty.
  package var files: [String] = []
  /// For each commitment the currency that the file states, empty where it does not; none at all
  /// where the file has no such column.
  package var currencies: [String] = []
  /// Commitments whose list does not say whether they serve their project or its billing account
  /// (Google), or which subscriptions are in their management group (Azure).
  package var unscoped: Set<Commitment.ID> = []
  /// The accounts of groups that the list itself makes: the subscriptions that share one
  /// reservation of Azure.
  package var groups: [String: Set<String>] = [:]

  package init(commitments: [Commitment], lines: [Int], file: String) {
    self.commitments = commitments
    self.lines = lines
    self.file = file
  }

  /// Where a commitment is stated.
  package func place(_ index: Int) -> String {
    "\(index < files.count ? files[index] : file):\(lines[index])"
  }

  /// What several files state together; of a commitment that several state the first counts.
  package static func joined(_ parts: [OwnedCommitments]) -> Reading<OwnedCommitments> {
    guard let first = parts.first else { return Reading(value: nil, findings: []) }
    guard parts.count > 1 else { return Reading(value: first, findings: []) }
    var all = OwnedCommitments(
      commitments: [], lines: [], file: parts.map(\.file).joined(separator: ", "))
    var places: [Commitment.ID: String] = [:]
    var findings: [Finding] = []
    for part in parts {
      all.unscoped.formUnion(part.unscoped)
      all.groups.merge(part.groups) { stated, _ in stated }
      for (index, commitment) in part.commitments.enumerated() {
        let place = part.place(index)
        if let known = places.updateValue(place, forKey: commitment.id) {
          places[commitment.id] = known
          findings.append(
            Finding(
              .warning, rule: "owned.duplicate-id", place: place,
              message: "\(commitment.id.quoted) is already in \(known): this copy does not count",
              remedy: "remove the copy, or give it an id of its own if it is another commitment"))
          continue
        }
        all.commitments.append(commitment)
        all.lines.append(part.lines[index])
        all.files.append(part.file)
      }
    }
    return Reading(value: all, findings: findings)
  }
}

/// Reads files of owned commitments.
package enum OwnedReader {
  /// The columns of our own file, and whether each is needed.
  package static let columns: [(name: String, isRequired: Bool)] = zip(
    OwnedColumn.headings, 0...
  ).map { heading, index in
    (heading, OwnedColumn.required.contains { $0.rawValue == index })
  }

  /// The lists of the providers' tools that are read: what one is recognised by, and its command.
  package static let lists: [(list: String, command: String)] =
    [("ReservedInstances", "aws ec2 describe-reserved-instances")]
    + ReservationInterface.all.map { interface in
      (interface.list, "aws \(interface.service.name) \(interface.listing)")
    } + [
      (OwnedLists.serverless, "aws redshift-serverless list-reservations"),
      ("savingsPlans", "aws savingsplans describe-savings-plans"),
      ("Microsoft.Capacity", "az reservations reservation list"),
      ("Microsoft.BillingBenefits", "az billing-benefits savings-plan list"),
      ("compute#commitment", "gcloud compute commitments list --format=json"),
    ]

  /// Reads a whole file of owned commitments.
  ///
  /// A file with a header and no rows is one of a team that owns nothing. Lists that the providers'
  /// own tools print (JSON) are read too, recognised by what is in them, and imported histories.
  ///
  /// - Parameters:
  ///   - prices: where the price of a commitment comes from whose list states none.
  ///   - currency: the code that stated amounts must have; nil: any.
  package static func read(
    _ file: InputFile, prices: PriceList? = nil, currency: String? = nil
  ) -> Reading<OwnedCommitments> {
    if HistoryFile.isHistory(file.path) { return OwnedHistory.read(file, prices: prices) }
    if FileHead.isJSON(file) {
      return OwnedLists(file, prices: prices, currency: currency).read(file)
    }
    var log = FindingLog(file: file.name, kind: "owned")
    guard var table = Table<OwnedColumn>.open(file, mayBeEmpty: true, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var owned = OwnedCommitments(commitments: [], lines: [], file: file.name)
    var ids: [String: Int] = [:]
    while table.next(&log) {
      let id = log.text(table[.id], "id", line: table.line)
      if let id, let first = ids.updateValue(table.line, forKey: id) {
        log.add(
          .error, "duplicate-id", line: table.line, "id \(id.quoted) is already on line \(first)",
          remedy: "give every commitment its own id")
      }
      guard let commitment = commitment(id, table, log: &log) else { continue }
      owned.commitments.append(commitment)
      owned.lines.append(table.line)
      owned.currencies.append(table[.currency].text)
    }
    return Reading(value: owned, findings: log.finished())
  }

  /// The commitment of a row; nil, with findings, where a field cannot be used. Every field is
  /// looked at.
  private static func commitment(
    _ id: String?, _ table: borrowing Table<OwnedColumn>, log: inout FindingLog
  ) -> Commitment? {
    let line = table.line
    let provider: Provider? = log.choice(table[.provider], "provider", line: line)
    let product = product(table, of: provider, log: &log)
    let term = log.term(table[.termYears], line: line)
    let payment: PaymentOption? = log.choice(table[.payment], "payment", line: line)
    let life = life(table, term: term, log: &log)
    let reach = reach(table, of: provider, log: &log)
    let coversOtherSizes = log.flag(table[.sizeFlexibility], "size_flexibility", line: line) ?? true
    let renews = log.flag(table[.renews], "renews", line: line) ?? false
    guard var product, let provider else { return nil }
    let subject =
      product.isReservation
      ? reservation(product, table, log: &log) : plan(product, of: provider, table, log: &log)
    guard let id, let term, let payment, let life, let subject, let reach else { return nil }
    if case .reservation(let sku, _, _, _, _) = subject { product = product.sold(for: sku.service) }
    var commitment = Commitment(
      id: id, account: AccountName.of(table[.account].text, provider),
      terms: OfferTerms(product: product, term: term, payment: payment), subject: subject,
      start: life.start, end: life.end, reach: reach)
    commitment.coversOtherSizes = coversOtherSizes
    commitment.renews = renews
    return commitment
  }

  private static func reach(
    _ table: borrowing Table<OwnedColumn>, of provider: Provider?, log: inout FindingLog
  ) -> Commitment.Reach? {
    let text = table[.scope].text
    if let reach = Commitment.Reach(scope: text, provider: provider ?? .aws) { return reach }
    log.add(
      .error, "unknown-scope", line: table.line, "scope \(text.quoted) is unknown",
      remedy: Commitment.Reach.scopes(provider ?? .aws))
    return nil
  }

  private static func product(
    _ table: borrowing Table<OwnedColumn>, of provider: Provider?, log: inout FindingLog
  ) -> Product? {
    guard let product: Product = log.choice(table[.product], "product", line: table.line) else {
      return nil
    }
    guard product != .onDemand else {
      log.add(
        .error, "on-demand", line: table.line, "on-demand is no commitment",
        remedy: "remove the row, or correct the product")
      return nil
    }
    if let provider, product.provider != provider {
      log.add(
        .error, "product-of-other-provider", line: table.line,
        "\(provider.rawValue) does not sell \(product.rawValue)",
        remedy: "correct the provider or the product")
      return nil
    }
    return product
  }

  private static func life(
    _ table: borrowing Table<OwnedColumn>, term: Term?, log: inout FindingLog
  ) -> HourWindow? {
    let start = log.moment(table[.start], "start", line: table.line)
    let end = log.moment(table[.end], "end", line: table.line)
    guard let start, let end else { return nil }
    guard end > start else {
      log.add(
        .error, "end-before-start", line: table.line,
        "the end \(end) is not after the start \(start)",
        remedy: "write the first hour in which it applies, and the first in which it no longer does"
      )
      return nil
    }
    guard Hour.isLikely(start) else {
      log.add(
        .error, "absurd-start", line: table.line, "the start \(start) is in no year of a cloud",
        remedy: Hour.unlikelyRemedy)
      return nil
    }
    guard end - start <= CheckedRow.mostHours else {
      log.add(
        .error, "absurd-end", line: table.line,
        "the end \(end) is more than twenty years after the start \(start)",
        remedy: "correct the year")
      return nil
    }
    if let term, end - start != term.hours, end != start.adding(months: 12 * term.years) {
      log.add(
        .warning, "term-mismatch", line: table.line,
        "from start to end are \((end - start).grouped) hours; a term of \(term.years)"
          + " \(term.years == 1 ? "year" : "years") has \(term.hours.grouped)",
        remedy: "the end is \(start + term.hours), unless it was sold or exchanged before")
    }
    return HourWindow(from: start, to: end)
  }
}

extension Hour {
  /// Whether a commitment may start then: other calendars than ours are centuries off.
  static func isLikely(_ start: Hour) -> Bool {
    start >= Hour(year: 2000, month: 1, day: 1) && start < Hour(year: 2100, month: 1, day: 1)
  }

  static let unlikelyRemedy = "correct the year; dates are those of the Gregorian calendar"
}

import CloudCosts

private enum ProposalColumn: Int, TableColumn {
  case action, account, region, zone, product, instanceType, operatingSystem, tenancy
  case termYears, payment, quantity, hourlyCommitment, start

  static let headings = [
    "action", "account", "region", "zone", "product", "instance_type", "operating_system",
    "tenancy", "term_years", "payment", "quantity", "hourly_commitment", "start",
  ]
  static let required: [ProposalColumn] = [.product, .termYears, .payment]
}

/// Reads a CSV file of proposed purchases: the columns of owned commitments, of which `product`,
/// `term_years`, `payment` and the amount must be there; a `recommendations.csv` is one, too.
package enum ProposalReader {
  package static func read(_ file: InputFile) -> Reading<[ProposedPurchase]> {
    var log = FindingLog(file: file.name, kind: "proposal")
    guard var table = Table<ProposalColumn>.open(file, mayBeEmpty: true, log: &log) else {
      return Reading(value: nil, findings: log.finished())
    }
    var purchases: [ProposedPurchase] = []
    while table.next(&log) {
      // What is done with machines is in recommendations.csv, too.
      guard ["", "buy"].contains(table[.action].text) else { continue }
      if let purchase = purchase(table, file, log: &log) { purchases.append(purchase) }
    }
    return Reading(value: purchases, findings: log.finished())
  }

  private static func purchase(
    _ table: borrowing Table<ProposalColumn>, _ file: InputFile, log: inout FindingLog
  ) -> ProposedPurchase? {
    let line = table.line
    let product: Product? = log.choice(table[.product], "product", line: line)
    let term = log.term(table[.termYears], line: line)
    let payment: PaymentOption? = log.choice(table[.payment], "payment", line: line)
    let start = table[.start].isEmpty ? nil : log.moment(table[.start], "start", line: line)
    guard let product, let term, let payment else { return nil }
    guard product != .onDemand else {
      log.add(
        .error, "on-demand", line: line, "on-demand is no purchase",
        remedy: "remove the row, or correct the product")
      return nil
    }
    let amount =
      product.isReservation
      ? log.number(table[.quantity], "quantity", line: line)
      : log.number(table[.hourlyCommitment], "hourly_commitment", line: line)
    guard let amount else { return nil }
    return ProposedPurchase(
      terms: OfferTerms(product: product, term: term, payment: payment), amount: amount,
      region: table[.region].text, instanceType: table[.instanceType].text,
      operatingSystem: table[.operatingSystem].text, tenancy: table[.tenancy].text,
      zone: table[.zone].text, account: table[.account].text, start: start,
      place: "\(file.name):\(line)")
  }
}

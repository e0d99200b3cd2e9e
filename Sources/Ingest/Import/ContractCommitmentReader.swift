import CloudCosts
import Foundation

/// FOCUS 1.3's dataset Contract Commitment: what was agreed, apart from every charge.
struct ContractCommitmentReader {
  let columns: BillColumns

  static func isOne(_ columns: BillColumns) -> Bool {
    columns.has("ContractCommitmentId") && !columns.has("ChargeCategory")
  }

  static let required = [
    "ContractCommitmentId", "ContractCommitmentCategory", "ContractCommitmentPeriodStart",
    "ContractCommitmentPeriodEnd",
  ]

  var missing: [String] { ContractCommitmentReader.required.filter { !columns.has($0) } }

  /// `ContractCommitmentPaymentModel` is FOCUS 1.4's.
  var query: String {
    let dialect = columns.dialect
    let texts = [
      "ContractCommitmentId", "ContractCommitmentType", "ContractCommitmentCategory",
      "ContractCommitmentDescription", "ContractCommitmentUnit", "BillingCurrency",
      "ContractCommitmentPaymentModel",
    ]
    return """
      select \(texts.map { columns.text($0) }.joined(separator: ", ")),
        \(dialect.hour(columns.time("ContractCommitmentPeriodStart"))),
        \(dialect.hour(columns.time("ContractCommitmentPeriodEnd"))),
        \(columns.number("ContractCommitmentCost")), \(columns.number("ContractCommitmentQuantity"))
      from bill_file
      """
  }

  /// Nil where the record is none, or its times are no times or in years of no bill.
  static func read(
    _ record: borrowing CSVReader, _ periods: BillPeriods
  ) -> (entry: HistoryCommitment, currency: String)? {
    guard record.count == 11, let from = record[7].integer, let to = record[8].integer,
      case (let first?, let last?) = periods.term(
        from: Hour(sinceEpoch: from), to: Hour(sinceEpoch: to)), last > first, !record[0].isEmpty
    else { return nil }
    let (start, end) = (first.sinceEpoch, last.sinceEpoch)
    let type = record[1].text
    var entry = HistoryCommitment(
      id: record[0].text, provider: provider(record[0].text, type), account: "",
      seen: HourWindow(start: Hour(sinceEpoch: start), hours: 0))
    entry.type = type
    entry.category = record[2].text.capitalized
    entry.name = record[3].text
    entry.start = Hour(sinceEpoch: start)
    entry.end = Hour(sinceEpoch: end)
    entry.payment = AWSTerms.payment(record[6].text)
    entry.complete()
    if entry.category == "Spend", let cost = record[9].trillionths, cost > 0 {
      entry.hourlyCommitment = Double(cost) / 1e12 / Double(end - start)
    }
    if entry.category == "Usage", ["hour", "hours"].contains(record[4].text.lowercased()),
      let quantity = record[10].trillionths, quantity > 0
    {
      entry.quantity = Double(quantity) / 1e12 / Double(end - start)
    }
    return (entry, record[5].text)
  }

  /// The dataset does not name the provider; ids do.
  private static func provider(_ id: String, _ type: String) -> String {
    let id = id.lowercased()
    if id.hasPrefix("arn:aws") { return Provider.aws.rawValue }
    if id.contains("microsoft.") { return Provider.azure.rawValue }
    if id.contains("googleapis.com") { return Provider.gcp.rawValue }
    return ""
  }
}

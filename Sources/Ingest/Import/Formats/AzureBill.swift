/// Azure's own cost details, actual and amortised: Enterprise Agreement, Microsoft Customer
/// Agreement, and pay-as-you-go, in all generations of columns; and what partners (CSP) get, their
/// daily rated usage.
///
/// Columns: Microsoft, "Cost details file schema" (EA and MCA of 2019-10-01 to 2024-08-01, web
/// direct of 2019-11-01); "Daily rated usage reconciliation files" (Partner Center). Rows of
/// commitments: "Get EA and MCA reservation costs and usage" and "View savings plan cost and usage
/// details". A row is a day of a resource. In the actual export covered usage costs nothing and
/// purchases are rows; in the amortised one covered usage costs its share, what no one used is a
/// row, and there are no purchases. What a row bills and what it costs can be said of each row
/// alone (`amounts`), whichever export it is in.
struct AzureBill: BillFormat {
  let name = "azure"

  func recognises(_ columns: BillColumns) -> Bool {
    columns.has("MeterCategory") && columns.has("MeterName") && !columns.has("ChargeCategory")
      && AzureBill.days.contains(where: columns.has)
  }

  /// Names differ by agreement and year: `missing` looks for one of each.
  let required: [String] = []

  func missing(_ columns: BillColumns) -> [String] {
    [
      AzureBill.days, AzureBill.amounts, AzureBill.costs,
      ["SubscriptionId", "SubscriptionGuid"],
    ].filter { !$0.contains(where: columns.has) }.map { $0.joined(separator: " or ") }
  }

  static let days = ["Date", "UsageDateTime", "UsageDate"]
  /// The last of both: usage details of the EA portal, in versions 1 and 2.
  static let costs = [
    "CostInBillingCurrency", "Cost", "PreTaxCost", "BillingPreTaxTotal", "ExtendedCost",
  ]
  static let amounts = ["Quantity", "UsageQuantity", "ConsumedQuantity"]

  /// Partners' daily rated usage has rows of usage alone, whatever type of charge they state, and
  /// leaves out what reservations and savings plans cost.
  static func isPartners(_ columns: BillColumns) -> Bool { columns.has("BillingPreTaxTotal") }

  let texts = [
    "currency", "publisher", "account", "region", "service", "kind", "pricing", "commitment",
    "subcategory", "meter", "machine", "image", "unit", "uncharged",
  ]
  let numbers = ["row_cost", "list_cost", "contracted_cost"]
  let requiredNumbers = ["row_cost"]
  let quantities = ["row_quantity"]
  let identity = ["resource"]
  let commitmentColumns = ["benefit", "order_name", "term", "frequency"]

  func times(_ columns: BillColumns) -> (start: String, end: String) { ("starts_at", "ends_at") }

  func derived(_ columns: BillColumns) -> [DerivedText] { [] }

  func words(_ c: BillColumns) -> [BillWord: String] {
    [
      .currency: c.text("currency"),
      .seller: "'Microsoft'",
      .publisher: c.text("publisher"),
      .account: c.text("account"),
      .region: c.text("region"),
      .service: c.text("service"),
      .meterService: c.text("service"),
      .kind: c.text("kind"),
      .pricing: c.text("pricing"),
      .commitment: c.text("commitment"),
      .usageType: c.text("subcategory"),
      .operation: c.text("meter"),
      .details: c.text("machine"),
      .licence: c.text("image"),
      .unit: c.text("unit"),
      .uncharged: c.text("uncharged"),
    ]
  }

  let usageKinds = ["usage"]

  /// `100 Hours`: the quantity counts hundreds.
  func quantity(_ c: BillColumns) -> String {
    "\(c.number("row_quantity")) * \(PricingBlock.size(c.text("unit"), c.dialect))"
  }

  func charge(_ words: BillWords) -> BillCharge {
    let pricing = words.lower(.pricing)
    let isCommitted =
      !words[.commitment].isEmpty || ["reservation", "savingsplan"].contains(pricing)
    switch words.lower(.kind) {
    case "purchase" where isCommitted: return .aside(.purchase, "commitment-purchase")
    case "refund" where isCommitted: return .aside(.refund, "commitment-refund")
    case "refund": return .aside(.refund, "refund")
    case let kind where kind.hasPrefix("unused"): return .aside(.unused, "unused-commitment")
    case "tax": return .aside(.tax, "tax")
    case "credit": return .aside(.credit, "credit")
    case "roundingadjustment", "adjustment": return .aside(nil, "adjustment")
    case "usage" where words.isForeign, "purchase" where words.isForeign:
      return .aside(.marketplace, "marketplace")
    case "purchase": return .aside(.other, "purchase")
    case "usage": break
    default: return .aside(.other, "unknown-category")
    }
    if pricing == "spot" { return .aside(.spot, "spot") }
    return .usage(isCommitted ? .covered : .onDemand)
  }

  func tagColumns(_ keys: [String]) -> [String] { ["tags"] }

  func tag(_ key: String, _ c: BillColumns) -> String { c.entry(key, of: "tags") ?? "''" }
}

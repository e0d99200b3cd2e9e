/// Google's own billing export to BigQuery, standard and detailed: JSON lines, Parquet, or
/// flattened to CSV.
///
/// Columns: Google Cloud, "Structure of Standard data export" and "Structure of Detailed data
/// export". What commitments look like: "Resource-based committed use discounts" (credits on usage,
/// the commitment's own vCPUs and memory as rows), and "Spend-based CUD program improvements" for
/// those on spend: before July 2025 credits on usage and fees that name the meter they paid for,
/// since then usage at the lower price and a credit on the fee.
///
/// Google's FOCUS has the same rows under other names, and only `x_Credits` says what commitments
/// cover.
struct GoogleBill: BillFormat {
  var isFOCUS = false

  var name: String { isFOCUS ? "focus" : "google" }

  func recognises(_ columns: BillColumns) -> Bool {
    isFOCUS
      ? columns.has("ChargeCategory") && columns.has("x_Credits")
        && columns.has("ChargeDescription")
      : columns.has("billing_account_id") && columns.has("usage_start_time")
        && columns.has("cost") && columns.field("sku.description") != nil
  }

  var required: [String] {
    isFOCUS ? FOCUSBill().required : ["usage_start_time", "usage_end_time", "cost", "currency"]
  }

  func missing(_ columns: BillColumns) -> [String] {
    guard !isFOCUS else { return [] }
    return [
      "service.description", "usage.amount_in_pricing_units", "usage.pricing_unit", "credits",
    ].filter { columns.field($0) == nil }
  }

  let texts = [
    "currency", "publisher", "account", "region", "service", "kind", "model", "commitment",
    "status", "machine", "sku_text", "unit", "correction", "uncharged",
  ]
  let numbers = [
    "row_cost", "list_cost", "contracted_cost", "credits_all", "credits_commitment",
    "credits_promotion", "commitment_units",
  ]
  let requiredNumbers = ["row_cost"]
  let quantities = ["row_quantity"]
  let identity = ["resource"]
  let commitmentColumns: [String] = []
  let usageKinds = ["regular", ""]

  func times(_ columns: BillColumns) -> (start: String, end: String) {
    ("usage_start_time", "usage_end_time")
  }

  func derived(_ columns: BillColumns) -> [DerivedText] { [] }

  func words(_ c: BillColumns) -> [BillWord: String] {
    [
      .currency: c.text("currency"),
      .seller: "'Google Cloud'",
      .publisher: c.text("publisher"),
      .account: c.text("account"),
      .region: c.text("region"),
      .service: c.text("service"),
      .meterService: c.text("service"),
      .kind: c.text("kind"),
      .pricing: c.text("model"),
      .commitment: c.text("commitment"),
      .status: c.text("status"),
      .details: c.text("machine"),
      .description: c.text("sku_text"),
      .correction: c.text("correction"),
      .unit: c.text("unit"),
      .uncharged: c.text("uncharged"),
    ]
  }

  func quantity(_ c: BillColumns) -> String { c.number("row_quantity") }

  /// A fee of a commitment is what covered usage costs, or what no one used; the usage itself then
  /// bills nothing.
  func charge(_ words: BillWords) -> BillCharge {
    switch words.lower(.kind) {
    case "tax": return .aside(.tax, "tax")
    case "adjustment": return .aside(nil, "adjustment")
    case "rounding_error": return .aside(.other, "rounding")
    case "regular", "": break
    default: return .aside(.other, "unknown-category")
    }
    if words.isForeign { return .aside(.marketplace, "marketplace") }
    if words.lower(.description).hasPrefix("commitment") {
      return words[.status] == "Unused"
        ? .aside(.unused, "unused-commitment") : .aside(.covered, "commitment-fee")
    }
    let model = words.lower(.pricing)
    return .usage(model.isEmpty || model == "default" ? .onDemand : .covered)
  }

  /// Cost is before credits. A promotion pays for usage, it does not make it cheaper. Without its
  /// cost at list prices, usage at a commitment's price has at least that at the default price.
  func amounts(_ c: BillColumns) -> BillAmounts {
    let cost = c.number("row_cost")
    let isFee = "lower(\(c.text("sku_text"))) like 'commitment%'"
    let list = c.number("list_cost", "contracted_cost")
    func credits(_ name: String) -> String { "coalesce(\(c.number(name)), 0)" }
    let paid = "\(cost) + \(credits("credits_all")) - \(credits("credits_promotion"))"
    return BillAmounts(
      list: "case when \(isFee) then 0 else coalesce(\(list), \(cost)) end",
      contracted:
        "case when \(isFee) then 0 else coalesce(\(c.number("contracted_cost")), \(cost)) end",
      billed: paid, effective: paid,
      covered: "case when \(isFee) then 0 else -\(credits("credits_commitment")) end",
      credit: credits("credits_promotion"), units: "coalesce(\(c.number("commitment_units")), 0)")
  }

  func pool(_ words: BillWords) -> String { GoogleMeter(words).pool }

  /// Labels of the resource, then tags, then labels of the project.
  func tag(_ key: String, _ c: BillColumns) -> String {
    guard !isFOCUS else { return FOCUSBill().tag(key, c) }
    let found = tagColumns([key]).compactMap { c[$0] }.map {
      c.dialect.label(key, of: c.dialect.identifier($0.name))
    }
    return "coalesce(\((found + ["cast(null as \(c.dialect.textType))"]).joined(separator: ", ")))"
  }

  func tagColumns(_ keys: [String]) -> [String] {
    isFOCUS ? ["Tags"] : ["labels", "resource_manager_tags", "project_labels"]
  }
}

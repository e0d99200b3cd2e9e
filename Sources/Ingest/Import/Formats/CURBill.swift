/// AWS's Cost and Usage Report: legacy (`lineItem/UsageType`) and 2.0 (`line_item_usage_type`).
///
/// Columns and values: AWS, "Data dictionary" of the CUR and of CUR 2.0.
struct CURBill: BillFormat {
  let isLegacy: Bool

  var name: String { isLegacy ? "cur-legacy" : "cur-2.0" }

  func recognises(_ columns: BillColumns) -> Bool {
    columns.has("line_item_line_item_type")
      && columns.all.contains { $0.name.contains("/") } == isLegacy
  }

  let required = [
    "line_item_line_item_type", "line_item_usage_start_date", "line_item_usage_end_date",
    "line_item_unblended_cost", "line_item_usage_amount",
  ]

  let texts = [
    "line_item_currency_code", "bill_billing_entity", "line_item_usage_account_id",
    "bill_payer_account_id", "product_region_code", "product_region", "product_location",
    "line_item_availability_zone", "product_product_name", "product_servicename",
    "line_item_product_code", "line_item_line_item_type", "pricing_term",
    "reservation_reservation_a_r_n", "savings_plan_savings_plan_a_r_n",
    "reservation_subscription_id", "line_item_usage_type", "line_item_operation",
    "product_tenancy", "product_license_model", "pricing_unit",
  ]

  let numbers = [
    "line_item_unblended_cost", "line_item_net_unblended_cost",
    "savings_plan_savings_plan_effective_cost", "reservation_effective_cost",
    "pricing_public_on_demand_cost", "reservation_unused_amortized_upfront_fee_for_billing_period",
    "reservation_unused_recurring_fee", "savings_plan_total_commitment_to_date",
    "savings_plan_used_commitment", "savings_plan_net_savings_plan_effective_cost",
    "reservation_net_effective_cost",
    "reservation_net_unused_amortized_upfront_fee_for_billing_period",
    "reservation_net_unused_recurring_fee",
  ]
  let requiredNumbers = ["line_item_unblended_cost", "line_item_net_unblended_cost"]
  let quantities = ["line_item_usage_amount"]
  let identity = ["line_item_resource_id"]

  func times(_ columns: BillColumns) -> (start: String, end: String) {
    ("line_item_usage_start_date", "line_item_usage_end_date")
  }

  let commitmentColumns = [
    "savings_plan_offering_type", "savings_plan_payment_option", "savings_plan_purchase_term",
    "savings_plan_start_time", "savings_plan_end_time", "savings_plan_instance_type_family",
    "savings_plan_region", "pricing_offering_class", "pricing_purchase_option",
    "pricing_lease_contract_length", "reservation_start_time", "reservation_end_time",
    "reservation_number_of_reservations", "reservation_availability_zone",
  ]

  /// CUR 2.0 has columns of a few attributes, and a map of all.
  func derived(_ c: BillColumns) -> [DerivedText] {
    ["region", "tenancy", "license_model"].compactMap { key in
      c.entry(key, of: "product").map {
        DerivedText(name: "p_\(key)", sql: "coalesce(\($0), '')", sources: ["product"])
      }
    } + [uncharged(c)]
  }

  /// Usage at no cost that has a public price, and no pricing term that says why; or whose
  /// description says that it is free: `$0.00 per … under monthly free tier`.
  private func uncharged(_ c: BillColumns) -> DerivedText {
    let sources = [
      "line_item_unblended_cost", "line_item_usage_amount", "pricing_public_on_demand_cost",
      "line_item_line_item_description",
    ].filter(c.has)
    return DerivedText(
      name: "p_uncharged",
      sql: """
        case when \(kind(c)) <> 'usage' or coalesce(\(c.number("line_item_unblended_cost")), 1) <> 0
            or coalesce(\(c.number("line_item_usage_amount")), 0) <= 0 then ''
          when \(FreeUsage.isNamed(c.text("line_item_line_item_description"))) then 'free'
          when lower(\(c.text("pricing_term"))) in ('', 'reserved')
            and coalesce(\(c.number("pricing_public_on_demand_cost")), 1) > 0
          then '1' else '' end
        """, sources: sources)
  }

  func words(_ c: BillColumns) -> [BillWord: String] {
    [
      .currency: c.text("line_item_currency_code"),
      .seller: "'AWS'",
      .publisher: c.text("bill_billing_entity"),
      .account: c.text("line_item_usage_account_id", "bill_payer_account_id"),
      .region: attribute(
        "region", c, c.text("product_region_code", "product_region", "product_location")),
      .zone: c.text("line_item_availability_zone"),
      .service: c.text("product_product_name", "product_servicename", "line_item_product_code"),
      .meterService: c.text("line_item_product_code"),
      .kind: c.text("line_item_line_item_type"),
      .pricing: c.text("pricing_term"),
      .commitment: c.text(
        "reservation_reservation_a_r_n", "savings_plan_savings_plan_a_r_n",
        "reservation_subscription_id"),
      .usageType: c.text("line_item_usage_type"),
      .operation: c.text("line_item_operation"),
      .tenancy: attribute("tenancy", c, c.text("product_tenancy")),
      .licence: attribute("license_model", c, c.text("product_license_model")),
      .unit: unit(c),
      .uncharged: "p_uncharged",
    ]
  }

  /// Of `pricing/unit` only what is shorter than an hour tells anything: its spellings differ from
  /// service to service (`Hrs`, `hours`, `vCPU-Hours`, `Quantity`), and the usage type says the
  /// rest, but where only the unit tells what is metered.
  private func unit(_ c: BillColumns) -> String {
    let unit = c.text("pricing_unit")
    return """
      case when lower(\(unit)) like '%second%' or lower(\(unit)) like '%minute%'
          or lower(\(unit)) in (\(AWSMeter.tellingUnits)) then \(unit)
        else 'Hrs' end
      """
  }

  private func attribute(_ key: String, _ c: BillColumns, _ column: String) -> String {
    c.has("product") ? "coalesce(nullif(\(column), ''), p_\(key), '')" : column
  }

  let usageKinds = ["usage", "discountedusage", "savingsplancoveredusage"]

  /// The usage type decides; a request has another than a machine.
  func quantity(_ c: BillColumns) -> String {
    """
    case when \(kind(c)) in \(usage) then \(c.number("line_item_usage_amount")) end
    """
  }

  func charge(_ words: BillWords) -> BillCharge {
    let kind = words.lower(.kind)
    switch kind {
    case "tax": return .aside(.tax, "tax")
    case "credit": return .aside(.credit, "credit")
    case "refund": return .aside(.refund, "refund")
    case _ where kind.hasSuffix("discount"): return .aside(.credit, "discount")
    case "rifee", "savingsplanrecurringfee", "savingsplanupfrontfee":
      return .aside(.purchase, "commitment-purchase")
    case "fee" where !words[.commitment].isEmpty:
      return .aside(.purchase, "commitment-purchase")
    case "savingsplannegation": return .aside(.covered, "savings-plan-negation")
    case _ where words.lower(.publisher) == "aws marketplace":
      return .aside(.marketplace, "marketplace")
    case "discountedusage", "savingsplancoveredusage": return .usage(.covered)
    case "usage": return .usage(.onDemand)
    default: return .aside(.other, "fee")
    }
  }

  func tagColumns(_ keys: [String]) -> [String] {
    keys.flatMap { ["resource_tags_user_\($0)", "resource_tags_\($0)"] } + ["resource_tags"]
  }

  /// A column of its own (`resourceTags/user:env`, `resourceTags/aws:createdBy`), or an entry
  /// `user_env` of the map `resource_tags` (CUR 2.0).
  func tag(_ key: String, _ c: BillColumns) -> String {
    let columns = [c["resource_tags_user_\(key)"], c["resource_tags_\(key)"]]
    let present =
      columns.map { $0.map { c.dialect.text(c.dialect.identifier($0.name)) } } + [
        c.entry("user_\(key)", of: "resource_tags"), c.entry(key, of: "resource_tags"),
      ]
    let found = present.compactMap { $0 }
    return found.count > 1
      ? "coalesce(\(found.joined(separator: ", ")))" : found.first ?? "''"
  }
}

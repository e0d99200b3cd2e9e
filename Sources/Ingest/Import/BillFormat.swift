/// A kind of billing export, recognised by its columns, and its columns in the words of `BillSQL`.
enum BillFormat: String, Sendable, CaseIterable {
  case focus
  case cur2 = "cur-2.0"
  case legacyCUR = "cur-legacy"

  /// Nil where the columns are none of a known export.
  init?(_ columns: BillColumns) {
    if columns.has("ChargeCategory") || columns.has("ChargePeriodStart") {
      self = .focus
    } else if columns.has("line_item_line_item_type") {
      self = columns.all.contains { $0.name.contains("/") } ? .legacyCUR : .cur2
    } else {
      return nil
    }
  }

  /// Columns without which nothing can be told.
  var required: [String] {
    switch self {
    case .focus:
      ["BilledCost", "EffectiveCost", "ChargeCategory", "ChargePeriodStart", "ChargePeriodEnd"]
    case .cur2, .legacyCUR:
      [
        "line_item_line_item_type", "line_item_usage_start_date", "line_item_usage_end_date",
        "line_item_unblended_cost", "line_item_usage_amount",
      ]
    }
  }

  /// The columns whose texts tell what a row is; rows that agree in all of them are read once.
  var texts: [String] {
    switch self {
    case .focus:
      [
        "BillingCurrency", "ServiceProviderName", "ProviderName", "Provider", "PublisherName",
        "Publisher", "SubAccountId", "BillingAccountId", "RegionId", "Region", "AvailabilityZone",
        "ServiceName", "ChargeCategory", "ChargeClass", "PricingCategory", "CommitmentDiscountId",
        "CommitmentDiscountStatus", "x_UsageType", "x_SkuMeterSubcategory", "x_Operation",
        "x_SkuMeterCategory", "SkuPriceDetails", "x_SkuDetails", "ChargeDescription",
        "ConsumedUnit", "PricingUnit",
      ]
    case .cur2, .legacyCUR:
      [
        "line_item_currency_code", "bill_billing_entity", "line_item_usage_account_id",
        "bill_payer_account_id", "product_region_code", "product_region",
        "line_item_availability_zone", "product_product_name", "product_servicename",
        "line_item_product_code", "line_item_line_item_type", "pricing_term",
        "reservation_reservation_a_r_n", "savings_plan_savings_plan_a_r_n",
        "reservation_subscription_id", "line_item_usage_type", "line_item_operation", "product",
        "product_tenancy",
      ]
    }
  }

  /// The columns with amounts of money.
  var numbers: [String] {
    switch self {
    case .focus:
      ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"]
    case .cur2, .legacyCUR:
      [
        "line_item_unblended_cost", "line_item_net_unblended_cost",
        "savings_plan_savings_plan_effective_cost", "reservation_effective_cost",
        "pricing_public_on_demand_cost",
        "reservation_unused_amortized_upfront_fee_for_billing_period",
        "reservation_unused_recurring_fee", "savings_plan_total_commitment_to_date",
        "savings_plan_used_commitment",
      ]
    }
  }

  /// Those of them that no row may have anything but numbers in; in the others, which mean something in
  /// some kinds of rows only, anything else counts as none.
  var requiredNumbers: [String] {
    self == .focus ? numbers : ["line_item_unblended_cost", "line_item_net_unblended_cost"]
  }

  /// Read only where rows may count as instance-hours: a request's count is nobody's business.
  var quantities: [String] {
    self == .focus ? ["ConsumedQuantity", "PricingQuantity"] : ["line_item_usage_amount"]
  }

  /// The charge period.
  var times: (start: String, end: String) {
    self == .focus
      ? ("ChargePeriodStart", "ChargePeriodEnd")
      : ("line_item_usage_start_date", "line_item_usage_end_date")
  }

  /// Read for commitments alone.
  var commitmentColumns: [String] {
    self == .focus
      ? [
        "CommitmentDiscountName", "CommitmentDiscountType", "CommitmentDiscountCategory",
        "CommitmentDiscountQuantity", "CommitmentDiscountUnit", "x_SkuTerm",
      ]
      : [
        "savings_plan_offering_type", "savings_plan_payment_option", "savings_plan_purchase_term",
        "savings_plan_start_time", "savings_plan_end_time", "savings_plan_instance_type_family",
        "savings_plan_region", "pricing_offering_class", "pricing_purchase_option",
        "pricing_lease_contract_length", "reservation_start_time", "reservation_end_time",
        "reservation_number_of_reservations", "reservation_availability_zone",
      ]
  }

  /// The words of `SharedSQL`, out of `texts`; never null.
  func keys(_ c: BillColumns) -> [(name: String, sql: String)] {
    self == .focus ? focusKeys(c) : curKeys(c)
  }

  private func focusKeys(_ c: BillColumns) -> [(name: String, sql: String)] {
    let hasType = c.has("x_UsageType") || c.has("SkuPriceDetails") || c.has("x_SkuDetails")
    return [
      ("currency", c.text("BillingCurrency")),
      ("seller", c.text("ServiceProviderName", "ProviderName", "Provider")),
      ("publisher", c.text("PublisherName", "Publisher")),
      ("account", c.text("SubAccountId", "BillingAccountId")),
      ("region", c.text("RegionId", "Region")),
      ("zone_text", c.text("AvailabilityZone")),
      ("service", c.text("ServiceName")),
      ("kind", c.text("ChargeCategory")),
      ("correction", c.text("ChargeClass")),
      ("pricing", c.text("PricingCategory")),
      ("commitment", c.text("CommitmentDiscountId")),
      ("status", c.text("CommitmentDiscountStatus")),
      ("usage_type", c.text("x_UsageType", "x_SkuMeterSubcategory")),
      ("operation", c.text("x_Operation", "x_SkuMeterCategory")),
      (
        "details",
        hasMachineTags(c) ? "coalesce(p_machine, '')" : c.text("SkuPriceDetails", "x_SkuDetails")
      ),
      ("description", hasType && !isGoogle(c) ? "''" : c.text("ChargeDescription")),
      ("unit", c.text("ConsumedUnit", "PricingUnit")),
    ]
  }

  private func curKeys(_ c: BillColumns) -> [(name: String, sql: String)] {
    [
      ("currency", c.text("line_item_currency_code")),
      ("seller", "'AWS'"),
      ("publisher", c.text("bill_billing_entity")),
      ("account", c.text("line_item_usage_account_id", "bill_payer_account_id")),
      ("region", c.text("product_region_code", "product_region")),
      ("zone_text", c.text("line_item_availability_zone")),
      (
        "service",
        c.text("product_product_name", "product_servicename", "line_item_product_code")
      ),
      ("kind", c.text("line_item_line_item_type")),
      ("correction", "''"),
      ("pricing", c.text("pricing_term")),
      (
        "commitment",
        c.text(
          "reservation_reservation_a_r_n", "savings_plan_savings_plan_a_r_n",
          "reservation_subscription_id")
      ),
      ("status", "''"),
      ("usage_type", c.text("line_item_usage_type")),
      ("operation", c.text("line_item_operation")),
      ("details", c.text("product", "product_tenancy")),
      ("description", "''"),
      ("unit", "'Hrs'"),
    ]
  }

  private func isGoogle(_ c: BillColumns) -> Bool {
    self == .focus && (c.has("x_CostType") || c.has("x_Credits"))
  }

  /// Whether the machine's type has to be looked for in the tags, as `p_machine`.
  func hasMachineTags(_ c: BillColumns) -> Bool { isGoogle(c) && c.has("Tags") }

  /// Of each row, in trillionths; null counts as 0.
  func amounts(_ c: BillColumns) -> [(name: String, sql: String)] {
    self == .focus
      ? [
        ("list", c.number("ListCost", "ContractedCost", "BilledCost")),
        ("contracted", c.number("ContractedCost", "BilledCost")),
        ("billed", c.number("BilledCost")),
        ("effective", c.number("EffectiveCost")),
        ("unused", "0"),
      ] : curAmounts(c)
  }

  /// Of each row, in trillionths.
  func quantity(_ c: BillColumns) -> String {
    guard self != .focus else { return c.number("ConsumedQuantity", "PricingQuantity") }
    return """
      case when \(c.text("line_item_line_item_type")) in \(BillFormat.usageKinds)
        then \(c.number("line_item_usage_amount")) end
      """
  }

  private static let usageKinds = "('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')"

  private func curAmounts(_ c: BillColumns) -> [(name: String, sql: String)] {
    let kind = c.text("line_item_line_item_type")
    let unblended = c.number("line_item_unblended_cost")
    let net =
      c.has("line_item_net_unblended_cost") ? c.number("line_item_net_unblended_cost") : unblended
    let publicCost = c.number("pricing_public_on_demand_cost", "line_item_unblended_cost")
    let upfront = c.number("reservation_unused_amortized_upfront_fee_for_billing_period")
    let isBought =
      "\(kind) in ('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'SavingsPlanNegation')"
    return [
      (
        "list",
        """
        case when \(kind) in \(BillFormat.usageKinds) then \(publicCost)
          when \(isBought) then 0 else \(unblended) end
        """
      ),
      (
        "contracted",
        """
        case when \(kind) in ('DiscountedUsage', 'SavingsPlanCoveredUsage') then \(publicCost)
          when \(isBought) then 0 else \(net) end
        """
      ),
      ("billed", unblended),
      (
        "effective",
        """
        case when \(kind) = 'SavingsPlanCoveredUsage'
            then \(c.number("savings_plan_savings_plan_effective_cost"))
          when \(kind) = 'DiscountedUsage' then \(c.number("reservation_effective_cost"))
          when \(isBought) then 0 else \(net) end
        """
      ),
      (
        "unused",
        """
        case when \(kind) = 'RIFee'
            then coalesce(\(upfront), 0) + coalesce(\(c.number("reservation_unused_recurring_fee")), 0)
          when \(kind) = 'SavingsPlanRecurringFee'
            then coalesce(\(c.number("savings_plan_total_commitment_to_date"))
              - \(c.number("savings_plan_used_commitment")), 0)
          else 0 end
        """
      ),
    ]
  }

  /// `class/rule` of a row: the table of rules in `Sources/Ingest/README.md`, first match first. The
  /// class `adjustment` is a refund or other by the sign of its sum.
  var classification: String {
    switch self {
    case .focus:
      """
      case when kind = 'Tax' then 'tax/set-aside.tax'
        when kind = 'Credit' then 'credit/set-aside.credit'
        when kind = 'Adjustment' then 'adjustment/set-aside.adjustment'
        when kind = 'Purchase' and commitment <> '' then 'purchase/set-aside.commitment-purchase'
        when kind in ('Usage', 'Purchase') and \(SharedSQL.isForeign) then 'marketplace/set-aside.marketplace'
        when kind = 'Purchase' then 'other/set-aside.purchase'
        when kind <> 'Usage' then 'other/set-aside.unknown-category'
        when status = 'Unused' then 'unused/set-aside.unused-commitment'
        when pricing = 'Dynamic' or usage_type like '%SpotUsage%' then 'spot/set-aside.spot'
        when commitment <> '' then 'covered/usage' else 'on-demand/usage' end
      """
    case .cur2, .legacyCUR:
      """
      case when kind = 'Tax' then 'tax/set-aside.tax'
        when kind = 'Credit' then 'credit/set-aside.credit'
        when kind = 'Refund' then 'refund/set-aside.refund'
        when kind like '%Discount' then 'credit/set-aside.discount'
        when kind in ('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee') or (kind = 'Fee' and commitment <> '')
          then 'purchase/set-aside.commitment-purchase'
        when kind = 'SavingsPlanNegation' then 'covered/set-aside.savings-plan-negation'
        when publisher = 'AWS Marketplace' then 'marketplace/set-aside.marketplace'
        when kind in ('DiscountedUsage', 'SavingsPlanCoveredUsage') then 'covered/usage'
        when kind <> 'Usage' then 'other/set-aside.fee'
        when usage_type like '%SpotUsage%' then 'spot/set-aside.spot'
        else 'on-demand/usage' end
      """
    }
  }
}

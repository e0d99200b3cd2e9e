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
      self = columns.names.contains { $0.contains("/") } ? .legacyCUR : .cur2
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

  /// The SELECT list of the common columns.
  func selection(_ columns: BillColumns) -> String {
    let pairs = self == .focus ? focus(columns) : cur(columns)
    return pairs.map { "\($0.sql) as \($0.name)" }.joined(separator: ",\n    ")
  }

  /// Texts are cast so that maps and structs become text too.
  private func text(_ sql: String) -> String { "cast(\(sql) as varchar)" }

  private func focus(_ c: BillColumns) -> [(name: String, sql: String)] {
    let hasType = c.has("x_UsageType") || c.has("SkuPriceDetails") || c.has("x_SkuDetails")
    let isGoogle = c.has("x_CostType") || c.has("x_Credits")
    return [
      ("currency", text(c.first("BillingCurrency"))),
      ("seller", text(c.first("ServiceProviderName", "ProviderName", "Provider"))),
      ("publisher", text(c.first("PublisherName", "Publisher"))),
      ("account", text(c.first("SubAccountId", "BillingAccountId"))),
      ("region", text(c.first("RegionId", "Region"))),
      ("service", text(c.first("ServiceName"))),
      ("kind", text(c.sql("ChargeCategory"))),
      ("correction", text(c.sql("ChargeClass"))),
      ("pricing", text(c.sql("PricingCategory"))),
      ("commitment", text(c.sql("CommitmentDiscountId"))),
      ("status", text(c.sql("CommitmentDiscountStatus"))),
      ("usage_type", text(c.first("x_UsageType", "x_SkuMeterSubcategory"))),
      ("operation", text(c.first("x_Operation", "x_SkuMeterCategory"))),
      (
        "details",
        isGoogle && c.has("Tags")
          ? "p_machine(\(text(c.sql("Tags"))))" : text(c.first("SkuPriceDetails", "x_SkuDetails"))
      ),
      (
        "description",
        hasType && !isGoogle ? "cast(null as varchar)" : text(c.sql("ChargeDescription"))
      ),
      ("unit", text(c.first("ConsumedUnit", "PricingUnit"))),
      ("starts", "p_time(\(c.sql("ChargePeriodStart")))"),
      ("ends", "p_time(\(c.sql("ChargePeriodEnd")))"),
      ("quantity_text", c.first("ConsumedQuantity", "PricingQuantity")),
      ("list_text", c.first("ListCost", "ContractedCost", "BilledCost")),
      ("contracted_text", c.first("ContractedCost", "BilledCost")),
      ("billed_text", c.sql("BilledCost")),
      ("effective_text", c.sql("EffectiveCost")),
      ("unused_text", "0"),
      ("name", text(c.sql("CommitmentDiscountName"))),
      ("type", text(c.sql("CommitmentDiscountType"))),
      ("category", text(c.sql("CommitmentDiscountCategory"))),
    ]
  }

  private func cur(_ c: BillColumns) -> [(name: String, sql: String)] {
    let kind = c.sql("line_item_line_item_type")
    let unblended = c.sql("line_item_unblended_cost")
    let net =
      c.has("line_item_net_unblended_cost") ? c.sql("line_item_net_unblended_cost") : unblended
    let plan = c.sql("savings_plan_savings_plan_effective_cost")
    let reserved = c.sql("reservation_effective_cost")
    let publicCost = c.sql("pricing_public_on_demand_cost")
    let unusedUpfront = c.sql("reservation_unused_amortized_upfront_fee_for_billing_period")
    let unusedFee = c.sql("reservation_unused_recurring_fee")
    let total = c.sql("savings_plan_total_commitment_to_date")
    let used = c.sql("savings_plan_used_commitment")
    let isUsage = "\(kind) in ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')"
    let isBought =
      "\(kind) in ('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'SavingsPlanNegation')"
    return [
      ("currency", text(c.sql("line_item_currency_code"))),
      ("seller", "'AWS'"),
      ("publisher", text(c.sql("bill_billing_entity"))),
      ("account", text(c.first("line_item_usage_account_id", "bill_payer_account_id"))),
      ("region", text(c.first("product_region_code", "product_region"))),
      (
        "service",
        text(c.first("product_product_name", "product_servicename", "line_item_product_code"))
      ),
      ("kind", text(kind)),
      ("correction", "cast(null as varchar)"),
      ("pricing", text(c.sql("pricing_term"))),
      (
        "commitment",
        text(
          c.first(
            "reservation_reservation_a_r_n", "savings_plan_savings_plan_a_r_n",
            "reservation_subscription_id"))
      ),
      ("status", "cast(null as varchar)"),
      ("usage_type", text(c.sql("line_item_usage_type"))),
      ("operation", text(c.sql("line_item_operation"))),
      ("details", text(c.first("product", "product_tenancy"))),
      ("description", "cast(null as varchar)"),
      ("unit", "'Hrs'"),
      ("starts", "p_time(\(c.sql("line_item_usage_start_date")))"),
      ("ends", "p_time(\(c.sql("line_item_usage_end_date")))"),
      ("quantity_text", "case when \(isUsage) then \(c.sql("line_item_usage_amount")) end"),
      (
        "list_text",
        "case when \(isUsage) then coalesce(p_exact(\(publicCost)), p_exact(\(unblended))) when \(isBought) then 0 else p_exact(\(unblended)) end"
      ),
      (
        "contracted_text",
        """
        case when \(kind) in ('DiscountedUsage', 'SavingsPlanCoveredUsage') then coalesce(p_exact(\(publicCost)), p_exact(\(unblended)))
          when \(isBought) then 0 else p_exact(\(net)) end
        """
      ),
      ("billed_text", unblended),
      (
        "effective_text",
        """
        case when \(kind) = 'SavingsPlanCoveredUsage' then p_exact(\(plan))
          when \(kind) = 'DiscountedUsage' then p_exact(\(reserved))
          when \(isBought) then 0 else p_exact(\(net)) end
        """
      ),
      (
        "unused_text",
        """
        case when \(kind) = 'RIFee' then coalesce(p_exact(\(unusedUpfront)), 0) + coalesce(p_exact(\(unusedFee)), 0)
          when \(kind) = 'SavingsPlanRecurringFee' then coalesce(p_exact(\(total)) - p_exact(\(used)), 0) else 0 end
        """
      ),
      ("name", "cast(null as varchar)"),
      (
        "type",
        "case when \(text(c.sql("savings_plan_savings_plan_a_r_n"))) is not null then 'Savings Plan' else 'Reserved Instance' end"
      ),
      (
        "category",
        "case when \(text(c.sql("savings_plan_savings_plan_a_r_n"))) is not null then 'Spend' else 'Usage' end"
      ),
    ]
  }

  /// `class/rule` of a row: the table of rules in `Sources/Ingest/README.md`, first match first.
  var classification: String {
    switch self {
    case .focus:
      """
      case when kind = 'Tax' then 'tax/set-aside.tax'
        when kind = 'Credit' then 'credit/set-aside.credit'
        when kind = 'Adjustment' then case when billed < 0 then 'refund/set-aside.adjustment' else 'other/set-aside.adjustment' end
        when kind = 'Purchase' and commitment <> '' then 'purchase/set-aside.commitment-purchase'
        when kind in ('Usage', 'Purchase') and p_is_foreign(seller, publisher) then 'marketplace/set-aside.marketplace'
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

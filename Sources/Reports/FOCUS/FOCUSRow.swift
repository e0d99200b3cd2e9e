import CloudCosts

/// One row of a FOCUS file; what is nil is null there.
struct FOCUSRow {
  private var values: [String: CSVText.Cell] = [:]

  /// All columns of FOCUS 1.2 that a bill of compute has, by name.
  static let columns = [
    "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName",
    "BillingAccountType", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart",
    "CapacityReservationId", "CapacityReservationStatus", "ChargeCategory", "ChargeClass",
    "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart",
    "CommitmentDiscountCategory", "CommitmentDiscountId", "CommitmentDiscountName",
    "CommitmentDiscountQuantity", "CommitmentDiscountStatus", "CommitmentDiscountType",
    "CommitmentDiscountUnit", "ConsumedQuantity", "ConsumedUnit", "ContractedCost",
    "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost",
    "ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity",
    "PricingUnit", "ProviderName", "PublisherName", "RegionId", "RegionName", "ResourceId",
    "ResourceName", "ResourceType", "ServiceCategory", "ServiceName", "ServiceSubcategory",
    "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId", "SubAccountName",
    "SubAccountType", "Tags",
  ]

  mutating func set(_ column: String, _ text: String?) {
    values[column] = text.map(CSVText.Cell.text)
  }

  mutating func set(_ column: String, _ amount: Money) { values[column] = .money(amount) }

  /// Quantities and unit prices: as exact as their double, without an exponent where one is small.
  mutating func set(_ column: String, number: Double?) {
    values[column] = number.map { .number(FOCUSRow.text($0)) }
  }

  /// In the order of `columns`.
  var cells: [CSVText.Cell] { FOCUSRow.columns.map { values[$0] ?? .number("") } }

  private static func text(_ number: Double) -> String {
    JSONNumber.text(of: Money(rounding: number))
  }
}

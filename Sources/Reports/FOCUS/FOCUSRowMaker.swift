import Billing
import CloudCosts
import Ingest
import Scenarios

/// Makes the rows of one stretch of a bill.
struct FOCUSRowMaker {
  private let scenario: String
  private let part: HourWindow
  private let currency: String

  init(_ billed: BilledOutcome, part: HourWindow, currency: String) {
    scenario = billed.scenario
    self.part = part
    self.currency = currency
  }

  /// Nil for what no provider charges.
  func row(_ row: BillRow, _ commitment: Commitment?, _ prices: PriceBook) -> FOCUSRow? {
    switch row.kind {
    // A shortfall is of a contract year, and an export of hours or days; it is not in there.
    case .costOfCapital, .shortfall, .settlement: nil
    case .unusedCommitment: commitment.map { unused(row, $0) }
    case .upfrontPurchase: commitment.map { upfront(row, $0) }
    case .recurringPurchase: commitment.map { recurring(row, $0) }
    case .onDemand, .coveredUsage: usage(row, commitment, prices)
    }
  }

  private func usage(
    _ row: BillRow, _ commitment: Commitment?, _ prices: PriceBook
  ) -> FOCUSRow? {
    guard let group = row.group else { return nil }
    var result = common(provider: group.sku.provider)
    result.set("ChargeCategory", "Usage")
    result.set("ChargeFrequency", "Usage-Based")
    setCosts(row, in: &result)
    setPrice(
      list: prices.listPrice(of: group.sku), contracted: prices.onDemandPrice(of: group.sku),
      quantity: row.instanceHours, in: &result)
    result.set("ConsumedQuantity", number: row.instanceHours)
    setPlace(group.sku, account: group.account, in: &result)
    result.set("ChargePeriodStart", part.start.iso8601)
    result.set("ChargePeriodEnd", part.end.iso8601)
    let sku = group.sku
    let what = "\(sku.instanceType) \(sku.operatingSystem) in \(sku.region)"
    guard let commitment else {
      result.set("PricingCategory", "Standard")
      result.set("ChargeDescription", "\(what) on demand")
      let price = sku.pricedFrom.map { "on-demand/from-\($0)" } ?? "on-demand"
      result.set("SkuPriceId", "\(sku.focusID)/\(price)")
      return result
    }
    result.set("PricingCategory", "Committed")
    result.set("ChargeDescription", "\(what) covered by \(commitment.focusTitle)")
    result.set("SkuPriceId", "\(sku.focusID)/\(commitment.terms.focusID)")
    setLife(of: commitment, in: &result)
    setCommitment(
      commitment, status: "Used",
      quantity: commitment.quantity(
        instanceHours: row.instanceHours, of: sku, effective: row.effective), in: &result)
    return result
  }

  /// What a month's sustained use discount takes off the usage of a row; nil where there is none.
  func credit(_ row: BillRow) -> FOCUSRow? {
    guard row.kind == .onDemand, let group = row.group, row.effective < row.contracted else {
      return nil
    }
    let amount = row.effective - row.contracted
    var result = common(provider: group.sku.provider)
    result.set("ChargeCategory", "Credit")
    result.set("ChargeFrequency", "One-Time")
    setCosts(
      BillRow(kind: .onDemand, month: row.month, billed: amount, effective: amount), in: &result)
    setAccount(group.account, in: &result)
    result.set("RegionId", group.sku.region)
    result.set("RegionName", group.sku.region)
    result.set("ChargePeriodStart", part.start.iso8601)
    result.set("ChargePeriodEnd", part.end.iso8601)
    result.set(
      "ChargeDescription",
      "Sustained use discount on \(group.sku.instanceType) in \(group.sku.region)")
    return result
  }

  private func unused(_ row: BillRow, _ commitment: Commitment) -> FOCUSRow {
    var result = common(provider: commitment.provider)
    result.set("ChargeCategory", "Usage")
    result.set("ChargeFrequency", "Usage-Based")
    result.set("PricingCategory", "Committed")
    setCosts(row, in: &result)
    let share =
      commitment.effectiveHourly > 0 ? row.effective.value / commitment.effectiveHourly : 0
    let quantity = share * commitment.capacity
    setPrice(list: nil, contracted: nil, quantity: quantity, in: &result)
    result.set("PricingUnit", commitment.focusUnit(currency))
    setCommitmentPlace(commitment, in: &result)
    setLife(of: commitment, in: &result)
    result.set("ChargeDescription", "\(commitment.focusTitle): not used")
    setCommitment(commitment, status: "Unused", quantity: quantity, in: &result)
    return result
  }

  private func upfront(_ row: BillRow, _ commitment: Commitment) -> FOCUSRow {
    var result = purchase(row, commitment, "One-Time")
    result.set("ChargePeriodStart", commitment.start.iso8601)
    result.set("ChargePeriodEnd", commitment.end.iso8601)
    result.set("ChargeDescription", "\(commitment.focusTitle): upfront payment")
    return result
  }

  private func recurring(_ row: BillRow, _ commitment: Commitment) -> FOCUSRow {
    var result = purchase(row, commitment, "Recurring")
    setLife(of: commitment, in: &result)
    result.set("ChargeDescription", "\(commitment.focusTitle): recurring payment")
    return result
  }

  private func purchase(
    _ paid: BillRow, _ commitment: Commitment, _ frequency: String
  ) -> FOCUSRow {
    var row = common(provider: commitment.provider)
    row.set("ChargeCategory", "Purchase")
    row.set("ChargeFrequency", frequency)
    row.set("PricingCategory", "Standard")
    setCosts(paid, in: &row)
    // What is bought with this payment: its share of all hours of the term.
    let hours =
      commitment.effectiveHourly > 0 ? paid.billed.value / commitment.effectiveHourly : 0
    let quantity = hours * commitment.capacity
    setPrice(
      list: quantity > 0 ? paid.list.value / quantity : nil,
      contracted: quantity > 0 ? paid.contracted.value / quantity : nil, quantity: quantity,
      in: &row)
    row.set("PricingUnit", commitment.focusUnit(currency))
    setCommitmentPlace(commitment, in: &row)
    setCommitment(commitment, status: nil, quantity: quantity, in: &row)
    return row
  }

  // MARK: Groups of columns

  private func common(provider: Provider) -> FOCUSRow {
    var row = FOCUSRow()
    let month = part.start.month
    row.set("BillingPeriodStart", month.start.iso8601)
    row.set("BillingPeriodEnd", month.next.start.iso8601)
    row.set("BillingAccountId", scenario)
    row.set("BillingAccountName", scenario)
    row.set("BillingAccountType", "Scenario")
    row.set("BillingCurrency", currency)
    row.set("PricingCurrency", currency)
    row.set("InvoiceIssuerName", provider.focusName)
    row.set("ProviderName", provider.focusName)
    row.set("PublisherName", provider.focusName)
    setService(.machines(of: provider), in: &row)
    return row
  }

  private func setService(_ service: Service, in row: inout FOCUSRow) {
    row.set("ServiceCategory", service.focusCategory)
    row.set("ServiceSubcategory", service.focusSubcategory)
    row.set("ServiceName", service.focusName)
  }

  private func setCosts(_ costs: BillRow, in row: inout FOCUSRow) {
    row.set("ListCost", costs.list)
    row.set("ContractedCost", costs.contracted)
    row.set("BilledCost", costs.billed)
    row.set("EffectiveCost", costs.effective)
    row.set("PricingCurrencyEffectiveCost", costs.effective)
  }

  private func setPrice(
    list: Double?, contracted: Double?, quantity: Double, in row: inout FOCUSRow
  ) {
    for column in ["ListUnitPrice", "PricingCurrencyListUnitPrice"] {
      row.set(column, number: list)
    }
    for column in ["ContractedUnitPrice", "PricingCurrencyContractedUnitPrice"] {
      row.set(column, number: contracted)
    }
    row.set("PricingQuantity", number: quantity)
    row.set("PricingUnit", "Hours")
  }

  private func setPlace(_ sku: SKU, account: String, in row: inout FOCUSRow) {
    row.set("RegionId", sku.region)
    row.set("RegionName", sku.region)
    row.set("AvailabilityZone", sku.zone.isEmpty ? nil : sku.zone)
    row.set("SkuId", sku.focusID)
    setService(sku.service, in: &row)
    row.set("SkuMeter", FOCUSRowMaker.meter(sku))
    row.set("SkuPriceDetails", FOCUSRowMaker.details(sku))
    // After the price, which is stated in hours where nothing else is known.
    if !sku.isInstance { row.set("PricingUnit", sku.unit) }
    row.set("ConsumedUnit", sku.isInstance ? "Hours" : sku.unit)
    setAccount(account, in: &row)
  }

  /// AWS's own usage type, which its FOCUS has in this column. So `inform` reads back what is
  /// exported.
  private static func meter(_ sku: SKU) -> String {
    guard sku.provider == .aws else { return sku.isInstance ? "Compute hours" : sku.nativeType }
    guard sku.service.isMachines else {
      return Meter.usageType(of: sku) ?? sku.nativeType
    }
    return "\(sku.tenancy == "dedicated" ? "DedicatedUsage" : "BoxUsage"):\(sku.instanceType)"
  }

  /// FOCUS's own words of a machine, and our own for whatever an import must know of a SKU.
  private static func details(_ sku: SKU) -> String {
    var members: [(key: String, value: String)] = []
    if sku.service.isMachines {
      members += [("InstanceType", sku.instanceType), ("OperatingSystem", sku.operatingSystem)]
    }
    members.append((StatedSKU.type, sku.instanceType))
    if sku.operatingSystem != "Linux" { members.append((StatedSKU.system, sku.operatingSystem)) }
    if sku.tenancy != "default" { members.append((StatedSKU.tenancy, sku.tenancy)) }
    let written = members.map {
      "\(OrderedJSON.quoted($0.key)):\(OrderedJSON.quoted($0.value))"
    }
    return "{\(written.joined(separator: ","))}"
  }

  private func setAccount(_ account: String, in row: inout FOCUSRow) {
    guard !account.isEmpty else { return }
    row.set("SubAccountId", account)
    row.set("SubAccountName", account)
    row.set("SubAccountType", "Account")
  }

  private func setCommitmentPlace(_ commitment: Commitment, in row: inout FOCUSRow) {
    row.set("ResourceId", commitment.id)
    row.set("ResourceName", commitment.id)
    row.set("ResourceType", commitment.terms.product.title)
    row.set("SkuId", commitment.focusSKU)
    row.set("SkuPriceId", "\(commitment.focusSKU)/\(commitment.terms.focusID)")
    row.set("SkuMeter", "Commitment")
    if let service = commitment.service { setService(service, in: &row) }
    row.set("RegionId", commitment.focusRegion)
    row.set("RegionName", commitment.focusRegion)
    setAccount(commitment.account, in: &row)
  }

  /// The part of the stretch in which the commitment is active.
  private func setLife(of commitment: Commitment, in row: inout FOCUSRow) {
    row.set("ChargePeriodStart", max(part.start, commitment.start).iso8601)
    row.set("ChargePeriodEnd", min(part.end, commitment.end).iso8601)
  }

  private func setCommitment(
    _ commitment: Commitment, status: String?, quantity: Double, in row: inout FOCUSRow
  ) {
    row.set("CommitmentDiscountCategory", commitment.isSpend ? "Spend" : "Usage")
    row.set("CommitmentDiscountId", commitment.id)
    row.set("CommitmentDiscountName", commitment.id)
    row.set("CommitmentDiscountType", commitment.terms.product.title)
    row.set("CommitmentDiscountStatus", status)
    row.set("CommitmentDiscountQuantity", number: quantity)
    row.set("CommitmentDiscountUnit", commitment.focusUnit(currency))
  }
}

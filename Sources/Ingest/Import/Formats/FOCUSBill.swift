/// FOCUS, versions 1.0-preview to 1.4, as AWS, Microsoft, Google, Oracle and others write it.
///
/// Column names and allowed values: FOCUS specification, "Cost and Usage". Columns of the providers
/// begin with `x_`. AWS's usage type is in `x_UsageType` (1.0) or in `SkuMeter` (1.1 and later).
/// 1.0-preview has `ChargeSubcategory` (`Used Commitment`), `UsageQuantity` and `UsageUnit` in
/// place of later columns.
struct FOCUSBill: BillFormat {
  let name = "focus"

  func recognises(_ columns: BillColumns) -> Bool {
    columns.has("ChargeCategory") || columns.has("ChargePeriodStart")
  }

  let required = [
    "BilledCost", "EffectiveCost", "ChargeCategory", "ChargePeriodStart", "ChargePeriodEnd",
  ]

  let texts = [
    "BillingCurrency", "ServiceProviderName", "ProviderName", "Provider", "PublisherName",
    "Publisher", "SubAccountId", "BillingAccountId", "RegionId", "Region", "x_SkuRegion",
    "RegionName", "AvailabilityZone", "ServiceName", "x_ServiceCode", "ChargeCategory",
    "ChargeClass", "PricingCategory", "CommitmentDiscountId", "x_SubscriptionInstanceId",
    "CommitmentDiscountStatus", "ChargeSubcategory", "x_UsageType", "SkuMeter",
    "x_SkuMeterSubcategory", "x_Operation", "x_SkuMeterName", "x_SkuMeterCategory",
    "SkuPriceDetails", "x_SkuDetails", "x_SkuLicenseStatus", "ChargeDescription", "ConsumedUnit",
    "UsageUnit", "PricingUnit",
  ]

  let numbers = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"]
  var requiredNumbers: [String] { numbers }
  /// Neither may be null (FOCUS 1.2, "BilledCost", "EffectiveCost").
  let filledNumbers = ["BilledCost", "EffectiveCost"]
  let quantities = [
    "ConsumedQuantity", "UsageQuantity", "PricingQuantity", "ListUnitPrice", "ContractedUnitPrice",
  ]

  let identity = ["ResourceId", "SkuPriceId"]

  func times(_ columns: BillColumns) -> (start: String, end: String) {
    ("ChargePeriodStart", "ChargePeriodEnd")
  }

  let commitmentColumns = [
    "CommitmentDiscountName", "CommitmentDiscountType", "CommitmentDiscountCategory",
    "CommitmentDiscountQuantity", "CommitmentDiscountUnit", "x_SkuTerm", "x_SkuOrderName",
    "ChargeFrequency",
  ]

  /// Google names a machine's type in its labels only.
  func derived(_ c: BillColumns) -> [DerivedText] {
    let sources = ["Tags", "x_SystemLabels"].filter(c.has)
    guard isGoogle(c) || isOfAny(c), !sources.isEmpty else { return [uncharged(c)] }
    let found = sources.map {
      "nullif(\(GoogleMeter.machineLabel(c.dialect.text(c.sql($0)))), '')"
    }
    return [
      DerivedText(
        name: "p_machine", sql: "coalesce(\((found + ["''"]).joined(separator: ", ")))",
        sources: sources), uncharged(c),
    ]
  }

  /// Usage that is neither billed nor costs anything, has a list price, and no category of pricing;
  /// or that says that it is free.
  private func uncharged(_ c: BillColumns) -> DerivedText {
    let quantity = ["ConsumedQuantity", "UsageQuantity", "PricingQuantity"].first(where: c.has)
    let names = ["ChargeDescription", "SkuMeter", "x_SkuMeterSubcategory", "x_SkuDescription"]
    let sources =
      ["BilledCost", "EffectiveCost", "ListCost"].filter(c.has) + [quantity ?? ""]
      + (names + ["x_SkuOfferId"]).filter(c.has)
    return DerivedText(
      name: "p_uncharged",
      sql: """
        case when lower(\(c.text("ChargeCategory"))) <> 'usage'
            or coalesce(\(c.number("BilledCost")), 1) <> 0
            or coalesce(\(c.number("EffectiveCost")), 1) <> 0
            or coalesce(\(c.number(quantity ?? "")), 0) <= 0 or \(c.text("CommitmentDiscountId")) <> '' then ''
          when \(FreeUsage.isNamed(names.map { c.text($0) }))
            or \(FreeUsage.isFree(offer: c.text("x_SkuOfferId"))) then 'free'
          when lower(\(c.text("PricingCategory"))) in ('', 'committed')
            and coalesce(\(c.number("ListCost")), 1) > 0
          then '1' when lower(\(c.text("PricingCategory"))) = 'standard' then 'priced' else '' end
        """, sources: sources.filter(c.has))
  }

  private func isGoogle(_ c: BillColumns) -> Bool { c.has("x_CostType") || c.has("x_Credits") }

  /// Whether only FOCUS's own columns tell whose rows these are.
  private func isOfAny(_ c: BillColumns) -> Bool {
    !isGoogle(c) && !["x_UsageType", "x_ServiceCode", "x_SkuMeterCategory"].contains(where: c.has)
  }

  func words(_ c: BillColumns) -> [BillWord: String] {
    [
      .currency: c.text("BillingCurrency"),
      .seller: c.text("ServiceProviderName", "ProviderName", "Provider"),
      .publisher: c.text("PublisherName", "Publisher"),
      .account: c.text("SubAccountId", "BillingAccountId"),
      .region: c.text("RegionId", "Region", "x_SkuRegion", "RegionName"),
      .zone: c.text("AvailabilityZone"),
      .service: c.text("ServiceName"),
      .meterService: c.text("x_ServiceCode", "x_SkuMeterCategory"),
      .kind: c.text("ChargeCategory"),
      .correction: c.text("ChargeClass"),
      .pricing: c.text("PricingCategory"),
      .commitment: c.text("CommitmentDiscountId", "x_SubscriptionInstanceId"),
      .status: c.text("CommitmentDiscountStatus", "ChargeSubcategory"),
      .usageType: c.text("x_UsageType", "x_SkuMeterSubcategory", "SkuMeter"),
      .operation: c.text("x_Operation", "x_SkuMeterName"),
      .details: details(c),
      .licence: c.text("x_SkuLicenseStatus"),
      .description: description(c),
      .unit: c.text("ConsumedUnit", "UsageUnit", "PricingUnit"),
      .uncharged: "p_uncharged",
    ]
  }

  private func isOfGoogle(_ c: BillColumns) -> String {
    let seller = "lower(\(c.text("ServiceProviderName", "ProviderName", "Provider")))"
    return "(\(seller) like '%google%' or \(seller) = 'gcp')"
  }

  private func details(_ c: BillColumns) -> String {
    let stated = c.text("x_SkuDetails", "SkuPriceDetails")
    guard derived(c).contains(where: { $0.name == "p_machine" }) else { return stated }
    let machine = "coalesce(p_machine, '')"
    return isGoogle(c)
      ? machine
      : "case when \(isOfGoogle(c)) and \(machine) <> '' then \(machine) else \(stated) end"
  }

  /// Read only where nothing else says what a row is of.
  private func description(_ c: BillColumns) -> String {
    let text = c.text("ChargeDescription")
    let hasType = ["x_UsageType", "SkuMeter", "SkuPriceDetails", "x_SkuDetails"].contains {
      c.has($0)
    }
    guard hasType, !isGoogle(c) else { return text }
    return isOfAny(c) ? "case when \(isOfGoogle(c)) then \(text) else '' end" : "''"
  }

  let usageKinds = ["usage"]

  /// What is bought for later usage costs nothing by itself, its usage does (FOCUS 1.0,
  /// "EffectiveCost"); Azure's exports state the purchase of a savings plan twice (finops-toolkit,
  /// issue 1092). Other providers are believed: where only the purchase had a cost, it would be
  /// lost.
  func amounts(_ c: BillColumns) -> BillAmounts {
    let words = words(c)
    let isBought =
      "(lower(\(c.text("ChargeCategory"))) = 'purchase' and \(words[.commitment] ?? "''") <> ''"
      + " and lower(\(words[.seller] ?? "''")) like '%microsoft%')"
    return BillAmounts(
      list: list(c),
      contracted: c.number("ContractedCost", "BilledCost"), billed: c.number("BilledCost"),
      effective: "case when \(isBought) then 0 else \(c.number("EffectiveCost")) end")
  }

  /// Only what is priced may be counted in blocks: `100 Hours`.
  func quantity(_ c: BillColumns) -> String {
    let consumed = c.number("ConsumedQuantity", "UsageQuantity")
    guard c.has("PricingQuantity") else { return consumed }
    let block = PricingBlock.size(c.text("PricingUnit"), c.dialect)
    return "coalesce(\(consumed), \(c.number("PricingQuantity")) * \(block))"
  }

  /// What usage would cost at list prices. Some exports state a cost of 0 where a commitment
  /// covers it; then its unit price says it, or else the lower prices do.
  private func list(_ c: BillColumns) -> String {
    func atPrice(_ name: String) -> String? {
      guard c.has(name), c.has("PricingQuantity") else { return nil }
      let cost = "\(c.real(name)) * \(c.real("PricingQuantity")) * 1e12"
      return "nullif(\(c.dialect.integer("floor(\(cost) + 0.5)")), 0)"
    }
    let stated = c.number("ListCost", "ContractedCost", "BilledCost")
    guard c.has("ListCost") else { return stated }
    let others =
      ["ListUnitPrice", "ContractedUnitPrice"].compactMap(atPrice)
      + ["ContractedCost", "EffectiveCost"].filter(c.has).map { "nullif(\(c.number($0)), 0)" }
    return """
      case when \(c.number("ListCost")) = 0 and lower(\(c.text("ChargeCategory"))) = 'usage'
          and \(c.number("EffectiveCost")) > 0
        then coalesce(\((others + ["0"]).joined(separator: ", "))) else \(stated) end
      """
  }

  func charge(_ words: BillWords) -> BillCharge {
    let isNamed = !words[.commitment].isEmpty
    switch words.lower(.kind) {
    case "tax": return .aside(.tax, "tax")
    case "credit": return .aside(.credit, "credit")
    case "adjustment": return .aside(nil, "adjustment")
    case "purchase" where isNamed: return .aside(.purchase, "commitment-purchase")
    case "usage" where words.isForeign, "purchase" where words.isForeign:
      return .aside(.marketplace, "marketplace")
    case "purchase": return .aside(.other, "purchase")
    case "usage": break
    default: return .aside(.other, "unknown-category")
    }
    if words.lower(.status).hasPrefix("unused") { return .aside(.unused, "unused-commitment") }
    if words.lower(.pricing) == "dynamic" { return .aside(.spot, "spot") }
    // Google's exports of 1.2 say that usage is committed, and not by what.
    let isCommitted =
      isNamed || words.lower(.pricing) == "committed" || words.lower(.status).hasPrefix("used")
    return .usage(isCommitted ? .covered : .onDemand)
  }

  func tagColumns(_ keys: [String]) -> [String] { ["Tags"] }

  /// An entry of `Tags`: a map, an object, or Google's list of keys and values.
  func tag(_ key: String, _ c: BillColumns) -> String {
    guard let tags = c["Tags"], let entry = c.entry(key, of: "Tags") else { return "''" }
    guard !tags.type.uppercased().hasPrefix("MAP") else { return entry }
    let name = key.reduce(into: "") { text, letter in
      // Signs have a backslash, so that none is more than itself.
      text += letter.isASCII && !letter.isLetter && !letter.isNumber ? "\\\(letter)" : "\(letter)"
    }
    let pattern =
      #"["']?[Kk]ey["']?\s*:\s*["']?\#(name)["']?\s*,\s*["']?[Vv]alue["']?\s*:\s*["']?([^"',}]*)"#
    let list =
      "regexp_extract(\(c.dialect.text(c.sql("Tags"))), \(c.dialect.literal(pattern)), 1)"
    return "coalesce(\(entry), nullif(\(list), ''))"
  }
}

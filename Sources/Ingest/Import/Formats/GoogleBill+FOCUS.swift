extension GoogleBill {
  /// Google's FOCUS in the words of its own export: costs there are after credits, here before
  /// them.
  ///
  /// Columns: Google's published FOCUS view (1.0, "FOCUS BigQuery view") and the columns of a live
  /// FOCUS 1.2 export. The view has the billing account for a sub-account, and the units that a
  /// price is for as `PricingQuantity`, which is 1 whatever was used.
  func focusInput(_ c: BillColumns) -> [InputColumn] {
    func text(_ name: String, _ sql: String) -> InputColumn {
      InputColumn(name: name, sql: sql, type: c.dialect.textType)
    }
    func real(_ name: String, _ sql: String) -> InputColumn {
      InputColumn(name: name, sql: sql, type: c.dialect.doubleType)
    }
    let credits = credits(c, in: "x_Credits")
    let all = credits.first { $0.name == "credits_all" }?.sql ?? "0"
    let tags = ["Tags", "x_SystemLabels", "x_Labels"].filter(c.has).map {
      "coalesce(\(c.dialect.text(c.sql($0))), '')"
    }
    let labels = tags.isEmpty ? "''" : "concat(\(tags.joined(separator: ", ' ', ")))"
    let sku = c.text("ChargeDescription")
    return [
      text("currency", c.text("BillingCurrency")),
      text("publisher", c.text("PublisherName", "Publisher")),
      text("account", project(c)),
      text(
        "region",
        GoogleBill.region(
          c.text("RegionId", "Region"), zone: c.text("AvailabilityZone"),
          place: c.text("x_Location"))),
      text("service", c.text("ServiceName")),
      text("kind", kind(c)),
      text("model", model(c, credits)),
      text("commitment", subscription(c)),
      text(
        "status",
        """
        case when not lower(\(sku)) like 'commitment - dollar based%' then ''
          when \(labels) like '%goog-originating-sku-id%' then 'Used' else 'Unused' end
        """),
      text("machine", GoogleMeter.machineLabel(labels)),
      text("sku_text", sku),
      text("unit", unit(c)),
      text("correction", c.text("ChargeClass")),
      text("uncharged", uncharged(cost: "(\(c.real("BilledCost")) - \(all))", c, in: "x_Credits")),
      text("resource", c.text("ResourceId", "x_Labels", "Tags")),
      cost(c, all),
      real("list_cost", c.real("ListCost")),
      real("contracted_cost", c.real("ContractedCost")),
      quantity(of: c),
      real("commitment_units", units(c, all)),
      same("usage_start_time", "ChargePeriodStart", c),
      same("usage_end_time", "ChargePeriodEnd", c), same("Tags", "Tags", c),
    ].compactMap { $0 } + credits
  }

  private func same(_ name: String, _ from: String, _ c: BillColumns) -> InputColumn? {
    c[from].map {
      InputColumn(name: name, sql: c.dialect.identifier($0.name), type: $0.type)
    }
  }

  /// Categories as the own export has them, whatever their case.
  private func kind(_ c: BillColumns) -> String {
    let category = "lower(\(c.text("ChargeCategory")))"
    return """
      case when lower(\(c.text("x_CostType"))) = 'rounding_error' then 'rounding_error'
        when \(category) in ('usage', 'purchase') then 'regular' else \(category) end
      """
  }

  /// The project is the account, where the export has it apart from the billing account.
  private func project(_ c: BillColumns) -> String {
    let account = c.text("SubAccountId", "BillingAccountId")
    guard c.has("x_Project") else { return account }
    let record = c.field("x_Project.id").map { [c.dialect.text($0.sql)] }
    let texts = record ?? ["id", "Id"].compactMap { c.entry($0, of: "x_Project") }
    let known = texts.map { "nullif(\($0), '')" }
    return "coalesce(\((known + [account]).joined(separator: ", ")))"
  }

  private func subscription(_ c: BillColumns) -> String {
    c.text("x_SubscriptionInstanceId", "CommitmentDiscountId")
  }

  /// Without a column for it, what of usage names a commitment, and has no credit of one, is billed
  /// at the commitment's price.
  private func model(_ c: BillColumns, _ credits: [InputColumn]) -> String {
    guard !c.has("x_ConsumptionModelDescription") else {
      return c.text("x_ConsumptionModelDescription")
    }
    let credit = credits.first { $0.name == "credits_commitment" }?.sql ?? "0"
    return """
      case when \(subscription(c)) = '' or lower(\(c.text("ChargeDescription"))) like 'commitment%'
          or \(credit) <> 0 then ''
        else 'Committed' end
      """
  }

  private func hasPricing(_ c: BillColumns) -> Bool {
    guard let pricing = c["PricingQuantity"], c.has("PricingUnit") else { return false }
    return c["ConsumedQuantity"].map { $0.type == pricing.type } ?? true
  }

  private func pricing(_ c: BillColumns) -> String {
    let sql = c.sql("PricingQuantity")
    return c.dialect.isText(c["PricingQuantity"]?.type ?? "") ? "nullif(\(sql), '')" : sql
  }

  private func consumedName(_ c: BillColumns) -> String {
    c.has("ConsumedQuantity") ? "ConsumedQuantity" : "UsageQuantity"
  }

  private func consumedUnit(_ c: BillColumns) -> String {
    "lower(\(c.text("ConsumedUnit", "UsageUnit")))"
  }

  /// What was used in vCPU-hours or GiB-hours, where it was counted in seconds or byte-seconds; else
  /// null, and where none is stated: then what is priced counts.
  private func hours(_ c: BillColumns) -> String {
    """
    nullif(case \(consumedUnit(c))
      when 'seconds' then \(c.real("ConsumedQuantity", "UsageQuantity")) / 3600
      when 'byte-seconds'
        then \(c.real("ConsumedQuantity", "UsageQuantity")) / (1073741824.0 * 3600) end, 0)
    """
  }

  private func quantity(of c: BillColumns) -> InputColumn? {
    let name = hasPricing(c) ? "PricingQuantity" : consumedName(c)
    guard let column = c[name] else { return nil }
    let consumed = c.has("ConsumedQuantity") ? c.sql("ConsumedQuantity") : "null"
    let stated = hasPricing(c) ? "coalesce(\(pricing(c)), \(consumed))" : c.sql(name)
    guard c.dialect.isText(column.type) else {
      return InputColumn(
        name: "row_quantity", sql: "coalesce(\(hours(c)), \(c.dialect.real(stated)))",
        type: c.dialect.doubleType)
    }
    // Where it is no number, the row's own text, so that it is reported.
    return InputColumn(
      name: "row_quantity", sql: "coalesce(\(c.dialect.text("(\(hours(c)))")), \(stated))",
      type: column.type)
  }

  private func unit(_ c: BillColumns) -> String {
    let consumed = c.text("ConsumedUnit", "UsageUnit")
    let stated =
      hasPricing(c)
      ? "case when \(pricing(c)) is null then \(consumed) else \(c.text("PricingUnit")) end"
      : consumed
    return """
      case when (\(hours(c))) is null then \(stated)
        when \(consumedUnit(c)) = 'seconds' then 'hour' else 'gibibyte hour' end
      """
  }

  /// Where it is no number, the row's own text, so that it is reported.
  private func cost(_ c: BillColumns, _ credits: String) -> InputColumn? {
    guard let billed = c["BilledCost"] else { return nil }
    let sql = c.dialect.identifier(billed.name)
    guard c.dialect.isText(billed.type) else {
      return InputColumn(
        name: "row_cost", sql: "\(c.dialect.real(sql)) - \(credits)", type: c.dialect.doubleType)
    }
    return InputColumn(
      name: "row_cost",
      sql: """
        case when \(credits) = 0 or \(c.dialect.real(sql)) is null then \(sql)
          else \(c.dialect.text("\(c.dialect.real(sql)) - \(credits)")) end
        """, type: c.dialect.textType)
  }

  /// Of a resource-based commitment's own meter all, of usage what its credit covers.
  private func units(_ c: BillColumns, _ all: String) -> String {
    let credits = c.field("x_Credits").map {
      c.dialect.sum(
        ofCredits: c.dialect.isText($0.type) ? c.dialect.credits($0.sql) : $0.sql,
        types: ["COMMITTED_USAGE_DISCOUNT"])
    }
    let stated = hasPricing(c) ? c.real("PricingQuantity") : c.real("ConsumedQuantity")
    let quantity = "coalesce(\(hours(c)), \(stated))"
    return """
      case when lower(\(c.text("ChargeDescription"))) like 'commitment v%' then \(quantity)
        else \(quantity) * -\(credits ?? "0") / nullif(\(c.real("BilledCost")) - \(all), 0) end
      """
  }
}

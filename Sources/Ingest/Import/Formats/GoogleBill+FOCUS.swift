extension GoogleBill {
  /// Google's FOCUS in the words of its own export: costs there are after credits, here before
  /// them.
  ///
  /// Columns: Google's published FOCUS view (1.0) and the columns of a live FOCUS 1.2 export.
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
      text("account", c.text("SubAccountId", "BillingAccountId")),
      text("region", c.text("RegionId", "Region")),
      text("service", c.text("ServiceName")),
      text("kind", kind(c)),
      text("model", c.text("x_ConsumptionModelDescription")),
      text("commitment", c.text("x_SubscriptionInstanceId")),
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

  private func hasPricing(_ c: BillColumns) -> Bool {
    guard let pricing = c["PricingQuantity"], c.has("PricingUnit") else { return false }
    return c["ConsumedQuantity"].map { $0.type == pricing.type } ?? true
  }

  private func pricing(_ c: BillColumns) -> String {
    let sql = c.sql("PricingQuantity")
    return c.dialect.isText(c["PricingQuantity"]?.type ?? "") ? "nullif(\(sql), '')" : sql
  }

  private func quantity(of c: BillColumns) -> InputColumn? {
    guard hasPricing(c), let type = c["PricingQuantity"]?.type else {
      return same(
        "row_quantity", c.has("ConsumedQuantity") ? "ConsumedQuantity" : "UsageQuantity", c)
    }
    let consumed = c.has("ConsumedQuantity") ? ", \(c.sql("ConsumedQuantity"))" : ", null"
    return InputColumn(
      name: "row_quantity", sql: "coalesce(\(pricing(c))\(consumed))", type: type)
  }

  private func unit(_ c: BillColumns) -> String {
    let consumed = c.text("ConsumedUnit", "UsageUnit")
    guard hasPricing(c) else { return consumed }
    return
      "case when \(pricing(c)) is null then \(consumed) else \(c.text("PricingUnit")) end"
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
    let quantity = hasPricing(c) ? c.real("PricingQuantity") : c.real("ConsumedQuantity")
    return """
      case when lower(\(c.text("ChargeDescription"))) like 'commitment v%' then \(quantity)
        else \(quantity) * -\(credits ?? "0") / nullif(\(c.real("BilledCost")) - \(all), 0) end
      """
  }
}

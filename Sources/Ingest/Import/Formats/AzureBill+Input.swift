extension AzureBill {
  /// Every generation's columns under one name, and out of AdditionalInfo only what says which
  /// machine it is: its other entries differ from row to row.
  func input(_ c: BillColumns) -> [InputColumn]? {
    func text(_ name: String, _ sql: String) -> InputColumn {
      InputColumn(name: name, sql: sql, type: c.dialect.textType)
    }
    let day = c.time(AzureBill.days.first(where: c.has) ?? "Date")
    let hasKind = c.has("ChargeType") && !AzureBill.isPartners(c)
    let resource = c.text("ResourceId", "InstanceId", "InstanceName")
    return [
      text("currency", c.text("BillingCurrencyCode", "BillingCurrency", "Currency")),
      text("publisher", publisher(c)),
      // A partner's SubscriptionId is of the billing platform, one for all of a customer's Azure
      // subscriptions; the entitlement is one of these (Partner Center, "Daily rated usage").
      text(
        "account",
        AzureBill.isPartners(c)
          ? c.text("EntitlementId", "SubscriptionId")
          : c.text("SubscriptionId", "SubscriptionGuid")),
      text(
        "region",
        c.text("ResourceLocationNormalized", "Location", "ResourceLocation", "MeterRegion")),
      text("service", c.text("MeterCategory", "ServiceName")),
      text("kind", hasKind ? c.text("ChargeType") : "'Usage'"),
      text("pricing", c.text("PricingModel")),
      text("commitment", commitment(c)),
      text("subcategory", c.text("MeterSubCategory")),
      text("meter", c.text("MeterName")),
      text("machine", info("ServiceType", c)),
      text("image", info("ImageType", c)),
      text("unit", c.text("UnitOfMeasure", "UnitType", "Unit")),
      text("uncharged", uncharged(c)),
      text("benefit", c.text("BenefitName", "ReservationName")),
      text("order_name", c.text("ProductOrderName")),
      text("term", c.text("Term")),
      text("frequency", c.text("Frequency")),
      text("tags", tags(c)),
      text(
        "resource",
        """
        case when \(resource) = '' then '' else concat(\(resource), ' ', \(c.text("MeterId"))) end
        """),
      same("row_cost", AzureBill.costs, c),
      same("row_quantity", AzureBill.amounts, c),
      InputColumn(name: "list_cost", sql: list(c), type: c.dialect.doubleType),
      InputColumn(name: "contracted_cost", sql: price("UnitPrice", c), type: c.dialect.doubleType),
      InputColumn(name: "starts_at", sql: c.dialect.timestamp(day), type: c.dialect.timestampType),
      InputColumn(
        name: "ends_at", sql: c.dialect.timestamp(c.dialect.end(ofDay: day)),
        type: c.dialect.timestampType),
    ].compactMap { $0 }
  }

  private func same(_ name: String, _ names: [String], _ c: BillColumns) -> InputColumn? {
    names.lazy.compactMap { c[$0] }.first.map {
      InputColumn(name: name, sql: c.dialect.identifier($0.name), type: $0.type)
    }
  }

  private func info(_ key: String, _ c: BillColumns) -> String {
    "regexp_extract(\(c.text("AdditionalInfo")), '\"\(key)\" *: *\"([^\"]*)\"', 1)"
  }

  /// Only the kind of publisher says who sells: a name is given for Microsoft's own services too,
  /// and of others.
  private func publisher(_ c: BillColumns) -> String {
    AzureBill.isPartners(c)
      ? "coalesce(nullif(\(c.text("PublisherName")), ''), 'Microsoft')"
      : """
      case when lower(\(c.text("PublisherType"))) = 'marketplace'
        then coalesce(nullif(\(c.text("PublisherName")), ''), 'Marketplace') else 'Microsoft' end
      """
  }

  /// Older exports name a reservation by its own id alone; the order makes it the same as in newer
  /// ones.
  private func commitment(_ c: BillColumns) -> String {
    let reservation = c.has("ReservationId") ? c.text("ReservationId") : info("ReservationId", c)
    let order = c.has("ProductOrderId") ? c.text("ProductOrderId") : info("ReservationOrderId", c)
    let isReservation =
      c.has("PricingModel")
      ? "lower(\(c.text("PricingModel"))) = 'reservation'" : "\(reservation) <> ''"
    return """
      case when \(c.text("BenefitId")) <> '' then \(c.text("BenefitId"))
        when not (\(isReservation)) or \(reservation) = '' then ''
        when \(order) = '' then \(reservation)
        else concat('/providers/Microsoft.Capacity/reservationOrders/', \(order), '/reservations/',
          case when \(order) = \(reservation) then '' else \(reservation) end) end
      """
  }

  /// Pay-as-you-go's files have a rate of 0 where a savings plan or a reservation paid, and name no
  /// benefit. What has no public price either is free, and what says so.
  private func uncharged(_ c: BillColumns) -> String {
    let hasKind = c.has("ChargeType") && !AzureBill.isPartners(c)
    let kind = hasKind ? "lower(\(c.text("ChargeType"))) = 'usage'" : "true"
    let names = ["MeterSubCategory", "MeterName", "ProductName", "Product"].map { c.text($0) }
    return """
      case when not (\(kind)) or coalesce(\(c.real(AzureBill.costs)), 1) <> 0
          or coalesce(\(c.real("EffectivePrice", "ResourceRate", "EffectiveUnitPrice")), 0) <> 0
          or coalesce(\(c.real(AzureBill.amounts)), 0) <= 0 or \(commitment(c)) <> '' then ''
        when \(FreeUsage.isNamed(names)) or \(FreeUsage.isFree(offer: c.text("OfferId"))) then 'free'
        when lower(\(c.text("PricingModel"))) in ('', 'savingsplan', 'reservation')
          and coalesce(\(c.real("PayGPrice")), 1) > 0
        then '1'
        when lower(\(c.text("PricingModel"))) = 'ondemand' then 'priced' else '' end
      """
  }

  /// Braces around what Azure writes without them: `"env": "prod","team": "web"`.
  private func tags(_ c: BillColumns) -> String {
    let tags = c.text("Tags")
    return
      "case when \(tags) = '' or \(tags) like '{%' then \(tags) else concat('{', \(tags), '}') end"
  }

  /// At the public price in the billing currency; 0 where the row does not say it.
  private func list(_ c: BillColumns) -> String {
    let stated =
      c.has("PaygCostInBillingCurrency")
      ? "nullif(\(c.real("PaygCostInBillingCurrency")), 0)" : "cast(null as double)"
    return
      "coalesce(\(stated), nullif(\(price("PayGPrice", c)), 0), \(price("UnitPrice", c)), 0)"
  }

  private func price(_ name: String, _ c: BillColumns) -> String {
    let rate =
      c.has("ExchangeRatePricingToBilling")
      ? "coalesce(nullif(\(c.real("ExchangeRatePricingToBilling")), 0), 1)" : "1"
    return "coalesce(\(c.real(name)) * \(c.real(AzureBill.amounts)) * \(rate), 0)"
  }
}

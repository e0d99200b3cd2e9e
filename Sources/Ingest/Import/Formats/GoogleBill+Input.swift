extension GoogleBill {
  /// Records and lists made plain: one column for each thing that is asked of a row.
  func input(_ c: BillColumns) -> [InputColumn]? { isFOCUS ? focusInput(c) : ownInput(c) }

  private func ownInput(_ c: BillColumns) -> [InputColumn] {
    func text(_ name: String, _ sql: String) -> InputColumn {
      InputColumn(name: name, sql: sql, type: c.dialect.textType)
    }
    let system = c.labels("system_labels")
    let row = c.field("cost").map { c.dialect.real($0.sql) } ?? "0"
    return [
      text("currency", c.fieldText("currency")),
      text("publisher", publisher(c)),
      text("account", c.fieldText("project.id", "billing_account_id")),
      text(
        "region",
        GoogleBill.region(
          c.fieldText("location.region"), zone: c.fieldText("location.zone"),
          place: c.fieldText("location.location"))),
      text("service", c.fieldText("service.description", "service.id")),
      text("kind", c.fieldText("cost_type")),
      text("model", c.fieldText("consumption_model.description")),
      text("commitment", commitment(c)),
      text("status", status(c)),
      text(
        "machine",
        system.map {
          "coalesce(\(c.dialect.label("compute.googleapis.com/machine_spec", of: $0)), '')"
        }
          ?? "''"),
      text("sku_text", c.fieldText("sku.description", "sku.id")),
      text("unit", c.fieldText("usage.pricing_unit")),
      text("correction", "''"),
      text("uncharged", uncharged(cost: row, c)),
      text("resource", resource(c)),
      same("row_quantity", "usage.amount_in_pricing_units", c),
      cost(c),
      real("list_cost", "cost_at_list", c),
      real("contracted_cost", "cost_at_effective_price_default", c),
      same("usage_start_time", "usage_start_time", c), same("usage_end_time", "usage_end_time", c),
    ].compactMap { $0 } + credits(c) + labels(c)
  }

  /// SQL: the region that is named, or that of the zone or place: `us-central1` of
  /// `us-central1-a`. Several regions (`us`) are none.
  static func region(_ region: String, zone: String, place: String) -> String {
    func named(_ text: String) -> String {
      "nullif(regexp_extract(\(text), '^([a-z]+-[a-z]+[0-9]+)(-[a-z])?$', 1), '')"
    }
    return "coalesce(nullif(\(region), ''), \(named(zone)), \(named(place)), '')"
  }

  private func same(_ name: String, _ path: String, _ c: BillColumns) -> InputColumn? {
    c.field(path).map { InputColumn(name: name, sql: $0.sql, type: $0.type) }
  }

  /// What is no invoice's: doubles add up in a tenth of the time of NUMERIC.
  private func real(_ name: String, _ path: String, _ c: BillColumns) -> InputColumn? {
    c.field(path).map {
      InputColumn(name: name, sql: c.dialect.real($0.sql), type: c.dialect.doubleType)
    }
  }

  /// Sold by a partner on Google's marketplace.
  private func publisher(_ c: BillColumns) -> String {
    let seller = c.fieldText("seller_name")
    return """
      case when upper(\(c.fieldText("invoice.publisher_type"))) = 'PARTNER'
          or upper(\(c.fieldText("transaction_type"))) like 'THIRD_PARTY%'
        then coalesce(nullif(\(seller), ''), 'Partner') else 'Google' end
      """
  }

  /// The standard export names no resource: its rows differ by their labels.
  private func resource(_ c: BillColumns) -> String {
    let named = ["resource.global_name", "resource.name"].filter { c.field($0) != nil }
    let field = named.first ?? "labels"
    return c.field(field).map { "coalesce(\(c.dialect.text($0.sql)), '')" } ?? "''"
  }

  private func isFee(_ c: BillColumns) -> String {
    "lower(\(c.fieldText("sku.description"))) like 'commitment%'"
  }

  /// The standard export does not name commitments: those of one kind in one region are taken
  /// together.
  private func commitment(_ c: BillColumns) -> String {
    let id = c.fieldText("subscription.instance_id")
    let kind = "regexp_replace(\(c.fieldText("sku.description")), ' (Cpu|Ram) in ', ' in ')"
    return """
      case when \(id) <> '' then \(id) when \(isFee(c))
        then concat(\(kind), case when \(c.fieldText("location.region")) = '' then '' else ', ' end,
          \(c.fieldText("location.region"))) else '' end
      """
  }

  /// Fees on spend name the meter they paid for; one that names none paid for nothing.
  private func status(_ c: BillColumns) -> String {
    guard let labels = c.labels("labels") else { return "''" }
    return """
      case when not lower(\(c.fieldText("sku.description"))) like 'commitment - dollar based%' then ''
        when coalesce(\(c.dialect.label("goog-originating-sku-id", of: labels)), '') <> '' then 'Used'
        else 'Unused' end
      """
  }

  /// Where the credits of a flattened row cannot be read, its cost is none either: so the row is
  /// reported.
  private func cost(_ c: BillColumns) -> InputColumn? {
    guard let cost = c.field("cost") else { return nil }
    guard let credits = c.field("credits"), c.dialect.isText(credits.type) else {
      return InputColumn(name: "row_cost", sql: cost.sql, type: cost.type)
    }
    return InputColumn(
      name: "row_cost",
      sql: """
        case when coalesce(\(credits.sql), '') not in ('', '[]') and \(c.dialect.credits(credits.sql)) is null
          then concat('credits ', \(credits.sql)) else \(c.dialect.text(cost.sql)) end
        """, type: c.dialect.textType)
  }

  /// Whether the free tier pays for all of a row (Google Cloud, "Google Cloud free program": its
  /// credits have a type of their own).
  func uncharged(cost: String, _ c: BillColumns, in name: String = "credits") -> String {
    guard let list = list(ofCredits: name, c) else { return "''" }
    let free = c.dialect.sum(ofCredits: list, types: ["FREE_TIER"])
    return """
      case when \(cost) > 0 and \(cost) * 0.999 <= -coalesce(\(free), 0) then 'free' else '' end
      """
  }

  private func list(ofCredits name: String, _ c: BillColumns) -> String? {
    c.field(name).map { c.dialect.isText($0.type) ? c.dialect.credits($0.sql) : $0.sql }
  }

  func credits(_ c: BillColumns, in name: String = "credits") -> [InputColumn] {
    guard let list = list(ofCredits: name, c) else { return [] }
    func sum(_ name: String, _ types: [String]?) -> InputColumn {
      InputColumn(
        name: name, sql: c.dialect.sum(ofCredits: list, types: types),
        type: c.dialect.doubleType)
    }
    return [
      sum("credits_all", nil),
      sum(
        "credits_commitment", ["COMMITTED_USAGE_DISCOUNT", "COMMITTED_USAGE_DISCOUNT_DOLLAR_BASE"]),
      units(sum("", ["COMMITTED_USAGE_DISCOUNT"]).sql, c),
      sum("credits_promotion", ["PROMOTION", "CREDIT_TYPE_UNSPECIFIED"]),
    ]
  }

  /// Of a resource-based commitment's own meter all, of usage what the credit covers.
  private func units(_ credit: String, _ c: BillColumns) -> InputColumn {
    func real(_ path: String) -> String {
      c.field(path).map { c.dialect.real($0.sql) } ?? "cast(null as double)"
    }
    let quantity = real("usage.amount_in_pricing_units")
    return InputColumn(
      name: "commitment_units",
      sql: """
        case when lower(\(c.fieldText("sku.description"))) like 'commitment v%' then \(quantity)
          else \(quantity) * -\(c.dialect.real(credit)) / nullif(\(real("cost")), 0) end
        """, type: c.dialect.doubleType)
  }

  private func labels(_ c: BillColumns) -> [InputColumn] {
    [("labels", "labels"), ("resource_manager_tags", "tags"), ("project_labels", "project.labels")]
      .compactMap { name, path in
        c.labels(path).map { InputColumn(name: name, sql: $0, type: c.dialect.labelsType) }
      }
  }
}

extension GoogleBill {
  /// What BigQuery writes as JSON lines; all numbers as text, since 64-bit ones and NUMERIC are
  /// text there.
  var jsonColumns: [BillColumns.Column]? {
    let pairs = "STRUCT(key VARCHAR, value VARCHAR)[]"
    let texts = [
      "billing_account_id", "cost_type", "usage_start_time", "usage_end_time", "cost", "currency",
      "cost_at_list", "cost_at_effective_price_default", "transaction_type", "seller_name",
    ]
    let records = [
      (
        "invoice", "STRUCT(month VARCHAR, publisher_type VARCHAR)"
      ),
      ("service", "STRUCT(id VARCHAR, description VARCHAR)"),
      ("resource", "STRUCT(name VARCHAR, global_name VARCHAR)"),
      ("sku", "STRUCT(id VARCHAR, description VARCHAR)"),
      ("project", "STRUCT(id VARCHAR, labels \(pairs))"), ("labels", pairs),
      ("system_labels", pairs), ("tags", pairs),
      ("location", "STRUCT(location VARCHAR, region VARCHAR, zone VARCHAR)"),
      (
        "usage",
        "STRUCT(amount VARCHAR, unit VARCHAR, amount_in_pricing_units VARCHAR, pricing_unit VARCHAR)"
      ),
      ("credits", "STRUCT(type VARCHAR, amount VARCHAR)[]"),
      ("consumption_model", "STRUCT(id VARCHAR, description VARCHAR)"),
      ("subscription", "STRUCT(instance_id VARCHAR)"),
    ]
    return texts.map { BillColumns.Column(name: $0, type: "VARCHAR") }
      + records.map { BillColumns.Column(name: $0.0, type: $0.1) }
  }
}

/// The aggregation of a billing file: one SQL text for every engine.
///
/// It is written in the SQL that DuckDB and Spark share; where they differ, a `SQLDialect` writes it. Three
/// scans, each of few bytes a row: the different texts that tell what a row is (`keys`; instance types
/// and rules are read from these, so that no pattern is matched on every row); hours and days of each
/// (`cells`); and the file's own totals, over all rows and apart from every key. Quantities are read and
/// hours kept only where rows count as instance-hours; money is kept by day.
struct BillSQL {
  var format: BillFormat
  var columns: BillColumns
  /// What stands behind FROM.
  var input = "bill_file"
  /// What is counted as bad beside a start that is no time.
  var check = Check.numbers

  enum Check {
    /// Nothing: the columns' types hold nothing but numbers.
    case times
    /// Whatever the dialect cannot read as a number, be it too large for it.
    case all
    /// What is no number where the format needs one.
    case numbers
  }
  /// Tags that become part of what a row is.
  var tags: [String] = []

  /// A query whose result later ones read under this name.
  var table: (name: String, query: String) { ("bill_keys", keyTable) }

  /// Queries whose results go home, as files of these names.
  var results: [(name: String, query: String)] {
    [("keys", keys), ("cells", cells), ("totals", totals), ("commitments", commitments)]
  }

  private var dialect: any SQLDialect { columns.dialect }

  /// The columns of the file that anything here reads.
  var needed: [String] {
    let tagColumns = tags.isEmpty && !format.hasMachineTags(columns) ? [] : tagSources
    let names =
      format.texts + format.numbers + format.quantities + [format.times.start, format.times.end]
      + format.commitmentColumns
    var seen = Set<String>()
    return (names + tagColumns).compactMap { columns[$0]?.name }.filter { seen.insert($0).inserted }
  }

  private var raw: [(name: String, sql: String)] {
    var list = format.texts.compactMap { columns[$0] }.map { column in
      let name = dialect.identifier(column.name)
      return (name: name, sql: isPlain(column.type) ? name : dialect.text(name))
    }
    if format.hasMachineTags(columns) {
      list.append(("p_machine", SharedSQL.machine(dialect.text(columns.sql("Tags")))))
    }
    for (index, tag) in tags.enumerated() {
      list.append(("p_tag_\(index)", tagValue(tag)))
    }
    return list
  }

  private func isPlain(_ type: String) -> Bool {
    ["VARCHAR", "STRING"].contains(type.uppercased())
  }

  private var rawKey: String { dialect.key(raw.map(\.sql)) }

  /// What the rows are, a line for each different set of their texts.
  private var keyTable: String {
    let keys = format.keys(columns)
    let tagNames = tags.indices.map { "p_tag_\($0)" }
    return """
      with different as (
        select distinct \(raw.map { "\($0.sql) as \($0.name)" }.joined(separator: ", "))
        from \(input)),
      texts as (
        select \(dialect.key(raw.map(\.name))) as bill_key,
          \((keys.map { "\($0.sql) as \($0.name)" } + tagNames).joined(separator: ",\n    "))
        from different),
      named as (
        select *, \(SharedSQL.provider) as provider,
          \(format.classification) as class_rule,
          \(SharedSQL.instanceType) as instance_type,
          \(SharedSQL.operatingSystem) as operating_system,
          \(SharedSQL.tenancy) as tenancy,
          \(SharedSQL.divisor(dialect)) as divisor
        from texts)
      select row_number() over (order by bill_key) as id, *,
        case when class_rule in ('on-demand/usage', 'covered/usage')
          and provider in ('aws', 'azure', 'gcp') and region <> '' then instance_type else '' end
          as group_type
      from named
      """
  }

  /// In `BillKey`'s order. Zones are kept where AWS names one: no other provider's commitments know any.
  private var keys: String {
    let tagList = tags.indices.map { ", coalesce(p_tag_\($0), '')" }.joined()
    return """
      select id, bill_key, currency, provider, account, service, region,
        case when group_type <> '' and provider = 'aws' and zone_text like concat(region, '%')
          then zone_text else '' end,
        group_type, operating_system, tenancy, divisor, class_rule, commitment,
        case when correction = 'Correction' then 1 else 0 end\(tagList)
      from bill_keys
      """
  }

  private var rows: String {
    let amounts = format.amounts(columns)
    return """
      select \(rawKey) as bill_key,
        \(columns.time(format.times.start)) as starts, \(columns.time(format.times.end)) as ends,
        \(amounts.map { "\($0.sql) as \($0.name)" }.joined(separator: ",\n    ")),
        \(needed.map(dialect.identifier).joined(separator: ", "))
      from \(input)
      """
  }

  private var sums: String {
    format.amounts(columns)
      .map { $0.sql == "0" ? "0 as \($0.name)" : "coalesce(sum(\($0.name)), 0) as \($0.name)" }
      .joined(separator: ", ")
  }

  /// What no number or no time is: true or false of a row of `marked`.
  private var flaw: String {
    func isBad(_ name: String) -> String? {
      columns[name].map {
        "(\(columns.sql(name)) is not null and \(dialect.number(columns.sql(name), type: $0.type)) is null)"
      }
    }
    let amounts = (check == .all ? format.numbers : format.requiredNumbers).compactMap(isBad)
    let quantities = format.quantities.compactMap(isBad).map { "(is_hourly = 1 and \($0))" }
    return (["starts is null", "starts < 0"] + amounts + quantities).joined(separator: " or ")
  }

  private var marked: String {
    """
    bill as (
      \(rows)),
    marked as (
      select bill.*, case when hourly.bill_key is not null then 1 else 0 end as is_hourly
      from bill left join (select bill_key from bill_keys where group_type <> '') as hourly
        on bill.bill_key = hourly.bill_key)
    """
  }

  /// Hours of usage groups, days of everything else, in `BillCell`'s order.
  private var cells: String {
    let hour = dialect.hour("starts")
    return """
      with \(marked),
      spans as (
        select *, case when is_hourly = 1 then \(hour) else \(hour) - (\(hour)) % 24 end as hour,
          case when is_hourly = 1
            then greatest(1, coalesce(\(dialect.hourUp("ends")), 0) - (\(hour))) else 24 end as span,
          case when is_hourly = 1 then \(format.quantity(columns)) end as quantity
        from marked),
      added as (
        select bill_key, hour, span, count(*) as n, coalesce(sum(quantity), 0) as quantity,
          coalesce(sum(case when span > 1 and is_hourly = 1 and quantity % (span * 1000000000000) <> 0
            then quantity end), 0) as doubtful,
          \(sums),
          \(check == .times ? "count(*) - count(starts)" : "sum(case when \(flaw) then 1 else 0 end)") as bad
        from spans group by bill_key, hour, span)
      select id, hour, span, n, quantity, doubtful, list, contracted, billed, effective, unused, bad
      from added join bill_keys on added.bill_key = bill_keys.bill_key
      """
  }

  /// The file's own totals by service and day, over all rows, in `BillTotal`'s order.
  private var totals: String {
    let service = format.keys(columns).first { $0.name == "service" }?.sql ?? "''"
    return """
      with bill as (
        \(rows))
      select \(service), (\(dialect.hour("starts"))) - (\(dialect.hour("starts"))) % 24, count(*), \(sums)
      from bill group by 1, 2
      """
  }

  /// The commitments that the file names, in `BillCommitment`'s order.
  private var commitments: String {
    let keys = format.keys(columns)
    func key(_ name: String) -> String { keys.first { $0.name == name }?.sql ?? "''" }
    var wide = columns
    wide.dialect = dialect.widest
    let facts = format.commitmentFacts(wide)
    let given = ["commitment", "seller", "account", "region"].map { "\(key($0)) as \($0)_text" }
    return """
      with bill as (
        \(rows)),
      bought as (
        select \(given.joined(separator: ", ")), \(dialect.hour("starts")) as hour,
          \(facts.map { "\($0.sql) as \($0.name)" }.joined(separator: ",\n    "))
        from bill),
      added as (
        select commitment_text as commitment, max(seller_text) as seller, max(account_text) as account,
          min(hour) as seen_first, max(hour) as seen_last, min(region_text) as least_region,
          max(region_text) as most_region,
          \(facts.map { "max(\($0.name)) as \($0.name)" }.joined(separator: ", ")),
          '' as service, '' as details, '' as description, 'Hrs' as unit
        from bought where commitment_text <> '' group by commitment_text)
      select commitment, \(SharedSQL.provider), account, seen_first, seen_last,
        case when least_region = most_region then most_region else '' end,
        \(facts.map(\.name).joined(separator: ", ")), \(SharedSQL.instanceType),
        \(SharedSQL.operatingSystem), \(SharedSQL.tenancy)
      from added
      """
  }

  /// The first rows whose numbers or times cannot be read.
  var badRows: String {
    let shown = (format.numbers + format.quantities).compactMap { columns[$0]?.name }
    return """
      with \(marked),
      numbered as (select *, row_number() over () as number from marked)
      select number, case when starts >= 0 then 1 else 0 end,
        \(shown.map { "coalesce(\(dialect.text(dialect.identifier($0))), '')" }.joined(separator: ", "))
      from numbered where \(flaw)
      order by number limit 21
      """
  }
}

import CloudCosts

/// The aggregation of a billing file: one SQL text for every engine.
///
/// It is written in the SQL that DuckDB and Spark share; where they differ, a `SQLDialect` writes
/// it. Three scans, each of few bytes a row: the different texts that say what a row is (`keys`;
/// types of machines are looked for in these, so that no pattern is matched on every row); hours
/// and days of each (`cells`); and the file's own totals, over all rows and apart from every key.
/// Quantities are read and hours kept only where rows may be machines; money is kept by day.
struct BillSQL {
  var format: any BillFormat
  var columns: BillColumns
  /// What follows FROM.
  var input = "bill_file"
  /// What is counted as bad in addition to a start that is no time.
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
  var periods = BillPeriods()

  /// A query whose result later ones read under this name.
  var table: (name: String, query: String) { ("bill_keys", keyTable) }

  /// Queries whose results go home, as files of these names.
  var results: [(name: String, query: String)] {
    [("keys", keys), ("cells", cells), ("totals", totals), ("commitments", commitments)]
      + (samples.map { [("samples", $0)] } ?? [])
  }

  var dialect: any SQLDialect { columns.dialect }

  /// The columns of the file that anything here reads.
  var needed: [String] {
    let times = format.times(columns)
    let names =
      format.texts + format.numbers + format.quantities + format.identity + [
        times.start, times.end,
      ]
      + format.commitmentColumns + format.derived(columns).flatMap(\.sources)
      + (tags.isEmpty ? [] : format.tagColumns(tags))
    var seen = Set<String>()
    return names.compactMap { columns[$0]?.name }.filter { seen.insert($0).inserted }
  }

  private var raw: [(name: String, sql: String)] {
    var list = format.texts.compactMap { columns[$0] }.map { column in
      let name = dialect.identifier(column.name)
      return (name: name, sql: isPlain(column.type) ? name : dialect.text(name))
    }
    list += format.derived(columns).map { ($0.name, $0.sql) }
    for (index, tag) in tags.enumerated() {
      list.append(("p_tag_\(index)", format.tag(tag, columns)))
    }
    return list
  }

  private func isPlain(_ type: String) -> Bool {
    ["VARCHAR", "STRING"].contains(type.uppercased())
  }

  var rawKey: String { dialect.key(raw.map(\.sql)) }

  private var words: [(name: String, sql: String)] {
    let known = format.words(columns)
    return BillWord.allCases.map { ($0.sql, known[$0] ?? "''") }
  }

  /// What the rows are, a line for each different set of their texts.
  private var keyTable: String {
    let tagNames = tags.indices.map { "p_tag_\($0)" }
    let usage = format.usageKinds.map(dialect.literal).joined(separator: ", ")
    return """
      with different as (
        select distinct \(raw.map { "\($0.sql) as \($0.name)" }.joined(separator: ", "))
        from \(input)),
      texts as (
        select \(dialect.key(raw.map(\.name))) as bill_key,
          \((words.map { "\($0.sql) as \($0.name)" } + tagNames).joined(separator: ",\n    "))
        from different)
      select row_number() over (order by bill_key) as id, *,
        \(dialect.key(words.map(\.name))) as what,
        case when lower(w_kind) in (\(usage)) then \(MeterSQL.machine) else '' end as machine,
        case when lower(w_kind) in (\(usage)) and w_commitment <> '' then 1 else 0 end as is_covered,
        case when lower(w_kind) in (\(usage)) then 1 else 0 end as is_usage
      from texts
      """
  }

  /// In `BillKey`'s order.
  private var keys: String {
    let names = words.map(\.name) + tags.indices.map { "coalesce(p_tag_\($0), '')" }
    return "select id, bill_key, machine, \(names.joined(separator: ", ")) from bill_keys"
  }

  var rows: String { rows(numbered: false) }

  /// - Parameter numbered: by their places in the file, which a join would lose.
  private func rows(numbered: Bool) -> String {
    let amounts = format.amounts(columns).named
    let times = format.times(columns)
    // An engine works out only those that a query asks for.
    let derived = format.derived(columns).map { "\($0.sql) as \($0.name)" }
    return """
      select \(rawKey) as bill_key,
        \(columns.time(times.start)) as starts, \(columns.time(times.end)) as ends,
        \(amounts.map { "\($0.sql) as \($0.name)" }.joined(separator: ",\n    ")),
        \((needed.map(dialect.identifier) + derived).joined(separator: ", "))
        \(numbered ? ", row_number() over () as number" : "")
      from \(input)
      """
  }

  /// - Parameter isSafe: whether no amount is so large that sums would not hold it.
  private func sums(isSafe: Bool) -> String {
    format.amounts(columns).named
      .map { amount in
        guard amount.sql != "0" else { return "0 as \(amount.name)" }
        let value =
          isSafe
          ? amount.name
          : "case when aside = \(BillRowFlaw.amount.rawValue) then 0 else \(amount.name) end"
        return "coalesce(sum(\(value)), 0) as \(amount.name)"
      }
      .joined(separator: ", ")
  }

  static func micros(_ hours: Int) -> Int { hours * 3_600_000_000 }

  private var isOutOfDates: String {
    "(starts < \(BillSQL.micros(periods.first.sinceEpoch))"
      + " or starts >= \(BillSQL.micros(periods.end.sinceEpoch)))"
  }

  /// Amounts in 64 bits are all below a limit of 1e12; nil where nothing else can be.
  private var isTooLarge: String? {
    guard check == .numbers else { return nil }
    return isAnyLarge(format.numbers)
  }

  private func isAnyLarge(_ names: [String]) -> String? {
    let large = names.compactMap { columns[$0] }
      .map { dialect.isLarge(dialect.identifier($0.name), beyond: BillPeriods.largest) }
    return large.isEmpty ? nil : "(\(large.joined(separator: " or ")))"
  }

  /// A row that counts in no sum.
  private var isKept: String {
    "starts is not null and not \(isOutOfDates)"
      + (isTooLarge.map { " and not coalesce(\($0), false)" } ?? "")
  }

  /// `BillRowFlaw` of a row, 0 for none; one without a cost has none here.
  private var aside: String {
    var cases: [(flaw: BillRowFlaw, condition: String)] = [(.date, isOutOfDates)]
    if let isTooLarge { cases.append((.amount, isTooLarge)) }
    cases.append((.order, "ends < starts or (is_hourly = 1 and ends is null)"))
    cases.append((.length, "ends - starts > \(BillSQL.micros(BillPeriods.longest))"))
    cases.append(
      (.length, "is_hourly = 1 and ends - starts > \(BillSQL.micros(BillPeriods.longestUsage))"))
    if check == .numbers, let isMany = isAnyLarge(format.quantities) {
      cases.append((.quantity, "is_machine = 1 and \(isMany)"))
    }
    let whens = cases.map { "when \($0.condition) then \($0.flaw.rawValue)" }
    return "case \(whens.joined(separator: " ")) else 0 end"
  }

  /// Whether a row lacks a cost that every row has.
  private var isBlank: String? {
    let blank = format.filledNumbers.compactMap { columns[$0] }.map { column in
      let name = dialect.identifier(column.name)
      return isPlain(column.type) ? "coalesce(\(name), '') = ''" : "\(name) is null"
    }
    return blank.isEmpty ? nil : "(\(blank.joined(separator: " or ")))"
  }

  /// What no number or no time is: true or false of a row of `marked`.
  private var flaw: String {
    func isBad(_ name: String) -> String? {
      columns[name].map {
        dialect.isNoNumber(columns.sql(name), type: $0.type)
      }
    }
    let amounts = (check == .all ? format.numbers : format.requiredNumbers).compactMap(isBad)
    let quantities = format.quantities.compactMap(isBad).map { "(is_machine = 1 and \($0))" }
    let all = (["starts is null"] + amounts + quantities).joined(separator: " or ")
    return "(aside not in (\(BillRowFlaw.leftOut)) and (\(all)))"
  }

  private func marked(numbered: Bool = false) -> String {
    """
    bill as (
      \(rows(numbered: numbered))),
    joined as (
      select bill.*, case when hourly.bill_key is not null then 1 else 0 end as is_hourly,
        coalesce(hourly.is_machine, 0) as is_machine
      from bill left join (
          select bill_key, case when machine <> '' then 1 else 0 end as is_machine from bill_keys
          where machine <> '' or is_covered = 1) as hourly
        on bill.bill_key = hourly.bill_key),
    marked as (select *, \(aside) as aside from joined)
    """
  }

  /// Hours of what may be machines and of what commitments cover, days of everything else, in
  /// `BillCell`'s order.
  private var cells: String {
    let hour = dialect.hour("starts")
    return """
      with \(marked()),
      spans as (
        select *, case when aside in (\(BillRowFlaw.leftOut)) then 0
            when is_hourly = 1 and aside = 0 then \(hour) else \(hour) - (\(hour)) % 24 end as hour,
          case when is_hourly = 1 and aside = 0
            then greatest(1, \(dialect.hourUp("ends")) - (\(hour))) else 24 end as span,
          case when is_machine = 1 and aside = 0 then \(format.quantity(columns)) end as quantity
        from marked),
      added as (
        select bill_key, hour, span, aside, count(*) as n, coalesce(sum(quantity), 0) as quantity,
          coalesce(sum(case when span > 1 and is_machine = 1 and quantity % (span * 1000000000000) <> 0
            then abs(quantity) end), 0) as doubtful,
          \(sums(isSafe: isTooLarge == nil)),
          \(check == .times ? "count(*) - count(starts)" : "sum(case when \(flaw) then 1 else 0 end)") as bad
        from spans group by bill_key, hour, span, aside)
      select id, hour, span, n, quantity, doubtful, list, contracted, billed, effective, unused, covered,
        credit, units, bad, aside
      from added join bill_keys on added.bill_key = bill_keys.bill_key
      """
  }

  /// The file's own totals by service and day, over all rows, in `BillTotal`'s order.
  private var totals: String {
    let service = format.words(columns)[.service] ?? "''"
    return """
      with bill as (
        \(rows))
      select \(service), (\(dialect.hour("starts"))) - (\(dialect.hour("starts"))) % 24, count(*),
        \(sums(isSafe: true)), \(isBlank.map { "sum(case when \($0) then 1 else 0 end)" } ?? "0")
      from bill where \(isKept) group by 1, 2
      """
  }

  /// Of each day some rows, the same in every file that has them, in `BillSample`'s order. What a
  /// row is, by its words and not by its columns' texts: exports of one account may differ in
  /// columns that say nothing. A resource's row of a day or a month is the same one when a later
  /// export has more of it; others are distinguished by their amounts, usage by those at list
  /// prices. Rows of more than a day that name no resource are given both ways: `RowSample.ofFile`
  /// chooses.
  private var samples: String? {
    let names = format.identity.filter(columns.has).map {
      "coalesce(\(dialect.text(columns.sql($0))), '')"
    }
    let resource = format.identity.first.map(columns.has) == true ? names.first ?? "''" : "''"
    let isUsage = "is_usage = 1"
    let mayChange = "\(resource) <> '' and ends - starts > \(BillSQL.micros(1)) and \(isUsage)"
    let isLong = "ends - starts > \(BillSQL.micros(24))"
    let amounts =
      ["case when not \(isUsage) then \(dialect.real("billed")) end"]
      + (["list"] + format.quantities.filter(columns.has).map { columns.sql($0) })
      .map { "case when not (\(mayChange)) then \(dialect.real($0)) end" }
    // A month so far may end where it was exported.
    let ends = "case when not (\(mayChange) and \(isLong)) then ends end"
    guard let least = dialect.least("row_key", count: RowSample.most),
      let summed = dialect.least("sum_key", count: RowSample.most)
    else { return nil }
    let lists = ["sum_key is null", "sum_key is not null"].map {
      "array_to_string(\(least) filter (where \($0)), ' ')"
    }
    return """
      with bill as (
        \(rows)),
      named as (
        select (\(dialect.hour("starts"))) as hour, case when \(resource) <> '' then 1 else 0 end as named,
          \(dialect.key(names + ["starts", ends, "what"] + amounts)) as row_key,
          case when \(resource) = '' and \(isLong)
            then \(dialect.key(names + ["starts", "what"])) end as sum_key,
          case when bill_keys.machine <> '' then 1 else 0 end as of_machine,
          case when bill_keys.machine <> '' and \(isLong) then 1 else 0 end as long
        from bill join bill_keys on bill.bill_key = bill_keys.bill_key where \(isKept)),
      dated as (select (hour - hour % 24) as day, * from named)
      select day, count(*), sum(named), count(sum_key), count(distinct sum_key), sum(of_machine),
        sum(long), \(lists.joined(separator: ", ")), array_to_string(\(summed), ' ')
      from dated group by day
      """
  }

  /// Microseconds of a month: what a recurring fee pays for. A longer row is a term paid at once.
  private static let longestFee = 31 * 24 * 3_600_000_000

  /// The commitments that the file names, in `BillCommitment`'s order.
  private var commitments: String {
    let words = format.words(columns)
    var wide = columns
    wide.dialect = dialect.widest
    let known = format.facts(wide)
    let facts = BillCommitment.Fact.allCases.map { fact in
      (fact.rawValue, known[fact] ?? (fact.isNumber ? "cast(null as bigint)" : "''"))
    }
    let given = [BillWord.commitment, .seller, .account, .region].map {
      "\(words[$0] ?? "''") as \($0.sql)"
    }
    return """
      with bill as (
        \(rows)),
      bought as (
        select \(given.joined(separator: ", ")), \(dialect.hour("starts")) as hour,
          case when ends - starts between 1 and \(BillSQL.longestFee)
            then \(dialect.hourUp("ends")) - 1 else \(dialect.hour("starts")) end as last_hour,
          \(facts.map { "\($0.1) as \($0.0)" }.joined(separator: ",\n    "))
        from bill where \(isKept))
      select w_commitment, max(w_seller), max(w_account), min(hour), max(last_hour),
        case when min(w_region) = max(w_region) then max(w_region) else '' end,
        \(facts.map { "max(\($0.0))" }.joined(separator: ", "))
      from bought where w_commitment <> '' group by w_commitment
      """
  }

  /// The first rows whose numbers or times cannot be read.
  var badRows: String {
    let shown =
      [columns.sql(format.times(columns).start)]
      + (format.numbers + format.quantities).filter(columns.has).map(columns.sql)
    return """
      with \(marked(numbered: true))
      select number, case when starts is not null then 1 else 0 end,
        \(shown.map { "coalesce(\(dialect.text($0)), '')" }.joined(separator: ", "))
      from marked where \(flaw)
      order by number limit 21
      """
  }

  /// The first rows of each `BillRowFlaw`: number, flaw, start, end, the largest amount.
  var rowsAside: String {
    let times = format.times(columns)
    func shown(_ name: String) -> String {
      "coalesce(\(dialect.text(columns.sql(name))), '')"
    }
    let blank = isBlank.map { "when \($0) then \(BillRowFlaw.blank.rawValue) " } ?? ""
    let amounts = (format.numbers + format.quantities).compactMap { columns[$0]?.name }
      .map { "abs(\(dialect.real(dialect.identifier($0))))" }
    return """
      with \(marked(numbered: true)),
      flawed as (select *, case when aside > 0 then aside \(blank)else 0 end as flaw from marked),
      ranked as (
        select *, row_number() over (partition by flaw order by number) as rank
        from flawed where flaw > 0)
      select number, flaw, \(shown(times.start)), \(shown(times.end)),
        greatest(\((amounts + ["0"]).joined(separator: ", ")))
      from ranked where rank <= \(BillRowFlaws.shown)
      order by flaw, number
      """
  }
}

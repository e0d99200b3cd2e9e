import CloudCosts

/// Rows for weeks or months of a file that are the sums of its rows for hours or days: the file was
/// put together from two exports, and the sums are left out.
///
/// A sum is known by its words (account, meter, kind, commitment) and its month: there the other
/// rows come to as much at list prices, within a hundredth. What has no such rows next to it stays.
struct SumsOfDays {
  var rows = 0
  /// In the file's currency, at list prices.
  var list = 0.0

  func finding(place: String) -> Finding {
    Finding(
      .warning, rule: "import.sums-of-days", place: place,
      message: """
        \(rows.grouped) rows for weeks or months are the sums of rows for hours or days of the same \
        usage in this file (\(Money(rounding: list).formatted(decimals: 2)) at list prices): they are \
        left out, so that it counts once
        """,
      remedy:
        "import one of the two exports alone; fees and taxes that are in both still count twice")
  }
}

extension BillSQL {
  /// Usage whose rows for weeks or months are sums of others: `p_key` and `p_month`.
  private var sums: String {
    let long = "sum(list) filter (ends - starts > \(BillSQL.micros(MonthsNextToDays.week)))"
    let short = "sum(list) filter (ends - starts <= \(BillSQL.micros(MonthsNextToDays.week)))"
    return """
      select bill.bill_key as p_key, date_trunc('month', make_timestamp(starts)) as p_month
      from (\(rows)) as bill join bill_keys on bill.bill_key = bill_keys.bill_key
      where is_usage = 1 group by 1, 2 having \(long) > 0 and abs(\(long) - \(short)) <= 0.01 * \(long)
      """
  }

  /// The file's rows, each with whether it is such a sum.
  private var rowsWithSums: String {
    let times = format.times(columns)
    let (start, end) = (columns.time(times.start), columns.time(times.end))
    return """
      select bill_file.*, case when p_key is not null
          and \(end) - \(start) > \(BillSQL.micros(MonthsNextToDays.week)) then 1 else 0 end as p_is_sum
      from bill_file left join (\(sums)) as sums
        on \(rawKey) = p_key and date_trunc('month', make_timestamp(\(start))) = p_month
      """
  }

  /// A script that writes the rows without sums into `days.parquet`, and the number of sums and
  /// what they come to into `sums.csv`. In DuckDB's words.
  var scriptWithoutSums: String {
    """
    create temp table p_rows as \(rowsWithSums);
    copy (select * exclude (p_is_sum) from p_rows where p_is_sum = 0) to 'days.parquet' (format parquet);
    copy (select count(*), coalesce(sum(\(format.amounts(columns).list)), 0) / 1e12 from p_rows
      where p_is_sum = 1) to 'sums.csv' (format csv, header false);

    """
  }
}

extension BillReader {
  func sumsOfDays(
    _ sql: BillSQL, _ table: String, _ folder: Scratch
  ) throws(FindingsError) -> SumsOfDays {
    try run(
      DuckDBDialect.definitions + "create view bill_file as select * from \(table);\n"
        + "create temp table \(sql.table.name) as \(sql.table.query);\n" + sql.scriptWithoutSums,
      in: folder)
    var sums = SumsOfDays()
    try folder.records("sums.csv", file.name) { record in
      guard record.count == 2, let rows = record[0].integer, let list = Double(record[1].text)
      else { return false }
      (sums.rows, sums.list) = (rows, list)
      return true
    }
    return sums
  }
}

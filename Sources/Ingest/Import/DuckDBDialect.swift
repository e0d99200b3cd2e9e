/// `BillSQL` for DuckDB.
///
/// Every choice here was measured on ten million rows: 64-bit integers add up in half the time of
/// `decimal(38, 12)`, and hashes of dictionary-coded columns cost a tenth of comparing their texts.
struct DuckDBDialect: SQLDialect {
  /// Whether a trillionth count may need more than 64 bits: an amount of 9.2 million in one row (of
  /// text: a million). Without it, such an amount is an error or null, and the reader asks again
  /// with it.
  var isWide: Bool
  /// Whether dates with slashes have the day first (`DateOrder`).
  var isDayFirst = false
  /// Whether numbers have a comma before their decimals (`DecimalMark`).
  var hasDecimalCommas = false
  /// Whether rows of days are sums of their months (`AzureMonths`).
  var hasMonths = false

  static let definitions = """
    set TimeZone = 'UTC';
    create macro p_small(x) as
      cast(cast(x as decimal(20, 12)) * cast(1000000000000 as decimal(13, 0)) as bigint);
    create macro p_whole(x) as cast(trunc(x) as hugeint) * 1000000000000
      + p_small(x - trunc(x));
    -- Microsoft's exports write 2025-03-01T00:00Z (FOCUS 1.0) and 03/01/2025 (cost details).
    \(macro("p_time", date: "%m/%d/%Y"))
    \(macro("p_day_time", date: "%d/%m/%Y"))

    """

  private static func macro(_ name: String, date: String) -> String {
    let slashed = ["", " %H:%M", " %H:%M:%S", " %I:%M:%S %p"].map { "'\(date)\($0)'" }
      .joined(separator: ", ")
    return """
      create macro \(name)(x) as case when x like '%Z' or regexp_full_match(x, '\(timePattern)')
        then coalesce(try_cast(x as timestamptz), try_strptime(x,
          ['%Y-%m-%dT%H:%MZ', '%Y-%m-%d %H:%MZ', \(slashed), '%Y%m%d']),
          try_strptime(x, '%Y-%m-%dT%H:%M%z')) end;
      """
  }

  var widest: any SQLDialect {
    var widest = self
    widest.isWide = true
    return widest
  }

  func identifier(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  func text(_ sql: String) -> String { "cast(\(sql) as varchar)" }

  func time(_ sql: String, type: String) -> String {
    switch type {
    case "VARCHAR": "epoch_us(\(isDayFirst ? "p_day_time" : "p_time")(\(sql)))"
    case _ where type.contains("TIME ZONE"): "epoch_us(\(sql))"
    default: "epoch_us(try_cast(\(sql) as timestamp))"
    }
  }

  func end(ofDay micros: String) -> String {
    hasMonths
      ? "epoch_us(date_trunc('month', make_timestamp(\(micros))) + interval 1 month)"
      : "\(micros) + 86400000000"
  }

  func hour(_ sql: String) -> String { "(\(sql)) // 3600000000" }

  func hourUp(_ sql: String) -> String { "((\(sql)) + 3599999999) // 3600000000" }

  func number(_ sql: String, type: String) -> String {
    let sql = hasDecimalCommas && type == "VARCHAR" ? "replace(\(sql), ',', '.')" : sql
    return switch (type, isWide) {
    case ("DOUBLE", false), ("FLOAT", false): "cast(\(sql) * 1e12 as bigint)"
    case ("DOUBLE", true), ("FLOAT", true): "try_cast(\(sql) * 1e12 as hugeint)"
    case (_, false):
      "p_small(try_cast(\(sql) as decimal(18, 12)))"
    case (_, true): "p_whole(try_cast(\(sql) as decimal(38, 12)))"
    }
  }

  /// A column alone is hashed once for each entry of its dictionary; several together, once a row.
  func key(_ columns: [String]) -> String {
    "hash(\(columns.map { "hash(\($0))" }.joined(separator: ", ")))"
  }

  func least(_ sql: String, count: Int) -> String? {
    "min(\(sql), \(count))"
  }

  func integer(_ sql: String) -> String { "try_cast(\(sql) as bigint)" }

  func entry(_ key: String, of sql: String, type: String) -> String {
    if type.hasPrefix("MAP") { return "map_extract_value(\(sql), \(literal(key)))" }
    let path = "$.\"" + key.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    return "json_extract_string(try_cast(\(text(sql)) as json), \(literal(path)))"
  }
}

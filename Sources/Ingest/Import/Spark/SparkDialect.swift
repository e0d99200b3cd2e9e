/// `BillSQL` for Spark, with `spark.sql.ansi.enabled` off: what cannot be read is null.
struct SparkDialect: SQLDialect {
  var widest: any SQLDialect { self }

  func identifier(_ name: String) -> String { "`" + name.replacing("`", with: "``") + "`" }

  func literal(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }

  func text(_ sql: String) -> String { "cast(\(sql) as string)" }

  func time(_ sql: String, type: String) -> String {
    let time = "unix_micros(cast(\(sql) as timestamp))"
    guard isText(type) else { return time }
    return "(case when \(sql) rlike \(literal("^(\(Self.timePattern))$")) then \(time) end)"
  }

  func hour(_ sql: String) -> String { "(\(sql)) div 3600000000" }

  func hourUp(_ sql: String) -> String { "((\(sql)) + 3599999999) div 3600000000" }

  /// Trillionths of a double in two parts, since Spark turns a double into a decimal by way of its
  /// shortest text, and that is not its value.
  func number(_ sql: String, type: String) -> String {
    guard ["double", "float"].contains(type.lowercased()) else {
      return "cast(cast(\(sql) as decimal(38, 12)) * 1000000000000 as decimal(38, 0))"
    }
    let value = "rint(\(sql) * 1e12D)"
    let high = "floor(\(value) / 4294967296D)"
    let low = "cast(\(value) - \(high) * 4294967296D as bigint)"
    return """
      (case when \(sql) is null or isnan(\(sql)) or abs(\(sql)) > 1e16D then null
        when abs(\(sql)) < 9e6D then cast(cast(\(value) as bigint) as decimal(38, 0))
        else cast(cast(\(high) as decimal(20, 0)) * 4294967296 + \(low) as decimal(38, 0)) end)
      """
  }

  func key(_ columns: [String]) -> String {
    "xxhash64(\(columns.map { "coalesce(\($0), ''), isnull(\($0))" }.joined(separator: ", ")))"
  }

  func least(_ sql: String, count: Int) -> String? { nil }

  func integer(_ sql: String) -> String { "cast(\(sql) as bigint)" }

  func entry(_ key: String, of sql: String, type: String) -> String {
    if type.lowercased().hasPrefix("map") { return "\(sql)[\(literal(key))]" }
    return "get_json_object(\(text(sql)), \(literal("$['" + key + "']")))"
  }
}

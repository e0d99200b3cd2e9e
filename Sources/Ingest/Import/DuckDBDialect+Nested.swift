/// Records and lists in DuckDB, and JSON text of them.
extension DuckDBDialect {
  var textType: String { "VARCHAR" }
  var doubleType: String { "DOUBLE" }
  var timestampType: String { "TIMESTAMP" }
  var labelsType: String { "STRUCT(\"key\" VARCHAR, \"value\" VARCHAR)[]" }

  func isText(_ type: String) -> Bool { type == "VARCHAR" || type == "JSON" }

  func timestamp(_ micros: String) -> String { "make_timestamp(\(micros))" }

  func real(_ sql: String) -> String { "try_cast(\(sql) as double)" }

  func label(_ key: String, of labels: String) -> String {
    "list_extract([l.value for l in \(labels) if l.key = \(literal(key))], 1)"
  }

  func labels(_ text: String) -> String {
    list(text, #"[{"key":"VARCHAR","value":"VARCHAR"}]"#)
  }

  func credits(_ text: String) -> String {
    list("lower(\(text))", #"[{"type":"VARCHAR","amount":"VARCHAR"}]"#)
  }

  /// Null where the text is no JSON.
  private func list(_ text: String, _ type: String) -> String {
    "from_json(try_cast(nullif(\(text), '') as json), '\(type)')"
  }

  func sum(ofCredits credits: String, types: [String]?) -> String {
    let condition =
      types.map {
        " if lower(c.type) in (\($0.map { literal($0.lowercased()) }.joined(separator: ", ")))"
      } ?? ""
    return
      "coalesce(list_sum([try_cast(c.amount as double) for c in \(credits)\(condition)]), 0)"
  }
}

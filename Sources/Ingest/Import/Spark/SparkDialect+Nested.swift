/// Records and lists in Spark, and JSON text of them.
extension SparkDialect {
  var textType: String { "string" }
  var doubleType: String { "double" }
  var timestampType: String { "timestamp" }
  var labelsType: String { "array<struct<key:string,value:string>>" }

  func isText(_ type: String) -> Bool { type.lowercased() == "string" }

  func timestamp(_ micros: String) -> String { "timestamp_micros(\(micros))" }

  func real(_ sql: String) -> String { "cast(\(sql) as double)" }

  func label(_ key: String, of labels: String) -> String {
    "filter(\(labels), l -> l.key = \(literal(key)))[0].value"
  }

  func labels(_ text: String) -> String { "from_json(nullif(\(text), ''), '\(labelsType)')" }

  func credits(_ text: String) -> String {
    "from_json(nullif(lower(\(text)), ''), 'array<struct<type:string,amount:string>>')"
  }

  func sum(ofCredits credits: String, types: [String]?) -> String {
    let chosen =
      types.map {
        "filter(\(credits), c -> lower(c.type) in (\($0.map { literal($0.lowercased()) }.joined(separator: ", "))))"
      }
      ?? credits
    return """
      coalesce(aggregate(\(chosen), cast(0 as double),
        (total, c) -> total + coalesce(cast(c.amount as double), cast(0 as double))), cast(0 as double))
      """
  }
}

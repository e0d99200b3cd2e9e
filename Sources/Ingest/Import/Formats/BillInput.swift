/// A column of the table that a format reads in place of the file's own columns.
struct InputColumn {
  /// Such that SQL needs no quotes around it.
  var name: String
  /// Over the file's columns.
  var sql: String
  /// In the engine's words.
  var type: String
}

extension BillColumns {
  /// A field of a record (`sku.id`), or the column that a flattened export has for it (`sku.id`,
  /// `sku_id`).
  func field(_ path: String) -> Column? {
    if let column = self[path] {
      return Column(name: dialect.identifier(column.name), type: column.type)
    }
    let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let record = self[parts[0]] else { return nil }
    return RecordType(record.type)?[parts[1]].map { field in
      Column(
        name: "\(dialect.identifier(record.name)).\(dialect.identifier(field.name))",
        type: field.type)
    }
  }

  /// The first of these fields that has a text; `''` where none has.
  func fieldText(_ paths: String...) -> String {
    let present = paths.compactMap { field($0) }
      .map { "nullif(\(dialect.isText($0.type) ? $0.sql : dialect.text($0.sql)), '')" }
    return present.isEmpty ? "''" : "coalesce(\((present + ["''"]).joined(separator: ", ")))"
  }

  /// A list of keys and values, or JSON text of one.
  func labels(_ path: String) -> String? {
    field(path).map { dialect.isText($0.type) ? dialect.labels($0.sql) : $0.sql }
  }

  /// A number as a double, the first of these columns that the file has; null where it is none.
  func real(_ names: String...) -> String { real(names) }

  func real(_ names: [String]) -> String {
    names.lazy.compactMap { self[$0] }.first.map { dialect.real(dialect.identifier($0.name)) }
      ?? "cast(null as double)"
  }
}

extension BillColumns.Column {
  /// Of a column that `BillColumns.field` made.
  var sql: String { name }
}

/// The fields of a record's type, in DuckDB's words (`STRUCT(id VARCHAR)`) or Spark's
/// (`struct<id:string>`).
struct RecordType {
  private var fields: [BillColumns.Column] = []

  init?(_ type: String) {
    let isSpark = type.lowercased().hasPrefix("struct<")
    guard isSpark || type.uppercased().hasPrefix("STRUCT("), let last = type.last,
      last == ">" || last == ")"
    else { return nil }
    for text in RecordType.split(type.dropFirst("STRUCT(".count).dropLast()) {
      let mark: Character = isSpark ? ":" : " "
      let text = text.drop { $0 == " " }
      guard let end = text.firstIndex(of: mark) else { continue }
      fields.append(
        BillColumns.Column(
          name: text[..<end].filter { $0 != "\"" && $0 != "`" },
          type: String(text[end...].dropFirst())))
    }
  }

  subscript(_ name: String) -> BillColumns.Column? {
    fields.first { $0.name.lowercased() == name.lowercased() }
  }

  /// At the commas outside of brackets.
  private static func split(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case "(", "<": depth += 1
      case ")", ">": depth -= 1
      case "," where depth == 0:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    parts.append(text[start...])
    return parts
  }
}

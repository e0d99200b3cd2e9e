/// The columns of a billing file, found whatever way an export spells them.
///
/// `lineItem/UnblendedCost` (legacy CUR) and `line_item_unblended_cost` (CUR 2.0) are one column:
/// names are compared by their letters and digits alone. Azure's portal writes them in the reader's
/// language, with the name behind it: `Maßeinheit (UnitOfMeasure)` (kubecost, issue 1526).
struct BillColumns {
  struct Column: Hashable {
    /// As in the file.
    var name: String
    /// In the engine's words: `VARCHAR`, `DOUBLE`.
    var type: String
  }

  let all: [Column]
  var dialect: any SQLDialect
  private var spelled: [String: Column] = [:]

  init(_ all: [Column], dialect: any SQLDialect) {
    self.all = all
    self.dialect = dialect
    for column in all where spelled[BillColumns.key(column.name)] == nil {
      spelled[BillColumns.key(column.name)] = column
    }
    for column in all {
      guard let name = BillColumns.translated(column.name), !has(name) else { continue }
      spelled[BillColumns.key(name)] = column
    }
  }

  subscript(_ name: String) -> Column? { spelled[BillColumns.key(name)] }

  func has(_ name: String) -> Bool { self[name] != nil }

  /// The column; NULL where the file has none.
  func sql(_ name: String) -> String { self[name].map { dialect.identifier($0.name) } ?? "NULL" }

  /// The first of these that has a text; `''` where none has.
  ///
  /// AWS's Parquet has empty texts where nothing applies, not nulls.
  func text(_ names: String...) -> String {
    let present = names.filter(has).map { dialect.text(sql($0)) }
    guard let last = present.last else { return "''" }
    let first = present.dropLast().map { "nullif(\($0), '')" }
    return "coalesce(\((first + [last, "''"]).joined(separator: ", ")))"
  }

  /// An entry of a column that holds a map or an object; nil where there is no such column.
  func entry(_ key: String, of name: String) -> String? {
    self[name].map { dialect.entry(key, of: dialect.identifier($0.name), type: $0.type) }
  }

  /// The first of these that is not null, in trillionths; null where all are.
  func number(_ names: String...) -> String {
    let present = names.compactMap { self[$0] }
      .map { dialect.number(dialect.identifier($0.name), type: $0.type) }
    return present.count > 1
      ? "coalesce(\(present.joined(separator: ", ")))" : present.first ?? "cast(null as bigint)"
  }

  /// Microseconds since 1970; null where it is no time.
  func time(_ name: String) -> String {
    self[name].map { dialect.time(dialect.identifier($0.name), type: $0.type) }
      ?? "cast(null as bigint)"
  }

  /// Whether the file's numbers have a type that holds nothing but numbers.
  func isNumeric(_ name: String) -> Bool {
    guard let type = self[name]?.type.uppercased() else { return false }
    return ["DOUBLE", "FLOAT", "BIGINT", "INTEGER", "HUGEINT"].contains(type)
      || type.hasPrefix("DECIMAL")
  }

  /// Which columns there are, in short, however they are spelled.
  var digest: String {
    String(
      SHA256.text(ofParts: Set(all.map { BillColumns.key($0.name) }).sorted()).prefix(16))
  }

  /// `UnitOfMeasure` of `Maßeinheit (UnitOfMeasure)`.
  private static func translated(_ name: String) -> String? {
    guard name.hasSuffix(")"), let start = name.lastIndex(of: "(") else { return nil }
    let inner = name[start...].dropFirst().dropLast()
    return inner.isEmpty ? nil : String(inner)
  }

  private static func key(_ name: String) -> String {
    name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}

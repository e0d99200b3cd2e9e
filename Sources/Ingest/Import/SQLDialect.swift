/// What differs between the engines that run `BillSQL`.
///
/// Numbers are whole trillionths of a currency unit or of an instance-hour, so that every sum is exact and
/// the same on every engine; times are microseconds since 1970-01-01T00:00Z.
protocol SQLDialect: Sendable {
  /// The same for numbers of any size.
  var widest: any SQLDialect { get }
  /// A column's name, whatever is in it.
  func identifier(_ name: String) -> String
  /// A text of others inside SQL.
  func literal(_ text: String) -> String
  /// Any value as text.
  func text(_ sql: String) -> String
  /// Null where it is no time. `type`: the column's, in the engine's words.
  func time(_ sql: String, type: String) -> String
  /// Hours since 1970 of a time, rounded down.
  func hour(_ sql: String) -> String
  /// Hours since 1970 of a time, rounded up.
  func hourUp(_ sql: String) -> String
  /// Trillionths of a number; null where it is none.
  func number(_ sql: String, type: String) -> String
  /// Whether a value that is there is no number: true, false or null.
  func isNoNumber(_ sql: String, type: String) -> String
  /// Few bytes for many columns. Different rows must have different ones, which the reader checks.
  func key(_ columns: [String]) -> String
  /// A whole number out of text; null where it is none.
  func integer(_ sql: String) -> String
  /// An entry of a map, or of a JSON object as text; null where there is none. `type`: the column's.
  func entry(_ key: String, of sql: String, type: String) -> String
}

extension SQLDialect {
  /// An underscore is a mark between thousands for some engines; a bill has none.
  func isNoNumber(_ sql: String, type: String) -> String {
    let isText = ["VARCHAR", "STRING"].contains(type.uppercased())
    return isText
      ? "(\(sql) <> '' and (\(number(sql, type: type)) is null or contains(\(sql), '_')))"
      : "(\(sql) is not null and \(number(sql, type: type)) is null)"
  }
}

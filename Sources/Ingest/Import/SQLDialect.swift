/// What differs between the engines that run `BillSQL`.
///
/// Numbers are whole trillionths of a currency unit or of an instance-hour, so that every sum is
/// exact and the same on every engine; times are microseconds since 1970-01-01T00:00Z.
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
  /// Whether a value is a number, finite, and larger than this in either direction; null where it
  /// is no number.
  func isLarge(_ sql: String, beyond limit: Double) -> String
  /// Where a row of a day ends that starts at so many microseconds; of rows that are sums of a
  /// month (`AzureMonths`), where the month does.
  func end(ofDay micros: String) -> String
  /// Few bytes for many columns. Different rows must have different ones, which the reader checks.
  func key(_ columns: [String]) -> String
  /// The least of a group's values of `key`, as a list; nil where the engine has no short way to
  /// them.
  func least(_ sql: String, count: Int) -> String?
  /// A whole number out of text; null where it is none.
  func integer(_ sql: String) -> String
  /// An entry of a map, or of a JSON object as text; null where there is none. `type`: the
  /// column's.
  func entry(_ key: String, of sql: String, type: String) -> String

  /// Types, in the engine's words.
  var textType: String { get }
  var doubleType: String { get }
  var timestampType: String { get }
  var labelsType: String { get }
  /// Whether a column of this type holds text.
  func isText(_ type: String) -> Bool
  /// A time out of microseconds since 1970.
  func timestamp(_ micros: String) -> String
  /// Any value as a double; null where it is no number.
  func real(_ sql: String) -> String
  /// The value of the first label of a key, in a list of records of key and value; null where there
  /// is none.
  func label(_ key: String, of labels: String) -> String
  /// Such a list out of JSON text; null where it is none.
  func labels(_ text: String) -> String
  /// A list of records of type and amount, out of JSON text; null where it is none.
  func credits(_ text: String) -> String
  /// What credits of these types come to; of all of them for nil.
  func sum(ofCredits credits: String, types: [String]?) -> String
}

extension SQLDialect {
  /// What a time in a text looks like: a date, perhaps with a time of day, and behind that the zone
  /// or none. Engines read more, such as `EST`, which is a zone of two continents.
  static var timePattern: String {
    "(?i)[0-9/-]+([T ][0-9:.]+( ?[ap]m| ?utc| ?gmt| [a-z]+/[a-z/_-]+| ?\(ZoneOffset.pattern))?)? *"
  }

  /// The hours of a row, to the nearest: AWS writes an end as the last second, 23:59:59.
  var roundedHours: String { "(\(hour("(ends - starts + 1800000000)")))" }

  func end(ofDay micros: String) -> String { "\(micros) + 86400000000" }

  func isLarge(_ sql: String, beyond limit: Double) -> String {
    "(abs(\(real(sql))) > \(limit) and abs(\(real(sql))) <= 1.7e308)"
  }

  /// An underscore is a mark between thousands for some engines; a bill has none.
  /// True and false are no numbers, though engines count them as 1 and 0.
  func isNoNumber(_ sql: String, type: String) -> String {
    if type.uppercased() == "BOOLEAN" { return "(\(sql) is not null)" }
    let isText = ["VARCHAR", "STRING"].contains(type.uppercased())
    return isText
      ? "(\(sql) <> '' and (\(number(sql, type: type)) is null or contains(\(sql), '_')))"
      : "(\(sql) is not null and \(number(sql, type: type)) is null)"
  }
}

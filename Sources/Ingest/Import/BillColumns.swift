import Foundation

/// The columns of a billing file, found whatever way an export spells them.
///
/// `lineItem/UnblendedCost` (legacy CUR) and `line_item_unblended_cost` (CUR 2.0) are one column: names
/// are compared by their letters and digits alone.
struct BillColumns {
  /// As in the file.
  let names: [String]
  private var spelled: [String: String] = [:]

  init(_ names: [String]) {
    self.names = names
    for name in names where spelled[BillColumns.key(name)] == nil {
      spelled[BillColumns.key(name)] = name
    }
  }

  func has(_ name: String) -> Bool { spelled[BillColumns.key(name)] != nil }

  /// The column as an SQL identifier, quotes in it doubled; NULL where the file has none.
  func sql(_ name: String) -> String {
    spelled[BillColumns.key(name)].map(SQLText.identifier) ?? "NULL"
  }

  /// The first of these that is not null.
  func first(_ names: String...) -> String {
    let present = names.filter(has)
    guard present.count > 1 else { return present.first.map(sql) ?? "NULL" }
    return "coalesce(\(present.map { "cast(\(sql($0)) as varchar)" }.joined(separator: ", ")))"
  }

  private static func key(_ name: String) -> String {
    name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}

/// Text of others inside SQL; the only ways in which any gets there.
enum SQLText {
  static func identifier(_ name: String) -> String {
    "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  static func literal(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "''") + "'"
  }
}

import CloudCosts

/// Which part of dates such as `03/04/2025` is the month.
///
/// Exports and spreadsheets write them in the way of a country. A part above 12 in any date of a
/// file says which one is the day, for all of its dates: those of the billing period do in nearly
/// every file.
struct DateOrder {
  var isDayFirst = false
  var finding: Finding?

  /// As in Microsoft's exports.
  static let monthFirst = DateOrder()

  private init() {}

  /// - Parameters:
  ///   - first: the largest first part of the file's dates with slashes.
  ///   - second: the largest second part.
  /// - Throws: where dates of both orders are in one file.
  init(first: Int, second: Int, place: String) throws(FindingsError) {
    isDayFirst = first > 12
    guard first > 12 || second > 12 else {
      finding = Finding(
        .warning, rule: "import.ambiguous-dates", place: place,
        message: "no date of the file says whether 03/04/2025 is in March or in April: the month is"
          + " taken to come first",
        remedy:
          "If the day comes first, export the file with dates as 2025-04-03, or import the whole"
          + " month.")
      return
    }
    guard first <= 12 || second <= 12 else {
      throw FindingsError([
        Finding(
          .error, rule: "import.mixed-dates", place: place,
          message: "some dates have the month first and some the day: parts up to \(first) and"
            + " \(second)", remedy: "Export the file again with dates as 2025-04-03.")
      ])
    }
  }

  private static let pattern = "'^([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}'"

  /// The largest parts of all dates with slashes in columns that may hold dates; nil: there is no
  /// such column.
  static func query(_ columns: BillColumns, from input: String) -> String? {
    let names = columns.all.filter { column in
      column.type == "VARCHAR"
        && ["date", "time", "start", "end"].contains { column.name.lowercased().contains($0) }
    }
    .map { columns.dialect.identifier($0.name) }
    guard !names.isEmpty else { return nil }
    func largest(_ part: Int) -> String {
      "coalesce(max(cast(regexp_extract(x, \(pattern), \(part)) as integer)), 0)"
    }
    return """
      select \(largest(1)), \(largest(2))
      from (select unnest([\(names.joined(separator: ", "))]) as x from \(input))
      where regexp_matches(x, \(pattern))
      """
  }
}

/// Which mark a file's numbers have before their decimals.
///
/// Exports in the way of some countries write `0,096`. That a comma is no mark between thousands is
/// certain where it does not stand before exactly three digits, or only behind a 0. One such number
/// settles it for the whole file, as long as none of its numbers has a point.
enum DecimalMark {
  /// How many numbers certainly have a decimal comma, and how many have a point.
  static func query(_ names: [String], from table: String) -> String {
    let comma = "'^[+-]?([0-9]*,([0-9]{1,2}|[0-9]{4,})|0?,[0-9]+)([eE][+-]?[0-9]+)?$'"
    return """
      select count(*) filter (regexp_matches(x, \(comma))), count(*) filter (contains(x, '.'))
      from (select unnest([\(names.joined(separator: ", "))]) as x from \(table))
      """
  }
}

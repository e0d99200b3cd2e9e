/// How far the clock of a zone is from UTC, as times write it: `Z`, `-08:00`, `+0530` or `+05`.
///
/// From 2006 on, when the first machine was billed, all clocks lie between twelve hours behind UTC
/// and fourteen ahead of it, by whole quarters of an hour (IANA time zone database 2025b, `Zone`
/// lines of all files). Anything else is a slip, such as `+99:00`.
enum ZoneOffset {
  /// The same as a regular expression, for the engines that read bills: they take `+99:00`, or
  /// every hour up to 18.
  static let pattern =
    "([+](0[0-9]|1[0-3])(:?(00|15|30|45))?|[+]14(:?00)?"
    + "|-(0[0-9]|1[01])(:?(00|15|30|45))?|-12(:?00)?|[Zz])"

  /// Seconds east of UTC; nil for no zone of the earth.
  static func seconds(_ text: String) -> Int? {
    if text == "Z" || text == "z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let rest = text.dropFirst()
    let digits = rest.filter { $0 != ":" }
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == 2 && rest.count == 2 || digits.count == 4 && rest.count < 6,
      digits.count == rest.count || Array(rest)[2] == ":",
      let hours = Int(digits.prefix(2)), let minutes = Int("0" + digits.dropFirst(2)),
      [0, 15, 30, 45].contains(minutes)
    else { return nil }
    let seconds = (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    return (-12 * 3600...14 * 3600).contains(seconds) ? seconds : nil
  }
}

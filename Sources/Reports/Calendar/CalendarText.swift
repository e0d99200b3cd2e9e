import CloudCosts
import Scenarios

/// Events as an iCalendar file (RFC 5545).
struct CalendarText {
  /// Something on a day, or at an hour.
  struct Event {
    /// The same for the same event: who imports a newer file gets it changed, not twice.
    var id: [String]
    var hour: Hour
    /// Whether the hour counts, and not only the day.
    var isTimed = false
    var summary: String
    var description: String
    /// Days before it to be reminded; nil: not at all.
    var remindDays: Int?
  }

  let text: String

  /// - Parameter stamp: ISO 8601: when the file was made.
  init(name: String, stamp: String, events: [Event]) {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//\(OutputMark.name)//\(Release.version)//EN",
      "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:" + Self.escaped(name),
    ]
    for event in events.sorted(by: { ($0.hour, $0.id.joined()) < ($1.hour, $1.id.joined()) }) {
      lines += Self.lines(event, stamp: stamp)
    }
    lines.append("END:VCALENDAR")
    text = lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  private static func lines(_ event: Event, stamp: String) -> [String] {
    let day = String(event.hour.iso8601.prefix(10)).filter(\.isNumber)
    let time = event.isTimed ? ":" + digits(event.hour.iso8601) : ";VALUE=DATE:" + day
    let id = ClientToken.text(of: event.id)
    var lines: [String] = [
      "BEGIN:VEVENT", "UID:\(id)@plimsoll", "DTSTAMP:\(digits(stamp))", "DTSTART\(time)",
      "SUMMARY:\(escaped(event.summary))", "DESCRIPTION:\(escaped(event.description))",
      // It takes no time.
      "TRANSP:TRANSPARENT",
    ]
    if let days = event.remindDays {
      lines += [
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P\(days)D",
        "DESCRIPTION:" + escaped(event.summary), "END:VALARM",
      ]
    }
    return lines + ["END:VEVENT"]
  }

  /// `2023-02-01T00:00:00Z` as `20230201T000000Z`.
  private static func digits(_ time: String) -> String {
    time.filter { $0 != "-" && $0 != ":" }
  }

  /// A value of type TEXT (section 3.3.11); nothing in it can end its line.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case ";": result += "\\;"
      case ",": result += "\\,"
      case "\n": result += "\\n"
      default: result += Printable.clean(String(scalar))
      }
    }
    return result
  }

  /// In lines of at most 75 bytes, a character never cut (section 3.1).
  static func folded(_ line: String) -> String {
    var result = ""
    var bytes = 0
    for scalar in line.unicodeScalars {
      let size = String(scalar).utf8.count
      if bytes + size > 75 {
        result += "\r\n "
        bytes = 1
      }
      result.unicodeScalars.append(scalar)
      bytes += size
    }
    return result
  }
}

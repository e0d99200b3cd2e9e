import CloudCosts

/// Names for the places of a time axis: days in a short window, else months.
struct TimeAxis {
  /// In hours from the window's start.
  let ticks: [(hour: Int, name: String)]

  init(_ window: HourWindow, size: ChartSize = .wide) {
    guard window.hours > 14 * 24 else {
      let firstMidnight = (24 - window.start.sinceEpoch % 24) % 24
      let step = size.isNarrow ? 24 * max(1, window.hours / 120) : 24
      ticks = stride(from: firstMidnight, to: window.hours, by: step).map { hour in
        (hour, String((window.start + hour).iso8601.dropFirst(5).prefix(5)))
      }
      return
    }
    let months = window.months
    let every = TimeAxis.every(months.count, size)
    var isFirst = true
    ticks = months.compactMap { month, hours in
      guard month.start >= window.start, (month.month - 1) % every == 0 || every == 1 else {
        return nil
      }
      defer { isFirst = false }
      return (hours.lowerBound, TimeAxis.name(month, withYear: isFirst || month.month == 1))
    }
  }

  /// Every so many months one is named.
  static func every(_ months: Int, _ size: ChartSize) -> Int {
    if size.isNarrow { return months <= 5 ? 1 : months <= 14 ? 3 : 12 }
    return months <= 14 ? 1 : months <= 40 ? 3 : 12
  }

  /// `Feb`, with its year `Feb 2023`.
  static func name(_ month: CalendarMonth, withYear: Bool) -> String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let name = names.indices.contains(month.month - 1) ? names[month.month - 1] : "\(month.month)"
    return withYear ? "\(name) \(month.year)" : name
  }
}

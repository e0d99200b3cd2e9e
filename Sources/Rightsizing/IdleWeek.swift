import CloudCosts

/// The hours of the week in which a machine never did anything: it may be stopped there.
struct IdleWeek {
  /// For each of the 168 hours of a week in UTC (from Thursday, as the epoch is) whether it may be
  /// stopped.
  private(set) var isIdle: [Bool]

  /// Weeks that every hour must have been measured in.
  static let weeks = 2
  /// The shortest stretch that is worth a stop and a start.
  static let shortest = 4
  /// It is started so many hours before it is needed.
  static let margin = 1

  /// Nil where no hour of the week may be stopped.
  init?(_ series: UtilizationSeries, idleCPU: Double) {
    var seen = [Int](repeating: 0, count: 168)
    var busy = [Bool](repeating: false, count: 168)
    for (h, hour) in series.hours.enumerated() {
      let slot = Self.slot(hour)
      guard series.cpuMax[h].isFinite else { continue }
      seen[slot] += 1
      if series.cpuMax[h] >= idleCPU { busy[slot] = true }
    }
    var idle = (0..<168).map { !busy[$0] && seen[$0] >= Self.weeks }
    guard idle.contains(true), busy.contains(true) else { return nil }
    // The start-up margin, from the busy hours backwards.
    let before = idle
    for slot in 0..<168 where !before[slot] {
      for step in 1...Self.margin { idle[(slot - step + 168) % 168] = false }
    }
    isIdle = Self.withoutShort(idle)
    guard isIdle.contains(true) else { return nil }
  }

  static func slot(_ hour: Hour) -> Int { ((hour.sinceEpoch % 168) + 168) % 168 }

  /// Only stretches that are long enough, the week going round.
  private static func withoutShort(_ idle: [Bool]) -> [Bool] {
    guard let start = idle.firstIndex(of: false) else { return idle }
    var result = idle
    var run: [Int] = []
    for step in 0...168 {
      let slot = (start + step) % 168
      if step < 168, idle[slot] {
        run.append(slot)
        continue
      }
      if run.count < shortest { for slot in run { result[slot] = false } }
      run = []
    }
    return result
  }

  /// The hours of a window, of those in which it runs, in which it would stand still.
  func stopped(_ running: [Int], from start: Hour) -> [Int] {
    running.filter { isIdle[Self.slot(start + $0)] }
  }

  var hoursAWeek: Int { isIdle.count { $0 } }

  /// When it stops, and for how long: `Mon to Thu 19:00 for 11 hours, Fri 19:00 for 59 hours`; in
  /// UTC, days with the same hours as one.
  var text: String {
    struct Stretch {
      var days: ClosedRange<Int>
      var hour: Int
      var length: Int
    }
    var stretches: [Stretch] = []
    for place in 0..<168 {
      // Weeks of people begin on Monday.
      let slot = (place + 168 - Self.monday) % 168
      guard isIdle[slot], !isIdle[(slot + 167) % 168] else { continue }
      let length = (1...168).first { !isIdle[(slot + $0) % 168] } ?? 168
      let (day, hour) = place.quotientAndRemainder(dividingBy: 24)
      let same = stretches.lastIndex {
        $0.days.upperBound == day - 1 && $0.hour == hour && $0.length == length
      }
      if let same {
        stretches[same].days = stretches[same].days.lowerBound...day
      } else {
        stretches.append(Stretch(days: day...day, hour: hour, length: length))
      }
    }
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return stretches.map { stretch in
      let (first, last) = (names[stretch.days.lowerBound], names[stretch.days.upperBound])
      let days = first == last ? first : "\(first) to \(last)"
      return "\(days) \(stretch.hour < 10 ? "0" : "")\(stretch.hour):00 for \(stretch.length) hours"
    }.joined(separator: ", ")
  }

  /// Hours from a Monday's midnight to the Thursday's with which the epoch begins.
  private static let monday = 72
}

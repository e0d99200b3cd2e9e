import CloudCosts
import Foundation
import GRDB

/// Runs of an export that each write the month so far: the later one takes the earlier one's place.
///
/// AWS ("create new report version") and Microsoft (a folder for each run) write whole months so
/// far. Files of one folder are parts of one run. Of two runs in one format, the one whose
/// accounts, services and days of a month are all in the other, with about as many rows, is the
/// earlier. Its month goes; bills that only meet at a few days, or hold other services, are left as
/// they are.
struct HistorySnapshots {
  private struct Run: Hashable {
    var folder: String
    var format: String
  }

  private struct Place: Hashable {
    var account: String
    var service: String
    var day: Int
  }

  private typealias Rows = [Place: Double]

  /// The runs' months: rows by place.
  private var months: [CalendarMonth: [Run: Rows]] = [:]
  private var sources: [Run: [(id: Int64, path: String)]] = [:]
  private var newRuns: Set<Run> = []
  private var currency = ""

  /// - Parameter new: files of this import.
  static func settle(
    new: Set<Int64>, _ db: Database
  ) throws -> [(Int64, Finding)] {
    let snapshots = try HistorySnapshots(new, db)
    guard snapshots.sources.count > 1 else { return [] }
    var findings: [(Int64, Finding)] = []
    for month in snapshots.months.keys.sorted() {
      findings += try snapshots.settle(month, db)
    }
    let left = Set(try HistoryRows.sources(db).map(\.source.path))
    return findings.filter { id, _ in snapshots.isLeft(id, left) }
  }

  private func isLeft(_ id: Int64, _ left: Set<String>) -> Bool {
    sources.values.joined().contains { $0.id == id && left.contains($0.path) }
  }

  private init(_ new: Set<Int64>, _ db: Database) throws {
    var runs: [Int64: Run] = [:]
    for (id, source) in try HistoryRows.sources(db) {
      let run = Run(
        folder: (source.path as NSString).deletingLastPathComponent, format: source.format)
      runs[id] = run
      currency = source.currency
      sources[run, default: []].append((id, source.path))
      if new.contains(id) { newRuns.insert(run) }
    }
    guard sources.count > 1 else { return }
    let sql = """
      SELECT cost.source AS source, subject.account AS account, subject.service AS service,
        cost.day AS day, SUM(cost.rows) AS rows
      FROM cost JOIN subject ON subject.id = cost.subject GROUP BY 1, 2, 3, 4
      """
    try db.forEach(of: "cost", sql) { row in
      guard let run = runs[try row.int64("source")] else { return }
      let place = Place(
        account: try row.text("account"), service: try row.text("service"),
        day: try row.int("day", in: CheckedRow.days))
      let month = Hour(sinceEpoch: place.day * 24).month
      months[month, default: [:]][run, default: [:]][place, default: 0] += Double(
        try row.rows("rows"))
    }
  }

  private func settle(_ month: CalendarMonth, _ db: Database) throws -> [(Int64, Finding)] {
    var runs = months[month] ?? [:]
    var findings: [(Int64, Finding)] = []
    // Later folders first: runs are named by their dates.
    let order = runs.keys.sorted { ($1.folder, $1.format) < ($0.folder, $0.format) }
    for later in order where runs[later] != nil {
      for earlier in order where earlier != later && runs[earlier] != nil {
        guard newRuns.contains(later) || newRuns.contains(earlier),
          let old = runs[earlier], let new = runs[later], replaces(later, new, earlier, old)
        else { continue }
        let days = Set(old.keys.map(\.day))
        var taken = HistoryDays.Taken()
        for (id, _) in sources[earlier] ?? [] {
          taken =
            try taken + HistoryDays.remove(HistoryDays.places(of: id, on: days, db), of: id, db)
        }
        runs[earlier] = nil
        guard let id = sources[later]?.first?.id else { continue }
        findings.append(
          (id, finding(month, earlier.folder, later.folder, taken)))
      }
    }
    return findings
  }

  private func replaces(_ later: Run, _ new: Rows, _ earlier: Run, _ old: Rows) -> Bool {
    // Of actual exports only purchases are left where an amortised one has the usage.
    let isReduced = later.format == AzureBill.actual
    guard later.format == earlier.format,
      HistorySnapshots.periods(later.folder) == HistorySnapshots.periods(earlier.folder),
      HistorySnapshots.holds(new, old, isReduced: isReduced)
    else { return false }
    guard HistorySnapshots.holds(old, new, isReduced: isReduced) else { return true }
    // The same days: what is imported now, or comes later by its name.
    let isNew = (newRuns.contains(later), newRuns.contains(earlier))
    return isNew.0 == isNew.1 ? earlier.folder < later.folder : isNew.0
  }

  /// What a folder's name says of the months that it holds: `month=3`, `BILLING_PERIOD=2025-03`,
  /// `20250301-20250331`, `2025/03`. Folders of different months are no runs of one.
  private static func periods(_ folder: String) -> [String] {
    let pattern =
      /(?:year|month|billing_period|period)=[^\/]+|\d{8}-\d{8}|\b\d{4}[-\/]\d{1,2}(?=\/|$)/
    return folder.lowercased().matches(of: pattern.ignoresCase()).map { String($0.output) }
  }

  /// Whether all of `part` is in `whole` too, with about as many rows: late rows add some, and its
  /// last day was not complete.
  private static func holds(_ whole: Rows, _ part: Rows, isReduced: Bool) -> Bool {
    var (mine, theirs) = (0.0, 0.0)
    var (mineBefore, theirsBefore) = (0.0, 0.0)
    let last = part.keys.map(\.day).max()
    for (place, rows) in part {
      guard let other = whole[place] else { return false }
      mine += rows
      theirs += other
      guard place.day != last else { continue }
      mineBefore += rows
      theirsBefore += other
    }
    guard theirs * 10 >= mine * 9 else { return false }
    if isReduced { return true }
    return mineBefore > 0 ? theirsBefore <= mineBefore * 2 : theirs <= mine * 4
  }

  private func finding(
    _ month: CalendarMonth, _ earlier: String, _ later: String, _ taken: HistoryDays.Taken
  ) -> Finding {
    let accounts = Set(taken.places.map(\.account)).count
    return Finding(
      .note, rule: "import.snapshot-replaced", place: later,
      message:
        "\(month) of \(accounts.grouped) accounts was in \(earlier.quotedPath) too: the later snapshot took"
        + " its place, and \(taken.words(currency)) of the earlier one are left out",
      remedy: "Nothing, if both are runs of one export; else import them into two histories.")
  }
}

import CloudCosts
import Foundation
import GRDB

/// Rows that several files of one format hold: a month so far and the whole month, a report that
/// was exported twice, windows of days that overlap.
///
/// Parts of one export hold different rows, however alike their sums are. Of each day, the file
/// whose rows the others have too goes: first the one of which they have most, of equal ones the
/// one with fewer rows, fewer days of the month, less usage, or that came earlier. Time: linear in
/// the samples and costs of the days that are new.
struct RepeatedRows {
  /// From here on a day's rows count as those of other files: late rows change some.
  private static let most = 0.6
  /// Up to here what is used more counts as corrected, and the later file goes first.
  private static let correction = 0.02

  private struct File {
    var path: String
    var format: String
    var currency: String
    var isNew: Bool
    /// Days of each month that it has.
    var days: [CalendarMonth: Set<Int>] = [:]

    /// Of Azure, a bill without commitments does not say whether it is an actual or an amortised
    /// one.
    func isLike(_ other: File) -> Bool {
      format == other.format
        || [format, other.format].contains("azure")
          && format.hasPrefix("azure") && other.format.hasPrefix("azure")
    }
  }

  /// What one file has of a day, and what is still to be compared.
  private struct Entry {
    var id: Int64
    var rows: Int
    var reach: UInt64
    var hashes: Set<UInt64>
    /// At list prices, in the currency's units.
    var list: Double
    /// Whether a month's rows are distinguished by what they are for, and not by how much.
    var isMonth: Bool
  }

  private struct Place: Hashable {
    var source: Int64
    var day: Int
  }

  private var files: [Int64: File] = [:]
  /// By the file that loses them: days, and the files that have their rows too.
  private var lost: [Int64: (days: Set<Int>, to: Set<Int64>)] = [:]
  /// Files that lost months whose rows have other amounts in another file.
  private var doubtful: Set<Int64> = []

  /// A file that lost rows, or all of them.
  struct Loss {
    var source: Int64
    var path: String
    var taken: HistoryDays.Taken
    /// Where the rows are too.
    var keeper: Int64
    var finding: Finding
  }

  static func settle(new: Set<Int64>, _ db: Database) throws -> [Loss] {
    var repeated = RepeatedRows()
    for (id, source) in try HistoryRows.sources(db) {
      repeated.files[id] = File(
        path: source.path, format: source.format, currency: source.currency,
        isNew: new.contains(id))
    }
    guard repeated.files.count > 1 else { return [] }
    try repeated.read(db)
    repeated.completeLost()
    let places = try repeated.lost.sorted { $0.key < $1.key }.map {
      ($0, try repeated.places(of: $0, $1.days, heldBy: $1.to, db), $1.to)
    }
    return try places.compactMap { try repeated.take($0, $1, $2, db) }
  }

  private mutating func read(_ db: Database) throws {
    try db.forEach(of: "row_sample", "SELECT source, day FROM row_sample") { row in
      let day = try row.int("day", in: CheckedRow.days)
      let month = Hour(sinceEpoch: day * 24).month
      files[try row.int64("source")]?.days[month, default: []].insert(day)
    }
    let newIDs = files.filter(\.value.isNew).keys.sorted()
    let list = newIDs.map(String.init).joined(separator: ", ")
    let sql = """
      SELECT * FROM row_sample WHERE day IN (
        SELECT DISTINCT day FROM row_sample WHERE source IN (\(list))) ORDER BY day, source
      """
    let lists = try RepeatedRows.lists(list, db)
    var day = -1
    var entries: [Entry] = []
    try db.forEach(of: "row_sample", sql) { row in
      let next = try row.int("day", in: CheckedRow.days)
      if next != day {
        compare(entries, day)
        entries = []
        day = next
      }
      let sample = RowSample(
        rows: try row.count("rows"), shape: try row.text("shape"), data: try row.data("hashes"))
      let id = try row.int64("source")
      entries.append(
        Entry(
          id: id, rows: sample.rows, reach: sample.reach, hashes: Set(sample.hashes),
          list: lists[Place(source: id, day: day)] ?? 0, isMonth: sample.isMonth))
    }
    compare(entries, day)
  }

  /// What the days of new files are worth at list prices, in every file.
  private static func lists(_ new: String, _ db: Database) throws -> [Place: Double] {
    var lists: [Place: Double] = [:]
    let sql = """
      SELECT source, day, list FROM cost WHERE day IN (
        SELECT DISTINCT day FROM row_sample WHERE source IN (\(new)))
      """
    try db.forEach(of: "cost", sql) { row in
      let place = Place(
        source: try row.int64("source"), day: try row.int("day", in: CheckedRow.days))
      lists[place, default: 0] += Double(try row.money("list").micros) / 1e6
    }
    return lists
  }

  private mutating func compare(_ entries: [Entry], _ day: Int) {
    guard entries.count > 1 else { return }
    var holders: [UInt64: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      for hash in entry.hashes { holders[hash, default: []].append(index) }
    }
    var near = [Set<Int>](repeating: [], count: entries.count)
    for group in holders.values where group.count > 1 {
      for index in group {
        for other in group where other != index && isLike(entries[index], entries[other]) {
          near[index].insert(other)
        }
      }
    }
    let month = Hour(sinceEpoch: day * 24).month
    while true {
      let shares = entries.indices.map { share(of: entries[$0], near[$0].map { entries[$0] }) }
      let candidates = entries.indices.filter { shares[$0] >= RepeatedRows.most }
      let chosen = candidates.min { a, b in
        if abs(shares[a] - shares[b]) > 0.02 { return shares[a] > shares[b] }
        return goesBefore(entries[a], entries[b], month)
      }
      guard let chosen else { return }
      lost[entries[chosen].id, default: ([], [])].days.insert(day)
      lost[entries[chosen].id]?.to.formUnion(near[chosen].map { entries[$0].id })
      if entries[chosen].isMonth { doubtful.insert(entries[chosen].id) }
      for other in near[chosen] { near[other].remove(chosen) }
      near[chosen] = []
    }
  }

  private func isLike(_ a: Entry, _ b: Entry) -> Bool {
    guard let one = files[a.id], let other = files[b.id] else { return false }
    return one.isLike(other)
  }

  /// What of a file's rows others have.
  private func share(of entry: Entry, _ others: [Entry]) -> Double {
    guard !others.isEmpty else { return 0 }
    let reach = others.reduce(entry.reach) { min($0, $1.reach) }
    let known = entry.hashes.filter { $0 <= reach }
    guard !known.isEmpty else { return 0 }
    let found = known.filter { hash in others.contains { $0.hashes.contains(hash) } }
    return Double(found.count) / Double(known.count)
  }

  private func goesBefore(_ a: Entry, _ b: Entry, _ month: CalendarMonth) -> Bool {
    if a.rows != b.rows { return a.rows < b.rows }
    let (one, other) = (files[a.id], files[b.id])
    let days = [one, other].map { $0?.days[month]?.count ?? 0 }
    if days[0] != days[1] { return days[0] < days[1] }
    // A month so far has as many rows as the month.
    if abs(a.list - b.list) > RepeatedRows.correction * max(a.list, b.list) {
      return a.list < b.list
    }
    if one?.isNew != other?.isNew { return other?.isNew == true }
    return (one?.path ?? "") < (other?.path ?? "")
  }

  /// Where most of the days that two files share hold the same rows, the others do too: the last
  /// day of a month so far was not complete when it was exported.
  private mutating func completeLost() {
    for (id, loss) in lost {
      let held = loss.to.reduce(into: Set<Int>()) { $0.formUnion(days(of: $1)) }
      let shared = days(of: id).intersection(held)
      if loss.days.count * 2 > shared.count { lost[id]?.days.formUnion(shared) }
    }
  }

  private func days(of id: Int64) -> Set<Int> {
    files[id]?.days.values.reduce(into: Set<Int>()) { $0.formUnion($1) } ?? []
  }

  /// What a file has on days, of accounts that the others have on the same days.
  private func places(
    of id: Int64, _ days: Set<Int>, heldBy others: Set<Int64>, _ db: Database
  ) throws -> Set<HistoryDays.Place> {
    let held = try others.reduce(into: Set<HistoryDays.Place>()) {
      $0.formUnion(try HistoryDays.places(of: $1, on: days, db))
    }
    return try HistoryDays.places(of: id, on: days, db).intersection(held)
  }

  private func take(
    _ id: Int64, _ places: Set<HistoryDays.Place>, _ to: Set<Int64>, _ db: Database
  ) throws -> Loss? {
    let taken = try HistoryDays.remove(places, of: id, db)
    guard taken.rows > 0 else { return nil }
    // One that has something left.
    let keeper =
      to.sorted().first { lost[$0] == nil } ?? to.sorted().last { $0 != id } ?? id
    let path = files[id]?.path ?? ""
    let other = files[keeper]?.path ?? ""
    let otherwise = doubtful.contains(id) ? " (of the same months, with other amounts)" : ""
    return Loss(
      source: id, path: path, taken: taken, keeper: keeper,
      finding: Finding(
        doubtful.contains(id) ? .warning : .note, rule: "import.rows-once", place: other,
        message:
          "\(path.quotedPath) holds rows that are here too\(otherwise): "
          + "\(taken.words(files[id]?.currency ?? "")) of it are left out, so that they count once",
        remedy: "Nothing, if one is a later or fuller export of the same; else import the two into"
          + " histories of their own."))
  }
}

import CloudCosts
import Foundation
import GRDB

/// Exports of different kinds that hold the same usage: an account's CUR next to its FOCUS, an
/// hourly report next to a daily one, one by resource next to one that sums them up.
///
/// One export never has parts of two formats, so machines of one type that an account used on one
/// day, in files of two formats, are the same machines. Parts of one export have the same columns
/// too: machines of one format by the hour and by the day, or with other columns, are the same
/// where most amounts are equal. Machines by the month are never a part of an export by the hour or
/// day: they are the same whatever the amounts. The kind with more days counts, else the one by the
/// hour, else the one with more money; one by the month only where it has more usage. Of the other
/// goes what lies in the days of the accounts that the first one has.
struct ParallelExports {
  private struct Kind: Hashable, Comparable {
    var format: String
    var grain: String
    /// `RowSample.shape`; empty where it is not known.
    var shape: String

    static func < (a: Kind, b: Kind) -> Bool {
      if a.format != b.format { return a.format < b.format }
      if a.namesResources != b.namesResources { return a.namesResources }
      return (a.grain, a.shape) < (b.grain, b.shape)
    }

    var namesResources: Bool { shape.hasSuffix(RowSample.resources) }

    /// Whether a machine's row is for a month.
    var isByMonth: Bool { shape.contains(RowSample.months) }

    var words: String {
      "\(format) (\(isByMonth ? "monthly" : grain)\(namesResources ? "," + RowSample.resources : ""))"
    }

    /// Whether parts of one export may be of the two kinds.
    func mayBePart(of other: Kind) -> Bool {
      format == other.format && grain == other.grain && isByMonth == other.isByMonth
        && (shape == other.shape || shape.isEmpty || other.shape.isEmpty)
    }
  }

  private struct Use: Hashable {
    var place: HistoryDays.Place
    var type: String
  }

  /// What an account has of a type in a month.
  private struct Machines: Hashable {
    var account: String
    var type: String
  }

  private struct Month {
    var uses: [Use: Double] = [:]
    var list = Money.zero
    var rows = 0
    /// First and last day of each account, with whatever is charged.
    var spans: [String: ClosedRange<Int>] = [:]

    var machines: [Machines: Double] {
      uses.reduce(into: [:]) {
        $0[Machines(account: $1.key.place.account, type: $1.key.type), default: 0] += $1.value
      }
    }
  }

  private var kinds: [Int64: Kind] = [:]
  private var sources: [Int64: HistorySource] = [:]
  private var months: [CalendarMonth: [Kind: Month]] = [:]

  static func settle(new: Set<Int64>, _ db: Database) throws -> [RepeatedRows.Loss] {
    var exports = ParallelExports()
    var shapes: [Int64: String] = [:]
    try db.forEach(
      of: "row_sample", "SELECT source, MIN(shape) AS shape FROM row_sample GROUP BY 1"
    ) {
      shapes[try $0.int64("source")] = try $0.text("shape")
    }
    for (id, source) in try HistoryRows.sources(db) {
      exports.sources[id] = source
      // Actual and amortised exports go together: `ReducedFile`.
      let isAzure = source.format.hasPrefix("azure")
      let format = isAzure ? "azure" : source.format
      let shape = (shapes[id] ?? "").replacing(RowSample.lines, with: "")
      let azureShape = shape.contains(RowSample.months) ? RowSample.months : ""
      exports.kinds[id] = Kind(
        format: format, grain: source.grain.rawValue, shape: isAzure ? azureShape : shape)
    }
    guard Set(exports.kinds.values).count > 1 else { return [] }
    try exports.read(new, db)
    return try exports.months.keys.sorted().flatMap { try exports.settle($0, db) }
  }

  private mutating func read(_ new: Set<Int64>, _ db: Database) throws {
    let list = new.sorted().map(String.init).joined(separator: ", ")
    let sql = """
      SELECT cost.source AS source, cost.day AS day, subject.account AS account,
        usage_group.instance_type AS type, SUM(cost.quantity) AS quantity, SUM(cost.list) AS list,
        SUM(cost.rows) AS rows
      FROM cost JOIN subject ON subject.id = cost.subject
        LEFT JOIN usage_group ON usage_group.id = subject.usage_group
      WHERE cost.day IN (SELECT DISTINCT day FROM cost WHERE source IN (\(list)))
      GROUP BY 1, 2, 3, 4
      """
    try db.forEach(of: "cost", sql) { row in
      guard let kind = kinds[try row.int64("source")] else { return }
      let day = try row.int("day", in: CheckedRow.days)
      let place = HistoryDays.Place(day: day, account: try row.text("account"))
      var entry = months[Hour(sinceEpoch: day * 24).month]?[kind] ?? Month()
      let span = entry.spans[place.account] ?? day...day
      entry.spans[place.account] = min(span.lowerBound, day)...max(span.upperBound, day)
      entry.list += try row.money("list")
      entry.rows += try row.count("rows")
      if let type = try row.optional("type", row.text), try row.number("quantity") > 0 {
        entry.uses[Use(place: place, type: type), default: 0] += try row.number("quantity")
      }
      months[Hour(sinceEpoch: day * 24).month, default: [:]][kind] = entry
    }
  }

  private func settle(_ month: CalendarMonth, _ db: Database) throws -> [RepeatedRows.Loss] {
    guard let kinds = months[month], kinds.count > 1 else { return [] }
    let order = kinds.keys.sorted { isFuller($0, $1, kinds) }
    var losses: [RepeatedRows.Loss] = []
    for (index, kept) in order.enumerated() {
      for other in order[(index + 1)...] {
        guard let mine = kinds[kept], let theirs = kinds[other],
          !kept.mayBePart(of: other),
          kept.isByMonth != other.isByMonth
            ? !commonHours(mine, theirs).isEmpty
            : areSame(mine, theirs, isOneFormat: kept.format == other.format)
        else { continue }
        losses += try take(other, kept, mine, month, db)
      }
    }
    return losses
  }

  private func isFuller(_ a: Kind, _ b: Kind, _ kinds: [Kind: Month]) -> Bool {
    guard let one = kinds[a], let other = kinds[b] else { return a < b }
    if a.isByMonth != b.isByMonth {
      let hours = commonHours(one, other).reduce(into: (0.0, 0.0)) {
        $0.0 += $1.0
        $0.1 += $1.1
      }
      let (month, parts) = a.isByMonth ? hours : (hours.1, hours.0)
      return a.isByMonth == (month > ParallelExports.margin * parts)
    }
    let days = [one, other].map { Set($0.uses.keys.map(\.place)).count }
    // A day or two at the end of a month so far.
    if days[0] != days[1] { return days[0] > days[1] }
    if a.grain != b.grain { return a.grain == HistorySource.Grain.hourly.rawValue }
    if a.namesResources != b.namesResources { return a.namesResources }
    if one.list != other.list { return one.list > other.list }
    return a < b
  }

  /// A month's sum that is larger by more than this holds days that the other one lacks.
  private static let margin = 1.02

  /// Of each account and type that both have.
  private func commonHours(_ a: Month, _ b: Month) -> [(Double, Double)] {
    let others = b.machines
    return a.machines.compactMap { key, hours in others[key].map { (hours, $0) } }
  }

  private func areSame(_ a: Month, _ b: Month, isOneFormat: Bool) -> Bool {
    let common = a.uses.keys.filter { b.uses[$0] != nil }
    guard !common.isEmpty else { return false }
    guard isOneFormat else { return true }
    let equal = common.filter { use in
      let (mine, theirs) = (a.uses[use] ?? 0, b.uses[use] ?? 0)
      return abs(mine - theirs) <= 0.01 * max(mine, theirs)
    }
    return equal.count * 2 > common.count
  }

  private func take(
    _ other: Kind, _ kept: Kind, _ mine: Month, _ month: CalendarMonth, _ db: Database
  ) throws -> [RepeatedRows.Loss] {
    let days = Set(month.start.sinceEpoch / 24..<month.next.start.sinceEpoch / 24)
    let keepers = kinds.filter { $0.value == kept }.keys.sorted()
    return try kinds.filter { $0.value == other }.keys.sorted().compactMap { id in
      let places = try HistoryDays.places(of: id, on: days, db)
        .filter { place in
          guard let span = mine.spans[place.account] else { return false }
          return kept.isByMonth ? place.day >= span.lowerBound : span.contains(place.day)
        }
      guard !places.isEmpty, let keeper = try keepers.first(where: { try holds($0, days, db) }),
        let source = sources[id]
      else { return nil }
      let taken = try HistoryDays.remove(places, of: id, db)
      guard taken.rows > 0 else { return nil }
      return RepeatedRows.Loss(
        source: id, path: source.path, taken: taken, keeper: keeper,
        finding: Finding(
          .warning, rule: "import.parallel-exports", place: sources[keeper]?.path ?? "",
          message:
            "\(month): \(source.path.quotedPath), \(other.words), is another export of the same"
            + " usage as this one, \(kept.words): \(taken.words(source.currency)) of it are left out,"
            + " so that they count once",
          remedy: "Import one of the two exports only: this one has more days, hours or money. If"
            + " both are needed, import them into histories of their own."))
    }
  }

  private func holds(_ id: Int64, _ days: Set<Int>, _ db: Database) throws -> Bool {
    try !HistoryDays.places(of: id, on: days, db).isEmpty
  }
}

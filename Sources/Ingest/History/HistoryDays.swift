import CloudCosts
import Foundation
import GRDB

/// Takes days of accounts out of a file of a history.
struct HistoryDays {
  struct Place: Hashable {
    var day: Int
    var account: String
  }

  /// What was taken out.
  struct Taken {
    var rows = 0
    var billed = Money.zero
    var effective = Money.zero
    var places: Set<Place> = []

    static func + (a: Taken, b: Taken) -> Taken {
      Taken(
        rows: a.rows + b.rows, billed: a.billed + b.billed, effective: a.effective + b.effective,
        places: a.places.union(b.places))
    }

    /// `12 rows of 3 days, 41.20 USD billed and 40.10 USD effective`.
    func words(_ currency: String) -> String {
      let days = Set(places.map(\.day)).count
      return "\(rows.grouped) \(rows == 1 ? "row" : "rows") of \(days.grouped)"
        + " \(days == 1 ? "day" : "days"), \(billed.formatted()) \(currency) billed and"
        + " \(effective.formatted()) \(currency) effective"
    }
  }

  /// Takes them out of a file: costs, hours and totals. A file without any other goes as a whole.
  static func remove(
    _ places: Set<Place>, of source: Int64, _ db: Database
  ) throws -> Taken {
    let days = HistoryDays(source: source, db: db)
    try days.choose(places)
    let taken = try days.sum(places)
    let before = try days.places()
    try db.execute(
      sql: """
        DELETE FROM cost WHERE source = ? AND rowid IN (
          SELECT cost.rowid FROM cost JOIN subject ON subject.id = cost.subject
            JOIN temp.taken_place AS place ON place.day = cost.day AND place.account = subject.account
          WHERE cost.source = ?)
        """, arguments: [source, source])
    // Not by how many rows it took: those of corrections count below 0.
    guard db.changesCount > 0 else { return taken }
    guard try days.hasCosts() else {
      try db.execute(sql: "DELETE FROM source WHERE id = ?", arguments: [source])
      return taken
    }
    try days.addUp()
    try days.silence(places, before)
    let gone = Set(places.map(\.day)).subtracting(try days.places().map(\.day))
    for day in gone {
      try db.execute(
        sql: "DELETE FROM row_sample WHERE source = ? AND day = ?", arguments: [source, day])
    }
    // What is left no longer has the contents that were imported: the same file may come again.
    try db.execute(
      sql: "UPDATE source SET fingerprint = fingerprint || ' without ' || ? WHERE id = ?",
      arguments: ["\(places.count) places \(taken.rows)", source])
    return taken
  }

  /// All that a file has on some days.
  static func places(of source: Int64, on days: Set<Int>, _ db: Database) throws -> Set<Place> {
    try HistoryDays(source: source, db: db).places().filter { days.contains($0.day) }
  }

  let source: Int64
  let db: Database

  private func choose(_ places: Set<Place>) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS taken_place (
          day INTEGER, account TEXT, PRIMARY KEY (day, account))
        """)
    try db.execute(sql: "DELETE FROM temp.taken_place")
    let statement = try db.makeStatement(sql: "INSERT INTO temp.taken_place VALUES (?, ?)")
    for place in places { try statement.execute(arguments: [place.day, place.account]) }
  }

  private func sum(_ places: Set<Place>) throws -> Taken {
    var taken = Taken(places: places)
    let sql = """
      SELECT SUM(cost.rows) AS rows, SUM(billed) AS billed, SUM(effective) AS effective
      FROM cost JOIN subject ON subject.id = cost.subject
        JOIN temp.taken_place AS place ON place.day = cost.day AND place.account = subject.account
      WHERE cost.source = ? HAVING COUNT(*) > 0
      """
    try db.forEach(of: "cost", sql, [source]) { row in
      taken.rows = try row.rows("rows")
      taken.billed = try row.money("billed")
      taken.effective = try row.money("effective")
    }
    return taken
  }

  private func hasCosts() throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM cost WHERE source = ?)", arguments: [source]) ?? false
  }

  /// All that the file has.
  func places() throws -> Set<Place> {
    var places: Set<Place> = []
    let sql = """
      SELECT DISTINCT day, account FROM cost JOIN subject ON subject.id = cost.subject
      WHERE source = ?
      """
    try db.forEach(of: "cost", sql, [source]) { row in
      places.insert(
        Place(day: try row.int("day", in: CheckedRow.days), account: try row.text("account")))
    }
    return places
  }

  /// Sets the hours of the usage to 0: of a row that is for more than a day, also those up to the
  /// next day that has rows. A series without any other hours goes.
  ///
  /// - Parameter before: what the file had before its costs were taken out.
  func silence(_ places: Set<Place>, _ before: Set<Place>) throws {
    let left = Dictionary(grouping: before.subtracting(places), by: \.account)
      .mapValues { $0.map(\.day).sorted() }
    func hours(_ place: Place) -> Range<Int> {
      let next = left[place.account]?.first { $0 > place.day } ?? CheckedRow.days.upperBound
      return place.day * 24..<next * 24
    }
    let spans = Dictionary(grouping: places, by: \.account).mapValues { $0.map(hours) }
    for blob in ["quantity", "uncertain"] {
      let rows = try db.all(
        of: "series",
        """
        SELECT usage_group, first_hour, hours, \(blob), account FROM series
          JOIN usage_group ON usage_group.id = series.usage_group
        WHERE source = ? AND \(blob) IS NOT NULL
        """, [source]
      ) { row -> (group: Int64, data: Data)? in
        guard let spans = spans[try row.text("account")] else { return nil }
        let first = try row.hour("first_hour").sinceEpoch
        return (
          try row.int64("usage_group"),
          HistoryBlob.data(try row.series(blob), without: spans, from: first)
        )
      }
      for case (let group, let data)? in rows {
        try db.execute(
          sql: "UPDATE series SET \(blob) = ? WHERE source = ? AND usage_group = ?",
          arguments: [data, source, group])
        try db.execute(
          sql: """
            DELETE FROM series WHERE source = ? AND usage_group = ?
              AND quantity = zeroblob(length(quantity))
            """, arguments: [source, group])
      }
    }
    let whole = Set(places.map(\.day)).subtracting(before.subtracting(places).map(\.day))
    let uses = try db.all(
      of: "other_use",
      """
      SELECT commitment, first_hour, hours, cost FROM other_use
      WHERE source = ? AND cost IS NOT NULL
      """, [source]
    ) { row in
      let first = try row.hour("first_hour").sinceEpoch
      return (
        commitment: try row.text("commitment"),
        data: HistoryBlob.data(
          try row.series("cost"), without: whole.map { $0 * 24..<($0 + 1) * 24 }, from: first)
      )
    }
    for use in uses {
      try db.execute(
        sql: "UPDATE other_use SET cost = ? WHERE source = ? AND commitment = ?",
        arguments: [use.data, source, use.commitment])
    }
  }

  /// The file's totals out of what is left of it. Where several rules took a service's rows of one
  /// class, what is left is shared among them as it was.
  func addUp() throws {
    var left: [TotalShare.Key: TotalShare.Sum] = [:]
    let sql = """
      SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, service, class,
        SUM(rows) AS rows, SUM(list) AS list, SUM(contracted) AS contracted,
        SUM(billed) AS billed, SUM(effective) AS effective
      FROM cost JOIN subject ON subject.id = cost.subject WHERE source = ? GROUP BY 1, 2, 3
      """
    try db.forEach(of: "cost", sql, [source]) { row in
      let sum = try TotalShare.Sum(row)
      let key = TotalShare.Key(
        month: try row.text("month"), service: try row.text("service"),
        chargeClass: try row.text("class"))
      left[key] = sum
      left[key.ofFile, default: TotalShare.Sum()] += sum
    }
    var before: [TotalShare.Key: [(rule: String, sum: TotalShare.Sum)]] = [:]
    try db.forEach(of: "total", "SELECT * FROM total WHERE source = ? ORDER BY rowid", [source]) {
      let key = TotalShare.Key(
        month: try $0.text("month"), service: try $0.text("service"),
        chargeClass: try $0.optional("class", $0.text))
      before[key, default: []].append((try $0.text("rule"), try TotalShare.Sum($0)))
    }
    try db.execute(sql: "DELETE FROM total WHERE source = ?", arguments: [source])
    for (key, rules) in before.sorted(by: { $0.key < $1.key }) {
      guard let sum = left[key] else { continue }
      let parts = sum.shared(by: rules.map(\.sum))
      for (rule, part) in zip(rules.map(\.rule), parts) where part != TotalShare.Sum() {
        try db.execute(
          sql: "INSERT INTO total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [source, key.month, key.service, key.chargeClass, rule]
            + StatementArguments(part.values))
      }
    }
  }
}

extension HistoryBlob {
  /// Numbers of a series with 0 in some hours.
  static func data(_ data: Data, without spans: [Range<Int>], from first: Int) -> Data {
    var data = data
    let count = data.count / 8
    for span in spans {
      let lower = max(0, span.lowerBound - first)
      let upper = min(count, span.upperBound - first)
      guard lower < upper else { continue }
      let start = data.startIndex
      data.replaceSubrange(
        start + lower * 8..<start + upper * 8, with: Data(count: (upper - lower) * 8))
    }
    return data
  }
}

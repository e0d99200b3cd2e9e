import CloudCosts
import GRDB

/// Bills by the month that have several rows of the same usage each and name no resources: whether
/// two of them are parts of one export or two exports of one month cannot be known. They are added
/// up, and a finding says so.
enum MonthLines {
  private struct Month: Hashable {
    var source: Int64
    var month: String
  }

  private struct Bill {
    var groups: Set<Int64> = []
    var rows = 0
    var billed = Money.zero
  }

  /// - Returns: findings by the file that came in now.
  static func findings(
    of new: [(id: Int64, source: HistorySource)], _ db: Database
  ) throws -> [(Int64, Finding)] {
    let bills = try read(db)
    let sources = try HistoryRows.sources(db)
    let paths = Dictionary(sources.map { ($0.id, $0.source) }, uniquingKeysWith: { $1 })
    var seen: Set<Int64> = Set(paths.keys).subtracting(new.map(\.id))
    var findings: [(Int64, Finding)] = []
    for (id, source) in new where paths[id] != nil {
      for (key, bill) in bills.sorted(by: {
        ($0.key.month, $0.key.source) < ($1.key.month, $1.key.source)
      })
      where key.source == id {
        for other in seen.sorted() {
          guard let their = bills[Month(source: other, month: key.month)], let one = paths[other],
            one.format == source.format,
            bill.groups.intersection(their.groups).count * 2
              >= min(bill.groups.count, their.groups.count)
          else { continue }
          findings.append((id, finding(key.month, (source, bill), (one, their))))
        }
      }
      seen.insert(id)
    }
    return findings
  }

  private static func read(_ db: Database) throws -> [Month: Bill] {
    let sql = """
      SELECT cost.source AS source, strftime('%Y-%m', cost.day * 86400, 'unixepoch') AS month,
        subject.usage_group AS usage_group, cost.rows AS rows, cost.billed AS billed
      FROM cost JOIN subject ON subject.id = cost.subject
      WHERE subject.usage_group IS NOT NULL AND cost.quantity > 0 AND cost.source IN (
        SELECT source FROM row_sample WHERE shape LIKE '%\(RowSample.months)\(RowSample.lines)')
      """
    var bills: [Month: Bill] = [:]
    try db.forEach(of: "cost", sql) { row in
      let key = Month(source: try row.int64("source"), month: try row.text("month"))
      bills[key, default: Bill()].groups.insert(try row.int64("usage_group"))
      bills[key, default: Bill()].rows &+= try row.rows("rows")
      bills[key, default: Bill()].billed += try row.money("billed")
    }
    return bills
  }

  private static func finding(
    _ month: String, _ new: (source: HistorySource, bill: Bill),
    _ other: (source: HistorySource, bill: Bill)
  ) -> Finding {
    func words(_ bill: Bill) -> String {
      "\(bill.rows.grouped) rows, \(bill.billed.formatted()) \(new.source.currency) billed"
    }
    return Finding(
      .warning, rule: "import.same-month", place: new.source.path,
      message: """
        \(month): machines of the same types and accounts are here (\(words(new.bill))) and in \
        \(other.source.path.quotedPath) (\(words(other.bill))), and no row names its resource: both count
        """,
      remedy: "Nothing, if they are parts of one export. Take one out (plimsoll history HISTORY"
        + " --remove FILE) if both are exports of the month, as a month so far and the whole one.")
  }
}

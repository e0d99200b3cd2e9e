import CloudCosts
import GRDB

/// An imported file of which another holds a part too.
struct ReducedFile {
  var path: String
  /// Of what is left of it.
  var totals: [HistoryTotal]
  var note: Finding
  /// Rules of findings that are no longer so.
  var outdated: Set<String> = []
  /// Whether a cost of the file is one that the other file has.
  var isTaken: (HistoryCost) -> Bool

  /// Those of an actual export whose usage is taken out.
  fileprivate static let ofActual: Set = [
    "import.covered-without-cost", "import.daily-rows", "import.same-rows",
  ]

  /// Azure exports the same usage twice: actual, with purchases, and amortised, with what
  /// commitments cost.
  ///
  /// Takes out of actual exports what amortised ones of the same subscriptions and months hold too,
  /// so that nothing counts twice: purchases and refunds of commitments stay, which only the actual
  /// ones have.
  static func pairCostDetails(_ db: Database) throws -> [ReducedFile] {
    try Row.fetchAll(
      db, sql: "SELECT id, path FROM source WHERE format = ? ORDER BY id",
      arguments: [AzureBill.actual]
    ).compactMap { try ActualExport(id: $0[0], path: $0[1]).reduce(db) }
  }
}

extension ReducedFile {
  /// A file that lost rows because another one holds them too.
  init(_ loss: RepeatedRows.Loss, _ db: Database) throws {
    let places = loss.taken.places
    self.init(
      path: loss.path, totals: try ReducedFile.totals(of: loss.source, db), note: loss.finding,
      isTaken: { places.contains(HistoryDays.Place(day: $0.day, account: $0.subject.account)) })
  }

  fileprivate static func totals(of source: Int64, _ db: Database) throws -> [HistoryTotal] {
    try Row.fetchAll(db, sql: "SELECT * FROM total WHERE source = ?", arguments: [source])
      .map { try HistoryRows.total(HistoryRow(row: $0, table: "total")) }
  }
}

private struct ActualExport {
  let id: Int64
  let path: String

  private struct Share: Hashable {
    var account: String
    var month: String
  }

  func reduce(_ db: Database) throws -> ReducedFile? {
    let shared = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT actual.account, actual.month FROM (\(Self.months)) AS actual
          JOIN (\(Self.months)) AS amortized USING (account, month)
        WHERE actual.source = ? AND amortized.format = ?
        """, arguments: [id, AzureBill.amortized])
    guard !shared.isEmpty else { return nil }
    var rows = 0
    for pair in shared {
      let arguments: StatementArguments = [id, pair["account"] as String, pair["month"] as String]
      rows +=
        try Int.fetchOne(
          db, sql: "SELECT SUM(rows) FROM cost WHERE \(Self.taken)", arguments: arguments) ?? 0
      try db.execute(sql: "DELETE FROM cost WHERE \(Self.taken)", arguments: arguments)
      try clearHours(of: pair["account"], in: pair["month"], db)
    }
    try db.execute(
      sql: """
        DELETE FROM finding WHERE source = ? AND rule IN
          (\(ReducedFile.ofActual.sorted().map { "'\($0)'" }.joined(separator: ", ")))
        """, arguments: [id])
    try addUp(db)
    guard rows > 0 else { return nil }
    let shares = Set(shared.map { Share(account: $0["account"], month: $0["month"]) })
    return ReducedFile(
      path: path,
      totals: try ReducedFile.totals(of: id, db),
      note: try note(rows, Set(shares.map(\.month)), db), outdated: ReducedFile.ofActual,
      isTaken: { cost in
        let month = Hour(sinceEpoch: cost.day * 24).month.description
        return shares.contains(Share(account: cost.subject.account, month: month))
          && cost.chargeClass != .purchase
          && !(cost.chargeClass == .refund && !cost.commitment.isEmpty)
      })
  }

  /// Subscriptions and months of usage of each cost-details file.
  private static let months = """
    SELECT DISTINCT cost.source, source.format, subject.account,
      strftime('%Y-%m', cost.day * 86400, 'unixepoch') AS month
    FROM cost JOIN subject ON subject.id = cost.subject JOIN source ON source.id = cost.source
    WHERE source.format IN ('\(AzureBill.actual)', '\(AzureBill.amortized)')
    """

  /// What an amortised export has too.
  private static let taken = """
    source = ?1 AND strftime('%Y-%m', day * 86400, 'unixepoch') = ?3
      AND subject IN (SELECT id FROM subject WHERE account = ?2)
      AND class <> 'purchase' AND NOT (class = 'refund' AND commitment <> '')
    """

  private func clearHours(of account: String, in month: String, _ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT usage_group, first_hour, quantity FROM series
          JOIN usage_group ON usage_group.id = series.usage_group WHERE source = ? AND account = ?
        """, arguments: [id, account])
    for row in rows {
      let first: Int = row["first_hour"]
      var quantities = HistoryBlob.values(row["quantity"])
      for offset in quantities.indices
      where Hour(sinceEpoch: first + offset).month.description == month {
        quantities[offset] = 0
      }
      let key: StatementArguments = [id, row["usage_group"] as Int64]
      if quantities.allSatisfy({ $0 == 0 }) {
        try db.execute(
          sql: "DELETE FROM series WHERE source = ? AND usage_group = ?", arguments: key)
      } else {
        try db.execute(
          sql:
            "UPDATE series SET quantity = ?, uncertain = NULL WHERE source = ? AND usage_group = ?",
          arguments: [HistoryBlob.data(quantities)] + key)
      }
    }
  }

  /// The file's totals, out of what is left of it.
  private func addUp(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM total WHERE source = ?", arguments: [id])
    for (chargeClass, rule) in [
      (
        "class",
        "CASE class WHEN 'purchase' THEN 'set-aside.commitment-purchase' "
          + "WHEN 'refund' THEN 'set-aside.commitment-refund' ELSE 'usage' END"
      ),
      ("NULL", "''"),
    ] {
      try db.execute(
        sql: """
          INSERT INTO total SELECT source, strftime('%Y-%m', day * 86400, 'unixepoch'), service,
            \(chargeClass), \(rule), SUM(rows), SUM(list), SUM(contracted), SUM(billed), SUM(effective)
          FROM cost JOIN subject ON subject.id = cost.subject WHERE source = ?
          GROUP BY 1, 2, 3, 4, 5
          """, arguments: [id])
    }
  }

  private func note(_ rows: Int, _ months: Set<String>, _ db: Database) throws -> Finding {
    let finding = Finding(
      .note, rule: "import.actual-and-amortized", place: path,
      message: """
        \(rows.grouped) of its rows (\(months.sorted().joined(separator: ", "))) are in the amortised export \
        too, and count there; purchases and refunds of commitments count from here
        """,
      remedy: "Nothing: the two exports together say what was billed and what it cost.")
    try db.execute(
      sql: "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        id, finding.severity.rawValue, finding.rule, finding.place, finding.message, finding.remedy,
      ])
    return finding
  }
}

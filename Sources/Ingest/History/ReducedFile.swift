import CloudCosts
import GRDB

/// An imported file of which another holds a part too.
package struct ReducedFile {
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
    try db.all(
      of: "source", "SELECT id, path FROM source WHERE format = ? ORDER BY id", [AzureBill.actual]
    ) { ActualExport(id: try $0.int64("id"), path: try $0.text("path")) }
    .compactMap { try $0.reduce(db) }
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
    try db.all(of: "total", "SELECT * FROM total WHERE source = ?", [source], HistoryRows.total)
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
    let shared = try db.all(
      of: "cost",
      """
      SELECT DISTINCT actual.account AS account, actual.month AS month
      FROM (\(Self.months)) AS actual JOIN (\(Self.months)) AS amortized USING (account, month)
      WHERE actual.source = ? AND amortized.format = ?
      """, [id, AzureBill.amortized]
    ) { Share(account: try $0.text("account"), month: try $0.text("month")) }
    guard !shared.isEmpty else { return nil }
    let shares = Set(shared)
    func isShared(_ day: Int, _ account: String) -> Bool {
      shares.contains(
        Share(account: account, month: Hour(sinceEpoch: day * 24).month.description))
    }
    let days = HistoryDays(source: id, db: db)
    let before = try days.places()
    var rows = 0
    for share in shared {
      let arguments: StatementArguments = [id, share.account, share.month]
      // Sums of what never was a count would not fit.
      try db.forEach(
        of: "cost", "SELECT rows FROM cost WHERE \(Self.taken)", arguments
      ) { rows &+= try $0.rows("rows") }
      try db.execute(sql: "DELETE FROM cost WHERE \(Self.taken)", arguments: arguments)
    }
    try days.silence(before.filter { isShared($0.day, $0.account) }, before)
    try days.addUp()
    try db.execute(
      sql: """
        DELETE FROM finding WHERE source = ? AND rule IN
          (\(ReducedFile.ofActual.sorted().map { "'\($0)'" }.joined(separator: ", ")))
        """, arguments: [id])
    guard rows > 0 else { return nil }
    return ReducedFile(
      path: path,
      totals: try ReducedFile.totals(of: id, db),
      note: try note(rows, Set(shares.map(\.month)), db), outdated: ReducedFile.ofActual,
      isTaken: { cost in
        isShared(cost.day, cost.subject.account)
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

import CloudCosts
import Foundation

/// Reads one billing file by way of DuckDB.
///
/// The file gets a link of a plain name in a folder of our own, so that nothing of its name is ever
/// part of SQL; its columns' names are, as quoted identifiers.
struct BillReader {
  let duckdb: DuckDB
  let file: BillFile
  /// Of the file before it was read.
  let before: Fingerprint
  /// Tags to keep.
  var tags: [String] = []

  func read() throws(FindingsError) -> ImportedFile {
    let folder = try Scratch()
    defer { folder.remove() }
    guard before.bytes > 0 else {
      throw error("empty", "the file is empty", "Export it again.")
    }
    if isGzip { try checkCompressed() }
    try folder.link(to: file.path, as: linkName)
    let columns = BillColumns(try columns(in: folder), dialect: DuckDBDialect(isWide: false))
    guard let format = BillFormat(columns) else {
      throw error(
        "unknown-columns",
        "its columns are those of no billing export that is known: "
          + columns.all.prefix(8).map(\.name.quoted).joined(separator: ", "),
        "Export FOCUS 1.0 to 1.3 or an AWS Cost and Usage Report.")
    }
    let missing = format.required.filter { !columns.has($0) }
    guard missing.isEmpty else {
      throw FindingsError(
        missing.map {
          Finding(
            .error, rule: "import.missing-column", place: file.name,
            message: "the column \($0) is missing (\(format.rawValue))",
            remedy: "Export it again with all columns.")
        })
    }
    var sql = BillSQL(format: format, columns: columns, tags: tags)
    if file.container == .csv { try run(tableOfText(sql), in: folder) }
    var builder: BillAccumulator
    do throws(FindingsError) {
      builder = try aggregate(&sql, isWide: false, in: folder)
      if builder.badRows > 0 { builder = try aggregate(&sql, isWide: true, in: folder) }
    } catch {
      // An amount that 64 bits do not hold.
      guard file.container == .parquet else { throw error }
      builder = try aggregate(&sql, isWide: true, in: folder)
    }
    if builder.badRows > 0 { throw try badRows(sql, in: folder, count: builder.badRows) }
    guard !before.isStale(path: file.path) else {
      throw error(
        "changed-while-read", "the file changed while it was read",
        "Import it again when nothing writes it.")
    }
    return try imported(builder, format, folder)
  }

  /// Runs the queries and puts their cells together.
  private func aggregate(_ sql: inout BillSQL, isWide: Bool, in folder: Scratch)
    throws(FindingsError) -> BillAccumulator
  {
    sql.columns.dialect = DuckDBDialect(isWide: isWide)
    let promised: Set = ["DOUBLE", "FLOAT"]
    let isText = (sql.format.numbers + sql.format.quantities).contains {
      sql.columns[$0].map { !promised.contains($0.type) } ?? false
    }
    sql.check = isWide ? .numbers : isText ? .all : .times
    try run(
      DuckDBDialect.definitions + "create view bill_file as select * from \(table);\n"
        + "create temp table \(sql.table.name) as \(sql.table.query);\n"
        + sql.results.map { copy($0.query, to: "\($0.name).csv") }.joined(), in: folder)
    var keys = BillKeyTable(tags: tags)
    try folder.records("keys.csv", file.name) { record in keys.add(record) }
    var builder = BillAccumulator(keys)
    try folder.records("cells.csv", file.name) { record in builder.add(record) }
    return builder
  }

  /// Text is parsed once, into Parquet of the columns that are read: the queries scan it several times.
  private func tableOfText(_ sql: BillSQL) -> String {
    let names = sql.needed.map(sql.columns.dialect.identifier).joined(separator: ", ")
    return "copy (select \(names) from \(input)) to 'text.parquet' (format parquet);\n"
  }

  private var table: String {
    "read_parquet('\(file.container == .parquet ? "bill" : "text").parquet')"
  }

  private var linkName: String { file.container == .parquet ? "bill.parquet" : "bill.csv" }

  private var input: String {
    guard file.container == .csv else { return "read_parquet('bill.parquet')" }
    let compression = isGzip ? "gzip" : "none"
    return """
      read_csv('bill.csv', header = true, all_varchar = true, delim = '\(delimiter)', quote = '"',
        escape = '"', nullstr = ['', 'NULL', 'null'], compression = '\(compression)', strict_mode = true,
        ignore_errors = false, null_padding = false, comment = '', max_line_size = 4000000)
      """
  }

  private var isGzip: Bool {
    let file = FileHandle(forReadingAtPath: file.path)
    defer { try? file?.close() }
    return (try? file?.read(upToCount: 2)) == Data([0x1F, 0x8B])
  }

  /// Inflates the file once for its checksum: where it is cut off between two rows, DuckDB is content.
  private func checkCompressed() throws(FindingsError) {
    do {
      var source = try ByteSource(InputFile(path: file.path))
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
      defer { buffer.deallocate() }
      while try source.read(into: buffer) > 0 {}
    } catch {
      throw self.error(
        "damaged-gzip", "the compressed file is cut off or damaged", "Fetch it again.")
    }
  }

  /// The mark that stands most often in the first line: some spreadsheets write semicolons.
  private var delimiter: String {
    var head = [UInt8](repeating: 0, count: 1 << 16)
    guard var source = try? ByteSource(InputFile(path: file.path)) else { return "," }
    let count = (try? head.withUnsafeMutableBytes { try source.read(into: $0) }) ?? 0
    let line = head.prefix(count).prefix { $0 != UInt8(ascii: "\n") }
    func number(_ mark: Unicode.Scalar) -> Int { line.count { $0 == UInt8(ascii: mark) } }
    let marks: [(text: String, count: Int)] = [
      (",", number(",")), (";", number(";")), ("\t", number("\t")),
    ]
    return marks.max { $0.count < $1.count }?.text ?? ","
  }

  private func columns(in folder: Scratch) throws(FindingsError) -> [BillColumns.Column] {
    try run(
      "copy (select column_name, column_type from (describe select * from \(input)))"
        + " to 'columns.csv' (format csv, header false, force_quote *);\n", in: folder)
    var columns: [BillColumns.Column] = []
    try folder.records("columns.csv", file.name) { record in
      columns.append(BillColumns.Column(name: record[0].text, type: record[1].text))
      return record.count == 2
    }
    return columns
  }

  private func copy(_ query: String, to name: String) -> String {
    "copy (\(query)) to '\(name)' (format csv, header false);\n"
  }

  private func run(_ script: String, in folder: Scratch) throws(FindingsError) {
    guard let complaint = try duckdb.run(script, in: folder.path) else { return }
    let flaw =
      file.container == .csv && delimiter == ","
      ? CSVFlaw.first(in: file, isLongLine: complaint.contains("Maximum line size")) : nil
    throw FindingsError([flaw ?? BillComplaint(complaint).finding(place: file.name)])
  }

  private func error(_ rule: String, _ message: String, _ remedy: String) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "import.\(rule)", place: file.name, message: message, remedy: remedy)
    ])
  }
}

extension BillReader {
  /// Which rows hold what is no number or no time.
  private func badRows(_ sql: BillSQL, in folder: Scratch, count: Int) throws(FindingsError)
    -> FindingsError
  {
    // Numbering rows needs them in the file's order.
    try run(
      "set preserve_insertion_order = true;\n" + DuckDBDialect.definitions
        + "create view bill_file as select * from \(input);\n"
        + "create temp table \(sql.table.name) as \(sql.table.query);\n"
        + copy(sql.badRows, to: "bad.csv"), in: folder)
    var log = FindingLog(file: file.name, kind: "import")
    try folder.records("bad.csv", file.name) { record in
      guard record.count > 2, let row = record[0].integer else { return false }
      let values = (2..<record.count).map { record[$0].text }
      let commas = values.filter { $0.contains(",") }
      if record[1].integer == 0 {
        log.add(
          .error, "not-a-time", line: row + 1, "the charge period's start cannot be read",
          remedy: "Write times as 2024-01-31T00:00:00Z.")
      } else if !commas.isEmpty {
        log.add(
          .error, "decimal-comma", line: row + 1,
          "a number has a comma: \(commas.map(\.quoted).joined(separator: ", "))",
          remedy: "Export with decimal points and without marks between thousands.")
      } else {
        log.add(
          .error, "not-a-number", line: row + 1,
          "a cost or quantity is no number: \(values.map(\.quoted).joined(separator: ", "))",
          remedy: "Correct the row, or export the file again.")
      }
      return true
    }
    var findings = log.finished()
    if count > findings.count {
      findings.append(
        Finding(
          .error, rule: "import.bad-rows", place: file.name,
          message: "\(count.grouped) rows in all cannot be read",
          remedy: "Export the file again."))
    }
    return FindingsError(findings)
  }

  private func imported(
    _ builder: BillAccumulator, _ format: BillFormat, _ folder: Scratch
  ) throws(FindingsError) -> ImportedFile {
    guard builder.rows > 0 else {
      throw error("no-rows", "there is a header and no row", "Export the file again.")
    }
    guard builder.currencies.count <= 1 else {
      let list = builder.currencies.sorted { $0.key < $1.key }
        .map { "\($0.key.quoted) (\($0.value.grouped) rows)" }
      throw error(
        "mixed-currencies", "the rows are in different currencies: \(list.joined(separator: ", "))",
        "Import the bills of each currency into a history of their own.")
    }
    var totals = builder.totals.sorted { $0.key < $1.key }.map { HistoryTotal($0.key, $0.value) }
    let own = try ownTotals(folder)
    try reconcile(builder, own)
    totals += own.sorted { $0.key < $1.key }.map { HistoryTotal($0.key, $0.value) }
    let series = builder.series()
    let first = series.map(\.start).min()
    let last = series.map { $0.start + $0.quantities.count }.max()
    var window: HourWindow?
    if let first, let last { window = HourWindow(from: first, to: last) }
    return ImportedFile(
      source: HistorySource(
        path: file.path, format: format.rawValue, bytes: before.bytes,
        fingerprint: before.text, rows: builder.rows,
        currency: builder.currencies.first?.key ?? "",
        grain: builder.spreadRows > 0 ? .daily : .hourly,
        window: window),
      series: series, costs: builder.costs(), commitments: try commitments(folder),
      totals: totals, findings: BillFindings(builder, series: series, place: file.name).all)
  }

  private typealias Totals = [BillAccumulator.TotalKey: (costs: ExactCosts, rows: Int)]

  private func ownTotals(_ folder: Scratch) throws(FindingsError) -> Totals {
    var totals: Totals = [:]
    try folder.records("totals.csv", file.name) { record in
      guard record.count == BillTotal.allCases.count,
        let hour = record[BillTotal.day.rawValue].integer,
        let rows = record[BillTotal.rows.rawValue].integer,
        let list = record[BillTotal.list.rawValue].trillionths,
        let contracted = record[BillTotal.contracted.rawValue].trillionths,
        let billed = record[BillTotal.billed.rawValue].trillionths,
        let effective = record[BillTotal.effective.rawValue].trillionths,
        let unused = record[BillTotal.unused.rawValue].trillionths
      else { return false }
      let key = BillAccumulator.TotalKey(
        month: Hour(sinceEpoch: hour).month, service: record[BillTotal.service.rawValue].text,
        chargeClass: nil, rule: "")
      totals[key, default: (ExactCosts(), 0)].costs += ExactCosts(
        list: list, contracted: contracted, billed: billed, effective: effective + unused)
      totals[key]?.rows += rows
      return true
    }
    return totals
  }

  /// What the rules took must be what the file holds, to the trillionth.
  private func reconcile(_ builder: BillAccumulator, _ own: Totals) throws(FindingsError) {
    var taken: Totals = [:]
    for (key, sum) in builder.totals {
      let plain = BillAccumulator.TotalKey(
        month: key.month, service: key.service, chargeClass: nil, rule: "")
      taken[plain, default: (ExactCosts(), 0)].costs += sum.costs
      taken[plain]?.rows += sum.rows
    }
    guard taken.count == own.count else {
      throw error(
        "not-reconciled", "some services' rows were not taken",
        "Please report this: it is a fault of the program.")
    }
    for (key, sum) in own where taken[key]?.costs != sum.costs || taken[key]?.rows != sum.rows {
      throw error(
        "not-reconciled",
        "\(key.month) \(key.service.quoted): the rows read do not add up to the file's total",
        "Please report this: it is a fault of the program.")
    }
  }

  private func commitments(_ folder: Scratch) throws(FindingsError) -> [HistoryCommitment] {
    var commitments: [HistoryCommitment] = []
    try folder.records("commitments.csv", file.name) { record in
      guard record.count == 8, let first = record[6].integer, let last = record[7].integer else {
        return false
      }
      var entry = HistoryCommitment(
        id: record[0].text, provider: record[1].text, account: record[2].text,
        seen: HourWindow(start: Hour(sinceEpoch: first), hours: last - first + 1))
      entry.name = record[3].text
      entry.type = record[4].text
      entry.category = record[5].text
      commitments.append(entry)
      return true
    }
    return commitments.sorted { $0.id < $1.id }
  }
}

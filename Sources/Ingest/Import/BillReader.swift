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

  func read() throws(FindingsError) -> ImportedFile { try read(hasDecimalCommas: false) }

  private func read(hasDecimalCommas: Bool) throws(FindingsError) -> ImportedFile {
    let folder = try Scratch()
    defer { folder.remove() }
    guard before.bytes > 0 else {
      throw error("empty", "the file is empty", "Export it again.")
    }
    if startsWith([0x1F, 0x8B]) { try checkCompressed() }
    if isConverted {
      try folder.copyText(of: InputFile(path: file.readPath), as: linkName)
    } else {
      try folder.link(to: file.readPath, as: linkName)
    }
    var columns = BillColumns(try columns(in: folder), dialect: DuckDBDialect(isWide: false))
    let order = try dateOrder(columns, folder)
    var dialect = DuckDBDialect(
      isWide: false, isDayFirst: order.isDayFirst, hasDecimalCommas: hasDecimalCommas)
    columns.dialect = dialect
    let monthly = try rowsOfMonths(columns, folder)
    dialect.hasMonths = monthly > 0
    columns.dialect = dialect
    if ContractCommitmentReader.isOne(columns) { return try contract(columns, folder) }
    let bill = try BillAssembly(file: file, before: before, tags: tags, columns: columns)
    var sql = BillSQL(format: bill.format, columns: bill.columns, tags: tags)
    let isCopied = bill.isDerived || file.container != .parquet
    if isCopied {
      try run(
        DuckDBDialect.definitions
          + "copy (\(bill.rows(sql.needed, from: input(columns)))) to 'text.parquet' (format parquet);\n",
        in: folder)
    }
    let table = "read_parquet('\(isCopied ? "text" : "bill").parquet')"
    var builder: BillAccumulator
    do throws(FindingsError) {
      builder = try aggregate(bill, table, &sql, isWide: false, in: folder)
      if builder.badRows > 0 {
        builder = try aggregate(bill, table, &sql, isWide: true, in: folder)
      }
    } catch {
      // An amount that 64 bits do not hold.
      guard isCopied ? bill.isDerived : true else { throw error }
      builder = try aggregate(bill, table, &sql, isWide: true, in: folder)
    }
    if builder.badRows > 0 {
      if !hasDecimalCommas, try usesDecimalCommas(sql, table, folder) {
        return try read(hasDecimalCommas: true)
      }
      let rows = bill.rows(sql.needed, from: input(columns))
      throw try badRows(sql, of: rows, in: folder, count: builder.badRows)
    }
    guard !before.isStale(path: file.readPath) else {
      throw FindingsError([BillAssembly.changed(file)])
    }
    func located() throws(FindingsError) -> [BillRowFlaw: [BillRowFlaws.Example]] {
      try rowsAside(sql, of: bill.rows(sql.needed, from: input(columns)), in: folder)
    }
    var imported = try bill.imported(builder, folder, locate: located)
    if imported.findings.contains(where: { $0.rule == MonthsNextToDays.rule }) {
      let sums = try sumsOfDays(sql, table, folder)
      if sums.rows > 0 {
        builder = try aggregate(
          bill, "read_parquet('days.parquet')", &sql, isWide: sql.check == .numbers, in: folder)
        imported = try bill.imported(builder, folder, locate: located)
        imported.findings.append(sums.finding(place: file.name))
      }
    }
    imported.findings += order.finding.map { [$0] } ?? []
    if monthly > 0 { imported.findings.append(AzureMonths.finding(monthly, place: file.name)) }
    return imported
  }

  /// By all dates of the file; only text has any with slashes.
  private func dateOrder(_ columns: BillColumns, _ folder: Scratch) throws(FindingsError)
    -> DateOrder
  {
    guard file.container == .csv, BillHeader(file).hasSlashedDates,
      let query = DateOrder.query(columns, from: input(columns))
    else { return .monthFirst }
    try run(copy(query, to: "dates.csv"), in: folder)
    var parts = (first: 0, second: 0)
    try folder.records("dates.csv", file.name) { record in
      guard record.count == 2, let first = record[0].integer, let second = record[1].integer else {
        return false
      }
      parts = (first, second)
      return true
    }
    guard parts.first + parts.second > 0 else { return .monthFirst }
    return try DateOrder(first: parts.first, second: parts.second, place: file.name)
  }

  /// How many rows show that all are sums of months; 0: they are of days.
  private func rowsOfMonths(_ columns: BillColumns, _ folder: Scratch) throws(FindingsError) -> Int
  {
    var rows = 0
    // Most files show in their first rows that they are of days.
    for input in ["(select * from \(input(columns)) limit 1000)", input(columns)] {
      guard let query = AzureMonths.query(columns, from: input) else { return 0 }
      try run(DuckDBDialect.definitions + copy(query, to: "months.csv"), in: folder)
      var isOfDays = true
      try folder.records("months.csv", file.name) { record in
        guard record.count == 2, let others = record[0].integer, let long = record[1].integer
        else { return false }
        isOfDays = others > 0
        rows = isOfDays ? 0 : long
        return true
      }
      if isOfDays { return 0 }
    }
    return rows
  }

  /// By all numbers of the file, once some of them could not be read.
  private func usesDecimalCommas(
    _ sql: BillSQL, _ table: String, _ folder: Scratch
  ) throws(FindingsError) -> Bool {
    let names = (sql.format.numbers + sql.format.quantities).compactMap { sql.columns[$0] }
      .filter { $0.type == "VARCHAR" }.map { sql.columns.dialect.identifier($0.name) }
    guard file.container == .csv, !names.isEmpty else { return false }
    try run(copy(DecimalMark.query(names, from: table), to: "marks.csv"), in: folder)
    var isComma = false
    try folder.records("marks.csv", file.name) { record in
      guard record.count == 2, let certain = record[0].integer, let points = record[1].integer
      else { return false }
      isComma = certain > 0 && points == 0
      return true
    }
    return isComma
  }

  /// Runs the queries and puts their cells together.
  private func aggregate(
    _ bill: BillAssembly, _ table: String, _ sql: inout BillSQL, isWide: Bool, in folder: Scratch
  ) throws(FindingsError) -> BillAccumulator {
    sql.columns.dialect = isWide ? bill.columns.dialect.widest : bill.columns.dialect
    let promised: Set = ["DOUBLE", "FLOAT"]
    let isText = (sql.format.numbers + sql.format.quantities).contains {
      sql.columns[$0].map { !promised.contains($0.type) } ?? false
    }
    sql.check = isWide ? .numbers : isText ? .all : .times
    try run(
      DuckDBDialect.definitions + "create view bill_file as select * from \(table);\n"
        + "create temp table \(sql.table.name) as \(sql.table.query);\n"
        + sql.results.map { copy($0.query, to: "\($0.name).csv") }.joined(), in: folder)
    return try bill.cells(folder)
  }

  private var linkName: String {
    switch file.container {
    case .parquet: "bill.parquet"
    case .csv: "bill.csv"
    case .json: "bill.json"
    }
  }

  /// The file's rows. Text is parsed once, into Parquet of the columns that are read: the queries
  /// scan it several times.
  ///
  /// - Parameter columns: where they are known, JSON is read as these.
  func input(_ columns: BillColumns?) -> String {
    if file.container == .parquet { return "read_parquet('bill.parquet')" }
    let compression = isGzip ? "gzip" : "none"
    if file.container == .json {
      let dialect = DuckDBDialect(isWide: false)
      let types = columns.map { columns in
        let list = columns.all.map { "\(dialect.identifier($0.name)): \(dialect.literal($0.type))" }
        return "columns = {\(list.joined(separator: ", "))}"
      }
      return """
        read_json('bill.json', \(types ?? "sample_size = 2000"), compression = '\(isGzip ? "gzip" : "uncompressed")',
          maximum_object_size = 16000000)
        """
    }
    return """
      read_csv('bill.csv', header = true, all_varchar = true, delim = '\(delimiter)', quote = '"',
        escape = '"', nullstr = ['', 'NULL', 'null'], compression = '\(compression)', strict_mode = true,
        ignore_errors = false, null_padding = false, comment = '', max_line_size = 4000000)
      """
  }

  /// What is converted is not compressed.
  private var isGzip: Bool { startsWith([0x1F, 0x8B]) && !isConverted }

  /// Whether it is text of UTF-16, of which DuckDB gets a copy in UTF-8.
  private var isConverted: Bool {
    guard file.container != .parquet, var source = try? ByteSource(InputFile(path: file.readPath))
    else { return false }
    var head = [UInt8](repeating: 0, count: 4)
    _ = try? head.withUnsafeMutableBytes { try source.read(into: $0) }
    return source.isConverted
  }

  private func startsWith(_ bytes: [UInt8]) -> Bool {
    let file = FileHandle(forReadingAtPath: file.readPath)
    defer { try? file?.close() }
    return (try? file?.read(upToCount: bytes.count)) == Data(bytes)
  }

  /// Inflates the file once for its checksum: where it is cut off between two rows, DuckDB is
  /// content.
  private func checkCompressed() throws(FindingsError) {
    do {
      var source = try ByteSource(InputFile(path: file.readPath))
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
      defer { buffer.deallocate() }
      while try source.read(into: buffer) > 0 {}
    } catch {
      throw self.error(
        "damaged-gzip", "the compressed file is cut off or damaged", "Fetch it again.")
    }
  }

  private var delimiter: String { BillHeader(file).delimiter }

  private func columns(in folder: Scratch) throws(FindingsError) -> [BillColumns.Column] {
    try run(
      // Our reader trims spaces, which may be part of a name.
      "copy (select '[' || column_name || ']', column_type from (describe select * from \(input(nil))))"
        + " to 'columns.csv' (format csv, header false, force_quote *);\n", in: folder)
    if file.container == .csv { try checkHeader() }
    var columns: [BillColumns.Column] = []
    try folder.records("columns.csv", file.name) { record in
      let name = String(record[0].text.dropFirst().dropLast())
      columns.append(BillColumns.Column(name: name, type: record[1].text))
      return record.count == 2
    }
    try checkNames(columns)
    if file.container == .csv { try checkWidth(columns) }
    guard file.container == .json else { return columns }
    let found = BillColumns(columns, dialect: DuckDBDialect(isWide: false))
    return BillFormats.format(of: found)?.jsonColumns
      ?? columns.map { BillColumns.Column(name: $0.name, type: "VARCHAR") }
  }

  /// A NUL ends every text that DuckDB is given: such a column could not be asked for.
  private func checkNames(_ columns: [BillColumns.Column]) throws(FindingsError) {
    guard let bad = columns.first(where: { $0.name.unicodeScalars.contains("\0") }) else { return }
    throw FindingsError([
      Finding(
        .error, rule: "import.not-a-table",
        place: file.container == .csv ? "\(file.name):1" : file.name,
        message: "the name of a column has a NUL in it: \(bad.name.quoted)",
        remedy: "Export the file again.")
    ])
  }

  /// Where all rows have more fields than the header, DuckDB takes the first row for the header: a
  /// bill would be none of a known export, and in a folder it would be left out as another file is.
  private func checkWidth(_ columns: [BillColumns.Column]) throws(FindingsError) {
    func isBill(_ columns: [BillColumns.Column]) -> Bool {
      BillFormats.format(of: BillColumns(columns, dialect: DuckDBDialect(isWide: false))) != nil
    }
    let header = BillHeader(file).names.map { BillColumns.Column(name: $0, type: "VARCHAR") }
    guard !isBill(columns), isBill(header) else { return }
    let flaw = CSVFlaw.first(in: file, isLongLine: false)
    throw flaw.map { FindingsError([$0]) }
      ?? error("not-a-table", "the rows do not fit the header", "Export the file again.")
  }

  /// DuckDB gives the second column of one name another: which of the two was read could not be
  /// said.
  private func checkHeader() throws(FindingsError) {
    let twice = BillHeader(file).duplicates
    guard !twice.isEmpty else { return }
    throw FindingsError(
      twice.map {
        Finding(
          .error, rule: "import.duplicate-column", place: "\(file.name):1",
          message: "two columns have the name \($0.quoted)",
          remedy: "Take one of them out, or export the file again.")
      })
  }

  func copy(_ query: String, to name: String) -> String {
    "copy (\(query)) to '\(name)' (format csv, header false);\n"
  }

  func run(_ script: String, in folder: Scratch) throws(FindingsError) {
    guard let complaint = try duckdb.run(script, in: folder) else { return }
    let flaw =
      file.container == .csv && delimiter == ","
      ? CSVFlaw.first(in: file, isLongLine: complaint.contains("Maximum line size")) : nil
    throw FindingsError([
      flaw ?? BillComplaint(complaint, of: file.container).finding(place: file.name)
    ])
  }

  private func error(_ rule: String, _ message: String, _ remedy: String) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "import.\(rule)", place: file.name, message: message, remedy: remedy)
    ])
  }
}

import CloudCosts
import Foundation

/// Reads billing data sets by way of Spark: all of them in two applications, one that describes
/// them and one that runs the queries.
struct SparkReader {
  let spark: Spark
  var tags: [String] = []

  /// A file here, or a data set anywhere that Spark can read: `s3a://bucket/folder`.
  struct Source {
    var file: BillFile
    /// Of a file here, known before.
    var fingerprint: Fingerprint?
  }

  /// - Returns: for each source what was read, or why it could not be; nil where `isKnown` says
  ///   that its contents are in the history.
  func read(
    _ sources: [Source], isKnown: (Fingerprint) -> Bool
  ) throws(FindingsError) -> [Result<ImportedFile?, FindingsError>] {
    let folder = try Scratch()
    defer { folder.remove() }
    try spark.run(
      sources.enumerated().map { Spark.Job(number: $0, path: $1.file.path) }, in: folder)
    var results: [Int: Result<ImportedFile?, FindingsError>] = [:]
    var bills: [Int: BillAssembly] = [:]
    var jobs: [Spark.Job] = []
    for (number, source) in sources.enumerated() {
      do throws(FindingsError) {
        let part = try answered(number, source, folder)
        let fingerprint: Fingerprint
        if let known = source.fingerprint {
          fingerprint = known
        } else {
          fingerprint = try dataSet(part, source)
        }
        if isKnown(fingerprint) {
          results[number] = .success(nil)
          continue
        }
        let columns = try columns(part, source)
        let bill = try BillAssembly(
          file: source.file, before: fingerprint, tags: tags, columns: columns)
        var sql = BillSQL(format: bill.format, columns: bill.columns, check: .numbers, tags: tags)
        if bill.isDerived { sql.input = "(\(bill.rows(sql.needed, from: sql.input))) as bill_rows" }
        bills[number] = bill
        jobs.append(
          Spark.Job(
            number: number, path: source.file.path,
            table: Spark.Job.Query(name: sql.table.name, query: sql.table.query),
            results: sql.results.map { Spark.Job.Query(name: $0.name, query: $0.query) }))
      } catch {
        results[number] = .failure(error)
      }
    }
    if !jobs.isEmpty { try spark.run(jobs, in: folder) }
    for (number, bill) in bills {
      results[number] = Result { () throws(FindingsError) in
        try imported(bill, try answered(number, sources[number], folder))
      }
    }
    return sources.indices.map { results[$0] ?? .success(nil) }
  }

  private func imported(_ bill: BillAssembly, _ part: Scratch) throws(FindingsError) -> ImportedFile
  {
    let builder = try bill.cells(part)
    guard builder.badRows == 0 else {
      throw FindingsError([
        Finding(
          .error, rule: "import.bad-rows", place: bill.file.name,
          message: "\(builder.badRows.grouped) rows hold what is no number or no time",
          remedy: "Import a part with DuckDB, which names the rows; or export the file again.")
      ])
    }
    guard bill.file.isRemote || !bill.before.isStale(path: bill.file.path) else {
      throw FindingsError([BillAssembly.changed(bill.file)])
    }
    return try bill.imported(builder, part)
  }

  /// The folder of a source's answers.
  private func answered(_ number: Int, _ source: Source, _ folder: Scratch) throws(FindingsError)
    -> Scratch
  {
    let part = try Scratch("\(number)", in: folder)
    guard FileManager.default.fileExists(atPath: "\(part.path)/error.csv") else { return part }
    var message = ""
    try part.records("error.csv", source.file.name) { record in
      message = record[0].text.printable
      return true
    }
    throw FindingsError([
      Finding(
        .error, rule: "import.spark-data", place: source.file.name,
        message: "Spark cannot read it: \(message)",
        remedy: "Name Parquet files or folders of them that every worker can read.")
    ])
  }

  private func columns(_ part: Scratch, _ source: Source) throws(FindingsError) -> BillColumns {
    var columns: [BillColumns.Column] = []
    try part.records("columns.csv", source.file.name) { record in
      columns.append(BillColumns.Column(name: record[0].text, type: record[1].text))
      return record.count == 2
    }
    return BillColumns(columns, dialect: SparkDialect())
  }

  /// Of a data set elsewhere: its files' names, lengths and times.
  private func dataSet(_ part: Scratch, _ source: Source) throws(FindingsError) -> Fingerprint {
    let list = try Fingerprint(path: "\(part.path)/files.csv")
    var bytes = 0
    try part.records("files.csv", source.file.name) { record in
      bytes += record[1].integer ?? 0
      return record.count == 3
    }
    return Fingerprint(text: "files-\(list.text)", bytes: bytes)
  }
}

import CloudCosts

extension BillReader {
  /// A query over the rows in the file's order, so that they can be numbered.
  private func ask(
    _ query: String, _ name: String, _ sql: BillSQL, of rows: String, in folder: Scratch
  ) throws(FindingsError) {
    try run(
      "set preserve_insertion_order = true;\n" + DuckDBDialect.definitions
        + "create view bill_file as \(rows);\n"
        + "create temp table \(sql.table.name) as \(sql.table.query);\n" + copy(query, to: name),
      in: folder)
  }

  /// The lines of rows; of Parquet their numbers.
  func lines(of rows: Set<Int>) -> (Int) -> Int? {
    guard file.hasLines else { return { $0 } }
    let lines = BillLines(
      of: rows, in: InputFile(path: file.readPath), hasHeader: file.container == .csv,
      hasQuotes: file.container == .csv)
    return { lines[$0] }
  }

  /// Where rows that are set aside are.
  func rowsAside(
    _ sql: BillSQL, of rows: String, in folder: Scratch
  ) throws(FindingsError) -> [BillRowFlaw: [BillRowFlaws.Example]] {
    var sql = sql
    sql.columns.dialect = sql.columns.dialect.widest
    sql.check = .numbers
    try ask(sql.rowsAside, "aside.csv", sql, of: rows, in: folder)
    var found: [(flaw: BillRowFlaw, example: BillRowFlaws.Example)] = []
    try folder.records("aside.csv", file.name) { record in
      guard record.count == 5, let row = record[0].integer, let number = record[1].integer,
        let flaw = BillRowFlaw(rawValue: number)
      else { return false }
      found.append(
        (
          flaw,
          BillRowFlaws.Example(
            line: row, start: record[2].text, end: record[3].text,
            amount: Double(record[4].text) ?? 0)
        ))
      return true
    }
    let lines = lines(of: Set(found.compactMap(\.example.line)))
    var examples: [BillRowFlaw: [BillRowFlaws.Example]] = [:]
    for (flaw, example) in found {
      var example = example
      example.line = example.line.flatMap(lines)
      examples[flaw, default: []].append(example)
    }
    return examples
  }

  /// Which rows hold what is no number or no time.
  func badRows(
    _ sql: BillSQL, of rows: String, in folder: Scratch, count: Int
  ) throws(FindingsError) -> FindingsError {
    try ask(sql.badRows, "bad.csv", sql, of: rows, in: folder)
    var bad: [(row: Int, hasTime: Bool, start: String, values: [String])] = []
    try folder.records("bad.csv", file.name) { record in
      guard record.count > 3, let row = record[0].integer else { return false }
      bad.append(
        (
          row, record[1].integer != 0, record[2].text,
          (3..<record.count).map { record[$0].text }
        ))
      return true
    }
    let lines = lines(of: Set(bad.map(\.row)))
    var log = FindingLog(file: file.name, kind: "import")
    for (row, hasTime, start, values) in bad {
      let line = file.hasLines ? lines(row) : nil
      let place = file.hasLines ? "" : " (row \(row.grouped))"
      let commas = values.filter { $0.contains(",") }
      if !hasTime {
        log.add(
          .error, "not-a-time", line: line,
          "the charge period's start\(start.isEmpty ? "" : " \(start.quoted)") cannot be read"
            + place,
          remedy: "Write times as 2024-01-31T00:00:00Z.")
      } else if !commas.isEmpty {
        log.add(
          .error, "decimal-comma", line: line,
          "a number has a comma: \(commas.map(\.quoted).joined(separator: ", "))" + place,
          remedy: "Export with decimal points and without marks between thousands.")
      } else {
        log.add(
          .error, "not-a-number", line: line,
          "a cost or quantity is no number: \(values.map(\.quoted).joined(separator: ", "))"
            + place,
          remedy: "Correct the row, or export the file again.")
      }
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
}

import CloudCosts

extension BillReader {
  /// A dataset of contracts: no charges, so nothing to add up.
  func contract(_ columns: BillColumns, _ folder: Scratch) throws(FindingsError)
    -> ImportedFile
  {
    var columns = columns
    columns.dialect = columns.dialect.widest
    let reader = ContractCommitmentReader(columns: columns)
    guard reader.missing.isEmpty else {
      throw FindingsError(
        reader.missing.map {
          Finding(
            .error, rule: "import.missing-column", place: file.name,
            message: "the column \($0) is missing (FOCUS Contract Commitment)",
            remedy: "Export it again with all columns.")
        })
    }
    try run(
      "set preserve_insertion_order = true;\n" + DuckDBDialect.definitions
        + "create view bill_file as select * from \(input(columns));\n"
        + copy(reader.query, to: "contracts.csv"), in: folder)
    var entries: [HistoryCommitment] = []
    var currencies = Set<String>()
    var log = FindingLog(file: file.name, kind: "import")
    var row = 0
    var bad: [Int] = []
    let periods = BillPeriods()
    try folder.records("contracts.csv", file.name) { record in
      row += 1
      if let (entry, currency) = ContractCommitmentReader.read(record, periods) {
        entries.append(entry)
        if !currency.isEmpty { currencies.insert(currency) }
      } else {
        bad.append(row)
      }
      return true
    }
    let lines = lines(of: Set(bad.prefix(FindingLog.limit)))
    for row in bad {
      log.add(
        .error, "bad-contract-commitment", line: file.hasLines ? lines(row) : nil,
        "the commitment has no id, or no period with a start before its end and in years of bills",
        remedy: "Correct the row, or export the file again.")
    }
    if Set(entries.map(\.id)).count != entries.count {
      log.add(
        .error, "duplicate-id", line: nil, "two rows have the same ContractCommitmentId",
        remedy: "Export the latest state of each commitment only.")
    }
    if currencies.count > 1 {
      log.add(
        .error, "mixed-currencies", line: nil,
        "the rows are in different currencies: \(currencies.sorted().joined(separator: ", "))",
        remedy: "Import those of each currency into a history of their own.")
    }
    let findings = log.finished()
    guard findings.isEmpty else { throw FindingsError(findings) }
    guard !before.isStale(path: file.path) else {
      throw FindingsError([BillAssembly.changed(file)])
    }
    return ImportedFile(
      source: HistorySource(
        path: file.path, format: "focus-contract-commitment", bytes: before.bytes,
        fingerprint: before.text, rows: row, currency: currencies.first ?? "", grain: .hourly,
        window: nil),
      commitments: entries)
  }
}

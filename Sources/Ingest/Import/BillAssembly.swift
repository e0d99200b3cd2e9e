import CloudCosts

/// Puts what an engine brought home of one billing file together, whichever engine it was.
struct BillAssembly {
  let file: BillFile
  /// Of the file before it was read.
  let before: Fingerprint
  let tags: [String]
  let format: any BillFormat
  /// Of the table that is read: the file's, or what the format makes of them.
  let columns: BillColumns
  /// Which dates are believed.
  let periods = BillPeriods()
  /// Nil: the file as it is.
  private let input: [InputColumn]?

  /// - Throws: where the columns are those of no export that is known, or some are missing.
  init(file: BillFile, before: Fingerprint, tags: [String], columns: BillColumns)
    throws(FindingsError)
  {
    self.file = file
    self.before = before
    self.tags = tags
    guard let format = BillFormats.format(of: columns) else {
      throw FindingsError([
        Finding(
          .error, rule: "import.unknown-columns", place: file.name,
          message: "its columns are those of no billing export that is known: "
            + columns.all.prefix(8).map(\.name.quoted).joined(separator: ", "),
          remedy:
            "Export FOCUS 1.0 to 1.4, an AWS Cost and Usage Report, Azure's cost details, Google's"
            + " BigQuery export, or Oracle's cost report.")
      ])
    }
    self.format = format
    input = format.input(columns)
    self.columns =
      input.map {
        BillColumns(
          $0.map { BillColumns.Column(name: $0.name, type: $0.type) }, dialect: columns.dialect)
      } ?? columns
    let missing = format.required.filter { !columns.has($0) } + format.missing(columns)
    guard missing.isEmpty else {
      throw FindingsError(
        missing.map {
          Finding(
            .error, rule: "import.missing-column", place: file.name,
            message: "the column \($0) is missing (\(format.name))",
            remedy: "Export it again with all columns.")
        })
    }
  }

  /// Whether the table has to be made of the file's columns first.
  var isDerived: Bool { input != nil }

  /// These columns of the table that is read, out of the file's rows.
  func rows(_ names: [String], from file: String) -> String {
    let items = names.map { name in
      let known = input?.first { $0.name == name }
      let column = columns.dialect.identifier(name)
      return known.map { "\($0.sql) as \(column)" } ?? column
    }
    return "select \(items.joined(separator: ", ")) from \(file)"
  }

  /// Reads keys and cells.
  func cells(_ folder: Scratch) throws(FindingsError) -> BillAccumulator {
    var keys = BillKeyTable(format, tags: tags)
    try folder.records("keys.csv", file.name) { record in keys.add(record) }
    keys.finish()
    var builder = BillAccumulator(keys)
    try folder.records("cells.csv", file.name) { record in builder.add(record) }
    builder.settle()
    return builder
  }

  static func changed(_ file: BillFile) -> Finding {
    Finding(
      .error, rule: "import.changed-while-read", place: file.name,
      message: "the file changed while it was read",
      remedy: "Import it again when nothing writes it.")
  }

  private func error(_ rule: String, _ message: String, _ remedy: String) -> FindingsError {
    FindingsError([
      Finding(
        .error, rule: "import.\(rule)", place: file.name, message: message, remedy: remedy)
    ])
  }
}

extension BillAssembly {
  /// The file as a history keeps it; what the rules took must be what the file holds.
  ///
  /// - Parameter locate: where rows that are set aside are in the file; not called without any.
  func imported(
    _ builder: BillAccumulator, _ folder: Scratch,
    locate: () throws(FindingsError) -> [BillRowFlaw: [BillRowFlaws.Example]] = { [:] }
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
    var flaws = builder.flaws
    let own = try ownTotals(folder, &flaws)
    if !flaws.isEmpty { flaws.examples = try locate() }
    try reconcile(builder, own)
    totals += own.sorted { $0.key < $1.key }.map { HistoryTotal($0.key, $0.value) }
    let series = builder.series()
    let first = series.map(\.start).min()
    let last = series.map { $0.start + $0.quantities.count }.max()
    var window: HourWindow?
    if let first, let last { window = HourWindow(from: first, to: last) }
    var entries = try commitments(folder)
    let listed = CoveredList(BillCommitment.naming(entries, in: builder.costs()))
    let costs = listed.costs
    entries = BillCommitment.placed(entries, by: costs)
    entries = BillCommitment.completed(entries, from: costs).sorted { $0.id < $1.id }
    let currency = builder.currencies.first?.key ?? ""
    var imported = ImportedFile(
      source: HistorySource(
        path: file.path, format: format.variant(of: costs), bytes: before.bytes,
        fingerprint: before.text, rows: builder.rows,
        currency: currency,
        grain: builder.spreadRows > 0 ? .daily : .hourly,
        window: window),
      series: series, costs: costs, commitments: entries,
      totals: totals,
      findings: flaws.findings(of: file, periods, currency: currency)
        + [listed.finding(place: file.name, currency: currency)].compactMap { $0 }
        + BillFindings(builder, series: series, place: file.name, currency: currency).all
        + UnreadUsage(totals, costs, currency: currency, place: file.name).findings)
    imported.otherUse = builder.otherUse()
    imported.samples = try samples(folder)
    return imported
  }

  private typealias Totals = [BillAccumulator.TotalKey: (costs: ExactCosts, rows: Int)]

  private func ownTotals(
    _ folder: Scratch, _ flaws: inout BillRowFlaws
  ) throws(FindingsError) -> Totals {
    var totals: Totals = [:]
    var blank = 0
    try folder.records("totals.csv", file.name) { record in
      guard record.count == BillTotal.allCases.count,
        let hour = record[BillTotal.day.rawValue].integer,
        let rows = record[BillTotal.rows.rawValue].integer,
        let list = record[BillTotal.list.rawValue].trillionths,
        let contracted = record[BillTotal.contracted.rawValue].trillionths,
        let billed = record[BillTotal.billed.rawValue].trillionths,
        let effective = record[BillTotal.effective.rawValue].trillionths,
        let unused = record[BillTotal.unused.rawValue].trillionths,
        let credit = record[BillTotal.credit.rawValue].trillionths,
        let blanks = record[BillTotal.blank.rawValue].integer
      else { return false }
      blank += blanks
      let key = BillAccumulator.TotalKey(
        month: Hour(sinceEpoch: hour).month, service: record[BillTotal.service.rawValue].text,
        chargeClass: nil, rule: "")
      totals[key, default: (ExactCosts(), 0)].costs += ExactCosts(
        list: list, contracted: contracted, billed: billed + credit,
        effective: effective + unused + credit)
      totals[key]?.rows += rows
      return true
    }
    if blank > 0 { flaws.add(blank, ExactCosts(), of: .blank) }
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

  private func samples(_ folder: Scratch) throws(FindingsError) -> [Int: RowSample] {
    guard columns.dialect.least("", count: 1) != nil else { return [:] }
    var days: [BillSample] = []
    try folder.records("samples.csv", file.name) { record in
      guard let day = BillSample(record) else { return false }
      days.append(day)
      return true
    }
    return RowSample.ofFile(days, columns: columns.digest)
  }

  private func commitments(_ folder: Scratch) throws(FindingsError) -> [HistoryCommitment] {
    var commitments: [HistoryCommitment] = []
    try folder.records("commitments.csv", file.name) { record in
      guard let entry = BillCommitment.read(record, periods) else { return false }
      commitments.append(entry)
      return true
    }
    return commitments
  }
}

import CloudCosts

/// The columns of one kind of file: what its reader asks for by name.
protocol TableColumn: RawRepresentable<Int>, CaseIterable, Sendable {
  /// The headings, in the order of the raw values.
  static var headings: [String] { get }
  /// The columns a file cannot do without.
  static var required: [Self] { get }
  /// Whether a column that is not known may limit what a row is about: then each is said.
  static var areOthersSaid: Bool { get }
}

extension TableColumn {
  static var areOthersSaid: Bool { false }

  var heading: String { Self.headings[rawValue] }
}

/// A table with a header whose columns may be in any order; others are ignored, and said where they
/// look like one that is read.
struct Table<Column: TableColumn>: ~Copyable {
  private var reader: CSVReader
  private let positions: [Int]
  private let mayBeEmpty: Bool
  /// Whether it has columns of services beyond machines (`SKUFields.MoreFields`).
  let hasMore: Bool
  private var hasRows = false

  private init(reader: consuming CSVReader, positions: [Int], mayBeEmpty: Bool) {
    self.mayBeEmpty = mayBeEmpty
    self.reader = reader
    self.positions = positions
    hasMore = zip(Column.headings, positions).contains { heading, position in
      position >= 0 && SKUFields.MoreFields.headings.contains(heading)
    }
  }

  /// Opens a file and reads its header; nil, with findings, where that fails.
  ///
  /// - Parameter mayBeEmpty: whether a file without rows is in order.
  static func open(
    _ file: InputFile, mayBeEmpty: Bool = false, log: inout FindingLog
  ) -> Table? {
    guard var reader = reader(of: file, log: &log) else { return nil }
    do {
      try reader.findDelimiter()
      if reader.delimiter != UInt8(ascii: ",") {
        log.hasDoubtfulCommas = !DecimalMark.isComma(in: file)
        if !log.hasDoubtfulCommas { log.decimalPoint = UInt8(ascii: ",") }
      }
      let step = try reader.next()
      guard step == .record else {
        report(step, log: &log)
        return nil
      }
    } catch {
      log.add(error)
      return nil
    }
    var headings: [String] = []
    for index in 0..<reader.count { headings.append(reader[index].text) }
    reader.expectedFields = headings.count
    guard let positions = locate(headings, line: reader.line, log: &log) else { return nil }
    return Table(reader: reader, positions: positions, mayBeEmpty: mayBeEmpty)
  }

  private static func reader(of file: InputFile, log: inout FindingLog) -> CSVReader? {
    do {
      return try CSVReader(file)
    } catch {
      log.add(error)
      return nil
    }
  }

  /// The line of the row, from 1.
  var line: Int { reader.line }

  /// The row's field in this column; empty where the file has no such column.
  subscript(column: Column) -> Field {
    let position = positions[column.rawValue]
    return position < 0
      ? Field(trimming: UnsafeRawBufferPointer(start: nil, count: 0))
      : reader[position]
  }

  /// Moves to the next row that can be read; those that cannot are findings.
  ///
  /// - Returns: false at the end of the file, or where it cannot be read further.
  mutating func next(_ log: inout FindingLog) -> Bool {
    do {
      while true {
        switch try reader.next() {
        case .record:
          hasRows = true
          return true
        case .unusable(let flaw):
          hasRows = true
          log.add(flaw, line: reader.line, columns: reader.expectedFields ?? 0)
        case .end:
          if !hasRows, !mayBeEmpty {
            log.add(
              .error, "empty", line: nil, "the file has a header and no rows",
              remedy: "export it again, or leave it out of the scenario")
          }
          return false
        }
      }
    } catch {
      log.add(error)
      return false
    }
  }
}

extension Table {
  private static func report(_ step: CSVReader.Step, log: inout FindingLog) {
    if case .unusable(let flaw) = step {
      log.add(flaw, line: 1, columns: 0)
    } else {
      log.add(
        .error, "empty", line: nil, "the file is empty",
        remedy: "its first line must be the header: \(Column.headings.joined(separator: ","))")
    }
  }

  /// Where each column is; nil where one is missing or there twice.
  private static func locate(
    _ headings: [String], line: Int, log: inout FindingLog
  ) -> [Int]? {
    var isComplete = true
    var result = [Int](repeating: -1, count: Column.headings.count)
    // Names as they are written win over others in capitals or with spaces.
    for isExact in [true, false] {
      var found: [Int: Int] = [:]
      for (position, heading) in headings.enumerated() {
        let name = isExact ? heading : plain(heading)
        guard let column = Column.headings.firstIndex(of: name), result[column] < 0 else {
          continue
        }
        if found.updateValue(position, forKey: column) != nil {
          isComplete = false
          log.add(
            .error, "duplicate-column", line: line, "column \(heading.quoted) is there twice",
            remedy: "remove or rename one of them")
        }
      }
      for (column, position) in found { result[column] = position }
    }
    let others = headings.filter { !Column.headings.contains($0) }
    for column in Column.required where result[column.rawValue] < 0 {
      isComplete = false
      let hint = Spelling.nearest(to: column.heading, in: others)
      log.add(
        .error, "missing-column", line: line, "there is no column \(column.heading.quoted)",
        remedy: hint.map { "rename column \($0.quoted), if that is what it holds" }
          ?? "add it; the header is \(Column.headings.joined(separator: ","))")
    }
    for heading in others where isComplete && !Column.headings.contains(plain(heading)) {
      sayUnknown(heading, missing: result, line: line, log: &log)
    }
    return isComplete ? result : nil
  }

  /// A column that is not read is said where it looks like one that is, or may limit what a row is
  /// about.
  private static func sayUnknown(
    _ heading: String, missing positions: [Int], line: Int, log: inout FindingLog
  ) {
    let free = zip(Column.headings, positions).filter { $0.1 < 0 }.map(\.0)
    let hint = Spelling.nearest(to: plain(heading), in: free)
    guard hint != nil || Column.areOthersSaid else { return }
    log.add(
      .warning, "unknown-column", line: line,
      "column \(heading.quoted) is not known: the file is read without it",
      remedy: hint.map { "rename it to \($0.quoted), if that is what it holds" }
        ?? "remove it, or say the same in known columns: \(Column.headings.joined(separator: ","))")
  }

  /// `Instance Type` and `INSTANCE_TYPE` as `instance_type`.
  private static func plain(_ heading: String) -> String {
    String(heading.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }
}

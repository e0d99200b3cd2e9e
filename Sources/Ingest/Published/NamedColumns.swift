import CloudCosts

/// A CSV whose header may be behind lines of another kind, and whose columns go by name.
struct NamedColumns: ~Copyable {
  private var reader: CSVReader
  private let positions: [String: Int]
  private var expected: Int

  /// Nil, with findings, where the file cannot be read, or no line is a header with these columns.
  init?(_ file: InputFile, requiring names: [String], log: inout FindingLog) {
    do {
      var reader = try CSVReader(file)
      var found: [String: Int]?
      // A price list has five lines before its header; nothing has many more.
      for _ in 0..<20 where found == nil {
        guard try reader.next() == .record else { break }
        var columns: [String: Int] = [:]
        for index in 0..<reader.count where columns[reader[index].text] == nil {
          columns[reader[index].text] = index
        }
        if names.allSatisfy({ columns[$0] != nil }) { found = columns }
      }
      guard let found else {
        log.add(
          .error, "missing-column", line: nil,
          "no line is a header with the columns \(names.map(\.quoted).joined(separator: ", "))",
          remedy: "download the file again; do not rename its columns")
        return nil
      }
      expected = reader.count
      reader.expectedFields = reader.count
      positions = found
      self.reader = reader
    } catch {
      log.add(error)
      return nil
    }
  }

  var line: Int { reader.line }

  /// The field of the row; empty where the file has no such column.
  subscript(name: String) -> String {
    positions[name].map { reader[$0].text } ?? ""
  }

  /// Moves to the next row that can be read; those that cannot are findings.
  mutating func next(_ log: inout FindingLog) -> Bool {
    do {
      while true {
        switch try reader.next() {
        case .record: return true
        case .unusable(let flaw): log.add(flaw, line: reader.line, columns: expected)
        case .end: return false
        }
      }
    } catch {
      log.add(error)
      return false
    }
  }
}

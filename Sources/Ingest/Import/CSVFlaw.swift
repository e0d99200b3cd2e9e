import CloudCosts

/// Where a file that DuckDB refused is no table; our own reader knows the line.
enum CSVFlaw {
  /// The first flaw; nil where our reader has nothing against the file.
  ///
  /// - Parameter isLongLine: DuckDB saw a line too long; a quote that seems open is that line then.
  static func first(in file: BillFile, isLongLine: Bool) -> Finding? {
    func finding(_ rule: String, _ line: Int, _ message: String, _ remedy: String) -> Finding {
      Finding(
        .error, rule: "import.\(rule)", place: "\(file.name):\(line)", message: message,
        remedy: remedy)
    }
    do throws(CSVReader.Failure) {
      var reader = try CSVReader(InputFile(path: file.readPath, name: file.name))
      guard try reader.next() == .record else { return nil }
      let fields = reader.count
      reader.expectedFields = fields
      while true {
        switch try reader.next() {
        case .record: continue
        case .end: return nil
        case .unusable(.notUTF8):
          return finding("encoding", reader.line, "the text is not UTF-8", "Export as UTF-8.")
        case .unusable(.strayQuote):
          return finding(
            "not-a-table", reader.line, "a quote is inside a field", "Export the file again.")
        case .unusable(.fieldCount(let count)):
          return finding(
            "not-a-table", reader.line, "the row has \(count) fields, the header \(fields)",
            "Correct the row, or export the file again.")
        }
      }
    } catch {
      switch error {
      case .unclosedQuote(let line) where !isLongLine:
        return finding("not-a-table", line, "a quote is not closed", "Export the file again.")
      case .longLine(let line), .unclosedQuote(let line):
        return finding(
          "long-line", line, "a line is far too long for a bill", "Export the file again.")
      case .source: return nil
      }
    }
  }
}

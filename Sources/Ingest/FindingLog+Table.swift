// What can be wrong with any table, whatever it holds.
extension FindingLog {
  /// Notes why a record cannot be used.
  mutating func add(_ flaw: CSVReader.Flaw, line: Int, columns: Int) {
    switch flaw {
    case .notUTF8:
      add(
        .error, "not-utf8", line: line, "the line is not UTF-8 text",
        remedy: "save the file with the encoding UTF-8")
    case .strayQuote:
      add(
        .error, "stray-quote", line: line, "a quote is inside a field",
        remedy: "put the whole field between quotes and double the quotes in it")
    case .fieldCount(let count):
      add(
        .error, "field-count", line: line,
        "\(count) \(count == 1 ? "field" : "fields") where the header has \(columns)",
        remedy: "give each column a field, empty or not; quote a field that holds a comma")
    }
  }

  /// Notes why the rest of the file cannot be read.
  mutating func add(_ failure: CSVReader.Failure) {
    switch failure {
    case .source(.unreadable(let reason)):
      add(
        .error, "unreadable", line: nil, "the file cannot be read: \(reason)",
        remedy: "check its path and its permissions")
    case .source(.truncated):
      add(
        .error, "truncated", line: nil, "the compressed file ends too early",
        remedy: "copy or export it again; its size is not what it was")
    case .source(.damaged):
      add(
        .error, "damaged", line: nil, "the compressed data are damaged",
        remedy: "copy or export the file again")
    case .source(.unsuitable(let fault)):
      add(
        .error, fault.rule, line: nil,
        "the file cannot be read: \(fault.complaint)", remedy: fault.remedy)
    case .unclosedQuote(let line):
      add(
        .error, "unclosed-quote", line: line, "a quote is opened here and never closed",
        remedy: "close it, or double it where it belongs to the text")
    case .longLine(let line):
      add(
        .error, "long-line", line: line,
        "the line is longer than \(CSVReader.limit.grouped) bytes",
        remedy: "check that this is a CSV file with line ends")
    }
  }
}

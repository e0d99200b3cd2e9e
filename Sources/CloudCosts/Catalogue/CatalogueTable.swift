/// The rows of one of the catalogue's files (`Data/*.csv`): a header, comments after `#`, no
/// quotes; the last column may hold commas.
struct CatalogueTable {
  struct Row {
    private let columns: [String: Int]
    private let fields: [String]

    fileprivate init(columns: [String: Int], fields: [String]) {
      self.columns = columns
      self.fields = fields
    }

    /// Empty where the column or the field is absent.
    subscript(column: String) -> String {
      guard let index = columns[column], index < fields.count else { return "" }
      return fields[index]
    }

    /// The parts between semicolons.
    func list(_ column: String) -> [String] {
      self[column].split(separator: ";").map { part in
        String(part.drop { $0 == " " })
      }
    }

    /// The same with the spaces around them, which say where words end.
    func rawList(_ column: String) -> [String] {
      self[column].split(separator: ";").map(String.init)
    }
  }

  let rows: [Row]

  init(csv: String) {
    var lines = csv.split(separator: "\n").filter { !$0.hasPrefix("#") }[...]
    let header = lines.popFirst()?.split(separator: ",").map(String.init) ?? []
    let columns = Dictionary(
      header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    rows = lines.map { line in
      let fields = line.split(
        separator: ",", maxSplits: max(0, header.count - 1), omittingEmptySubsequences: false)
      return Row(columns: columns, fields: fields.map(String.init))
    }
  }
}

import CloudCosts
import Foundation

/// What DuckDB says of a file that it cannot read, in our words.
///
/// Its own words name our queries, scratch files and settings, and sometimes rows; none of them
/// gets into a finding.
struct BillComplaint {
  let text: String
  let container: BillFile.Container

  init(_ text: String, of container: BillFile.Container) {
    self.text = text
    self.container = container
  }

  func finding(place: String) -> Finding {
    let kind = Self.kinds.first { $0.isMeant(text.lowercased()) && $0.isPossible(container) }
    let place = line.map { "\(place):\($0)" } ?? place
    guard let kind else { return unknown(place: place) }
    return Finding(
      .error, rule: "import.\(kind.rule)", place: place,
      message: kind.message + (kind.namesColumn ? name.map { ": \($0.quoted)" } ?? "" : ""),
      remedy: kind.remedy)
  }

  private func unknown(place: String) -> Finding {
    container == .parquet
      ? Finding(
        .error, rule: "import.damaged-parquet", place: place,
        message: "the Parquet file is damaged", remedy: "Fetch it again.")
      : Finding(
        .error, rule: "import.unreadable-rows", place: place,
        message: "the rows cannot be read (DuckDB: \(errorClass))",
        remedy: "Correct the file, or export it again.")
  }

  /// Something that can be wrong.
  private struct Kind {
    /// One of them is in the complaint, in small letters; `+` between two: both are.
    var signs: [String]
    var rule: String
    var message: String
    var remedy: String
    /// Nil: in any.
    var containers: [BillFile.Container]?
    var namesColumn = false

    func isMeant(_ text: String) -> Bool {
      signs.contains { sign in sign.split(separator: "+").allSatisfy { text.contains($0) } }
    }

    func isPossible(_ container: BillFile.Container) -> Bool {
      containers?.contains(container) ?? true
    }
  }

  /// The first that is meant counts.
  private static let kinds = [
    // A limit on the size of files (ulimit -f) is reported in these words, or by the signal XFSZ.
    Kind(
      signs: ["no space left", "disk+full", "file too large", "status 153"], rule: "disk-full",
      message: "there is no room for temporary files",
      remedy: "Make room, or set TMPDIR to a folder on another disk."),
    // Below the limit that DuckDB was given: the system's own (ulimit -v), or all memory is used.
    // A DuckDB that counts two processors starts from about 200 MB on.
    Kind(
      signs: [
        "allocation failure", "bad_alloc", "bad allocation", "failed to map segment",
        "cannot allocate memory", "resource temporarily unavailable",
      ], rule: "memory",
      message: "the system gave DuckDB no more memory: it needs some 300 MB, and beside that up to"
        + " what --memory allows (1GB)",
      remedy: "Raise the shell's limit (ulimit -v), end other programs, or lower --memory."),
    Kind(
      signs: ["out of memory"], rule: "memory",
      message: "the memory limit is too small for this file", remedy: "Raise it with --memory."),
    Kind(
      signs: ["referenced column", "could not find key", "no struct entry"],
      rule: "missing-column",
      message: "a column or a field that this kind of export has is missing",
      remedy: "Export it again with all columns.", namesColumn: true),
    Kind(
      signs: ["binder error", "parser error", "catalog error"], rule: "unreadable-rows",
      message: "a column has a name or a type that this kind of export does not have",
      remedy: "Export it again, and change neither header nor types."),
    Kind(
      signs: ["internal error", "serialization error", "transactioncontext error"],
      rule: "engine-result", message: "DuckDB failed while it read the file",
      remedy: "Install the newest PyPI package duckdb-cli; if it fails again, fetch the file again."
    ),
    Kind(
      signs: ["invalid unicode", "not utf-8", "invalid utf8"], rule: "encoding",
      message: "the text is not UTF-8", remedy: "Export the file as UTF-8.",
      containers: [.csv, .json]),
    Kind(
      signs: ["maximum line size", "maximum_object_size"], rule: "long-line",
      message: "a line is longer than 4 MB",
      remedy: "Export the file again: no bill has such lines.", containers: [.csv, .json]),
    Kind(
      signs: ["sniffing"], rule: "not-a-table",
      message: "the rows have different numbers of fields, or a quote is not closed",
      remedy: "Export the file again.", containers: [.csv]),
    Kind(
      signs: ["gzip", "decompress", "deflate"], rule: "damaged-gzip",
      message: "the compressed file is cut off or damaged", remedy: "Fetch it again.",
      containers: [.csv, .json]),
    Kind(
      signs: ["malformed json", "json transform error", "json+unexpected"],
      rule: "unreadable-rows", message: "a line is no JSON object",
      remedy: "Export the file as one JSON object a line.", containers: [.json]),
    Kind(
      signs: ["csv error"], rule: "not-a-table",
      message: "a row has another number of fields than the header, or a quote is not closed",
      remedy: "Correct the row, or export the file again.", containers: [.csv]),
    Kind(
      signs: ["out of range error", "conversion error"], rule: "unreadable-rows",
      message: "an amount or a quantity is larger than any bill has",
      remedy: "Correct the row, or export the file again.", containers: [.csv, .json]),
  ]

  /// `CSV Error on Line: 17`.
  private var line: Int? {
    guard let range = text.range(of: "Line: ") else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber })
  }

  /// `Referenced column "x" not found`.
  private var name: String? {
    let parts = text.prefix(1000).split(separator: "\"", maxSplits: 2)
    return parts.count > 2 ? String(parts[1]) : nil
  }

  /// `Invalid Input Error`, which says no more than the class of what happened.
  private var errorClass: String {
    let words = text.prefix { $0 != ":" }.prefix(40)
    let isClass = words.hasSuffix(" Error") && words.allSatisfy { $0.isLetter || $0 == " " }
    return isClass ? String(words) : "no reason is known"
  }
}

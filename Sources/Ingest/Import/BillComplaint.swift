import CloudCosts
import Foundation

/// What DuckDB says of a file that it cannot read, in our words.
struct BillComplaint {
  let text: String
  let container: BillFile.Container

  init(_ text: String, of container: BillFile.Container) {
    self.text = text
    self.container = container
  }

  func finding(place: String) -> Finding {
    let place = line.map { "\(place):\($0)" } ?? place
    let lower = text.lowercased()
    func finding(_ rule: String, _ message: String, _ remedy: String) -> Finding {
      Finding(.error, rule: "import.\(rule)", place: place, message: message, remedy: remedy)
    }
    // A limit on the size of files (ulimit -f) is reported in these words, or by the signal XFSZ.
    if lower.contains("no space left") || lower.contains("disk") && lower.contains("full")
      || lower.contains("file too large") || lower.contains("status 153")
    {
      return finding(
        "disk-full", "there is no room for temporary files",
        "Make room, or set TMPDIR to a folder on another disk.")
    }
    if lower.contains("out of memory") {
      return finding(
        "memory", "the memory limit is too small for this file", "Raise it with --memory.")
    }
    if container == .parquet {
      return finding("damaged-parquet", "the Parquet file is damaged: \(first)", "Fetch it again.")
    }
    if lower.contains("invalid unicode") || lower.contains("not utf-8") {
      return finding("encoding", "the text is not UTF-8", "Export the file as UTF-8.")
    }
    if lower.contains("maximum line size") {
      return finding(
        "long-line", "a line is longer than 4 MB", "Export the file again: no bill has such lines.")
    }
    if lower.contains("sniffing") {
      return finding(
        "not-a-table", "the rows have different numbers of fields, or a quote is not closed",
        "Export the file again.")
    }
    if lower.contains("gzip") || lower.contains("decompress") || lower.contains("deflate") {
      return finding("damaged-gzip", "the compressed file is cut off or damaged", "Fetch it again.")
    }
    return finding("unreadable-rows", first, "Correct the file, or export it again.")
  }

  /// `CSV Error on Line: 17`.
  private var line: Int? {
    guard let range = text.range(of: "Line: ") else { return nil }
    return Int(text[range.upperBound...].prefix { $0.isNumber })
  }

  /// The first line that says what is wrong, without the engine's hints.
  private var first: String {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    return (lines.first { $0.contains("Error") } ?? lines.first ?? "unknown").printable
  }
}

import CloudCosts
import Foundation

/// Brings billing files into a history: all of them, or none where one cannot be read.
public struct Importer: Sendable {
  /// DuckDB's memory limit: `1GB`.
  public var memoryLimit: String

  public init(memoryLimit: String = "1GB") { self.memoryLimit = memoryLimit }

  /// What an import did.
  public struct Summary: Sendable {
    /// Files whose rows are new in the history, in the order of reading.
    public var imported: [ImportedFile] = []
    /// Of these the ones that took the place of an older file of the same path.
    public var replaced: Set<String> = []
    /// Files whose contents were in the history already.
    public var unchanged: [String] = []

    /// Of the files, and of what they say together.
    public var findings: [Finding] = []
  }

  /// - Parameters:
  ///   - arguments: files, folders, patterns.
  ///   - progress: told which file is being read.
  /// - Throws: every finding where a file cannot be read; the history is as it was then.
  public func run(
    _ arguments: [String], into path: String, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> Summary {
    let files = try BillFile.expand(arguments)
    let writer = try HistoryWriter(path: path)
    let known = try writer.sources()
    var prints = Set(known.map(\.fingerprint))
    let paths = Set(known.map(\.path))
    var currencies = Set(known.map(\.currency).filter { !$0.isEmpty })
    var summary = Summary()
    var errors: [Finding] = []
    var duckdb: DuckDB?
    for (index, file) in files.enumerated() {
      progress("reading \(file.name) (\(index + 1) of \(files.count))")
      do throws(FindingsError) {
        let fingerprint = try Fingerprint(path: file.path)
        guard prints.insert(fingerprint.text).inserted else {
          summary.unchanged.append(file.name)
          continue
        }
        let engine: DuckDB
        if let duckdb { engine = duckdb } else { engine = try DuckDB(memoryLimit: memoryLimit) }
        duckdb = engine
        var imported = try BillReader(duckdb: engine, file: file, before: fingerprint).read()
        if paths.contains(file.path) {
          summary.replaced.insert(file.path)
          imported.findings.append(
            Finding(
              .note, rule: "import.replaced", place: file.name,
              message:
                "the file has changed since it was imported: its rows took the old ones' place",
              remedy: "Nothing, if that is meant."))
        }
        if !imported.source.currency.isEmpty { currencies.insert(imported.source.currency) }
        try writer.replace(imported)
        // Series are in the history now; a summary of a thousand files needs no room for them.
        imported.series = []
        summary.findings += imported.findings
        summary.imported.append(imported)
      } catch {
        errors += error.findings
        // Without an engine there is nothing to learn from the other files.
        if error.findings.contains(where: { $0.rule == "import.no-duckdb" }) { break }
      }
    }
    if currencies.count > 1 {
      errors.append(
        Finding(
          .error, rule: "import.mixed-currencies", place: path,
          message:
            "the bills are in different currencies: \(currencies.sorted().joined(separator: ", "))",
          remedy: "Import the bills of each currency into a history of their own."))
    }
    guard errors.isEmpty else { throw FindingsError(errors) }
    try writer.commit()
    return summary
  }
}

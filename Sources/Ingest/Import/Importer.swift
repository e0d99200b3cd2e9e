import CloudCosts
import Foundation

/// Brings billing files into a history: all of them, or none where one cannot be read.
package struct Importer {
  /// What reads and adds up.
  package enum Engine: Sendable {
    /// With a memory limit: `1GB`.
    case duckdb(memory: String)
    /// At `spark://host:7077`; Parquet only.
    case spark(master: String)
  }

  package var engine: Engine
  /// Tags that become part of what rows are charged for.
  package var tags: [String]
  /// Is given what a person has to know while an import is under way.
  package var notice: (Finding) -> Void = { _ in }

  package init(engine: Engine = .duckdb(memory: "1GB"), tags: [String] = []) {
    self.engine = engine
    self.tags = tags
  }

  /// What an import did.
  package struct Summary: Sendable {
    /// Files whose rows are new in the history, in the order of reading.
    package var imported: [ImportedFile] = []
    /// Of these the ones that took the place of an older file of the same path.
    package var replaced: Set<String> = []
    /// Files whose contents were in the history already.
    package var unchanged: [String] = []

    /// Of the files, and of what they say together.
    package var findings: [Finding] = []
  }

  /// - Parameters:
  ///   - arguments: files, folders, patterns.
  ///   - progress: called with the file that is being read.
  /// - Throws: every finding where a file cannot be read; the history is as it was then.
  package func run(
    _ arguments: [String], into path: String, progress: (String) -> Void = { _ in }
  ) throws(FindingsError) -> Summary {
    var work = try Work(path)
    switch engine {
    case .duckdb(let memory):
      var others: [Finding] = []
      let files = try BillFile.expand(arguments) { others.append($0) }
      work.summary.findings += others
      try readHere(files, memory, &work, progress)
    case .spark(let master):
      var spark = try Spark(master: master)
      spark.watch.asked = asked
      try readThere(try sources(arguments), spark, &work, progress)
    }
    work.lookFor(tags)
    return try work.finished(path)
  }

  /// One file after the other, by DuckDB.
  private func readHere(
    _ files: [BillFile], _ memory: String, _ work: inout Work, _ progress: (String) -> Void
  ) throws(FindingsError) {
    var duckdb: DuckDB?
    for (index, file) in files.enumerated() {
      progress("reading \(file.name) (\(index + 1) of \(files.count))")
      do throws(FindingsError) {
        let fingerprint = try Fingerprint(path: file.readPath)
        guard work.isNew(fingerprint) else {
          work.summary.unchanged.append(file.name)
          continue
        }
        let engine: DuckDB
        if let duckdb { engine = duckdb } else { engine = try started(memory) }
        duckdb = engine
        try work.keep(
          try BillReader(duckdb: engine, file: file, before: fingerprint, tags: tags).read(), file)
      } catch {
        work.fail(error.findings, file)
        // Without an engine there is nothing to learn from the other files.
        if error.findings.contains(where: { $0.rule == "import.no-duckdb" }) { break }
      }
    }
  }

  private func started(_ memory: String) throws(FindingsError) -> DuckDB {
    var duckdb = try DuckDB(memoryLimit: memory)
    duckdb.watch.asked = asked
    return duckdb
  }

  private func asked(_ program: String, _ seconds: Int) {
    notice(
      Finding(
        .warning, rule: "import.engine-silent", place: program,
        message: "it has neither computed nor read nor written for \(seconds) seconds",
        remedy: "Wait if a disk or a cluster is slow to answer; else press Ctrl-C."))
  }

  /// All at once, by Spark.
  private func readThere(
    _ sources: [SparkReader.Source], _ spark: Spark, _ work: inout Work,
    _ progress: (String) -> Void
  ) throws(FindingsError) {
    progress("reading \(sources.count) files by Spark")
    var kept = work
    let results = try SparkReader(spark: spark, tags: tags).read(sources) {
      kept.isNew($0) == false
    }
    work = kept
    for (source, result) in zip(sources, results) {
      switch result {
      case .success(nil): work.summary.unchanged.append(source.file.name)
      case .success(let imported?):
        do throws(FindingsError) { try work.keep(imported, source.file) } catch {
          work.errors += error.findings
        }
      case .failure(let error): work.fail(error.findings, source.file)
      }
    }
  }

  /// What Spark reads: files here, and data sets elsewhere as they are named.
  private func sources(_ arguments: [String]) throws(FindingsError) -> [SparkReader.Source] {
    let files = try BillFile.expand(arguments.filter { !$0.contains("://") })
    let text = files.filter { $0.container == .csv }
    guard text.isEmpty else {
      throw FindingsError(
        text.map {
          Finding(
            .error, rule: "import.spark-csv", place: $0.name, message: "Spark reads Parquet only",
            remedy: "Import it with DuckDB, the default engine.")
        })
    }
    var sources: [SparkReader.Source] = []
    for file in files {
      sources.append(
        SparkReader.Source(file: file, fingerprint: try Fingerprint(path: file.readPath)))
    }
    return sources
      + arguments.filter { $0.contains("://") }.map {
        SparkReader.Source(file: BillFile(remote: $0))
      }
  }

  /// An import on its way.
  private struct Work {
    let writer: HistoryWriter
    var summary = Summary()
    var errors: [Finding] = []
    private var skipped: [Finding] = []
    private var prints: Set<String>
    private let paths: Set<String>
    private var currencies: Set<String>

    init(_ path: String) throws(FindingsError) {
      writer = try HistoryWriter(path: path)
      let known = try writer.sources()
      prints = Set(known.map(\.fingerprint))
      paths = Set(known.map(\.path))
      currencies = Set(known.map(\.currency).filter { !$0.isEmpty })
    }

    /// Whether such contents are in the history, or were read before in this import; from now on
    /// they are.
    mutating func isNew(_ fingerprint: Fingerprint) -> Bool {
      prints.insert(fingerprint.text).inserted
    }

    mutating func keep(_ file: ImportedFile, _ source: BillFile) throws(FindingsError) {
      var imported = file
      if paths.contains(source.path) {
        summary.replaced.insert(source.path)
        imported.findings.append(
          Finding(
            .note, rule: "import.replaced", place: source.name,
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
    }

    /// A part without rows is no fault, nor is a file of a folder that is no bill (a manifest, an
    /// export's state), as long as other files are bills.
    mutating func fail(_ findings: [Finding], _ file: BillFile) {
      let isEmpty = findings.allSatisfy { ["import.no-rows", "import.empty"].contains($0.rule) }
      let isOther = findings.allSatisfy { $0.rule == "import.unknown-columns" }
      if isEmpty || (isOther && file.isFound) {
        skipped += findings
      } else {
        errors += findings
      }
    }

    /// A tag that no row has is misspelt, or not in the export.
    mutating func lookFor(_ tags: [String]) {
      guard !summary.imported.isEmpty else { return }
      let found = summary.imported.reduce(into: Set<String>()) { keys, file in
        for cost in file.costs { keys.formUnion(cost.subject.tags.keys) }
      }
      for tag in tags where !found.contains(tag) {
        summary.findings.append(
          Finding(
            .warning, rule: "import.tag-not-found", place: "--tag \(tag)",
            message: "no row of the files has the tag \(tag.quoted)",
            remedy: "Check its spelling and case, and that the export has tags."))
      }
    }

    private mutating func settle() {
      if summary.imported.isEmpty, summary.unchanged.isEmpty {
        errors += skipped
      } else {
        summary.findings += skipped.map { finding in
          var finding = finding
          let isEmpty = finding.rule != "import.unknown-columns"
          finding.severity = isEmpty ? .note : .warning
          finding.message += isEmpty ? ": left out" : "; it is left out"
          finding.remedy = "Nothing, if that is meant; else export it again."
          return finding
        }
      }
    }

    /// What is said of a file, without what another one holds too.
    private mutating func reduce(_ reduced: ReducedFile) {
      summary.findings.append(reduced.note)
      guard let index = summary.imported.firstIndex(where: { $0.source.path == reduced.path })
      else { return }
      summary.imported[index].totals = reduced.totals
      summary.imported[index].costs.removeAll(where: reduced.isTaken)
      let outdated = summary.imported[index].findings.filter {
        reduced.outdated.contains($0.rule)
      }
      summary.findings.removeAll(where: outdated.contains)
    }

    /// Makes it part of the history.
    mutating func finished(_ path: String) throws(FindingsError) -> Summary {
      settle()
      if currencies.count > 1 {
        errors.append(
          Finding(
            .error, rule: "import.mixed-currencies", place: path,
            message:
              "the bills are in different currencies: \(currencies.sorted().joined(separator: ", "))",
            remedy: "Import the bills of each currency into a history of their own."))
      }
      guard errors.isEmpty else { throw FindingsError(errors) }
      let settled = try writer.settle()
      summary.findings += settled.findings
      summary.imported.removeAll { settled.removed.contains($0.source.path) }
      settled.reduced.forEach { reduce($0) }
      try writer.commit()
      return summary
    }
  }
}

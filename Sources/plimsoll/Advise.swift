import ArgumentParser
import CloudCosts
import Foundation
import Ingest
import Reports
import Scenarios

struct Advise: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "From a bill to advice: imports, finds prices, plans, and writes a report.",
    discussion: """
      Takes billing exports (files, folders, patterns), one usage CSV, or one history that `plimsoll \
      import` wrote. Everything is written into a folder: the history, a scenario.yaml that can be \
      changed and run again, the prices, and the report. Prices come from the files that you name, from \
      the bill itself, and from books that ship with the program.
      """)

  @Argument(help: "Bills, folders of them, patterns; or one usage CSV; or one history.")
  var bills: [String]

  @Option(help: "The folder to write.", completion: .directory)
  var into = "advice"

  @Option(
    parsing: .upToNextOption, help: "Price files; they win over the bill and the books.",
    completion: .file())
  var prices: [String] = []

  @Option(help: "crawl, walk or run: from careful to bold.")
  var preset: Preset?

  @Option(help: "DuckDB's memory limit for the import: a number and MB or GB.")
  var memory = "1GB"

  @Flag(help: "Print one JSON object, as `run --json` does.")
  var json = false

  @Flag(help: "Show the report in a browser.")
  var open = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !bills.isEmpty else { throw ValidationError("Name a bill, a usage CSV or a history.") }
    guard !into.isEmpty else { throw ValidationError("--into is empty: name a folder.") }
  }

  private var files: [String] { [AdviceFiles.scenario, AdviceFiles.prices] + ReportFiles.names }

  func run() throws {
    try Console.reportingFindings {
      let rule = output.rule(reading: bills + prices)
      try OutputDirectory(path: into, rule: rule).check(files)
      try checkScenario()
      let (path, name) = try usage()
      // An import is simply ended by a signal; its engine ends with it.
      let interruption = Interruption()
      Console.progress("looking for prices")
      let advice = try Adviser().prepare(path, named: name, priceFiles: prices)
      try OutputDirectory(path: into, rule: rule).write(AdviceFiles.all(advice, preset: preset))
      var comparison = try ScenarioRunner(path: into, stop: interruption.stop)
        .run(progress: Console.progress)
      Console.endProgress()
      comparison.findings =
        advice.findings.filter { !comparison.findings.contains($0) }
        + comparison.findings
      let document = RunDocument(comparison, in: into)
      try OutputDirectory(path: into, rule: rule).write(
        ReportFiles.all(comparison, document, assumptions: advice.assumptions))
      Console.result(
        json ? try document.json() : AdviceTable(document, advice, folder: into).text)
      if open { show("\(into)/report.html") }
    }
  }

  /// A scenario that somebody has changed is not replaced.
  private func checkScenario() throws(FindingsError) {
    let path = "\(into)/\(AdviceFiles.scenario)"
    guard !output.force, InputPath.kind(path) == .file,
      let text = try? String(contentsOfFile: path, encoding: .utf8), AdviceFiles.isChanged(text)
    else { return }
    throw FindingsError([
      Finding(
        .error, rule: "advise.changed-scenario", place: path,
        message: "the scenario was changed since it was written",
        remedy:
          "run it: plimsoll run \(into); or name another folder with --into, or replace it with"
          + " --force")
    ])
  }

  /// The usage file or history, and how the scenario in the folder is to call it.
  private func usage() throws -> (path: String, name: String) {
    switch Adviser.source(of: bills) {
    case .usage(let path), .history(let path):
      return (path, DocumentFolder(into).relative(path))
    case .bills:
      let history = "\(into)/history.db"
      try OutputDirectory(path: into).write([])
      var importer = Importer(engine: .duckdb(memory: memory))
      importer.notice = Console.notice
      _ = try importer.run(bills, into: history, progress: Console.progress)
      return (history, "history.db")
    }
  }

  /// With the desktop's own program; where there is none, the path was printed.
  private func show(_ page: String) {
    let process = Process()
    #if os(macOS)
      let opener = "open"
    #else
      let opener = "xdg-open"
    #endif
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [opener, page]
    process.standardError = FileHandle.nullDevice
    try? process.run()
  }
}

extension Preset: ExpressibleByArgument {}

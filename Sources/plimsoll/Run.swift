import ArgumentParser
import CloudCosts
import Foundation
import Reports
import Scenarios

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares on-demand, current, committed, rightsized and combined outcomes.")

  @Argument(help: "A scenario file, or a folder with a scenario.yaml in it.")
  var scenario: String

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  @Flag(
    help:
      "Also tell how the best plan moves with each limit of the policy: solves it anew each time.")
  var sensitivity = false

  @Flag(help: "Also print coverage, use and lock-in by account and family, and what ends when.")
  var measures = false

  @Flag(
    help: "Also split the saving of shared commitments among accounts, and plan for each alone.")
  var showback = false

  @Option(
    help: """
      Write plan.json, comparison.csv, recommendations.csv, plan.xlsx and report.html there; of \
      machines also rightsizing.csv, machines.html and commands.
      """,
    completion: .directory)
  var out: String?

  @Option(
    name: .customLong("write-lp"),
    help: "Write the base scenario's whole ILP there, in CPLEX LP format.", completion: .file())
  var writeLP: String?

  @Option(name: .customLong("run"), help: "Only this run of the scenario file.")
  var runName: String?

  @Option(help: "Start from crawl, walk or run, whatever the file says.")
  var preset: Preset?

  @Option(help: "Only this outcome: on-demand, current, committed, rightsized or combined.")
  var only: OutcomeKind?

  @Option(help: "Set a key: --set policy.max_upfront=0. May be given several times.")
  var set: [String] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    for (option, path) in [("--out", out), ("--write-lp", writeLP)] where path == "" {
      throw ValidationError("\(option) is empty: name where to write.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      // What can be known to fail is reported before an hour of solving.
      let rule = output.rule(ofScenario: scenario)
      let directory = out.map { OutputDirectory(path: $0, rule: rule) }
      try directory?.check(ReportFiles.names + ReportFiles.machineNames)
      if let writeLP { try OutputDirectory.check(file: writeLP, rule: rule) }
      let interruption = Interruption()
      let runner = ScenarioRunner(
        path: scenario, stop: interruption.stop,
        changes: ScenarioChanges(run: runName, preset: preset, only: only, sets: set))
      // Written before it is solved: who asks why a run failed or takes so long needs the program.
      if let writeLP {
        let text = try runner.linearProgram()
        try OutputDirectory.write(Data(text.utf8), toFile: writeLP, rule: rule)
      }
      let comparison = try runner.run(
        sensitivity: sensitivity, showback: showback, progress: Console.progress)
      Console.endProgress()
      let document = RunDocument(comparison, in: out ?? ".")
      try directory?.write(ReportFiles.all(comparison, document))
      let table = {
        ComparisonTable(document).text + (measures ? MeasuresTable(document).text : "")
          + (showback ? ShowbackTable(document).text : "")
      }
      if json { try Console.result(document.write) } else { Console.result(table()) }
    }
  }
}

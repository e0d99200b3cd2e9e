import ArgumentParser
import CloudCosts
import Foundation
import Reports
import Scenarios

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Walks over the history: what each way of buying would have saved.",
    discussion: """
      Every policy decides with what was known at the time, and the judge bills what happened. \
      Settings are under `backtest` in the scenario file.
      """)

  @Argument(help: "A scenario file, or a folder with a scenario.yaml in it.")
  var scenario: String

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  @Option(
    help: "Also write it there: a .csv, .html, .svg or .json file, or a folder for all of them.",
    completion: .file())
  var out: String?

  @Option(name: .customLong("run"), help: "Which run of the scenario file; all where absent.")
  var runName: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    try Console.reportingFindings {
      let form = out.flatMap { BacktestFile(path: $0) }
      let names = BacktestFile.allCases.map { "backtest.\($0.rawValue)" }
      let rule = output.rule(ofScenario: scenario)
      if let out {
        if form == nil {
          try OutputDirectory(path: out, rule: rule).check(names)
        } else {
          try OutputDirectory.check(file: out, rule: rule)
        }
      }
      let result = try ScenarioRunner(path: scenario)
        .backtest(run: runName, progress: Console.progress)
      Console.endProgress()
      let document = BacktestDocument(
        scenario: result.scenario, result.backtests, findings: result.findings)
      if let out, let form {
        try OutputDirectory.write(Data(try form.text(document).utf8), toFile: out, rule: rule)
      } else if let out {
        let files = try zip(names, BacktestFile.allCases).map {
          OutputFile(name: $0, text: try $1.text(document))
        }
        try OutputDirectory(path: out, rule: rule).write(files)
      }
      Console.result(json ? try document.json() : BacktestTable(document).text)
    }
  }
}

import ArgumentParser
import CloudCosts
import Foundation
import Reports
import Scenarios

struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Tells what usage a scenario expects, with the 10, 50 and 90 % quantiles.",
    discussion: """
      As its section forecast says; a scenario that looks at no horizon is carried on for twelve \
      months. Changes that are known, and everything doubtful in the history, are reported with it.
      """)

  @Argument(help: "A scenario file, or a folder with a scenario.yaml in it.")
  var scenario: String

  @Option(
    help: "How finely --json and --out tell it: hour, day, week or month; by day, a page by week.")
  var by: OutlookStep?

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  @Option(help: "Also write it there: .html (a chart), .csv or .json.", completion: .file())
  var out: String?

  @Option(name: .customLong("run"), help: "Which run of the scenario file; the first where absent.")
  var runName: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let out, OutlookFile(path: out) == nil {
      throw ValidationError("--out \(out): the name must end in .html, .csv or .json.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let rule = output.rule(ofScenario: scenario)
      if let out { try OutputDirectory.check(file: out, rule: rule) }
      let outlook = try ScenarioRunner(path: scenario).outlook(run: runName)
      if let out, let form = OutlookFile(path: out) {
        let text = try form.text(OutlookDocument(outlook, by: by ?? form.usualStep))
        try OutputDirectory.write(Data(text.utf8), toFile: out, rule: rule)
      }
      Console.result(
        json
          ? try OutlookDocument(outlook, by: by ?? .day).json()
          : OutlookTable(OutlookDocument(outlook, by: .month)).text)
    }
  }
}

extension OutlookStep: ExpressibleByArgument {}

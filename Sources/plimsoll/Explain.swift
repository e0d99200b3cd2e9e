import ArgumentParser
import CloudCosts
import Foundation
import Reports
import Scenarios

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tells which commitment covered what in one hour, in order, and why.")

  @Argument(help: "A scenario file, or a folder with a scenario.yaml in it.")
  var scenario: String

  @Option(help: "The hour, in UTC: 2024-01-15T13:00Z.")
  var hour: String

  @Option(help: "Only the usage and the commitments of this account.")
  var account: String?

  @Option(name: .customLong("run"), help: "Which run of the scenario file; the first where absent.")
  var runName: String?

  @Option(help: "Which outcome: current where absent. One that plans is solved for.")
  var outcome: OutcomeKind?

  @Option(
    help: "Take the purchases from a plan.json, and solve nothing.", completion: .file())
  var plan: String?

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  /// Nil where the text is no hour.
  private var start: Hour? {
    Hour(iso8601: hour) ?? Hour(iso8601: hour.replacingOccurrences(of: "Z", with: ":00Z"))
  }

  func validate() throws {
    guard start != nil else {
      throw ValidationError("--hour \(hour): write a whole hour in UTC, such as 2024-01-15T13:00Z.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      guard let start else { return }
      let runner = ScenarioRunner(path: scenario)
      let billed =
        try plan.map { path in
          let selection = try RunDocument.read(path: path)
            .claim(run: runName, outcome: outcome?.rawValue)
          return try runner.billed(selection)
        } ?? runner.billed(outcome ?? .current, run: runName, progress: Console.progress)
      Console.endProgress()
      let document = try ExplainDocument(billed, at: start, account: account)
      Console.result(json ? try document.json() : ExplainTable(document).text)
    }
  }
}

extension OutcomeKind: ExpressibleByArgument {}

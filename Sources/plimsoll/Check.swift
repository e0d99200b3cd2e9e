import ArgumentParser
import CloudCosts
import Reports
import Scenarios

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a scenario and all files that it names; solves nothing.",
    discussion: "Exit code 0 where it can be run, 1 where not; every finding is printed at once.")

  @Argument(help: "A scenario file, or a folder with a scenario.yaml in it.")
  var scenario: String

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    try Console.reportingFindings {
      let findings = try ScenarioRunner(path: scenario).check()
      let document = CheckDocument(findings)
      Console.result(json ? try document.json() : document.text)
    }
  }
}

import ArgumentParser
import CloudCosts
import Reports
import Scenarios

struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Bills purchases of your own, and compares them with the best plan.",
    discussion: """
      A purchase is a few words in any order: product, term, payment, amount; for reservations also \
      an instance type and a region.

        plimsoll judge SCENARIO --buy "sp-compute 3y no-upfront 12.5/h"
        plimsoll judge SCENARIO --buy "ri-standard 1y no-upfront 40 m5.xlarge us-east-1"
        plimsoll judge SCENARIO --buy plan.csv

      A CSV file has the columns product, term_years, payment, and quantity or hourly_commitment; a \
      recommendations.csv is one, too.
      """)

  @Argument(help: "A scenario file, or a folder with a scenario.yaml in it.")
  var scenario: String

  @Option(help: "A purchase in words, or a CSV file of purchases. May be given several times.")
  var buy: [String] = []

  @Option(name: .customLong("run"), help: "Which run of the scenario file; the first where absent.")
  var runName: String?

  @Flag(help: "Only bill the proposal: do not look for the best plan.")
  var noBest = false

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  func validate() throws {
    guard !buy.isEmpty else {
      throw ValidationError(
        "--buy is missing: name a purchase, such as \"sp-compute 3y no-upfront 12.5/h\".")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let interruption = Interruption()
      let judged = try ScenarioRunner(path: scenario, stop: interruption.stop)
        .judge(buy, run: runName, findsBest: !noBest, progress: Console.progress)
      Console.endProgress()
      let document = JudgeDocument(judged)
      Console.result(json ? try document.json() : JudgeTable(document).text)
    }
  }
}

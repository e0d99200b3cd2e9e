import ArgumentParser
import CloudCosts
import Foundation
import Reports
import Scenarios

struct FrontierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frontier",
    abstract:
      "Traces what a limit of the policy costs: from the tightest to where it limits no more.",
    discussion: """
      Every point is a plan of its own. The limits are \
      \(PolicyKnob.unnamed.map(\.key).joined(separator: ", ")), and \
      those by usage: max_coverage_by.family.m5, min_coverage_by.account.123. With one demand \
      path, risk is what is at stake: plans from cautious to bold by max_coverage, each also \
      billed with usage fallen by 20, 30 and 50 %.
      """)

  @Argument(help: "A scenario file, or a folder with a scenario.yaml in it.")
  var scenario: String

  @Option(
    help: ArgumentHelp("A limit of the policy, by its key, or risk.", valueName: "limit"))
  var over: FrontierAxis

  @Option(help: "How many points, both ends included; 2 to 200.")
  var points = 11

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  @Option(help: "Also write it there: .csv, .html, .svg or .json.", completion: .file())
  var out: String?

  @Option(name: .customLong("run"), help: "Which run of the scenario file; the first where absent.")
  var runName: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (2...200).contains(points) else {
      throw ValidationError("--points \(points) is not in 2 to 200.")
    }
    if let out, FrontierFile(path: out) == nil {
      throw ValidationError("--out \(out): the name must end in .csv, .html, .svg or .json.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let rule = output.rule(ofScenario: scenario)
      if let out { try OutputDirectory.check(file: out, rule: rule) }
      let interruption = Interruption()
      let frontier = try ScenarioRunner(path: scenario, stop: interruption.stop)
        .frontier(over: over, points: points, run: runName, progress: Console.progress)
      Console.endProgress()
      let document = FrontierDocument(frontier)
      if let out, let form = FrontierFile(path: out) {
        try OutputDirectory.write(Data(try form.text(document).utf8), toFile: out, rule: rule)
      }
      Console.result(json ? try document.json() : FrontierTable(document).text)
    }
  }
}

extension FrontierAxis: ExpressibleByArgument {}

import ArgumentParser
import CloudCosts
import Foundation
import Reports
import Scenarios

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a plan's purchases, for people, programs or the provider's own tools.")

  @Option(help: "A plan.json that `plimsoll run --out` wrote.", completion: .file())
  var plan: String

  @Option(
    help: """
      csv, json, commands (the provider's purchase commands, as a shell script), calendar (iCalendar: \
      buy, return by, review, ends), or focus: the plan's bill as a FOCUS 1.2 file.
      """)
  var format: ExportFormat

  @Option(help: "Where to write; standard output where absent.", completion: .file())
  var out: String?

  @Option(name: .customLong("run"), help: "Which run of the scenario file; the first where absent.")
  var runName: String?

  @Option(help: "Which outcome; combined where absent, else committed.")
  var outcome: String?

  @Option(help: "For focus: hour, day or month, the length of a charge period.")
  var per: FOCUSExport.Period = .month

  @Option(
    help: "For focus: the scenario the plan was made from; by default the one that the plan names.")
  var scenario: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    try Console.reportingFindings {
      let document = try RunDocument.read(path: plan)
      let scenario =
        (scenario ?? document.sourcePath(of: plan)).map { ScenarioFile.inputs($0) } ?? []
      let rule = output.rule(reading: [plan] + scenario)
      if let out { try OutputDirectory.check(file: out, rule: rule) }
      let selection = try document.select(run: runName, outcome: outcome)
      let text = try format.text(of: selection) ?? focus(document)
      if let out {
        try OutputDirectory.write(Data(text.utf8), toFile: out, rule: rule)
      } else {
        Console.result(text)
      }
    }
  }
}

extension Export {
  private func focus(_ document: RunDocument) throws -> String {
    guard let source = scenario ?? document.sourcePath(of: plan) else {
      throw FindingsError([
        Finding(
          .error, rule: "export.no-scenario", place: plan,
          message: "the plan does not name its scenario", remedy: "Name it with --scenario.")
      ])
    }
    let claim = try document.claim(run: runName, outcome: outcome)
    let billed = try ScenarioRunner(path: source, changes: document.scenarioChanges).billed(claim)
    return try FOCUSExport(billed, per: per).text
  }
}

extension FOCUSExport.Period: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}

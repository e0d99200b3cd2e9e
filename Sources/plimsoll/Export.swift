import ArgumentParser
import CloudCosts
import Foundation
import Reports

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a plan's purchases, for people, programs or the provider's own tools.")

  @Option(help: "A plan.json that `plimsoll run --out` wrote.", completion: .file())
  var plan: String

  @Option(help: "csv, json, or commands: the provider's purchase commands, as a shell script.")
  var format: ExportFormat

  @Option(help: "Where to write; standard output where absent.", completion: .file())
  var out: String?

  @Option(name: .customLong("run"), help: "Which run of the scenario file; the first where absent.")
  var runName: String?

  @Option(help: "Which outcome; combined where absent, else committed.")
  var outcome: String?

  func run() throws {
    try Console.reportingFindings {
      let selection = try RunDocument.read(path: plan).select(run: runName, outcome: outcome)
      let text = try format.text(of: selection)
      if let out {
        try OutputDirectory.write(Data(text.utf8), toFile: out)
      } else {
        Console.result(text)
      }
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}

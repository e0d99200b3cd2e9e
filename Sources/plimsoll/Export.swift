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
      csv, json, markdown, commands (the provider's purchase commands, as a shell script), terraform, \
      aws-ce (Cost Explorer's shapes), calendar (iCalendar: buy, return by, review, ends), xlsx (a \
      workbook with live totals), memo (a page to sign), focus (the plan's bill as FOCUS 1.2) or \
      focus-contract (FOCUS 1.4's Contract Commitment).
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

  func validate() throws {
    if format.isBinary, out == nil {
      throw ValidationError("\(format.rawValue) is no text: name a file with --out.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let document = try RunDocument.read(path: plan)
      let scenario =
        (scenario ?? document.sourcePath(of: plan)).map { ScenarioFile.inputs($0) } ?? []
      let rule = output.rule(reading: [plan] + scenario)
      if let out { try OutputDirectory.check(file: out, rule: rule) }
      let selection = try document.select(run: runName, outcome: outcome)
      let export = try format.export(selection, of: document) ?? (Data(focus(document).utf8), [])
      Console.report(export.findings + changed(document))
      if let out {
        try OutputDirectory.write(export.data, toFile: out, rule: rule)
      } else {
        Console.result(String(decoding: export.data, as: UTF8.self))
      }
    }
  }
}

extension Export {
  /// A plan that somebody edited is exported all the same: its figures are theirs then.
  private func changed(_ document: RunDocument) -> [Finding] {
    guard let checksum = document.checksum, (try? document.contentsChecksum()) != checksum else {
      return []
    }
    return [
      Finding(
        .warning, rule: "export.plan-changed", place: plan,
        message: "the plan was changed after it was written",
        remedy: "Buy what `plimsoll run --out` wrote; plimsoll verify says what fits no more.")
    ]
  }

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
    return try format == .focus
      ? FOCUSExport(billed, per: per).text : ContractCommitmentExport(billed).text
  }
}

extension FOCUSExport.Period: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}

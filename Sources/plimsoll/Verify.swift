import ArgumentParser
import CloudCosts
import Reports
import Scenarios

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks every figure of a plan again, without planning anew.",
    discussion: """
      The bound is computed from the plan's multipliers, prices and demand (where branch and bound \
      proved more, that is made again), the cost by the judge, and all other figures from what is bought. \
      Exit code 0 where nothing contradicts the plan, 1 where something does.
      """)

  @Argument(
    help: "A plan.json that `plimsoll run --out` wrote, or what `run --json` printed.",
    completion: .file())
  var plan: String

  @Option(
    help: "The scenario file or folder it was made from; by default the one that the plan names.")
  var scenario: String?

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  func run() throws {
    try Console.reportingFindings {
      let document = try RunDocument.read(path: plan)
      guard let source = scenario ?? document.sourcePath(of: plan) else {
        throw FindingsError([
          Finding(
            .error, rule: "verify.no-scenario", place: plan,
            message: "the plan does not name its scenario", remedy: "Name it with --scenario.")
        ])
      }
      let changes = document.inputChanges(of: plan, scenario: scenario)
      let verification = try explaining(changes) {
        try ScenarioRunner(path: source, changes: document.scenarioChanges)
          .verify(document.runClaims(), progress: Console.progress)
      }
      Console.endProgress()
      let report = try VerificationDocument(verification, of: document, inputs: changes)
      Console.result(json ? try report.json() : report.text)
      guard report.isSound else { throw ExitCode(1) }
    }
  }

  /// Where inputs changed, that is why they cannot be read as the plan's.
  private func explaining<T>(_ changes: [InputChange], _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let failure as FindingsError {
      guard let text = changes.text else { throw failure }
      let changed = Finding(
        .error, rule: "verify.inputs-changed", place: plan, message: text,
        remedy: "Bring back the files that the plan was made from, or make a new plan.")
      throw FindingsError([changed] + failure.findings)
    }
  }
}

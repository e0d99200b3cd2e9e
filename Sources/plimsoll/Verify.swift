import ArgumentParser
import CloudCosts
import Reports
import Scenarios

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks a plan's bound and cost again, without the solver that made them.",
    discussion: """
      The bound is reckoned from the plan's multipliers, prices and demand; the cost by the judge. \
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
      guard let source = scenario ?? document.source else {
        throw FindingsError([
          Finding(
            .error, rule: "verify.no-scenario", place: plan,
            message: "the plan does not name its scenario", remedy: "Name it with --scenario.")
        ])
      }
      let verdicts = try ScenarioRunner(path: source)
        .verify(document.claims(), progress: Console.progress)
      Console.endProgress()
      let report = VerificationDocument(verdicts, currency: document.currency)
      Console.result(json ? try report.json() : report.text)
      guard report.isSound else { throw ExitCode(1) }
    }
  }
}

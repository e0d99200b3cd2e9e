import ArgumentParser
import CloudCosts
import Foundation
import Ledger
import Reports
import Scenarios

struct LedgerPropose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose", abstract: "Proposes a plan's purchases, to be approved one by one.",
    discussion: """
      The plan, and what it is expected to save month by month, are kept in the ledger: the \
      scenario's files may change afterwards. They have to be those that the plan was made from.
      """)

  @Argument(help: "A plan.json that `plimsoll run --out` wrote.", completion: .file())
  var plan: String

  @Option(name: .customLong("run"), help: "Which run of the plan; the first where absent.")
  var runName: String?

  @Option(help: "Which outcome; the recommended one where absent.")
  var outcome: String?

  @Option(help: "How many different people have to approve each purchase.")
  var approvers = 1

  @Option(help: "The scenario; by default the one that the plan names.")
  var scenario: String?

  @OptionGroup var person: LedgerPerson
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard (1...20).contains(approvers) else {
      throw ValidationError("--approvers is a number from 1 to 20.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let bytes = try RunDocument.bytes(path: plan)
      let document = try RunDocument.read(bytes, place: plan)
      let selection = try document.select(run: runName, outcome: outcome)
      let source = try known(document.sourcePath(of: plan))
      try check(document, selection)
      let projection = try ScenarioRunner(path: source, changes: document.scenarioChanges)
        .projection(
          document.claim(run: selection.run, outcome: selection.outcome.name),
          progress: Console.progress)
      Console.endProgress()
      let draft = ProposalDraft(
        plan: plan, document: bytes, source: source, scenario: document.scenario,
        run: selection.run, outcome: selection.outcome.name, currency: document.currency,
        projection: projection, approvers: approvers, by: person.name, why: person.why)
      let ledger = try Ledger(path: options.ledger, mayCreate: true)
      let ids = try ledger.propose(draft)
      let contents = try ledger.contents()
      var result = LedgerDocument(ids.compactMap { contents.entry($0) }, path: options.ledger)
      let all = LedgerDocument(contents, path: options.ledger)
      result.proposals = all.proposals.suffix(1)
      Console.result(options.json ? try result.json() : LedgerTable(result).text)
    }
  }

  private func known(_ source: String?) throws(FindingsError) -> String {
    if let path = scenario ?? source { return path }
    throw FindingsError([
      Finding(
        .error, rule: "ledger.no-scenario", place: plan,
        message: "the plan does not name its scenario", remedy: "Name it with --scenario.")
    ])
  }

  /// What is approved has to be what was computed, from the files that are there.
  private func check(
    _ document: RunDocument, _ selection: PlanSelection
  ) throws(FindingsError) {
    var findings: [Finding] = []
    func refuse(_ rule: String, _ message: String, _ remedy: String) {
      findings.append(
        Finding(.error, rule: "ledger.\(rule)", place: plan, message: message, remedy: remedy))
    }
    if person.name.isEmpty {
      refuse("no-name", "no name says who proposes it", "Name yourself: --by NAME.")
    }
    if let text = document.inputChanges(of: plan, scenario: scenario).text {
      refuse(
        "inputs-changed", text,
        "Bring back the files that the plan was made from, or make a new plan and propose that.")
    }
    if (try? document.contentsChecksum()) != document.checksum {
      refuse(
        "plan-changed", "the plan was changed after it was written",
        "Propose the plan as `plimsoll run --out` wrote it; see plimsoll verify \(plan).")
    }
    if selection.plan.purchases.isEmpty {
      refuse(
        "nothing-to-buy", "the plan of \(selection.run), \(selection.outcome.name) buys nothing",
        "Name another with --run or --outcome.")
    }
    guard findings.isEmpty else { throw FindingsError(findings) }
  }
}

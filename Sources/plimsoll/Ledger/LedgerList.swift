import ArgumentParser
import CloudCosts
import Foundation
import Ledger
import Reports
import Scenarios

struct LedgerList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists proposals and purchases as they are now.")

  @Option(
    parsing: .upToNextOption,
    help: "Only purchases that are proposed, approved, rejected, bought, returned or expired.")
  var state: [LedgerEntry.State] = []

  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Console.reportingFindings {
      let document = LedgerDocument(
        try options.open().contents(), path: options.ledger,
        states: state.isEmpty ? nil : Set(state))
      Console.result(options.json ? try document.json() : LedgerTable(document).text)
    }
  }
}

extension LedgerEntry.State: ExpressibleByArgument {}

struct LedgerQueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "What is to be done by when, the most urgent first.")

  @Option(help: "Only what is due within so many days.")
  var within: Int?

  @Option(help: "The hour that counts as now, such as 2026-03-01.")
  var now: LedgerHour?

  @Flag(help: "Print an iCalendar file.")
  var calendar = false

  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard within.map({ (0...36_500).contains($0) }) ?? true else {
      throw ValidationError("--within is a number of days.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let contents = try options.open().contents()
      let hour = now?.hour ?? LedgerClock.now
      if calendar { return Console.result(LedgerCalendar(contents, at: hour).text) }
      let document = LedgerQueueDocument(contents, path: options.ledger, at: hour, within: within)
      Console.result(options.json ? try document.json() : document.text)
    }
  }
}

struct LedgerCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commands",
    abstract: "Prints a shell script that buys what is approved and not yet bought.",
    discussion: """
      Each purchase has a token of its approval, by which the provider knows it again where it can: \
      the script may be run twice, from two machines, and buys once.
      """)

  @Option(help: "Which proposal; needed where several have something to buy.")
  var proposal: Int?

  @Option(help: "Where to write; standard output where absent.", completion: .file())
  var out: String?

  @Option(help: "The ledger's file.", completion: .file())
  var ledger = "ledger.db"

  @OptionGroup var output: OutputOptions

  func run() throws {
    try Console.reportingFindings {
      let rule = output.rule(reading: [ledger])
      if let out { try OutputDirectory.check(file: out, rule: rule) }
      let ledger = try Ledger(path: ledger)
      let contents = try ledger.contents()
      let number = try chosen(contents)
      let document = try RunDocument.read(
        ledger.document(of: number.id), place: "proposal \(number.id)")
      let selection = try document.select(run: number.run, outcome: number.outcome)
      let approved = contents.entries(of: number.id).filter { $0.state == .approved }
      let tokens = Dictionary(
        approved.compactMap { entry in entry.token.map { (entry.id.line, $0) } },
        uniquingKeysWith: { $1 })
      let text = PurchaseCommands(selection, approved: tokens).text
      if let out {
        try OutputDirectory.write(Data(text.utf8), toFile: out, rule: rule)
      } else {
        Console.result(text)
      }
    }
  }

  private func chosen(_ contents: LedgerContents) throws(FindingsError) -> LedgerProposal {
    let ready = contents.proposals.filter { proposal in
      contents.entries(of: proposal.id).contains { $0.state == .approved }
    }
    let wanted = proposal.map { number in ready.filter { $0.id == number } } ?? ready
    if wanted.count == 1, let only = wanted.first { return only }
    let names = ready.map { "\($0.id)" }.joined(separator: ", ")
    throw FindingsError([
      Finding(
        .error, rule: wanted.isEmpty ? "ledger.nothing-approved" : "ledger.which-proposal",
        place: ledger,
        message: wanted.isEmpty
          ? "nothing is approved and not yet bought" : "several proposals have something to buy",
        remedy: ready.isEmpty
          ? "Approve a purchase: plimsoll ledger approve 1.1 --by NAME."
          : "Name one with --proposal: \(names).")
    ])
  }
}

import ArgumentParser
import CloudCosts
import Foundation
import Ledger
import Reports
import Scenarios

struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Who approved what, what was bought, and what came of it.",
    discussion: """
      A ledger is one file that is only ever added to. A plan is proposed, its purchases are \
      approved or rejected, bought, and compared with the bills that come.

        plimsoll ledger propose out/plan.json --by ann --approvers 2
        plimsoll ledger approve 1.1 1.2 --by bob
        plimsoll ledger commands --out buy.sh
        plimsoll ledger bought 1.1 --id 7d5c… --by bob
        plimsoll ledger track history.db
      """,
    subcommands: [
      LedgerPropose.self, LedgerApprove.self, LedgerReject.self, LedgerBought.self,
      LedgerReturned.self, LedgerExpired.self, LedgerList.self, LedgerQueueCommand.self,
      LedgerCommands.self, LedgerAlerts.self, LedgerTrack.self,
    ])
}

/// What every command of the ledger asks.
struct LedgerOptions: ParsableArguments {
  @Option(help: "The ledger's file.", completion: .file())
  var ledger = "ledger.db"

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard !ledger.isEmpty else { throw ValidationError("--ledger is empty: name the ledger.") }
  }

  func open() throws -> Ledger { try Ledger(path: ledger) }
}

/// Who does it, and why.
struct LedgerPerson: ParsableArguments {
  @Option(help: "Who does it; the user's name of the system where absent.")
  var by: String?

  @Option(help: "Why.")
  var why = ""

  var name: String {
    let variables = ProcessInfo.processInfo.environment
    return by ?? variables["USER"] ?? variables["LOGNAME"] ?? ""
  }
}

/// Purchases by name: `3.2`, or `3` for all of a proposal.
struct LedgerPurchases: ParsableArguments {
  @Argument(help: "Purchases, such as 3.2; 3 for all of a proposal that can be.")
  var purchases: [String]

  func validate() throws {
    for text in purchases where PurchaseID(text) == nil && Int(text) == nil {
      throw ValidationError("\(text) is no purchase: write 3.2, or 3 for all of a proposal.")
    }
  }

  /// - Parameter states: which of a proposal's purchases are meant, where it alone is named.
  func ids(_ contents: LedgerContents, in states: Set<LedgerEntry.State>) -> [PurchaseID] {
    purchases.flatMap { text -> [PurchaseID] in
      if let id = PurchaseID(text) { return [id] }
      let number = Int(text) ?? 0
      let known = contents.entries(of: number).filter { states.contains($0.state) }.map(\.id)
      // One that is not there, or not so, is reported by the rules.
      return known.isEmpty ? [PurchaseID(proposal: number, line: 1)] : known
    }
  }
}

extension LedgerOptions {
  /// Adds what happened and says how the purchases are then.
  func record(_ acts: (LedgerContents) throws -> [LedgerAct]) throws {
    let ledger = try open()
    let entries = try ledger.record(acts(ledger.contents()))
    let document = LedgerDocument(entries, path: self.ledger)
    Console.result(json ? try document.json() : LedgerTable(document).text)
  }
}

struct LedgerApprove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approves purchases.")

  @OptionGroup var purchases: LedgerPurchases
  @OptionGroup var person: LedgerPerson
  @Option(help: "From now on as many different people have to approve these.")
  var approvers: Int?
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard approvers.map({ (1...20).contains($0) }) ?? true else {
      throw ValidationError("--approvers is a number from 1 to 20.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      try options.record { contents in
        var details = LedgerEvent.Details()
        details.approvers = approvers
        return purchases.ids(contents, in: [.proposed]).map {
          LedgerAct(.approved, $0, by: person.name, why: person.why, details: details)
        }
      }
    }
  }
}

struct LedgerReject: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Rejects purchases, for a reason.")

  @OptionGroup var purchases: LedgerPurchases
  @OptionGroup var person: LedgerPerson
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Console.reportingFindings {
      try options.record { contents in
        purchases.ids(contents, in: [.proposed, .approved]).map {
          LedgerAct(.rejected, $0, by: person.name, why: person.why)
        }
      }
    }
  }
}

/// An hour of a command line: a day, or a whole hour in UTC.
struct LedgerHour: ExpressibleByArgument {
  var hour: Hour

  init?(argument: String) {
    let day = argument.count == 10 ? argument + "T00:00:00Z" : argument
    guard let hour = Hour(iso8601: day) else { return nil }
    self.hour = hour
  }
}

struct LedgerBought: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bought", abstract: "Notes that a purchase was made, with the provider's id.",
    discussion: """
      Where the bill tells of the id, the bill's own dates, amount and price are used; what is said \
      here counts until then.
      """)

  @Argument(help: "The purchase, such as 3.2.")
  var purchase: String

  @Option(help: "The provider's id, as the bill has it.")
  var id: String

  @Option(help: "The first hour: 2026-03-01, or 2026-03-01T05:00:00Z; as planned where absent.")
  var start: LedgerHour?

  @Option(help: "Instances, or money an hour; as planned where absent.")
  var amount: Double?

  @Option(help: "Paid at once for an instance; as planned where absent.")
  var upfront: Double?

  @Option(help: "Paid for an instance-hour; as planned where absent.")
  var hourly: Double?

  @OptionGroup var person: LedgerPerson
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard PurchaseID(purchase) != nil else {
      throw ValidationError("\(purchase) is no purchase: write 3.2.")
    }
    for (name, value) in [("--amount", amount), ("--upfront", upfront), ("--hourly", hourly)] {
      guard let value else { continue }
      guard value.isFinite, value >= 0, value < 1e12 else {
        throw ValidationError("\(name) \(value) is no amount.")
      }
    }
  }

  func run() throws {
    try Console.reportingFindings {
      guard let name = PurchaseID(purchase) else { return }
      try options.record { _ in
        var details = LedgerEvent.Details()
        details.providerID = id
        details.start = start?.hour.iso8601
        (details.amount, details.upfront, details.hourly) = (amount, upfront, hourly)
        return [
          LedgerAct(.bought, name, by: person.name, why: person.why, details: details)
        ]
      }
    }
  }
}

struct LedgerReturned: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "returned", abstract: "Notes that purchases were returned, refunded or sold.")

  @OptionGroup var purchases: LedgerPurchases
  @Option(help: "The hour from which on it no longer holds; now where absent.")
  var on: LedgerHour?
  @OptionGroup var person: LedgerPerson
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Console.reportingFindings {
      try options.record { contents in
        var details = LedgerEvent.Details()
        details.end = (on?.hour ?? LedgerClock.now).iso8601
        return purchases.ids(contents, in: [.bought]).map {
          LedgerAct(.returned, $0, by: person.name, why: person.why, details: details)
        }
      }
    }
  }
}

struct LedgerExpired: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expired", abstract: "Notes that purchases ended.")

  @OptionGroup var purchases: LedgerPurchases
  @Option(help: "When, if not at the end of its term.")
  var on: LedgerHour?
  @OptionGroup var person: LedgerPerson
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Console.reportingFindings {
      try options.record { contents in
        var details = LedgerEvent.Details()
        details.end = on?.hour.iso8601
        return purchases.ids(contents, in: [.bought]).map {
          LedgerAct(.expired, $0, by: person.name, why: person.why, details: details)
        }
      }
    }
  }
}

/// The hour it is.
enum LedgerClock {
  /// By the system's clock, or SOURCE_DATE_EPOCH.
  static var now: Hour {
    Hour(iso8601: Provenance.now().prefix(14) + "00:00Z") ?? Hour(sinceEpoch: 0)
  }
}

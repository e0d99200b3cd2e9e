import ArgumentParser
import CloudCosts
import Ledger
import Reports
import Scenarios

/// When alerts are raised.
struct AlertOptions: ParsableArguments {
  @Option(help: "Alert where less than this share of a commitment was used in thirty days.")
  var leastUtilization = 0.9

  @Option(help: "Alert so many days before a commitment ends.")
  var endDays = 30

  @Option(help: "Alert so many hours before a return window closes.")
  var returnHours = 72

  @Option(help: "Alert where usage is further than this share outside of what was expected.")
  var mostDeviation = 0.1

  @Option(help: "The hour that counts as now, such as 2026-03-01.")
  var now: LedgerHour?

  func validate() throws {
    guard (0...1).contains(leastUtilization) else {
      throw ValidationError("--least-utilization is a share from 0 to 1.")
    }
    guard (0...3660).contains(endDays), (0...8760).contains(returnHours) else {
      throw ValidationError("--end-days and --return-hours are counts of days and hours.")
    }
    guard (0...10).contains(mostDeviation) else {
      throw ValidationError("--most-deviation is a share, such as 0.1.")
    }
  }

  var rules: AlertRules {
    var rules = AlertRules()
    rules.leastUtilization = leastUtilization
    rules.endDays = endDays
    rules.returnHours = returnHours
    rules.mostDeviation = mostDeviation
    return rules
  }

  /// The exit code of a program that did what it was asked to, and found something to look at.
  static let code = ExitCode(3)
}

struct LedgerAlerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "What the calendar says: ends, return windows, overdue purchases.",
    discussion: "Exit code 3 where there is an alert: for cron and CI. `track` has those of use.")

  @OptionGroup var alerts: AlertOptions
  @OptionGroup var options: LedgerOptions

  func run() throws {
    try Console.reportingFindings {
      let found = alerts.rules.alerts(
        try options.open().contents(), at: alerts.now?.hour ?? LedgerClock.now)
      let document = LedgerAlertsDocument(found)
      Console.result(options.json ? try document.json() : document.text)
      guard found.isEmpty else { throw AlertOptions.code }
    }
  }
}

struct LedgerTrack: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track",
    abstract: "Compares what was expected to be saved with what was saved, and says why.",
    discussion: """
      The bill that came is judged with and without each purchase. The difference to what was \
      projected is split into usage, mix, price, purchases and timing, which add up to it. The \
      result is noted in the ledger. Exit code 3 where there is an alert: for cron and CI.
      """)

  @Argument(
    help: "A history that `plimsoll import` wrote, or a usage file.", completion: .file())
  var history: String

  @Option(
    parsing: .upToNextOption,
    help: "Price files of now; the bill's own prices, or the plan's, where absent.",
    completion: .file())
  var prices: [String] = []

  @Option(
    help: "What else is owned now; what the bill and the plan say where absent.",
    completion: .file())
  var owned: String?

  @Option(
    help: "With --better: a scenario that is planned anew, with what the ledger bought as owned.")
  var scenario: String?

  @Option(help: "Alert where a new plan of --scenario saves more than this.")
  var better: Double?

  @Flag(help: "Do not note the result in the ledger.")
  var dry = false

  @OptionGroup var person: LedgerPerson
  @OptionGroup var alerts: AlertOptions
  @OptionGroup var options: LedgerOptions

  func validate() throws {
    guard (better == nil) == (scenario == nil) else {
      throw ValidationError("--better and --scenario go together.")
    }
    guard better.map({ $0.isFinite && $0 >= 0 }) ?? true else {
      throw ValidationError("--better is an amount of money.")
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let ledger = try options.open()
      let contents = try ActualUsageReader(
        path: history, priceFiles: prices, ownedFile: owned
      ).read()
      let tracking = try LedgerTracker(ledger)
        .track(contents, named: history, progress: Console.progress)
      let rules = alerts.rules
      var found = rules.alerts(tracking.contents, at: alerts.now?.hour ?? contents.window.end)
      found += rules.alerts(tracking)
      if let scenario, let better {
        found += try BetterPlan(scenario: scenario, threshold: better)
          .alerts(tracking, progress: Console.progress)
      }
      Console.endProgress()
      if !dry { try ledger.record(tracking.records, by: person.name) }
      let document = LedgerTrackDocument(tracking, path: options.ledger, alerts: found)
      Console.result(options.json ? try document.json() : LedgerTrackTable(document).text)
      guard found.isEmpty else { throw AlertOptions.code }
    }
  }
}

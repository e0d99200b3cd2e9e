import ArgumentParser
import CloudCosts
import Ingest

@main
struct Plimsoll: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plimsoll",
    abstract: "Tells how much cloud usage you can safely commit to.",
    discussion: """
      Exit codes: 0 done; 1 could not (bad data, no plan satisfies the policy), with findings on \
      standard error; 2 wrong usage.
      """,
    version: "plimsoll \(Release.version)",
    subcommands: [
      Advise.self,
      Run.self,
      JudgeCommand.self,
      ForecastCommand.self,
      FrontierCommand.self,
      BacktestCommand.self,
      Export.self,
      Verify.self,
      Diff.self,
      LedgerCommand.self,
      Explain.self,
      Init.self,
      Check.self,
      Keys.self,
      Findings.self,
      ImportCommand.self,
      HistoryCommand.self,
      Prices.self,
      Inform.self,
      Reference.self,
      Assess.self,
    ])

  /// ArgumentParser ends wrong usage with 64; the contract says 2.
  static func main() {
    Console.holdStandardStreams()
    InheritedSignals.restore()
    InputPath.setNotice(Console.notice)
    do {
      try Console.reportingFindings { try SystemLimits.check() }
      var command = try parseAsRoot()
      try command.run()
      if Console.hasLostErrors { exit(withError: ExitCode(1)) }
    } catch {
      let code = exitCode(for: error)
      if code == .success {
        // Help and versions are results: where they cannot be written, that is an error.
        let text = fullMessage(for: error)
        if !text.isEmpty { Console.result(text) }
        exit(withError: code)
      }
      guard code == .validationFailure else { exit(withError: error) }
      Console.error(Console.printable(fullMessage(for: error)))
      exit(withError: ExitCode(2))
    }
  }
}

import ArgumentParser
import CloudCosts
import Foundation
import Ingest
import Reports
import Scenarios

struct Inform: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tells what is used, what it costs, and how well the commitments fit.",
    discussion: "Of an imported history: coverage, utilisation, what ends, what is unusual.")

  @Argument(help: "A history that `plimsoll import` wrote.", completion: .file())
  var history: String

  @Option(
    parsing: .upToNextOption,
    help: "account, service, region, family, tag; account, service and region where absent.")
  var by: [HistoryOverview.Dimension] = [.account, .service, .region]

  @Option(
    help: "A price file: also tell what commitments at its prices would save.",
    completion: .file())
  var prices: String?

  @Flag(help: "Print one JSON object instead of the tables.")
  var json = false

  @Option(help: "Also write a self-contained page there.", completion: .file())
  var html: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    try Console.reportingFindings {
      let rule = output.rule(reading: [history] + [prices].compactMap { $0 })
      if let html { try OutputDirectory.check(file: html, rule: rule) }
      let overview = try Informer(
        path: history, by: by, prices: prices.map { InputFile(path: $0) }
      ).overview()
      if let html {
        try OutputDirectory.write(Data(InformPage(overview).text.utf8), toFile: html, rule: rule)
      }
      if json {
        Console.result(try InformDocument(overview).json())
      } else {
        Console.report(overview.findings)
        Console.result(InformTable(overview).text)
      }
    }
  }
}

extension HistoryOverview.Dimension: ExpressibleByArgument {}

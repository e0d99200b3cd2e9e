import ArgumentParser
import CloudCosts
import Reports
import Scenarios

struct Assess: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Places the practice of buying on crawl, walk, run, with a proof of what was missed.",
    discussion: """
      Of an imported history: efficiency (proven least cost / bill) by month and account, coverage, \
      utilisation, what ends when, the price of a vCPU-hour; what holds it back, and the next step.
      """)

  @Argument(help: "A history that `plimsoll import` wrote.", completion: .file())
  var history: String

  @Option(
    parsing: .upToNextOption,
    help: "Price files; what they do not state is from the bill and the books that ship.",
    completion: .file())
  var prices: [String] = []

  @Flag(help: "Print one JSON object instead of the tables.")
  var json = false

  func run() throws {
    try Console.reportingFindings {
      let interruption = Interruption()
      let assessment = try Assessor(
        path: history, priceFiles: prices, stop: interruption.stop
      ).assessment(progress: Console.progress)
      Console.endProgress()
      if json {
        Console.result(try AssessDocument(assessment).json())
      } else {
        Console.report(assessment.findings)
        Console.result(AssessTable(assessment).text)
      }
    }
  }
}

import ArgumentParser
import CloudCosts
import Reports

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tells what changed between two plans, and why.",
    discussion: """
      For the monthly review: usage, prices, policy, what is owned, by the digests and keys that the \
      documents hold; and what of the change of cost comes from where. Nothing else is read.
      """)

  @Argument(help: "The earlier plan.json.", completion: .file())
  var before: String

  @Argument(help: "The later plan.json.", completion: .file())
  var after: String

  @Flag(help: "Print one JSON object instead of the tables.")
  var json = false

  func run() throws {
    try Console.reportingFindings {
      let difference = PlanDifference(
        try RunDocument.read(path: before), try RunDocument.read(path: after),
        names: (before, after))
      Console.result(json ? try difference.json() : PlanDifferenceTable(difference).text)
    }
  }
}

import ArgumentParser
import CloudCosts
import Ingest
import Reports

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Reads billing exports into a usage history.",
    discussion: """
      FOCUS 1.0 to 1.3, AWS CUR 2.0 and legacy CUR, as CSV, CSV.gz or Parquet, recognised by their \
      columns. DuckDB reads them. A file that is in the history already changes nothing; a changed \
      file takes its old rows' place.
      """)

  @Argument(help: "Billing files, folders of them, or patterns.", completion: .file())
  var files: [String]

  @Option(help: "The history: a file that is made where there is none.", completion: .file())
  var into: String

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  @Option(help: "DuckDB's memory limit: a number and MB or GB.")
  var memory = "1GB"

  func validate() throws {
    guard memory.wholeMatch(of: /[1-9][0-9]{0,5}(MB|GB)/) != nil else {
      throw ValidationError("--memory \(memory) is not like 512MB or 2GB.")
    }
    guard !into.isEmpty else { throw ValidationError("--into is empty: name the history.") }
  }

  func run() throws {
    try Console.reportingFindings {
      let summary = try Importer(memoryLimit: memory)
        .run(files, into: into, progress: Console.progress)
      Console.endProgress()
      let document = ImportDocument(summary, history: into)
      Console.result(json ? try document.json() : ImportTable(document).text)
    }
  }
}

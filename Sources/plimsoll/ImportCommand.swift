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
      columns. DuckDB reads them, or Spark where they outgrow one machine. A file that is in the history already changes nothing; a changed \
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

  @Option(help: "What reads and adds up: duckdb, or spark (Parquet only).")
  var engine = EngineName.duckdb

  @Option(help: "Spark's master: spark://host:7077, yarn, local[4].")
  var master: String?

  @Option(help: "A tag to keep: usage and costs by its values too. May be given several times.")
  var tag: [String] = []

  enum EngineName: String, ExpressibleByArgument, CaseIterable {
    case duckdb, spark
  }

  func validate() throws {
    guard (engine == .spark) == (master != nil) else {
      throw ValidationError("--master goes with --engine spark, and that with it.")
    }
    guard tag.allSatisfy({ !$0.isEmpty }), Set(tag).count == tag.count else {
      throw ValidationError("--tag is empty, or given twice with the same key.")
    }
    guard memory.wholeMatch(of: /[1-9][0-9]{0,5}(MB|GB)/) != nil else {
      throw ValidationError("--memory \(memory) is not like 512MB or 2GB.")
    }
    guard !into.isEmpty else { throw ValidationError("--into is empty: name the history.") }
  }

  func run() throws {
    try Console.reportingFindings {
      let engine = master.map { Importer.Engine.spark(master: $0) } ?? .duckdb(memory: memory)
      var importer = Importer(engine: engine, tags: tag)
      importer.notice = Console.notice
      let summary = try importer.run(files, into: into, progress: Console.progress)
      Console.endProgress()
      let document = ImportDocument(summary, history: into)
      Console.result(json ? try document.json() : ImportTable(document).text)
    }
  }
}

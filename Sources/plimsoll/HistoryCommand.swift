import ArgumentParser
import CloudCosts
import Ingest
import Reports

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Lists what a history holds, and takes bills out of it.",
    discussion:
      "A file by its path as listed (or its end, where only one has it), a month as 2025-03.")

  @Argument(help: "A history that `plimsoll import` wrote.", completion: .file())
  var history: String

  @Option(
    parsing: .upToNextOption, help: "Files or months to take out.", completion: .file())
  var remove: [String] = []

  @Flag(help: "Print one JSON object instead of the table.")
  var json = false

  func run() throws {
    try Console.reportingFindings {
      if !remove.isEmpty { try HistoryEditor(path: history).remove(remove) }
      let document = HistoryDocument(history, try History(path: history).contents())
      Console.result(json ? try document.json() : HistoryTable(document).text)
    }
  }
}

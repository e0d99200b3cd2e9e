import ArgumentParser
import CloudCosts
import Reports
import Scenarios

struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the keys of a scenario file: type, default, meaning.",
    discussion: """
      With --schema as a JSON schema for editors: put `# yaml-language-server: \
      $schema=scenario.schema.json` in the first line of a scenario.
      """)

  @Argument(help: "Only this section, such as policy; all where absent.")
  var section: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print the JSON schema.")
  var schema = false

  func validate() throws {
    let sections = KeysTable.sections
    if let section, !sections.contains(section) {
      throw ValidationError(
        "\(section) is no section; name one of \(sections.joined(separator: ", ")).")
    }
  }

  func run() throws {
    let table = KeysTable(section: section)
    Console.result(
      schema ? try ScenarioJSONSchema.text() : json ? try table.json() : table.text)
  }
}

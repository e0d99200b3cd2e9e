import ArgumentParser
import CloudCosts
import Foundation
import Reports

/// For developers: writes the parts of the documentation that are made from tables.
struct Reference: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the pages of the documentation that are made from the program's tables.",
    shouldDisplay: false)

  @Argument(help: "The folder of the pages: Sources/plimsoll/Documentation.docc/Reference.")
  var folder: String

  @Flag(help: "Write nothing; end with code 1 where a page is not up to date.")
  var check = false

  func run() throws {
    try Console.reportingFindings {
      let pages = ReferencePage.all + [Reference.commands]
      let findings = try pages.compactMap { page in try update(page) }
      if !findings.isEmpty { throw FindingsError(findings) }
    }
  }

  /// - Returns: a finding where the page cannot be written, or, with --check, is not up to date.
  private func update(_ page: ReferencePage) throws -> Finding? {
    let path = "\(folder)/\(page.name)"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let updated = page.updated(text)
    else {
      return Finding(
        .error, rule: "reference.no-page", place: path,
        message: "there is no page with the mark below which it is made",
        remedy: "name the folder Sources/plimsoll/Documentation.docc/Reference")
    }
    guard updated != text else { return nil }
    guard !check else {
      return Finding(
        .error, rule: "reference.outdated", place: path, message: "the page is not up to date",
        remedy: "run plimsoll reference \(folder)")
    }
    try updated.write(toFile: path, atomically: true, encoding: .utf8)
    return nil
  }

  /// What `--help` says of every command.
  private static var commands: ReferencePage {
    let sections = Plimsoll.configuration.subcommands.filter {
      $0.configuration.shouldDisplay
    }.map { command in
      let name = command.configuration.commandName ?? command._commandName
      let help = Plimsoll.helpMessage(for: command, columns: 100)
      return "## plimsoll \(name)\n\n```\n\(help.trimmingCharacters(in: .newlines))\n```\n"
    }
    return ReferencePage(name: "Commands.md", text: sections.joined(separator: "\n"))
  }
}

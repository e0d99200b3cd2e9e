import ArgumentParser
import CloudCosts
import Reports

struct Findings: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what the rule of a finding means, and what to do about it.",
    discussion: "The rule is the word in brackets at a finding's end: (usage.not-a-number).")

  @Argument(help: "A rule, or what rules are about, such as usage; all where absent.")
  var rule: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard FindingsList(rule) != nil else {
      throw ValidationError(
        "\(rule ?? "") is no rule of a finding; `plimsoll findings` lists all.")
    }
  }

  func run() throws {
    guard let list = FindingsList(rule) else { return }
    Console.result(json ? try list.json() : list.text)
  }
}

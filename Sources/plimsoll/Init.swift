import ArgumentParser
import CloudCosts
import Foundation
import Ingest
import Reports
import Scenarios

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a commented scenario from a usage CSV, a history, or nothing.",
    discussion: """
      A CSV may be somebody else's: other column names, ';' between columns, dates without a time \
      zone. What was guessed is printed. Prices come from the books that ship with the program.
      """)

  @Argument(help: "A CSV of usage, or a history; an example where absent.", completion: .file())
  var source: String?

  @Option(help: "The folder to write.", completion: .directory)
  var into = "scenario"

  @Option(help: "aws, azure or gcp, where the file does not say.")
  var provider: Provider?

  @Option(help: "The region, where the file does not say.")
  var region = ""

  @Option(help: "Of dates that name no time zone: Europe/Berlin; UTC where absent.")
  var timezone: String?

  @Option(help: "A column by its heading: --column quantity=COUNT. May be given several times.")
  var column: [String] = []

  @Option(parsing: .upToNextOption, help: "Price files; they win over the books.")
  var prices: [String] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let timezone, TimeZone(identifier: timezone) == nil {
      throw ValidationError("--timezone \(timezone) is not known; write it as Europe/Berlin.")
    }
    for text in column where roles([text]).isEmpty {
      let names = UsageMapping.Role.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--column \(text): write ROLE=HEADING, with a role of \(names).")
    }
  }

  private func roles(_ texts: [String]) -> [UsageMapping.Role: String] {
    texts.reduce(into: [:]) { roles, text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2, let role = UsageMapping.Role(rawValue: parts[0]) {
        roles[role] = parts[1]
      }
    }
  }

  func run() throws {
    try Console.reportingFindings {
      let rule = output.rule(reading: [source].compactMap(\.self) + prices)
      let directory = OutputDirectory(path: into, rule: rule)
      var files: [OutputFile] = []
      var said: [String] = []
      let path: String
      var name = "usage.csv"
      var scratch: TemporaryFolder?
      if let source, HistoryFile.isHistory(source) {
        (path, name) = (source, DocumentFolder(into).relative(source))
      } else {
        let text: String
        if let source {
          let mapped = try UsageMapper(
            provider: provider, region: region,
            timezone: timezone.flatMap { TimeZone(identifier: $0) }, columns: roles(column)
          ).mapped(source)
          said += mapped.guesses
          text = mapped.text
        } else {
          text = InitExample.usage
          said.append("No file was named: usage.csv holds an invented week of two machines.")
        }
        files.append(OutputFile(name: "usage.csv", text: text))
        let made = try TemporaryFolder()
        scratch = made
        // As a file, so that it is read like any other.
        let file = made.url.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        path = file.path
      }
      defer { scratch?.remove() }
      let advice: PreparedAdvice
      do throws(FindingsError) {
        advice = try Adviser().prepare(path, named: name, priceFiles: prices)
      } catch {
        throw FindingsError(Self.naming(source ?? name, for: path, error.findings))
      }
      files += AdviceFiles.all(advice)
      try directory.write(files)
      Console.report(Self.naming(source ?? name, for: path, advice.findings))
      let lines =
        said + advice.assumptions + [
          "Written: " + files.map { "\(into)/\($0.name)" }.joined(separator: ", "),
          "Next: plimsoll check \(into); plimsoll run \(into)",
        ]
      Console.result(Console.printable(lines.joined(separator: "\n")))
    }
  }
}

extension Init {
  /// What is wrong with a file that was made of the user's has the user's name.
  private static func naming(_ name: String, for path: String, _ findings: [Finding]) -> [Finding] {
    findings.map { finding in
      var finding = finding
      finding.place = finding.place.replacing(path, with: name)
      return finding
    }
  }
}

extension Provider: ExpressibleByArgument {}

/// Usage to begin with, where there is none.
enum InitExample {
  static let usage: String = {
    var text = "timestamp,provider,account,region,instance_type,operating_system,tenancy,quantity\n"
    let start = Hour(year: 2024, month: 1, day: 1)
    for hour in 0..<168 {
      let isDay = (8..<18).contains(hour % 24)
      for (type, quantity) in [("m5.large", isDay ? 6 : 4), ("c5.xlarge", isDay ? 3 : 1)] {
        text += "\((start + hour).iso8601),aws,web,eu-west-1,\(type),Linux,default,\(quantity)\n"
      }
    }
    return text
  }()
}

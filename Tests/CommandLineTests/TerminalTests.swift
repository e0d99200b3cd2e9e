import Foundation
import Testing

/// What a person sees: lines fit the terminal, and colour is for terminals.
@Suite struct TerminalTests {
  /// In a folder with ten weeks of usage next to the two hours.
  private func ended(
    _ arguments: [String], width: Int, _ body: (Program.Ended) throws -> Void
  ) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let variables = ["PLIMSOLL_WIDTH": "\(width)"]
    try body(Program.start(Program.url, arguments, in: place.url, environment: variables).end())
  }

  static let screens: [(name: String, arguments: [String])] = [
    ("run", ["run", "two-hours"]),
    ("frontier", ["frontier", "two-hours", "--over", "max_hourly_commitment", "--points", "4"]),
    ("judge", ["judge", "two-hours", "--buy", "sp-compute 1y no-upfront 0.05/h"]),
    ("keys", ["keys", "policy"]), ("findings", ["findings", "fetch"]),
    ("check", ["check", "two-hours"]),
  ]

  @Test(arguments: screens.flatMap { screen in [80, 120].map { (screen.name, $0) } })
  func screensFit(_ name: String, _ width: Int) throws {
    let arguments = try #require(Self.screens.first { $0.name == name }).arguments
    try ended(arguments, width: width) { ended in
      #expect(ended.status == 0)
      for line in ended.output.split(separator: "\n") {
        #expect(line.count <= width, "\(line)")
      }
      try Golden.expect(ended.transcript(of: arguments), equals: "terminal/\(name)-\(width)")
    }
  }

  /// A narrow table says which columns it has left out.
  @Test func whatDoesNotFitIsNamed() throws {
    try ended(["run", "two-hours"], width: 64) { narrow in
      #expect(narrow.output.contains("Not shown for want of width: "))
    }
    try ended(["run", "two-hours"], width: 120) { wide in
      #expect(!wide.output.contains("Not shown"))
    }
  }

  /// `script` gives a program a terminal.
  private static let script = "/usr/bin/script"

  private func onTerminal(_ variables: [String: String]) throws -> String {
    let place = try Workplace()
    defer { place.close() }
    var all = ["TERM": "xterm", "NO_COLOR": ""]
    all.merge(variables) { $1 }
    return try Program.start(
      URL(filePath: Self.script),
      ["-qec", "'\(Program.url.path)' run there-is-none", "/dev/null"], in: place.url,
      environment: all
    ).end().output
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: script)))
  func colourIsForTerminals() throws {
    #expect(try onTerminal([:]).contains("\u{1B}[1;31merror\u{1B}[0m"))
    for plain in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      let output = try onTerminal(plain)
      let isColoured = output.contains(/\u{1B}\[[0-9;]*m/)
      #expect(output.contains("error: ") && !isColoured, "\(plain)")
    }
    let place = try Workplace()
    defer { place.close() }
    #expect(try place.run("run", "there-is-none").errors.hasPrefix("error: "))
  }

  /// The same message at several places is said once.
  @Test func whatRepeatsIsCounted() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let header = "timestamp,provider,account,region,instance_type,quantity\n"
    let rows = (0..<9).map { "2024-01-01T0\($0):00:00Z,aws,1,us-east-1,m5.large,much\n" }
    try place.write(header + rows.joined(), to: "two-hours/usage.csv")
    let ended = try Program.run(["run", "two-hours"], in: place.url)
    #expect(ended.status == 1)
    #expect(ended.errors.components(separatedBy: "usage.not-a-number").count == 2)
    #expect(ended.errors.contains("9 times: also "))
    #expect(ended.errors.contains("usage.csv:7, and 3 more"))
  }

  /// Scripts of all three shells, each with every command.
  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(_ shell: String) throws {
    let place = try Workplace()
    defer { place.close() }
    let ended = try place.run("--generate-completion-script", shell)
    #expect(ended.status == 0)
    for command in ["advise", "frontier", "findings"] {
      #expect(ended.output.contains(command), "\(command)")
    }
  }
}

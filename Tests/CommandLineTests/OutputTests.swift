import Foundation
import Testing

/// What `run --out` writes, and what it leaves alone.
@Suite struct OutputTests {
  static let names = [
    "comparison.csv", "machine-types.tfvars.json", "machines.html", "plan.json", "plan.xlsx",
    "recommendations.csv", "report.html", "resize-commands.sh", "resize-tickets.md",
    "rightsizing.csv",
  ]

  @Test func writesFiveFilesAndReplacesThem() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    #expect(try place.run("run", "two-hours", "--out", "out").status == 0)
    let first = try files(of: place)
    #expect(first.keys.sorted() == Self.names)
    for name in ["comparison.csv", "recommendations.csv"] {
      try Golden.expect(place.text("out/\(name)"), equals: "two-hours/\(name)")
    }

    try place.write("mine", to: "out/notes.txt")
    try place.write("spoilt", to: "out/plan.json")
    let refused = try place.run("run", "two-hours", "--out", "out")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("output.not-ours"))
    #expect(try place.text("out/plan.json") == "spoilt")
    #expect(try place.run("run", "two-hours", "--out", "out", "--force").status == 0)
    // What it wrote itself it replaces.
    #expect(try place.run("run", "two-hours", "--out", "out").status == 0)
    var second = try files(of: place)
    #expect(second.removeValue(forKey: "notes.txt") == "mine")
    #expect(second == first)
  }

  /// A machine's name is whatever its owner calls it: Terraform gets just that, and a ticket's row
  /// stays a row.
  @Test func namesOfMachinesAreKept() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let name = "we\"b|\u{7}\nx\\"
    for file in ["resources.csv", "utilization.csv"] {
      let rows = try place.text("two-hours/\(file)").split(separator: "\n").map { row in
        row.split(separator: ",", omittingEmptySubsequences: false).map {
          $0 == "web" ? "\"\(name.replacing("\"", with: "\"\""))\"" : String($0)
        }.joined(separator: ",")
      }
      try place.write(rows.joined(separator: "\n") + "\n", to: "two-hours/\(file)")
    }
    #expect(try place.run("run", "two-hours", "--out", "out").status == 0)
    let map = try JSONSerialization.jsonObject(
      with: Data(try place.text("out/machine-types.tfvars.json").utf8))
    let types = (map as? [String: Any])?["machine_types"] as? [String: String]
    #expect(types?[name] == "m5.large")
    let tickets = try place.text("out/resize-tickets.md").split(separator: "\n").dropFirst()
    #expect(tickets.count > 2)
    #expect(tickets.allSatisfy { $0.hasPrefix("|") && $0.hasSuffix("|") }, "\(tickets)")
    let cells = Set(tickets.map { $0.filter { $0 == "|" }.count })
    #expect(cells.count == 1, "\(tickets)")
  }

  @Test func planIsWhatJSONPrints() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run("run", "two-hours", "--json", "--out", "out")
    #expect(ended.output == (try place.text("out/plan.json")))
  }

  @Test func aFileInPlaceOfTheDirectoryIsToldAndKept() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    try place.write("mine", to: "out")
    let before = try place.contents()
    let ended = try place.run("run", "two-hours", "--out", "out")
    try Golden.expect(
      ended.transcript(of: ["run", "two-hours", "--out", "out"]), equals: "two-hours/out-is-a-file")
    #expect(try place.contents() == before)
  }

  /// A file of the plan cannot be replaced: then none is.
  @Test func aDirectoryInPlaceOfAFileIsToldAndNothingWritten() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    try FileManager.default.createDirectory(
      at: place["out/report.html"], withIntermediateDirectories: true)
    let before = try place.listing()
    let ended = try place.run("run", "two-hours", "--out", "out")
    #expect(ended.status == 1)
    #expect(ended.output.isEmpty)
    #expect(ended.errors.contains("output.not-a-file"))
    #expect(try place.listing() == before)
  }

  /// Nothing that a command reads is replaced, whatever is asked for.
  @Test(arguments: [
    ["run", "two-hours", "--write-lp", "two-hours/usage.csv", "--force"],
    ["forecast", "two-hours", "--out", "two-hours/../two-hours/prices.csv", "--force"],
    ["prices", "two-hours/prices.csv", "--into", "two-hours/prices.csv", "--force"],
    ["export", "--plan", "out/plan.json", "--format", "json", "--out", "out/plan.json", "--force"],
  ])
  func inputsStay(_ arguments: [String]) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    #expect(try place.run("run", "two-hours", "--out", "out").status == 0)
    let before = try place.contents()
    let ended = try Program.run(arguments, in: place.url)
    #expect(ended.status == 1)
    #expect(ended.errors.contains("output.is-an-input"))
    #expect(try place.contents() == before)
  }

  private func files(of place: Workplace) throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: place["out"].path) {
      texts[name] =
        name.hasSuffix(".xlsx")
        ? try Data(contentsOf: place["out/\(name)"]).base64EncodedString()
        : Golden.withoutVarying(try place.text("out/\(name)"))
    }
    return texts
  }
}

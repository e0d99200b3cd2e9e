import Foundation
import Testing

/// What `run --out` writes, and what it leaves alone.
@Suite struct OutputTests {
  static let names = ["comparison.csv", "plan.json", "recommendations.csv", "report.html"]

  @Test func writesFourFilesAndReplacesThem() throws {
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
    try place.write("spoilt", to: "out/report.html")
    #expect(try place.run("run", "two-hours", "--out", "out").status == 0)
    var second = try files(of: place)
    #expect(second.removeValue(forKey: "notes.txt") == "mine")
    #expect(second == first)
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

  private func files(of place: Workplace) throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: place["out"].path) {
      texts[name] = Golden.withoutVarying(try place.text("out/\(name)"))
    }
    return texts
  }
}

import Foundation
import Testing

/// `plimsoll judge`: one's own purchases, billed next to the best plan.
@Suite struct JudgeTests {
  @Test func wordsAndFilesAreTheSame() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    try place.write(
      "product,term_years,payment,quantity,hourly_commitment,region,instance_type\n"
        + "ri-standard,1,no-upfront,1,,us-east-1,m5.large\n"
        + "sp-compute,1,no-upfront,,0.05,,\n", to: "own.csv")
    let words = try place.run(
      "judge", "two-hours", "--buy", "ri-standard 1y no-upfront 1 m5.large us-east-1", "--buy",
      "0.05/h sp-compute no-upfront 1y", "--json")
    let file = try place.run("judge", "two-hours", "--buy", "own.csv", "--json")
    #expect(words.status == 0)
    #expect(Golden.withoutVarying(words.output) == Golden.withoutVarying(file.output))
    let document = try JSONValue(parsing: words.output)
    let cost = try document["proposal"]["cost"].number()
    let current = try document["current"].number()
    #expect(try abs(document["savings"].number() - (current - cost)) < 1e-6)
    #expect(try document["best"]["cost"].number() <= cost + 1e-6)
    #expect(
      try document["downside"].list().map { try $0["drop"].number() } == [0.1, 0.2, 0.3, 0.5])
    let lines = try document["proposal"]["plan"]["purchases"].list()
    #expect(lines.count == 2)
    let added = try lines.reduce(0) { try $0 + $1["adds"].number() }
    #expect(abs(added - (current - cost)) < 1e-6)
  }

  @Test func screen() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run("judge", "two-hours", "--buy", "sp-compute 1y no-upfront 0.05/h")
    try Golden.expect(ended.transcript(of: ["judge"]), equals: "judge/two-hours")
  }

  @Test func everythingWrongIsSaidAtOnce() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run(
      "judge", "two-hours", "--buy", "sp-computer 1y no-upfront 0.05/h", "--buy",
      "ri-standard 3y no-upfront 2/h m5.large us-east-1", "--buy",
      "ri-standard 3y all-upfront 2 m5.large us-east-1", "--buy", "sp-compute 1y 3")
    #expect(ended.status == 1)
    #expect(ended.output.isEmpty)
    try Golden.expect(ended.transcript(of: ["judge"]), equals: "judge/all-wrong")
  }

  /// A comma parts words: the amount would be 5.
  @Test(arguments: [
    ("sp-compute 1y no-upfront 1,5/h", "the amount: '1' and '5/h'"),
    ("sp-compute 1y 3y no-upfront 5/h", "the term: '1y' and '3y'"),
    (
      "ri-standard 1y no-upfront 2 m5.large m5.xlarge",
      "the instance type: 'm5.large' and 'm5.xlarge'"
    ),
  ])
  func nothingIsSaidTwice(text: String, words: String) throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    let ended = try place.run("judge", "two-hours", "--buy", text)
    #expect(ended.status == 1)
    #expect(ended.errors.contains("two words say \(words) (judge.said-twice)"), "\(ended.errors)")
  }

  /// What `--set` says is in no line of the file.
  @Test func aValueOfTheCommandLineNamesNoLine() throws {
    let place = try Workplace()
    defer { place.close() }
    try place.copy("two-hours")
    for value in ["no", "{a: b}"] {
      let ended = try place.run("run", "two-hours", "--set", "policy.max_upfront=\(value)")
      #expect(ended.status == 1)
      #expect(ended.errors.contains("error: command line: policy.max_upfront"), "\(ended.errors)")
    }
  }
}

import CloudCosts
import Foundation
import Testing

@testable import Scenarios

@Suite struct BadYAMLTests {
  private static let bomb =
    "a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
    + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]"

  @Test(arguments: [
    ("a: [1", "scenario.yaml:2: the file is not YAML: did not find expected ',' or ']'"),
    (
      "a: 1\n\tb: 2",
      "scenario.yaml:2: the file is not YAML: found a tab character that violates indentation"
    ),
    ("name: x\nname: y", "scenario.yaml:1: the key 'name' is twice in the same map"),
    ("a: *b", "scenario.yaml:1: the file is not YAML: found undefined alias"),
    (bomb, "scenario.yaml:1: the file holds more than 20000 values"),
    ("? [a]\n: 1", "scenario.yaml:1: a key is a list or a map"),
    ("a: 1\n---\nb: 1", "scenario.yaml:2: the file is not YAML: but found another document"),
    ("a: \u{0}", "scenario.yaml: the file is not YAML: control characters are not allowed"),
    (
      "# " + String(repeating: "x", count: 300_000),
      "scenario.yaml: the file is larger than 256 KiB"
    ),
  ])
  func badYAML(_ yaml: String, _ expected: String) throws {
    let findings = try ScenarioFolder(yaml).findings()
    #expect(findings.map { "\($0.place): \($0.message)" } == [expected])
  }

  @Test(arguments: ["[", "- ", "? ", "{a: "])
  func deepNests(_ opening: String) throws {
    let folder = try ScenarioFolder(String(repeating: opening, count: 50_000))
    #expect(folder.findings().map(\.rule) == ["scenario.bad-yaml"])
  }

  @Test func filesThatAreNoScenarios() throws {
    #expect(
      ScenarioFile.read("/nowhere/x.yaml").findings == [
        Finding(
          .error, rule: "scenario.missing-file", place: "x.yaml",
          message: "there is no file '/nowhere/x.yaml'",
          remedy: "name a scenario file, or a folder with a scenario.yaml in it")
      ])
    let missing = ["name", "usage", "prices"].map { "the key '\($0)' is missing" }
    #expect(try ScenarioFolder("").findings().map(\.message) == missing)
    let list = try ScenarioFolder("- 1\n- 2").findings()
    #expect(
      list.map(\.message) == ["the file must be a map of keys, here it is a list"] + missing)
  }

  /// Whatever bytes a scenario holds, it comes back with findings or with a value.
  @Test func readingNeverCrashes() throws {
    let text =
      ScenarioFolder.least + """
        window: {from: 2024-01-01T00:00:00Z, to: 2024-01-01T02:00:00Z}
        policy: {preset: walk, max_upfront: 10, risk: {measure: cvar, level: 0.9}}
        offers: {products: [sp-compute], terms: [1]}
        overrides: {a: {forecast.growth: 0.1}, b: {policy: {min_coverage: 0.1}}}
        scenarios: {c: [a, b]}
        """
    let marks = Array("{}[]:,\n &*-#'\"".utf8)
    var state: UInt64 = 1
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let folder = try ScenarioFolder(text)
    #expect(folder.read().value != nil)
    let file = URL(fileURLWithPath: folder.path + "/scenario.yaml")
    for _ in 0..<500 {
      var bytes = Array(text.utf8)
      for _ in 0...random(3) {
        let place = random(bytes.count)
        switch random(4) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes[place] = marks[random(marks.count)]
        case 2: bytes.remove(at: place)
        default: bytes.insert(bytes[random(bytes.count)], at: place)
        }
      }
      try Data(bytes).write(to: file)
      let reading = folder.read()
      #expect((reading.value == nil) == reading.findings.hasErrors)
    }
  }
}

import CloudCosts
import Foundation
import TestSupport
import Testing

@testable import Planning

/// Every constraint family has a golden LP, and the golden LP has the optimum of trying everything.
@Suite struct PolicyFamilyTests {
  @Test(arguments: PolicyFamily.allCases)
  func golden(_ family: PolicyFamily) throws {
    let planner = Planner(PolicySample.problem(family))
    try Golden.expect(
      try planner.linearProgram(named: family.rawValue), equals: "\(family.rawValue).lp")
  }

  /// No golden without a family, so that none outlives what it shows.
  @Test func everyGoldenHasItsFamily() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(files.sorted() == PolicyFamily.allCases.map { "\($0.rawValue).lp" }.sorted())
  }

  /// A limit that leaves the plan as it is would prove nothing.
  @Test(arguments: PolicyFamily.allCases)
  func sampleIsTight(_ family: PolicyFamily) throws {
    var problem = PolicySample.problem(family)
    let limited = try Planner(problem).plan().certificate.objective
    problem.policy = Policy()
    for i in problem.candidates.indices { problem.candidates[i].resource.fleet = "" }
    let free = try Planner(problem).plan().certificate.objective
    #expect(limited > free * (1 + 1e-6), "\(family.rawValue)")
  }

  @Test(arguments: PolicyFamily.allCases)
  func triedOutAndReadByGLPK(_ family: PolicyFamily) throws {
    let problem = PolicySample.problem(family)
    var brute = BruteForce(problem)
    brute.run()
    let best = try #require(brute.best)
    let plan = try Planner(problem).plan()
    #expect(abs(plan.certificate.objective - best) < 1e-9, "\(family.rawValue)")
    if let read = try GLPSOL.optimum(of: "\(family.rawValue).lp") {
      #expect(abs(read - best) < 1e-6, "\(family.rawValue)")
    }
  }
}

/// GLPK's own program, where it is installed.
enum GLPSOL {
  static let path = "/usr/bin/glpsol"

  /// The optimum of a golden LP.
  static func optimum(of golden: String) throws -> Double? {
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden").appendingPathComponent(golden)
    let answer = FileManager.default.temporaryDirectory
      .appendingPathComponent("plimsoll-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: answer) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["--lp", file.path, "--write", answer.path]
    process.standardOutput = FileHandle.nullDevice
    try process.runToEnd()
    // `s mip ROWS COLUMNS STATUS OBJECTIVE`; GLPK's "Write MIP solution in GLPK format".
    for line in try String(contentsOf: answer, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.first == "s", words.count == 6, words[1] == "mip" { return Double(words[5]) }
    }
    return nil
  }
}

import CloudCosts
import Foundation
import Ingest

@testable import Scenarios

/// A folder with a scenario in it, gone when the test is over.
final class ScenarioFolder {
  let path = NSTemporaryDirectory() + "plimsoll-\(UUID().uuidString)"

  /// The least that a scenario needs; `yaml` is written behind it.
  static let least = "name: test\nusage: usage.csv\nprices: prices.csv\n"
  static let usage = """
    timestamp,provider,region,instance_type,quantity
    2024-01-01T00:00:00Z,aws,us-east-1,m5.large,2
    2024-01-01T01:00:00Z,aws,us-east-1,m5.large,4
    """
  static let prices = """
    provider,region,instance_type,product,term_years,payment,upfront,hourly
    aws,us-east-1,m5.large,on-demand,,,0,0.1
    aws,us-east-1,m5.large,sp-compute,1,no-upfront,0,0.07
    """

  init(_ yaml: String, _ files: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var all = ["usage.csv": ScenarioFolder.usage, "prices.csv": ScenarioFolder.prices]
    all.merge(files) { $1 }
    all["scenario.yaml"] = yaml
    for (name, text) in all {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  // The folder must outlive the reading of it, also in a release build.
  func load() -> Reading<ScenarioSet> { withExtendedLifetime(self) { ScenarioFile.load(path) } }

  func read() -> Reading<ScenarioFile> { withExtendedLifetime(self) { ScenarioFile.read(path) } }

  func findings() -> [Finding] { load().findings }

  /// The findings of the file and its data, as a person would read them; the folder reads `DIR`.
  func report() -> String {
    findings()
      .map { "\($0.severity) \($0.rule) \($0.place): \($0.message)\n  \($0.remedy)" }
      .joined(separator: "\n").replacing(path, with: "DIR")
  }
}

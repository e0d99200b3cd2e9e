import ArgumentParser
import Reports
import Scenarios

/// What every command that writes files asks about them.
struct OutputOptions: ParsableArguments {
  @Flag(
    help: "Replace files that this program did not write, too; never those that the command reads.")
  var force = false

  /// - Parameter inputs: all that the command reads.
  func rule(reading inputs: [String]) -> OutputRule {
    OutputRule(inputs: inputs, isForced: force)
  }

  /// For a command that reads a scenario and the files that it names.
  func rule(ofScenario path: String) -> OutputRule { rule(reading: ScenarioFile.inputs(path)) }
}
